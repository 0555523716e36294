! Example of a law from outside in Fortran: isotropic elasticity and Mises plasticity with linear
! kinematic hardening (Prager), backward Euler. The same routine serves Abaqus/Standard.
!
! PROPS   E, nu, yield stress, slope of the uniaxial curve beyond yield
! STATEV  plastic strain (6, Abaqus' order 11 22 33 12 13 23, engineering shear), accumulated
!
!     gfortran -O2 -shared -fPIC elastic_plastic.f90 -o libelastic_plastic.so
subroutine umat(stress, statev, ddsdde, sse, spd, scd, rpl, ddsddt, drplde, drpldt, stran, dstran, &
                time, dtime, temp, dtemp, predef, dpred, cmname, ndi, nshr, ntens, nstatv, props, &
                nprops, coords, drot, pnewdt, celent, dfgrd0, dfgrd1, noel, npt, layer, kspt, jstep, kinc)
  implicit none
  character(len=80) :: cmname
  integer :: ndi, nshr, ntens, nstatv, nprops, noel, npt, layer, kspt, jstep(4), kinc
  double precision :: stress(ntens), statev(nstatv), ddsdde(ntens, ntens), sse, spd, scd, rpl
  double precision :: ddsddt(ntens), drplde(ntens), drpldt, stran(ntens), dstran(ntens), time(2), dtime
  double precision :: temp, dtemp, predef(1), dpred(1), props(nprops), coords(3), drot(3, 3), pnewdt
  double precision :: celent, dfgrd0(3, 3), dfgrd1(3, 3)

  double precision :: bulk, shear, hardening, volume, q, dp, ratio, slope, soft, along
  double precision :: elastic(6), trial(6), xi(6), n(6)
  integer :: i, j

  bulk = props(1)/(3d0 - 6d0*props(2))
  shear = props(1)/(2d0 + 2d0*props(2))
  hardening = props(1)*props(4)/(props(1) - props(4))

  ! Trial deviator, and what of it the back stress 2/3 H e leaves.
  elastic = stran + dstran - statev(1:6)
  volume = sum(elastic(1:3))
  trial(1:3) = 2d0*shear*(elastic(1:3) - volume/3d0)
  trial(4:6) = shear*elastic(4:6)
  xi(1:3) = trial(1:3) - 2d0/3d0*hardening*statev(1:3)
  xi(4:6) = trial(4:6) - 1d0/3d0*hardening*statev(4:6)
  q = sqrt(1.5d0*(sum(xi(1:3)**2) + 2d0*sum(xi(4:6)**2)))

  n = 0d0
  if (q > 0d0) n = sqrt(1.5d0)*xi/q
  dp = 0d0
  slope = 0d0
  if (q > props(3)) then
    slope = 1d0/(3d0*shear + hardening)
    dp = (q - props(3))*slope
  end if

  stress = trial - 2d0*shear*sqrt(1.5d0)*dp*n
  stress(1:3) = stress(1:3) + bulk*volume
  statev(1:3) = statev(1:3) + sqrt(1.5d0)*dp*n(1:3)
  statev(4:6) = statev(4:6) + 2d0*sqrt(1.5d0)*dp*n(4:6)
  statev(7) = statev(7) + dp

  ratio = 0d0
  if (q > 0d0) ratio = dp/q
  soft = shear*(1d0 - 3d0*shear*ratio)
  along = 6d0*shear*shear*(ratio - slope)
  do j = 1, 6
    do i = 1, 6
      ddsdde(i, j) = along*n(i)*n(j)
      if (i <= 3 .and. j <= 3) ddsdde(i, j) = ddsdde(i, j) + bulk - 2d0/3d0*soft
    end do
    ddsdde(j, j) = ddsdde(j, j) + merge(2d0*soft, soft, j <= 3)
  end do
end subroutine umat

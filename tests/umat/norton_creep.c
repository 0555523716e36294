/* Example of a law from outside in C: isotropic elasticity and Norton creep, edot = A q^n, backward
 * Euler. The same routine serves Abaqus/Standard.
 *
 * PROPS   E, nu, A, n; A is the rate at a stress of 1 in whatever unit stresses are counted in
 * STATEV  creep strain (6, Abaqus' order 11 22 33 12 13 23, engineering shear), accumulated
 *
 *     cc -O2 -shared -fPIC norton_creep.c -o libnorton_creep.so -lm */
#include <math.h>
#include <stddef.h>

/* The step's increment d of (1)  q + 3G A dt q^n = q_trial; *slope receives dd/dq_trial. F is
 * convex and increasing, so Newton from the right of the root needs no safeguard. */
static double increment(const double *props, double dt, double trial, double *slope) {
  const double shear3 = 1.5 * props[0] / (1.0 + props[1]), n = props[3], rate = props[2] * dt;
  *slope = 0.0;
  if (!(rate > 0.0 && trial > 0.0))
    return 0.0;
  double q = fmin(trial, pow(trial / (shear3 * rate), 1.0 / n)), d = 0.0;
  for (int i = 0; i < 100; i++) {
    d = rate * pow(q, n);
    const double step = (q + shear3 * d - trial) / (1.0 + shear3 * n * d / q);
    q -= step;
    if (fabs(step) <= 1e-15 * trial)
      break;
  }
  d = rate * pow(q, n);
  *slope = n * d / (q + shear3 * n * d);
  return d;
}

/* Shear stresses count twice in a product of tensors. */
static double norm(const double *s) {
  double sum = 0.0;
  for (int i = 0; i < 6; i++)
    sum += (i < 3 ? 1.0 : 2.0) * s[i] * s[i];
  return sqrt(sum);
}

/* K 1x1 + 2G (1 - 3G d/q) Idev + 6G^2 (d/q - d') n x n, in columns. */
static void stiffness(const double *props, const double *n, const double ratio, double slope,
                      double *ddsdde) {
  const double bulk = props[0] / (3.0 - 6.0 * props[1]), shear = props[0] / (2.0 + 2.0 * props[1]);
  const double soft = shear * (1.0 - 3.0 * shear * ratio);
  const double along = 6.0 * shear * shear * (ratio - slope);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      double value = along * n[i] * n[j];
      if (i < 3 && j < 3)
        value += bulk - 2.0 / 3.0 * soft;
      if (i == j)
        value += i < 3 ? 2.0 * soft : soft;
      ddsdde[i + 6 * j] = value;
    }
}

void umat_(double *stress, double *statev, double *ddsdde, double *sse, double *spd, double *scd,
           double *rpl, double *ddsddt, double *drplde, double *drpldt, const double *stran,
           const double *dstran, const double *time, const double *dtime, const double *temp,
           const double *dtemp, const double *predef, const double *dpred, const char *cmname,
           const int *ndi, const int *nshr, const int *ntens, const int *nstatv,
           const double *props, const int *nprops, const double *coords, const double *drot,
           double *pnewdt, const double *celent, const double *dfgrd0, const double *dfgrd1,
           const int *noel, const int *npt, const int *layer, const int *kspt, const int *jstep,
           const int *kinc, size_t cmname_length);

void umat_(double *stress, double *statev, double *ddsdde, double *sse, double *spd, double *scd,
           double *rpl, double *ddsddt, double *drplde, double *drpldt, const double *stran,
           const double *dstran, const double *time, const double *dtime, const double *temp,
           const double *dtemp, const double *predef, const double *dpred, const char *cmname,
           const int *ndi, const int *nshr, const int *ntens, const int *nstatv,
           const double *props, const int *nprops, const double *coords, const double *drot,
           double *pnewdt, const double *celent, const double *dfgrd0, const double *dfgrd1,
           const int *noel, const int *npt, const int *layer, const int *kspt, const int *jstep,
           const int *kinc, size_t cmname_length) {
  const double bulk = props[0] / (3.0 - 6.0 * props[1]), shear = props[0] / (2.0 + 2.0 * props[1]);
  double elastic[6], deviator[6], direction[6], slope;
  for (int i = 0; i < 6; i++)
    elastic[i] = stran[i] + dstran[i] - statev[i];
  const double volume = elastic[0] + elastic[1] + elastic[2];
  for (int i = 0; i < 6; i++)
    deviator[i] = i < 3 ? 2.0 * shear * (elastic[i] - volume / 3.0) : shear * elastic[i];
  const double size = norm(deviator), trial = sqrt(1.5) * size;
  const double d = increment(props, *dtime, trial, &slope);
  if (!(d <= 0.5)) { /* more strain than one step can carry */
    *pnewdt = 0.25 / d;
    return;
  }
  for (int i = 0; i < 6; i++) {
    direction[i] = size > 0.0 ? deviator[i] / size : 0.0;
    const double before = stress[i], creep = sqrt(1.5) * d * direction[i];
    stress[i] = deviator[i] - 2.0 * shear * creep + (i < 3 ? bulk * volume : 0.0);
    statev[i] += (i < 3 ? 1.0 : 2.0) * creep;
    *scd += (i < 3 ? 0.5 : 1.0) * (before + stress[i]) * creep;
  }
  statev[6] += d;
  stiffness(props, direction, trial > 0.0 ? d / trial : 0.0, slope, ddsdde);
  (void)sse, (void)spd, (void)rpl, (void)ddsddt, (void)drplde, (void)drpldt, (void)time, (void)temp;
  (void)dtemp, (void)predef, (void)dpred, (void)cmname, (void)ndi, (void)nshr, (void)ntens;
  (void)nstatv, (void)nprops, (void)coords, (void)drot, (void)celent, (void)dfgrd0, (void)dfgrd1;
  (void)noel, (void)npt, (void)layer, (void)kspt, (void)jstep, (void)kinc, (void)cmname_length;
}

/* A law from outside: a subroutine UMAT, as Abaqus/Standard calls it, in a shared library that a
 * card names (`law: umat:libmine.so`). What the card says about it is in docs/umat.md. Internal to
 * this folder.
 *
 * The wrapper is a law like any other. Its struct belongs to the material, and its context is the
 * BpUmat, which does not change after loading. Tensors are turned into Abaqus' order 11 22 33 12 13
 * 23 with engineering shear, numbers into the units that the subroutine counts in.
 *
 * The subroutine does not say what part of the strain is inelastic, so it is what the elastic
 * constants of the card leave:  inelastic1 = strain1 - C(T1)^-1 stress1. It holds for every UMAT
 * whose elasticity is isotropic and that of the card, which loading verifies.
 *
 * Source of the interface: Abaqus User Subroutines Reference Guide, section 1.1.44 UMAT. */
#ifndef BP_UMAT_H
#define BP_UMAT_H

#include "card_impl.h"

/* The subroutine. Arrays: stress, ddsddt, drplde, stran, dstran [6]; ddsdde [36] by columns; time
 * [2]; coords [3]; drot, dfgrd0, dfgrd1 [9] by columns; jstep [4]. The last argument is the length
 * of cmname, which Fortran passes behind the others. */
typedef void BpUmatRoutine(double *stress, double *statev, double *ddsdde, double *sse, double *spd,
                           double *scd, double *rpl, double *ddsddt, double *drplde, double *drpldt,
                           const double *stran, const double *dstran, const double *time,
                           const double *dtime, const double *temp, const double *dtemp,
                           const double *predef, const double *dpred, const char *cmname,
                           const int *ndi, const int *nshr, const int *ntens, const int *nstatv,
                           const double *props, const int *nprops, const double *coords,
                           const double *drot, double *pnewdt, const double *celent,
                           const double *dfgrd0, const double *dfgrd1, const int *noel,
                           const int *npt, const int *layer, const int *kspt, const int *jstep,
                           const int *kinc, size_t cmname_length);

#define BP_UMAT_PREFIX "umat:"

enum { BP_UMAT_NAME = 80, BP_UMAT_FIXED = 9 }; /* length of cmname; states of the wrapper itself */

/* One entry of PROPS: a constant of the card, counted in `unit` of what the card keeps it in. */
typedef struct {
  int constant; /* index into BpLawIn.param */
  double unit;
} BpUmatProp;

struct BpUmat {
  BpLaw law;
  BpParamInfo *param; /* [law.nparam] E and nu, then what else PROPS names */
  BpStateInfo *state; /* [law.nstate] */
  BpUmatProp *prop;   /* [nprops] */
  int nprops, nstatv;
  double stress_unit;          /* Pa */
  double zero;                 /* K, where the scale of its temperatures begins */
  char *name, *title, *symbol; /* law.name, law.title, the routine's */
  char *path, *file;           /* as handed to the loader; what it found */
  char cmname[BP_UMAT_NAME];   /* card's name in capitals, filled with blanks */
  void *handle;
  BpUmatRoutine *routine;
};

/* BpLaw.update of the wrapper. */
BpStatus bp_umat_update(const BpLawIn *in, BpLawOut *out);

/* Reads the section `umat` of a card into a new law and opens its library. NULL with problems. */
BpUmat *bp_umat_read(BpCardReader *reader, const BpYamlNode *root);

/* Closes the library and frees the law. NULL is allowed. */
void bp_umat_free(BpUmat *umat);

/* Opens the library and finds the routine. A library that crashes on loading takes down a child
 * process, not this one. Problems are named at `line` of the card. */
BpStatus bp_umat_open(BpCardReader *reader, int line, BpUmat *umat);
void bp_umat_close(BpUmat *umat);

/* Calls the routine once at rest, in the middle of the fitted range, in a child process first: it
 * must come back, with numbers, with the stiffness of the card's E and nu, and without writing
 * beyond its states. */
BpStatus bp_umat_probe(BpCardReader *reader, int line, const BpMaterial *material);

#endif

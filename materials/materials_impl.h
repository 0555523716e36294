/* Inside of a material, for the files of this folder that make and read it. */
#ifndef BP_MATERIALS_IMPL_H
#define BP_MATERIALS_IMPL_H

#include "materials.h"
#include "param.h"

typedef struct {
  int mean;         /* 1: mean coefficients from `reference`; 0: instantaneous ones */
  double reference; /* K, of mean coefficients */
  int naxes;        /* 1 isotropic, 3 */
  BpParam axis[3];  /* 1/K */
} BpExpansion;

/* A published point that the card must meet. */
typedef struct {
  BpCheckKind kind;
  double temperature; /* K */
  double rate;        /* 1/s, strain rate of a tension test */
  double strain;      /* where the stress is read */
  double angle;       /* rad, of Young's modulus, about axis 3 from axis 1 */
  double value;       /* SI, as published */
  double tolerance;   /* relative */
  int line;           /* of the card */
} BpCheckPoint;

typedef struct BpUmat BpUmat; /* umat.h */

struct BpMaterial {
  char *name, *title, *file;
  char *source, *note, *trust, *unverified;
  int class; /* of bp_card_classes; -1 where the card does not say */
  const BpLaw *law;
  BpUmat *umat;   /* owns the law where it comes from outside, else NULL */
  BpParam *param; /* [law->nparam] */
  double fitted[2], hard[2];
  BpExpansion expansion;
  double axes_angle;
  BpParam property[BP_PROPERTIES]; /* n is 0 for what the card does not give */
  BpCheckPoint *check;
  int ncheck;
};

#endif

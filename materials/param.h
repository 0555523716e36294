/* A constant of a card over temperature: one number, a table that is linear between its points, or
 * a polynomial. Internal to this folder. */
#ifndef BP_PARAM_H
#define BP_PARAM_H

#include "base.h"

#define BP_PARAM_COEFFICIENTS 10 /* of a polynomial, at most */

typedef enum { BP_PARAM_NUMBER, BP_PARAM_TABLE, BP_PARAM_POLYNOMIAL } BpParamKind;

typedef struct {
  BpParamKind kind;
  int n;         /* points of the table, coefficients of the polynomial, 1 for a number */
  double *T;     /* [n] K, increasing; tables only */
  double *value; /* [n] SI: the number, the values of the table, the coefficients by power */
  double origin; /* K: the polynomial is in T - origin (0, or 273.15 for one in degC) */
  int linear;    /* a table goes on with its end slopes (1) or its end values (0) */
  double floor;  /* the value is never less; -HUGE_VAL if there is none */
} BpParam;

/* Value at temperature T (K), SI. */
double bp_param_value(const BpParam *param, double T);

/* Integral over temperature from T0 to T1 (K), exact for all kinds, unit of the value times K. The
 * floor is not looked at: what is integrated must have none. */
double bp_param_integral(const BpParam *param, double T0, double T1);

/* Derivative by temperature at T (K), unit of the value over K; at a point of a table that of one
 * of its sides. */
double bp_param_slope(const BpParam *param, double T);

/* 1 unless it is one number. */
int bp_param_varies(const BpParam *param);

/* Frees the arrays and empties it. */
void bp_param_free(BpParam *param);

#endif

/* The contract of an output quantity, for people who add one: a struct in quantities/<name>.c and a
 * line in outputs.def. Name, title and unit become attributes in the files.
 *
 * What belongs to nodes (displacement) is written at points. What the material knows (stress,
 * strain, work) is known at the quadrature points and jumps from one material to the next; it is
 * written as the mean over each cell. Nothing is then smeared over an interface, and volume times
 * value, summed over cells, is the integral that the solver itself works with. */
#ifndef BP_QUANTITY_H
#define BP_QUANTITY_H

#include "base.h"

typedef enum { BP_AT_POINTS, BP_IN_CELLS } BpWhere;

enum { BP_VIEW_POINTS = 27, BP_QUANTITY_SIZE = 9 }; /* of a cell, at most */

/* One node or one cell in the last accepted state, to read. Symmetric tensors are Mandel vectors
 * (tensor.h). */
typedef struct {
  double temperature;           /* K */
  const double *displacement;   /* [3] m; nodes only. The rest is for cells only: */
  int region;                   /* BpRegion */
  int npoints;                  /* quadrature points, up to BP_VIEW_POINTS */
  const double *volume;         /* [npoints] m3 */
  const double (*stress)[6];    /* [npoints] Pa */
  const double (*inelastic)[6]; /* [npoints] inelastic strain; zero where the law is elastic */
  const double *accumulated;    /* [npoints] equivalent inelastic strain, accumulated */
  const double *work;           /* [npoints] J/m3, inelastic work, accumulated */
} BpView;

typedef struct {
  const char *name, *title;
  const char *unit; /* SI; "1" for pure numbers */
  BpWhere where;
  int ncomp; /* up to BP_QUANTITY_SIZE; 6: symmetric tensor in ParaView's order XX YY ZZ XY YZ XZ */
  int regions; /* 1: values are numbers of regions, written as whole numbers with their names */
  void (*eval)(const BpView *view, double *value); /* value [ncomp] */
} BpQuantity;

/* The table of quantities, in the order of outputs.def, ended by NULL. */
extern const BpQuantity *const bp_quantities[];

/* Mean over the cell of values [npoints] at its quadrature points. */
double bp_view_mean(const BpView *view, const double *value);

/* Mean over the cell of Mandel vectors [npoints][6], as tensor components XX YY ZZ XY YZ XZ. */
void bp_view_mean_tensor(const BpView *view, const double (*tensor)[6], double component[6]);

#endif

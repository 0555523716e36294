/* Safeguarded Newton iteration for one unknown, shared by the laws whose update reduces to a scalar
 * equation. */
#ifndef BP_SCALAR_NEWTON_H
#define BP_SCALAR_NEWTON_H

#include "base.h"

#include <math.h>

/* Residual at x; *slope receives its derivative. */
typedef double (*BpScalarResidual)(double x, double *slope, void *context);

/* Root of a residual that is negative at `lo` and positive at `hi` (neither is evaluated; lo may be
 * -HUGE_VAL when the residual is negative far enough down).
 *
 * x        in: first guess; out: the argument of the last evaluation, where `context` stands
 * step     out: the last Newton step, |step| <= tolerance; x + step is the root, with an error of
 *          the order of step^2, so that the caller need not evaluate once more
 * returns  NULL, or why there is no root: the slope there is not positive, a residual is not a
 *          number, or 100 iterations do not do
 *
 * A Newton step that would leave the bracket, and from the tenth iteration on every second step, is
 * a bisection: the bracket shrinks whatever the residual does. */
static inline const char *bp_scalar_newton(BpScalarResidual residual, void *context,
                                           const double bracket[2], double tolerance, double *x,
                                           double *step) {
  double lo = bracket[0], hi = bracket[1], down = 1.0, slope = 0.0;
  for (int i = 0; i < 100; i++) {
    const double r = residual(*x, &slope, context);
    if (isnan(r) || isnan(slope))
      return "the local equation is not a number";
    if (r < 0.0)
      lo = *x;
    else
      hi = *x;
    *step = -r / slope;
    if (slope > 0.0 && fabs(*step) <= tolerance)
      return NULL;
    double next = *x + *step;
    if (!(slope > 0.0 && next > lo && next < hi) || (i >= 10 && i % 2 == 0)) {
      next = isfinite(lo) ? 0.5 * (lo + hi) : hi - down;
      down *= 2.0;
    }
    *x = next;
  }
  return slope > 0.0 ? "more than 100 local iterations" : "the local equation has no stable root";
}

#endif

/* Comparison of doubles with a relative and an absolute tolerance (cmocka 1.1.5 compares floats
 * only), and the includes that cmocka wants in its order. */
#ifndef BP_TEST_CLOSE_H
#define BP_TEST_CLOSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Fails, printing both numbers, unless |actual - expected| <= atol + rtol |expected|; a NaN always
 * fails. */
void bp_assert_close_at(const char *file, int line, double actual, double expected, double rtol,
                        double atol);

#define assert_close(actual, expected, rtol, atol)                                                 \
  bp_assert_close_at(__FILE__, __LINE__, (actual), (expected), (rtol), (atol))

/* Deterministic random number in [lo, hi). */
double bp_random(double lo, double hi);

#endif

#include "close.h"

#include <math.h>
#include <stdint.h>

void bp_assert_close_at(const char *file, int line, double actual, double expected, double rtol,
                        double atol) {
  if (fabs(actual - expected) <= atol + rtol * fabs(expected))
    return;
  print_error("%.17g is not %.17g (difference %.3g, allowed %.3g)\n", actual, expected,
              actual - expected, atol + rtol * fabs(expected));
  _fail(file, line);
}

double bp_random(double lo, double hi) {
  static uint64_t state = 0x9E3779B97F4A7C15u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return lo + (hi - lo) * (double)(state >> 11) / 9007199254740992.0;
}

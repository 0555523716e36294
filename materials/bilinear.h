/* Bilinear kinematic hardening from the slope of the uniaxial curve, for the laws that take it. */
#ifndef BP_BILINEAR_H
#define BP_BILINEAR_H

#include "law.h"

#include <stdio.h>

#define BP_BILINEAR_CONSTANTS                                                                      \
  {"yield", "Pa", "initial yield stress", 1.0, 1e11, BP_REQUIRED}, {                               \
    "Et", "Pa", "tangent modulus beyond yield, less than E", 0.0, 1e12, BP_REQUIRED                \
  }

/* Slope of the stress over the plastic strain, Pa. */
static inline double bp_bilinear_modulus(double young, double tangent) {
  return young * tangent / (young - tangent);
}

/* check() of a law: BP_BAD and a message for a tangent modulus that is no less than E. */
static inline BpStatus bp_bilinear_check(double young, double tangent, char *message, size_t size) {
  if (tangent < 0.99 * young)
    return BP_OK;
  snprintf(message, size, "tangent modulus Et (%.4g Pa) must be less than 0.99 E (E is %.4g Pa)",
           tangent, young);
  return BP_BAD;
}

/* sum over the components of (stress - 2/3 H e) : (e - e0), e the plastic strain at the step's end:
 * what plastic flow turns into heat, J/m3. */
static inline double bp_bilinear_dissipation(double modulus, const double stress[6],
                                             const double e0[6], const double e[6]) {
  double sum = 0.0;
  for (int i = 0; i < 6; i++)
    sum += (stress[i] - 2.0 / 3.0 * modulus * e[i]) * (e[i] - e0[i]);
  return sum;
}

#endif

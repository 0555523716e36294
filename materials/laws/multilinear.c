/* Rate-independent Mises plasticity from a table of stress over plastic strain, kinematic: the
 * overlay of ideally plastic layers (Besseling, Mroz).
 *
 *   stress = sum w_k stress_k,   stress_k = C (strain - e_k),   e = sum w_k e_k
 *   f_k = sqrt(3/2) |dev(stress_k)| - Y_k <= 0,   de_k = sqrt(3/2) n_k dp_k,   n_k along
 * dev(stress_k)
 *
 * The table has up to ten pairs: stress1 Pa, the yield stress, at no plastic strain, then
 * stress_k Pa at plastic_k 1, both increasing and the slope falling; beyond the last pair there is
 * no hardening. E Pa, nu 1. Pair k becomes a layer of
 *
 *   (1)  Y_k = stress_k + 3G plastic_k,   w_k = W_(k-1) - W_k,
 *        W_k = (stress_(k+1) - stress_k)/(Y_(k+1) - Y_k),   W_0 = 1,   W_last = 0
 *
 * which meets the table exactly under any load in a fixed direction: with e_eq the equivalent of
 * the deviatoric strain, layer k carries min(3G e_eq, Y_k), and at pair k 3G e_eq = stress_k + 3G
 * plastic_k. On reversal each layer turns by twice its yield stress, so that the branches of a
 * cycle are the table doubled (Masing), and closed loops repeat.
 *
 * The kinematic form is the one here because joints are cycled; for isotropic hardening see
 * chaboche. Source: Besseling, J. Appl. Mech. 25 (1958) 529.
 *
 * Integration: backward Euler of each layer, closed form, constants at the end temperature. The
 * inelastic strain is the weighted mean of the layers', so that a table that changes with
 * temperature weighs anew what has flowed. Failure: BP_CUT for a strain that is not finite. Limits:
 * small strain; no ratcheting, no cyclic hardening. accumulated_strain is that of the mean: it
 * counts the path of e, not the layers'. work_inelastic contains what the layers store and give
 * back. */
#include "radial_return.h"

#include <stdio.h>

#define PAIRS 10

enum { P_FIRST = BP_RADIAL_FIRST }; /* stress1 stress2 plastic2 stress3 plastic3 ... */

#define PAIR(i)                                                                                    \
  {"stress" #i, "Pa", "stress of pair " #i " of the table", 0.0, 1e11, 0.0}, {                     \
    "plastic" #i, "1", "plastic strain of pair " #i " of the table", 0.0, 10.0, 0.0                \
  }

static const BpParamInfo params[] = {
    BP_RADIAL_CONSTANTS,
    {"stress1", "Pa", "yield stress, the first of the table", 1.0, 1e11, BP_REQUIRED},
    PAIR(2),
    PAIR(3),
    PAIR(4),
    PAIR(5),
    PAIR(6),
    PAIR(7),
    PAIR(8),
    PAIR(9),
    PAIR(10),
};

enum { S_LAYER = BP_RADIAL_OWN };

#define LAYER(i)                                                                                   \
  { "layer_strain" #i, "1", "plastic strain of layer " #i ", deviatoric", 6, 0.0 }

static const BpStateInfo states[] = {
    BP_RADIAL_STATES, LAYER(1), LAYER(2), LAYER(3), LAYER(4),  LAYER(5),
    LAYER(6),         LAYER(7), LAYER(8), LAYER(9), LAYER(10),
};

static double stress_of(const double *p, int k) {
  return k > 0 ? p[P_FIRST + 2 * k - 1] : p[P_FIRST];
}

static double plastic_of(const double *p, int k) {
  return k > 0 ? p[P_FIRST + 2 * k] : 0.0;
}

/* Pairs given: a pair that is not has a stress of 0. */
static int pairs(const double *p) {
  int n = 1;
  while (n < PAIRS && stress_of(p, n) > 0.0)
    n++;
  return n;
}

static double slope_after(const double *p, int k) {
  return (stress_of(p, k + 1) - stress_of(p, k)) / (plastic_of(p, k + 1) - plastic_of(p, k));
}

static BpStatus check(const double *p, char *message, size_t size) {
  const int n = pairs(p);
  for (int k = n; k < PAIRS; k++)
    if (stress_of(p, k) > 0.0 || plastic_of(p, k) > 0.0) {
      snprintf(message, size, "stress%d is missing: the pairs of the table are numbered through",
               n + 1);
      return BP_BAD;
    }
  for (int k = 0; k + 1 < n; k++) {
    if (!(plastic_of(p, k + 1) > plastic_of(p, k) && stress_of(p, k + 1) >= stress_of(p, k))) {
      snprintf(message, size, "pair %d: plastic strain and stress of the table must increase",
               k + 2);
      return BP_BAD;
    }
    if (k > 0 && slope_after(p, k) > slope_after(p, k - 1) * (1.0 + 1e-9)) {
      snprintf(message, size, "pair %d: the table must get flatter from pair to pair", k + 2);
      return BP_BAD;
    }
  }
  return BP_OK;
}

typedef struct {
  int index;
  double yield, weight; /* Pa, 1 */
  double below;         /* W_(k-1) of the next layer */
} Layer;

/* The layer after `before`, whose `below` says what is left; 3G in Pa, n pairs. */
static Layer next_layer(const double *p, const Layer *before, int n, double shear3) {
  const int k = before->index + 1;
  const double slope = k + 1 < n ? slope_after(p, k) : 0.0;
  const double rest = slope / (shear3 + slope);
  return (Layer){k, stress_of(p, k) + shear3 * plastic_of(p, k), before->below - rest, rest};
}

static const Layer none = {.index = -1, .below = 1.0};

/* Moves a layer to the end of the step, strain its deviator there; adds to the mean strain and the
 * tangent. */
static void flow(const BpLawIn *in, const Layer *layer, const double strain[6], double shear,
                 double mean[6], BpLawOut *out) {
  const double *from = in->state0 + S_LAYER + 6 * layer->index;
  double *to = out->state1 + S_LAYER + 6 * layer->index, n[6];
  for (int i = 0; i < 6; i++)
    n[i] = strain[i] - from[i];
  const double norm = bp_norm6(n), q = 2.0 * shear * sqrt(1.5) * norm;
  const double dp = q > layer->yield ? (q - layer->yield) / (3.0 * shear) : 0.0;
  for (int i = 0; i < 6; i++) {
    to[i] = dp > 0.0 ? from[i] + sqrt(1.5) * dp * n[i] / norm : from[i];
    mean[i] += layer->weight * to[i];
  }
  if (!(out->tangent && dp > 0.0))
    return;
  const double ratio = 3.0 * shear * dp / q, full = 2.0 * shear * layer->weight;
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      const double identity = (i == j) - (i < 3 && j < 3 ? 1.0 / 3.0 : 0.0);
      out->tangent[6 * i + j] -=
          full * ((1.0 - ratio) * n[i] * n[j] / (norm * norm) + ratio * identity);
    }
}

static BpStatus update(const BpLawIn *in, BpLawOut *out) {
  const double *p = in->param;
  const double bulk = p[BP_RADIAL_YOUNG] / (3.0 - 6.0 * p[BP_RADIAL_POISSON]);
  const double shear = p[BP_RADIAL_YOUNG] / (2.0 + 2.0 * p[BP_RADIAL_POISSON]);
  double strain[6], mean[6] = {0};
  bp_deviator(in->strain1, strain);
  bp_law_begin(out);
  if (out->tangent)
    bp_isotropic_stiffness(bulk, shear, out->tangent);
  memcpy(out->state1 + S_LAYER, in->state0 + S_LAYER, 6 * PAIRS * sizeof(double));
  const int n = pairs(p);
  Layer layer = none;
  while (layer.index + 1 < n) {
    layer = next_layer(p, &layer, n, 3.0 * shear);
    flow(in, &layer, strain, shear, mean, out);
  }
  double work = 0.0, path = 0.0, sum = 0.0;
  for (int i = 0; i < 6; i++) {
    const double de = mean[i] - in->state0[BP_RADIAL_STRAIN + i];
    out->stress1[i] =
        2.0 * shear * (strain[i] - mean[i]) + (i < 3 ? bulk * bp_trace(in->strain1) : 0.0);
    out->state1[BP_RADIAL_STRAIN + i] = mean[i];
    work += 0.5 * (in->stress0[i] + out->stress1[i]) * de;
    path += de * de;
    sum += fabs(out->stress1[i]) + path;
  }
  out->state1[BP_RADIAL_ACCUMULATED] = in->state0[BP_RADIAL_ACCUMULATED] + sqrt(2.0 / 3.0 * path);
  out->work_inelastic = work;
  return isfinite(sum) && isfinite(work) ? BP_OK : bp_law_cut(out, 0.0, BP_REASON_NOT_FINITE);
}

/* The layers' own stresses do the work on the layers' own strains. */
static double dissipation(const BpLawIn *in, const BpLawOut *out) {
  const double *p = in->param;
  const double shear = p[BP_RADIAL_YOUNG] / (2.0 + 2.0 * p[BP_RADIAL_POISSON]);
  const int n = pairs(p);
  double strain[6], sum = 0.0;
  Layer layer = none;
  bp_deviator(in->strain1, strain);
  while (layer.index + 1 < n) {
    layer = next_layer(p, &layer, n, 3.0 * shear);
    const double *e0 = in->state0 + S_LAYER + 6 * layer.index;
    const double *e1 = out->state1 + S_LAYER + 6 * layer.index;
    for (int i = 0; i < 6; i++)
      sum += layer.weight * 2.0 * shear * (strain[i] - e1[i]) * (e1[i] - e0[i]);
  }
  return sum;
}

const BpLaw bp_law_multilinear = {
    .name = "multilinear",
    .title = "Mises plasticity, multilinear, kinematic (Besseling)",
    .source = "Besseling, J. Appl. Mech. 25 (1958) 529",
    .param = params,
    .nparam = BP_COUNT(params),
    .state = states,
    .nstate = BP_COUNT(states),
    .symmetric = 1,
    .check = check,
    .update = update,
    .dissipation = dissipation,
};

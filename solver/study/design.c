/* Designs: which places of the factors are put together to points. Random numbers, Sobol's sequence
 * and permutations are GSL's. */
#include "study_impl.h"

#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include <stdlib.h>

int bp_design_samples(BpDesign design) {
  return design == BP_DESIGN_LATIN || design == BP_DESIGN_SOBOL || design == BP_DESIGN_SALTELLI;
}

int bp_factor_count(const BpFactor *factor) {
  return factor->is_range ? factor->npoints : factor->nlevels;
}

/* ---- how many */

static double count(const BpStudy *s) {
  double grid = 1.0, one = 1.0;
  for (int i = 0; i < s->nfactors; i++) {
    grid *= bp_factor_count(&s->factor[i]);
    one += bp_factor_count(&s->factor[i]) - 1;
  }
  switch (s->design) {
  case BP_DESIGN_GRID:
    return grid;
  case BP_DESIGN_ONE:
    return one;
  case BP_DESIGN_LIST:
    return bp_factor_count(&s->factor[0]);
  case BP_DESIGN_SALTELLI:
    return (double)s->samples * (s->nfactors + 2);
  case BP_DESIGN_LATIN:
  case BP_DESIGN_SOBOL:
    break;
  }
  return s->samples;
}

int bp_design_size(const BpStudy *study) {
  const double n = count(study);
  return n > BP_STUDY_POINTS ? BP_STUDY_POINTS + 1 : (int)n;
}

/* ---- counted */

static BpPlace level_place(const BpFactor *f, int level) {
  const int n = bp_factor_count(f);
  return (BpPlace){n > 1 ? (double)level / (n - 1) : 0.5, level};
}

static void fill_grid(const BpStudy *s, int n, BpPlace *place) {
  const int k = s->nfactors;
  for (int i = 0; i < n; i++)
    for (int f = k - 1, rest = i; f >= 0; f--) {
      const int levels = bp_factor_count(&s->factor[f]);
      place[i * k + f] = level_place(&s->factor[f], rest % levels);
      rest /= levels;
    }
}

static void fill_one(const BpStudy *s, int n, BpPlace *place) {
  const int k = s->nfactors;
  for (int i = 0; i < n; i++)
    for (int f = 0; f < k; f++)
      place[i * k + f] = level_place(&s->factor[f], 0);
  for (int f = 0, i = 1; f < k; f++)
    for (int level = 1; level < bp_factor_count(&s->factor[f]); level++, i++)
      place[i * k + f] = level_place(&s->factor[f], level);
}

static void fill_list(const BpStudy *s, int n, BpPlace *place) {
  for (int i = 0; i < n; i++)
    for (int f = 0; f < s->nfactors; f++)
      place[i * s->nfactors + f] = level_place(&s->factor[f], i);
}

/* ---- sampled */

/* A number from 0 to 1 on a factor: a place of its range, or one of its values with equal chance.
 */
static BpPlace sampled_place(const BpFactor *f, double u) {
  if (f->is_range)
    return (BpPlace){u, -1};
  const int level = (int)(u * f->nlevels);
  return level_place(f, level < f->nlevels ? level : f->nlevels - 1);
}

static void fill_latin(const BpStudy *s, int n, BpPlace *place) {
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  int *order = BP_NEW(int, n);
  gsl_rng_set(random, s->seed);
  for (int f = 0; f < s->nfactors; f++) {
    for (int i = 0; i < n; i++)
      order[i] = i;
    gsl_ran_shuffle(random, order, (size_t)n, sizeof order[0]);
    for (int i = 0; i < n; i++)
      place[i * s->nfactors + f] =
          sampled_place(&s->factor[f], (order[i] + gsl_rng_uniform(random)) / n);
  }
  free(order);
  gsl_rng_free(random);
}

static void fill_sobol(const BpStudy *s, int n, BpPlace *place) {
  double u[BP_STUDY_SOBOL_FACTORS];
  gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)s->nfactors);
  for (int i = 0; i < n; i++) {
    gsl_qrng_get(sequence, u);
    for (int f = 0; f < s->nfactors; f++)
      place[i * s->nfactors + f] = sampled_place(&s->factor[f], u[f]);
  }
  gsl_qrng_free(sequence);
}

/* Points A, then B, then for each factor A with that factor's column of B. */
static void fill_saltelli(const BpStudy *s, BpPlace *place) {
  double u[BP_STUDY_SOBOL_FACTORS];
  const int n = s->samples, k = s->nfactors;
  gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, 2 * (unsigned)k);
  for (int i = 0; i < n; i++) {
    gsl_qrng_get(sequence, u);
    for (int f = 0; f < k; f++) {
      const BpPlace a = sampled_place(&s->factor[f], u[f]);
      const BpPlace b = sampled_place(&s->factor[f], u[k + f]);
      place[i * k + f] = a;
      place[(n + i) * k + f] = b;
      for (int crossed = 0; crossed < k; crossed++)
        place[((2 + crossed) * n + i) * k + f] = crossed == f ? b : a;
    }
  }
  gsl_qrng_free(sequence);
}

void bp_design_places(const BpStudy *study, BpPlace *place) {
  const int n = bp_design_size(study);
  switch (study->design) {
  case BP_DESIGN_GRID:
    fill_grid(study, n, place);
    break;
  case BP_DESIGN_ONE:
    fill_one(study, n, place);
    break;
  case BP_DESIGN_LIST:
    fill_list(study, n, place);
    break;
  case BP_DESIGN_LATIN:
    fill_latin(study, n, place);
    break;
  case BP_DESIGN_SOBOL:
    fill_sobol(study, n, place);
    break;
  case BP_DESIGN_SALTELLI:
    fill_saltelli(study, place);
    break;
  }
}

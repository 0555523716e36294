/* Sobol's sensitivity indices. */
#include "study_impl.h"

#include <gsl/gsl_statistics_double.h>

#include <stdlib.h>
#include <string.h>

static int is_complete(const BpStudyTable *t, int column) {
  for (int i = 0; i < t->plan->ndesign; i++)
    if (t->state[i] != BP_POINT_FINISHED || !isfinite(t->value[column][i]))
      return 0;
  return t->plan->ndesign > 1;
}

/* ---- a complete grid: the last factor runs fastest */

/* Points that follow each other with the same level of factor f, and its number of levels. */
static void strides(const BpStudyPlan *plan, int f, int *stride, int *levels) {
  *stride = plan->ndesign;
  for (int k = 0; k <= f; k++) {
    *levels = 1;
    for (int i = 0; i < plan->ndesign; i++)
      if (plan->point[i].place[k].level >= *levels)
        *levels = plan->point[i].place[k].level + 1;
    *stride /= *levels;
  }
}

/* Variance of the means over all other factors, which is the first order's part. */
static double variance_of_means(const double *y, int n, int stride, int levels) {
  double *mean = BP_NEW(double, levels);
  for (int i = 0; i < n; i++)
    mean[i / stride % levels] += y[i] * levels / n;
  const double variance =
      gsl_stats_variance_with_fixed_mean(mean, 1, (size_t)levels, gsl_stats_mean(y, 1, (size_t)n));
  free(mean);
  return variance;
}

/* Mean of the variances along the factor with all others fixed, which is the total part. */
static double mean_of_variances(const double *y, int n, int stride, int levels) {
  double sum = 0.0;
  for (int i = 0; i < n; i++) {
    if (i / stride % levels != 0)
      continue;
    const double mean = gsl_stats_mean(y + i, (size_t)stride, (size_t)levels);
    sum += gsl_stats_variance_with_fixed_mean(y + i, (size_t)stride, (size_t)levels, mean);
  }
  return sum * levels / n;
}

static void grid_indices(const BpStudyPlan *plan, const double *y, double *first, double *total) {
  const int n = plan->ndesign;
  const double all =
      gsl_stats_variance_with_fixed_mean(y, 1, (size_t)n, gsl_stats_mean(y, 1, (size_t)n));
  for (int f = 0; f < plan->nfactors; f++) {
    int stride, levels;
    strides(plan, f, &stride, &levels);
    first[f] = variance_of_means(y, n, stride, levels) / all;
    total[f] = mean_of_variances(y, n, stride, levels) / all;
  }
}

/* ---- Saltelli's points: A, B, then A with each column of B */

static void saltelli_indices(const BpStudyPlan *plan, const double *y, double *first,
                             double *total) {
  const int n = plan->samples;
  const double *a = y, *b = y + n;
  const double mean = gsl_stats_mean(y, 1, 2 * (size_t)n);
  const double all = gsl_stats_variance_with_fixed_mean(y, 1, 2 * (size_t)n, mean);
  for (int f = 0; f < plan->nfactors; f++) {
    const double *crossed = y + (size_t)(2 + f) * (size_t)n;
    first[f] = total[f] = 0.0;
    for (int i = 0; i < n; i++) {
      first[f] += (b[i] - mean) * (crossed[i] - a[i]) / n / all;
      total[f] += (a[i] - crossed[i]) * (a[i] - crossed[i]) / (2.0 * n) / all;
    }
  }
}

BpStatus bp_study_indices(const BpStudyTable *t, int column, double *first, double *total) {
  const BpStudyPlan *plan = t->plan;
  const double *y = t->value[column];
  if (!is_complete(t, column) ||
      !(gsl_stats_max(y, 1, (size_t)plan->ndesign) > gsl_stats_min(y, 1, (size_t)plan->ndesign)))
    return BP_BAD;
  if (strcmp(plan->design, bp_design_name(BP_DESIGN_GRID)) == 0)
    grid_indices(plan, y, first, total);
  else if (strcmp(plan->design, bp_design_name(BP_DESIGN_SALTELLI)) == 0)
    saltelli_indices(plan, y, first, total);
  else
    return BP_BAD;
  return BP_OK;
}

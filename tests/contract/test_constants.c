/* Every constant of every law may be a table or a polynomial in temperature, but for laws that want
 * them constant: cards made here from the values of the library's cards, each constant rising by
 * 1 % from 250 to 450 K. */
#include "close.h"
#include "subjects.h"

#include "units.h"

#include <stdio.h>
#include <stdlib.h>

static const double rise = 0.01, low = 250.0, high = 450.0;

static double growth(double T) {
  return 1.0 + rise * (T - low) / (high - low);
}

/* Unit as cards write it: temperatures of activation are differences. */
static const char *unit_of(const BpParamInfo *info) {
  return strcmp(info->unit, "K") == 0 ? "delta_K" : info->unit;
}

static char *table_of(double value, const BpParamInfo *info) {
  char first[80], last[80];
  bp_units_write(value, unit_of(info), first, sizeof first);
  bp_units_write(value * growth(high), unit_of(info), last, sizeof last);
  return bp_format("{table: [[250 K, %s], [450 K, %s]], extrapolate: constant}", first, last);
}

static char *polynomial_of(double value, const BpParamInfo *info) {
  const int kelvin = strcmp(info->unit, "K") == 0; /* over kelvin: a pure number */
  char constant[80], slope[80],
      *per_kelvin = kelvin ? bp_copy_text("1") : bp_format("%s/K", info->unit);
  bp_units_write(value * growth(0.0), unit_of(info), constant, sizeof constant);
  bp_units_write(value * rise / (high - low), per_kelvin, slope, sizeof slope);
  free(per_kelvin);
  return bp_format("{polynomial: [%s, %s], in: K}", constant, slope);
}

/* A material whose constants are all tables, or all polynomials. */
static BpMaterial *varying(const BpLaw *law, const double *value,
                           char *(*write)(double, const BpParamInfo *)) {
  char *params = bp_copy_text("{");
  for (int i = 0; i < law->nparam; i++) {
    char *one = write(value[i], &law->param[i]);
    char *more = bp_format("%s%s%s: %s", params, i > 0 ? ", " : "", law->param[i].name, one);
    free(params);
    free(one);
    params = more;
  }
  char *closed = bp_format("%s}", params);
  BpMaterial *material = bp_test_material(law->name, closed);
  free(params);
  free(closed);
  return material;
}

static void constants_may_vary(void **state) {
  const BpTestSubject *s = *state;
  double value[BP_MAX_PARAMS], got[BP_MAX_PARAMS];
  bp_material_param(s->material, 298.15, value);
  for (int k = 0; k < 2; k++) {
    BpMaterial *material = varying(s->law, value, k ? polynomial_of : table_of);
    assert_true(bp_material_varies(material));
    for (double T = low; T <= high; T += 12.5) {
      bp_material_param(material, T, got);
      for (int i = 0; i < s->law->nparam; i++)
        assert_close(got[i], value[i] * growth(T), 1e-12, 0.0);
    }
    bp_material_free(material);
  }
}

int main(void) {
  int count, n = 0;
  BpTestSubject *subject = bp_test_subjects(&count);
  struct CMUnitTest *tests = BP_NEW(struct CMUnitTest, count);
  for (int i = 0; i < count; i++)
    if (!subject[i].law->isothermal)
      tests[n++] = (struct CMUnitTest){
          .name = bp_format("%s/%s", subject[i].law->name, bp_material_name(subject[i].material)),
          .test_func = constants_may_vary,
          .initial_state = &subject[i]};
  const int failed = _cmocka_run_group_tests("constants", tests, (size_t)n, NULL, NULL);
  for (int i = 0; i < n; i++)
    free((char *)(uintptr_t)tests[i].name);
  bp_test_subjects_free(subject, count);
  free(tests);
  return failed || n == 0;
}

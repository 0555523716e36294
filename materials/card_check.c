#include "card_impl.h"

#include "point.h"
#include "units.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- published points: what the card says */

typedef struct {
  const char *key, *unit; /* of the published value */
  const char *with[3];    /* the further keys that this kind needs */
} PointKind;

static const PointKind kinds[] = {
    [BP_CHECK_SATURATION] = {"saturation", "Pa", {"rate"}},
    [BP_CHECK_STRESS] = {"stress", "Pa", {"rate", "strain"}},
    [BP_CHECK_EXPANSION] = {"expansion", "1/K", {NULL}},
    [BP_CHECK_YOUNG] = {"young", "Pa", {"angle"}},
};

static double optional(BpCardReader *reader, const BpYamlNode *map, const char *key,
                       const char *unit, double standard) {
  const BpYamlNode *node = bp_yaml_child(map, key);
  return node ? bp_card_number(reader, node, key, unit) : standard;
}

static void read_point(BpCardReader *reader, const BpYamlNode *map, BpMaterial *m) {
  static const char *const known[] = {"temperature", "rate",  "strain", "stress",   "saturation",
                                      "expansion",   "young", "angle",  "tolerance"};
  if (!bp_card_is(reader, map, "check", BP_YAML_MAP))
    return;
  bp_card_keys(reader, map, "check", known, BP_COUNT(known));
  int kind = -1, found = 0;
  for (int k = 0; k < BP_COUNT(kinds); k++)
    if (bp_yaml_child(map, kinds[k].key)) {
      kind = k;
      found++;
    }
  if (found != 1) {
    bp_card_problem(reader, map->line,
                    "check: a point has one of saturation, stress, expansion, young");
    return;
  }
  const BpYamlNode *temperature =
      bp_card_need(reader, map, "temperature", "say where it was found");
  for (int i = 0; i < BP_COUNT(kinds[kind].with) && kinds[kind].with[i]; i++)
    (void)bp_card_need(reader, map, kinds[kind].with[i], "the point needs it");
  BP_GROW(m->check, m->ncheck + 1);
  m->check[m->ncheck++] = (BpCheckPoint){
      .kind = (BpCheckKind)kind,
      .temperature = temperature ? bp_card_number(reader, temperature, "temperature", "K") : 0.0,
      .rate = optional(reader, map, "rate", "1/s", 0.0),
      .strain = optional(reader, map, "strain", "1", 0.0),
      .angle = optional(reader, map, "angle", "rad", 0.0),
      .value = optional(reader, map, kinds[kind].key, kinds[kind].unit, 0.0),
      .tolerance = optional(reader, map, "tolerance", "1", 1e-3),
      .line = map->line};
}

void bp_card_points(BpCardReader *reader, const BpYamlNode *list, BpMaterial *m) {
  if (!bp_card_is(reader, list, "check", BP_YAML_LIST))
    return;
  for (int i = 0; i < list->nchild; i++)
    read_point(reader, list->child[i], m);
}

/* ---- published points: what the material does */

/* The slowest published hardening, a = 1.8 and h0/s = 45, is within 1e-4 of its end after this. */
static const double saturation_strain = 100.0;

static double tension(const BpMaterial *m, const BpCheckPoint *point, double strain, int steps) {
  const BpTension test = {
      .temperature = point->temperature, .rate = point->rate, .strain = strain, .steps = steps};
  double stress;
  return bp_point_tension(m, &test, NULL, NULL, &stress, NULL) == BP_OK ? stress : (double)NAN;
}

/* Young's modulus at an angle from axis 1: a small stress, applied at once. */
typedef struct {
  double stress[6], young;
} Pull;

static void read_pull(const BpPointRecord *record, void *context) {
  Pull *pull = context;
  if (isnan(pull->young))
    pull->young = bp_dot6(pull->stress, pull->stress) / bp_dot6(pull->stress, record->strain);
}

static double young(const BpMaterial *m, const BpCheckPoint *point) {
  static const double size = 1e3; /* Pa */
  const double c = cos(point->angle), s = sin(point->angle);
  Pull pull = {.stress = {size * c * c, size * s * s, 0.0, 0.0, 0.0, size * BP_SQRT2 * c * s},
               .young = (double)NAN};
  BpPathCorner corner[2] = {{.temperature = point->temperature},
                            {.time = 1e-3, .temperature = point->temperature}};
  memcpy(corner[0].value, pull.stress, sizeof pull.stress);
  memcpy(corner[1].value, pull.stress, sizeof pull.stress);
  const BpPath path = {
      .corner = corner, .count = 2, .stress = {1, 1, 1, 1, 1, 1}, .max_step = 1e-3};
  (void)bp_point_run(m, &path, read_pull, &pull, NULL);
  return pull.young;
}

static double expansion(const BpMaterial *m, double T) {
  double strain[6];
  if (!m->expansion.mean)
    return bp_param_value(&m->expansion.axis[0], T);
  bp_material_thermal_strain(m, T - 0.5, T + 0.5, strain);
  return strain[0];
}

int bp_material_checks(const BpMaterial *m) {
  return m->ncheck;
}

BpCheckResult bp_material_check(const BpMaterial *m, int i) {
  const BpCheckPoint *point = &m->check[i];
  BpCheckResult result = {.kind = point->kind,
                          .temperature = point->temperature,
                          .published = point->value,
                          .tolerance = point->tolerance,
                          .line = point->line};
  if (point->kind == BP_CHECK_SATURATION)
    result.computed = tension(m, point, saturation_strain, 400);
  else if (point->kind == BP_CHECK_STRESS)
    result.computed = tension(m, point, point->strain, 4000);
  else if (point->kind == BP_CHECK_EXPANSION)
    result.computed = expansion(m, point->temperature);
  else
    result.computed = young(m, point);
  return result;
}

/* ---- constants over the hard range */

#define SAMPLES 64

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Temperatures of the hard range, K: its ends, equal parts and every table's points. */
static double *sample_temperatures(const BpMaterial *m, int *count) {
  double *T = BP_NEW(double, SAMPLES + 1);
  int n = 0;
  for (int i = 0; i <= SAMPLES; i++)
    T[n++] = m->hard[0] + (m->hard[1] - m->hard[0]) * i / SAMPLES;
  for (int k = 0; k < m->law->nparam; k++)
    for (int i = 0; m->param[k].kind == BP_PARAM_TABLE && i < m->param[k].n; i++) {
      if (m->param[k].T[i] <= m->hard[0] || m->param[k].T[i] >= m->hard[1])
        continue;
      BP_GROW(T, n + 1);
      T[n++] = m->param[k].T[i];
    }
  qsort(T, (size_t)n, sizeof T[0], by_value);
  *count = n;
  return T;
}

/* The first temperature at which constant k is out of its bounds, if any. */
static void check_bounds(BpCardReader *reader, const BpYamlNode *params, const BpMaterial *m, int k,
                         const double *T, int count) {
  const BpParamInfo *info = &m->law->param[k];
  const char *unit = bp_card_unit(info);
  const BpYamlNode *node = bp_yaml_child(params, info->name);
  char at[64], value[64], low[64], high[64];
  for (int i = 0; i < count; i++) {
    const double x = bp_param_value(&m->param[k], T[i]);
    if (x >= info->hard_min && x <= info->hard_max)
      continue;
    bp_units_write(T[i], "K", at, sizeof at);
    bp_units_write(x, unit, value, sizeof value);
    bp_units_write(info->hard_min, unit, low, sizeof low);
    bp_units_write(info->hard_max, unit, high, sizeof high);
    bp_card_problem(reader, node ? node->line : params->line,
                    "params.%s: %s at %s is out of bounds; it must be from %s to %s", info->name,
                    value, at, low, high);
    return;
  }
}

/* Constants of a law that wants them the same at all temperatures. */
static void check_constant(BpCardReader *reader, const BpYamlNode *params, const BpMaterial *m) {
  for (int k = 0; k < m->law->nparam; k++) {
    if (!m->law->isothermal || !bp_param_varies(&m->param[k]))
      continue;
    const BpYamlNode *node = bp_yaml_child(params, m->law->param[k].name);
    bp_card_problem(reader, node ? node->line : params->line,
                    "params.%s: a constant of the law '%s' cannot vary with temperature; write one "
                    "number",
                    m->law->param[k].name, m->law->name);
  }
}

void bp_card_validate(BpCardReader *reader, const BpYamlNode *params, const BpMaterial *m) {
  const int before = bp_card_problems(reader);
  int count;
  double *T = sample_temperatures(m, &count);
  double *param = BP_NEW(double, m->law->nparam);
  check_constant(reader, params, m);
  for (int k = 0; k < m->law->nparam; k++)
    check_bounds(reader, params, m, k, T, count);
  for (int i = 0; i < count && m->law->check && bp_card_problems(reader) == before; i++) {
    char message[512], at[64];
    bp_material_param(m, T[i], param);
    if (m->law->check(param, message, sizeof message) == BP_OK)
      continue;
    bp_units_write(T[i], "K", at, sizeof at);
    bp_card_problem(reader, params->line, "params at %s: %s", at, message);
  }
  free(param);
  free(T);
}

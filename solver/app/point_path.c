#include "point_path.h"

#include "schema.h"
#include "units.h"

#include <stdlib.h>

const char *const bp_point_component[6] = {"11", "22", "33", "23", "13", "12"};

/* ---- keys */

#define STRAIN(i, c)                                                                               \
  BP_ROW("strain_" c, "tensor component at the end; a half of the engineering shear",              \
         BP_QUANTITY(BpPointSegment, strain[i], "", NULL))
#define STRESS(i, c)                                                                               \
  BP_ROW("stress_" c, "component at the end", BP_QUANTITY(BpPointSegment, stress[i], "Pa", NULL))

static const BpField segment_rows[] = {
    BP_ROW("duration", "of the segment", BP_QUANTITY(BpPointSegment, duration, "s", NULL),
           BP_ABOVE(0.0)),
    BP_ROW("temperature", "at the end; as before where there is none",
           BP_QUANTITY(BpPointSegment, temperature, "K", NULL), BP_ABOVE(0.0)),
    STRAIN(0, "11"),
    STRAIN(1, "22"),
    STRAIN(2, "33"),
    STRAIN(3, "23"),
    STRAIN(4, "13"),
    STRAIN(5, "12"),
    STRESS(0, "11"),
    STRESS(1, "22"),
    STRESS(2, "33"),
    STRESS(3, "23"),
    STRESS(4, "13"),
    STRESS(5, "12"),
    BP_ROW("steps", "equal steps of the segment", BP_INTEGER(BpPointSegment, steps, NULL),
           BP_BETWEEN(1.0, 1e6)),
};

static const BpField rows[] = {
    BP_ROW("start", "temperature at the beginning, where nothing is strained",
           BP_QUANTITY(BpPointPath, start, "K", NULL), BP_ABOVE(0.0)),
    BP_ROW("strains", "mechanical, or total: with thermal expansion from start",
           BP_TEXT(BpPointPath, strains, "mechanical"), .values = "mechanical|total"),
    BP_ROW("component", "of the columns strain and stress", BP_TEXT(BpPointPath, component, "11"),
           .values = "11|22|33|23|13|12"),
    BP_ROW("steps", "equal steps of each segment", BP_INTEGER(BpPointPath, steps, "200"),
           BP_BETWEEN(1.0, 1e6)),
    BP_ROW("repeat", "how often the segments follow each other",
           BP_INTEGER(BpPointPath, repeat, "1"), BP_BETWEEN(1.0, 1e5)),
    BP_ROW("segments", "what happens, one after the other",
           BP_RECORDS(BpPointPath, segment, nsegments, segment_rows)),
};

static const BpFieldTable table = {rows, BP_COUNT(rows)};
static const BpFieldTable *const tables[] = {&table};
static const BpSchema schema = {tables, BP_COUNT(tables)};

/* ---- rules */

static const BpYamlNode *segment_node(const BpPointPath *p, int i) {
  return bp_yaml_find(p->tree, "segments")->child[i];
}

static int says(const BpYamlNode *segment, const char *what, int c) {
  char *key = bp_format("%s_%s", what, bp_point_component[c]);
  const int found = bp_yaml_child(segment, key) != NULL;
  free(key);
  return found;
}

#define COMPLAIN(p, problems, line, ...)                                                           \
  bp_problem((problems), BP_EXIT_CASE, (line) > 0 ? (p)->file : "--set segments", (line),          \
             __VA_ARGS__)

static void check_segment(const BpPointPath *p, int i, BpProblems *problems) {
  const BpYamlNode *node = segment_node(p, i);
  if (node->kind != BP_YAML_MAP)
    return; /* what is wrong was said already */
  if (!bp_yaml_child(node, "duration"))
    COMPLAIN(p, problems, node->line, "segments[%d]: 'duration' is missing; add duration: 10 s",
             i + 1);
  for (int c = 0; c < 6; c++)
    if (says(node, "strain", c) && says(node, "stress", c))
      COMPLAIN(p, problems, node->line,
               "segments[%d]: strain_%s and stress_%s are one component prescribed twice; keep one",
               i + 1, bp_point_component[c], bp_point_component[c]);
}

static void check(const BpPointPath *p, BpProblems *problems) {
  if (!bp_yaml_find(p->tree, "start"))
    bp_problem(problems, BP_EXIT_CASE, p->file, 0,
               "'start' is missing; write the temperature at the beginning, start: 25 degC");
  if (!bp_yaml_find(p->tree, "segments") || (p->nsegments == 0 && problems->count == 0))
    bp_problem(problems, BP_EXIT_CASE, p->file, 0,
               "no segments; write segments: [{duration: 10 s, strain_11: 0.01}]");
  for (int i = 0; i < p->nsegments; i++)
    check_segment(p, i, problems);
}

static int steps_of(const BpPointPath *p, int i) {
  return p->segment[i].steps > 0 ? p->segment[i].steps : p->steps;
}

static void check_length(const BpPointPath *p, BpProblems *problems) {
  double count = 0.0;
  for (int i = 0; i < p->nsegments; i++)
    count += (double)p->repeat * steps_of(p, i);
  if (count > BP_POINT_MOST_STEPS)
    bp_problem(problems, BP_EXIT_CASE, p->file, 0,
               "the path has %.0f steps, more than %d; reduce steps or repeat", count,
               (int)BP_POINT_MOST_STEPS);
}

/* ---- the path */

/* What a segment says goes into the corner at its end; what it does not say is as before. */
static void apply_segment(const BpPointPath *p, int i, BpPathCorner *corner, int control[6]) {
  const BpPointSegment *s = &p->segment[i];
  const BpYamlNode *node = segment_node(p, i);
  corner->time += s->duration;
  corner->steps = steps_of(p, i);
  if (bp_yaml_child(node, "temperature"))
    corner->temperature = s->temperature;
  for (int c = 0; c < 6; c++) {
    const double mandel = c < 3 ? 1.0 : BP_SQRT2;
    const int strain = says(node, "strain", c);
    if (!strain && !says(node, "stress", c))
      continue;
    control[c] = !strain;
    corner->value[c] = mandel * (strain ? s->strain[c] : s->stress[c]);
  }
}

static void build(BpPointPath *p) {
  const int count = p->nsegments * p->repeat + 1;
  p->corner = BP_NEW(BpPathCorner, count);
  p->control = bp_alloc((size_t)count, sizeof *p->control);
  p->corner[0].temperature = p->start;
  for (int c = 0; c < 6; c++)
    p->control[0][c] = 1; /* free of stress unless something is said */
  for (int k = 1; k < count; k++) {
    p->corner[k] = p->corner[k - 1];
    memcpy(p->control[k], p->control[k - 1], sizeof p->control[k]);
    apply_segment(p, (k - 1) % p->nsegments, &p->corner[k], p->control[k]);
    p->corner[k].stress = p->control[k];
  }
  p->path =
      (BpPath){.corner = p->corner, .count = count, .total = strcmp(p->strains, "total") == 0};
}

/* ---- reading */

static void apply_set(BpYaml *tree, const char *set, BpProblems *problems) {
  const char *equals = strchr(set, '=');
  if (!equals || equals == set) {
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0,
               "--set '%.60s' sets nothing; write --set path.to.key=value", set);
    return;
  }
  char *key = bp_format("%.*s", (int)(equals - set), set);
  bp_yaml_set(tree, key, equals + 1, problems);
  free(key);
}

BpPointPath *bp_point_path_read(const char *file, char *const *set, int nset, int steps,
                                BpProblems *problems) {
  BpProblems own = {0};
  BpYaml *tree = bp_yaml_read_file(file, problems);
  if (!tree)
    return NULL;
  BpPointPath *p = BP_NEW(BpPointPath, 1);
  p->tree = tree;
  p->file = bp_copy_text(file);
  for (int i = 0; i < nset; i++)
    apply_set(tree, set[i], &own);
  bp_schema_read(&schema, tree, p, &own);
  p->steps = steps > 0 ? steps : p->steps;
  check(p, &own);
  if (own.count == 0)
    check_length(p, &own);
  const int good = own.count == 0;
  for (int i = 0; i < own.count; i++)
    bp_problem(problems, own.item[i].code, NULL, 0, "%s", own.item[i].text);
  bp_problems_free(&own);
  if (good) {
    build(p);
    return p;
  }
  bp_point_path_free(p);
  return NULL;
}

void bp_point_path_free(BpPointPath *p) {
  if (!p)
    return;
  bp_schema_free(&schema, p);
  bp_yaml_free(p->tree);
  free(p->file);
  free(p->corner);
  free(p->control);
  free(p);
}

int bp_point_path_component(const BpPointPath *p) {
  int c = 0;
  while (strcmp(bp_point_component[c], p->component) != 0)
    c++;
  return c;
}

/* Line of what the path says about the temperature at corner k, 0 where it is from --set. */
static int temperature_line(const BpPointPath *p, int k) {
  const BpYamlNode *node = bp_yaml_find(p->tree, "start");
  for (int i = 0; i < k; i++) {
    const BpYamlNode *own = bp_yaml_child(segment_node(p, i % p->nsegments), "temperature");
    node = own ? own : node;
  }
  return node->line;
}

void bp_point_path_range(const BpPointPath *p, const BpMaterial *material, BpProblems *problems) {
  double fitted[2], hard[2];
  bp_material_limits(material, fitted, hard);
  const int once = p->nsegments + 1; /* later corners repeat these */
  for (int k = 0; k < once; k++) {
    const double T = p->corner[k].temperature;
    const BpStatus status = bp_material_range(material, T);
    const int line = temperature_line(p, k);
    if (k > 0 && fabs(T - p->corner[k - 1].temperature) <= 0.0)
      continue;
    if (status == BP_BAD)
      bp_problem(problems, BP_EXIT_CASE, line > 0 ? p->file : "--set", line,
                 "the path reaches %g degC, outside the range of card '%s' (%g to %g degC); change "
                 "the path or choose another card",
                 T - 273.15, bp_material_name(material), hard[0] - 273.15, hard[1] - 273.15);
    else if (status == BP_CUT)
      bp_warning(problems, "card '%s' is used at %g degC, outside its fitted range (%g to %g degC)",
                 bp_material_name(material), T - 273.15, fitted[0] - 273.15, fitted[1] - 273.15);
  }
}

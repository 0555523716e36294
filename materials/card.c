#include "umat.h"

#include "config.h"
#include "nearest.h"
#include "units.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const card_keys[] = {
    "name",         "title",         "class",   "law",         "source",    "trust",
    "unverified",   "fitted",        "hard",    "params",      "expansion", "axes_angle",
    "conductivity", "heat_capacity", "density", "resistivity", "check",     "umat"};

static void read_range(BpCardReader *reader, const BpYamlNode *root, const char *key,
                       const char *help, double range[2]) {
  range[0] = range[1] = (double)NAN;
  const BpYamlNode *node = bp_card_need(reader, root, key, help);
  if (!node || !bp_card_is(reader, node, key, BP_YAML_LIST))
    return;
  if (node->nchild != 2) {
    bp_card_problem(reader, node->line, "%s: two temperatures are needed, [25 degC, 125 degC]",
                    key);
    return;
  }
  for (int i = 0; i < 2; i++)
    range[i] = bp_card_number(reader, node->child[i], key, "K");
  if (range[0] >= range[1] || range[0] <= 0.0)
    bp_card_problem(reader, node->line, "%s: the lower temperature comes first", key);
}

static void read_ranges(BpCardReader *reader, const BpYamlNode *root, BpMaterial *m) {
  read_range(reader, root, "fitted",
             "give the temperatures that the constants were fitted in, [25 degC, 125 degC]",
             m->fitted);
  read_range(reader, root, "hard",
             "give the temperatures beyond which the card must not be used, [-65 degC, 217 degC]",
             m->hard);
  if (m->fitted[0] < m->hard[0] || m->fitted[1] > m->hard[1])
    bp_card_problem(reader, root->line, "the fitted range must lie within the hard range");
}

static void read_params(BpCardReader *reader, const BpYamlNode *params, BpMaterial *m) {
  const BpLaw *law = m->law;
  const char **known = BP_NEW(const char *, law->nparam);
  for (int i = 0; i < law->nparam; i++) {
    char what[64];
    known[i] = law->param[i].name;
    const BpYamlNode *node = bp_yaml_child(params, known[i]);
    snprintf(what, sizeof what, "params.%s", known[i]);
    if (node) {
      bp_card_param(reader, node, what, bp_card_unit(&law->param[i]), &m->param[i]);
    } else if (isnan(law->param[i].fallback)) {
      bp_card_problem(reader, params->line, "%s is missing: %s, in %s", what, law->param[i].help,
                      law->param[i].unit);
    } else {
      m->param[i] = (BpParam){.kind = BP_PARAM_NUMBER, .n = 1, .floor = -HUGE_VAL};
      m->param[i].value = BP_NEW(double, 1);
      m->param[i].value[0] = law->param[i].fallback;
    }
  }
  bp_card_keys(reader, params, "params", known, law->nparam);
  free(known);
}

/* Says why no law has this name. */
static void no_such_law(BpCardReader *reader, const BpYamlNode *node) {
  static const char ending[] = "_plastic";
  const char *names[64];
  int n = 0;
  for (; bp_laws[n] && n < BP_COUNT(names); n++) {
    const size_t length = strlen(bp_laws[n]->name);
    names[n] = bp_laws[n]->name;
    if (!bp_laws[n]->unified || strncmp(node->text, names[n], length) != 0 ||
        strcmp(node->text + length, ending) != 0)
      continue;
    bp_card_problem(
        reader, node->line,
        "there is no law '%.60s': '%s' is a unified law, whose inelastic strain is creep "
        "and plasticity in one; use it alone, or a creep law such as 'garofalo%s'",
        node->text, names[n], ending);
    return;
  }
  const char *nearest = bp_nearest_word(node->text, names, n);
  bp_card_problem(reader, node->line, "there is no law '%.60s'%s%s%s", node->text,
                  nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

static void read_law(BpCardReader *reader, const BpYamlNode *root, BpMaterial *m) {
  const BpYamlNode *node = bp_card_need(reader, root, "law", "name one of the table of laws");
  const BpYamlNode *params = bp_card_need(reader, root, "params", "give the constants of the law");
  if (!node || !bp_card_is(reader, node, "law", BP_YAML_SCALAR))
    return;
  const int outside = strncmp(node->text, BP_UMAT_PREFIX, strlen(BP_UMAT_PREFIX)) == 0;
  if (outside) {
    m->umat = bp_umat_read(reader, root);
    m->law = m->umat ? &m->umat->law : NULL;
  } else {
    m->law = bp_law_find(node->text);
    if (bp_yaml_child(root, "umat"))
      bp_card_problem(reader, bp_yaml_child(root, "umat")->line,
                      "'umat' belongs to a law from outside; write 'law: umat:LIBRARY' or drop it");
    if (!m->law)
      no_such_law(reader, node);
  }
  if (!m->law)
    return;
  m->param = BP_NEW(BpParam, m->law->nparam);
  if (params && bp_card_is(reader, params, "params", BP_YAML_MAP))
    read_params(reader, params, m);
}

static void read_coefficient(BpCardReader *reader, const BpYamlNode *node, BpParam *p) {
  bp_card_param(reader, node, "expansion", "1/K", p);
  if (p->n == 0)
    return;
  if (isfinite(p->floor))
    bp_card_problem(reader, node->line, "expansion: a floor cannot be integrated exactly");
  for (int i = 0; i < p->n && p->kind != BP_PARAM_POLYNOMIAL; i++) {
    char text[64];
    if (fabs(p->value[i]) <= 1e-3)
      continue;
    bp_units_write(p->value[i], "1/K", text, sizeof text);
    bp_card_problem(reader, node->line,
                    "expansion: %s is more than any solid has; write for example '20 ppm/K'", text);
  }
}

static void read_expansion(BpCardReader *reader, const BpYamlNode *root, BpExpansion *e) {
  static const char *const known[] = {"kind", "value", "axes", "reference"};
  static const char *const kinds[] = {"instantaneous", "mean"};
  const BpYamlNode *node =
      bp_card_need(reader, root, "expansion", "write {kind: instantaneous, value: 22.5 ppm/K}");
  if (!node || !bp_card_is(reader, node, "expansion", BP_YAML_MAP))
    return;
  bp_card_keys(reader, node, "expansion", known, BP_COUNT(known));
  const BpYamlNode *kind = bp_card_need(
      reader, node, "kind", "write 'instantaneous', or 'mean' with the 'reference' temperature");
  e->mean = kind && bp_card_word(reader, kind, "expansion", kinds, BP_COUNT(kinds)) == 1;
  const BpYamlNode *reference = bp_yaml_child(node, "reference");
  if (e->mean != (reference != NULL))
    bp_card_problem(reader, node->line,
                    "expansion: mean coefficients, and only they, have a reference temperature");
  if (reference)
    e->reference = bp_card_number(reader, reference, "expansion.reference", "K");
  const BpYamlNode *value = bp_yaml_child(node, "value"), *axes = bp_yaml_child(node, "axes");
  if ((value != NULL) == (axes != NULL)) {
    bp_card_problem(reader, node->line, "expansion: give either 'value' or the three 'axes'");
  } else if (value) {
    e->naxes = 1;
    read_coefficient(reader, value, &e->axis[0]);
  } else if (axes->kind != BP_YAML_LIST || axes->nchild != 3) {
    bp_card_problem(reader, axes->line, "expansion: three axes are needed");
  } else {
    e->naxes = 3;
    for (int i = 0; i < 3; i++)
      read_coefficient(reader, axes->child[i], &e->axis[i]);
  }
}

static void read_property(BpCardReader *reader, const BpYamlNode *node, const char *what,
                          const char *unit, BpParam *p) {
  bp_card_param(reader, node, what, unit, p);
  for (int i = 0; i < p->n && p->kind != BP_PARAM_POLYNOMIAL; i++)
    if (p->value[i] <= 0.0)
      bp_card_problem(reader, node->line, "%s must be positive", what);
}

static void read_properties(BpCardReader *reader, const BpYamlNode *root, BpMaterial *m) {
  const BpYamlNode *angle = bp_yaml_child(root, "axes_angle");
  const BpYamlNode *conductivity = bp_yaml_child(root, "conductivity");
  const BpYamlNode *capacity = bp_yaml_child(root, "heat_capacity");
  const BpYamlNode *density = bp_yaml_child(root, "density");
  const BpYamlNode *resistivity = bp_yaml_child(root, "resistivity");
  if (angle)
    m->axes_angle = bp_card_number(reader, angle, "axes_angle", "rad");
  if (conductivity) {
    const int axes = conductivity->kind == BP_YAML_LIST;
    if (axes && conductivity->nchild != 3)
      bp_card_problem(reader, conductivity->line, "conductivity: one value or three axes");
    for (int i = 0; i < 3 && (!axes || conductivity->nchild == 3); i++) {
      BpProblems again = {0}; /* one value for all axes is complained about once */
      BpCardReader quiet = {reader->file, &again};
      read_property(axes || i == 0 ? reader : &quiet, axes ? conductivity->child[i] : conductivity,
                    "conductivity", "W/m/K", &m->property[BP_CONDUCTIVITY_1 + i]);
      bp_problems_free(&again);
    }
  }
  if (capacity) {
    read_property(reader, capacity, "heat_capacity", "J/kg/K", &m->property[BP_HEAT_CAPACITY]);
    if (m->property[BP_HEAT_CAPACITY].n > 0 && isfinite(m->property[BP_HEAT_CAPACITY].floor))
      bp_card_problem(reader, capacity->line,
                      "heat_capacity: a floor cannot be integrated exactly; give a table that ends "
                      "there, with extrapolate: constant");
  }
  if (density)
    read_property(reader, density, "density", "kg/m3", &m->property[BP_DENSITY]);
  if (resistivity)
    read_property(reader, resistivity, "resistivity", "ohm.m", &m->property[BP_RESISTIVITY]);
}

static BpMaterial *read_card(const BpYaml *yaml, const char *path, BpProblems *problems) {
  BpCardReader reader = {.file = yaml->file, .problems = problems};
  const BpYamlNode *root = yaml->root;
  const int before = bp_card_problems(&reader);
  BpMaterial *m = BP_NEW(BpMaterial, 1);
  m->file = bp_copy_text(path);
  bp_card_keys(&reader, root, "", card_keys, BP_COUNT(card_keys));
  read_ranges(&reader, root, m);
  read_law(&reader, root, m);
  bp_card_identity(&reader, root, m);
  read_expansion(&reader, root, &m->expansion);
  read_properties(&reader, root, m);
  const BpYamlNode *check = bp_yaml_child(root, "check");
  if (check)
    bp_card_points(&reader, check, m);
  if (bp_card_problems(&reader) == before)
    bp_card_validate(&reader, bp_yaml_child(root, "params"), m);
  if (bp_card_problems(&reader) == before && m->umat)
    (void)bp_umat_probe(&reader, bp_yaml_child(root, "law")->line, m);
  if (bp_card_problems(&reader) == before) {
    bp_card_usual(&reader, root, m);
    return m;
  }
  bp_material_free(m);
  return NULL;
}

static void no_such_card(const char *name, BpProblems *problems) {
  char **names;
  const int n = bp_material_list(&names);
  const char *nearest = bp_nearest_word(name, (const char *const *)names, n);
  bp_problem(problems, BP_EXIT_CASE, NULL, 0, "there is no material card '%.100s'%s%s%s", name,
             nearest ? "; did you mean '" : "; the library is materials/cards",
             nearest ? nearest : "", nearest ? "'?" : "");
  for (int i = 0; i < n; i++)
    free(names[i]);
  free(names);
}

BpMaterial *bp_material_load(const char *name, BpProblems *problems) {
  char path[BP_PATH];
  if (bp_is_card_file(name)) {
    snprintf(path, sizeof path, "%s", name);
  } else {
    char *relative = bp_format("materials/cards/%s.yaml", name);
    const BpStatus found = bp_data_file(relative, path, sizeof path);
    free(relative);
    if (found != BP_OK) {
      no_such_card(name, problems);
      return NULL;
    }
  }
  BpYaml *yaml = bp_yaml_read_file(path, problems);
  if (!yaml)
    return NULL;
  BpMaterial *m = read_card(yaml, path, problems);
  bp_yaml_free(yaml);
  return m;
}

/* What a card says about its UMAT. */
#include "umat.h"

#include "radial_return.h"
#include "units.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>

static const BpParamInfo elastic[] = {BP_RADIAL_CONSTANTS};
static const BpStateInfo own[] = {
    {BP_STATE_INELASTIC, "1", "strain less what the elastic constants make of the stress", 6, 0.0},
    {BP_STATE_ACCUMULATED, "1", "accumulated equivalent inelastic strain", 1, 0.0},
    {"plastic_dissipation", "J/m3", "SPD of the UMAT", 1, 0.0},
    {"creep_dissipation", "J/m3", "SCD of the UMAT", 1, 0.0},
};
static const char state_unit[] = "as the UMAT counts";

/* Names of constants and states are columns and keys elsewhere. */
static int is_name(const char *text) {
  size_t n = 0;
  while (isalnum((unsigned char)text[n]) || text[n] == '_')
    n++;
  return n > 0 && n < 48 && text[n] == '\0' && !isdigit((unsigned char)text[0]);
}

/* How much of the SI unit one `unit` is; 0 with a problem. */
static double factor_of(BpCardReader *reader, const BpYamlNode *node, const char *what,
                        const char *si) {
  char *one = bp_format("1 %s", node->text);
  double value = 0.0;
  char message[512];
  if (bp_units_read(one, si, &value, message, sizeof message) != BP_OK)
    bp_card_problem(reader, node->line, "%s: %s", what, message);
  free(one);
  return value;
}

/* Constant of PROPS: E and nu are those of the wrapper, in the unit asked for; the others are kept
 * in the unit that the card names. */
static void add_prop(BpCardReader *reader, const BpYamlNode *node, BpUmat *u) {
  char what[80];
  snprintf(what, sizeof what, "umat.props.%.48s", node->key);
  if (!bp_card_is(reader, node, what, BP_YAML_SCALAR))
    return;
  if (!is_name(node->key)) {
    bp_card_problem(reader, node->line, "%s: a name is letters, digits and '_'", what);
    return;
  }
  BpUmatProp *prop = &u->prop[u->nprops++];
  for (int i = 0; i < BP_COUNT(elastic); i++)
    if (strcmp(node->key, elastic[i].name) == 0) {
      const int pure = strcmp(elastic[i].unit, "1") == 0;
      if (pure && strcmp(node->text, "1") != 0)
        bp_card_problem(reader, node->line, "%s: it has no unit; write '1'", what);
      *prop = (BpUmatProp){i, pure ? 1.0 : factor_of(reader, node, what, elastic[i].unit)};
      return;
    }
  const int pure = strcmp(node->text, "1") == 0;
  if (!pure)
    (void)factor_of(reader, node, what, node->text);
  *prop = (BpUmatProp){u->law.nparam, 1.0};
  u->param[u->law.nparam++] = (BpParamInfo){.name = bp_copy_text(node->key),
                                            .unit = bp_copy_text(node->text),
                                            .help = "a constant of the UMAT",
                                            .hard_min = -HUGE_VAL,
                                            .hard_max = HUGE_VAL,
                                            .fallback = BP_REQUIRED};
}

static void read_props(BpCardReader *reader, const BpYamlNode *map, BpUmat *u) {
  const BpYamlNode *props = bp_card_need(
      reader, map, "props", "name the constants of PROPS in order with their units, {E: Pa, n: 1}");
  u->param = BP_NEW(BpParamInfo, BP_MAX_PARAMS);
  u->prop = BP_NEW(BpUmatProp, BP_MAX_PARAMS);
  memcpy(u->param, elastic, sizeof elastic);
  u->law.nparam = BP_COUNT(elastic);
  u->law.param = u->param;
  if (!props || !bp_card_is(reader, props, "umat.props", BP_YAML_MAP))
    return;
  const int most = BP_MAX_PARAMS - BP_COUNT(elastic);
  if (props->nchild > most) {
    bp_card_problem(reader, props->line, "umat.props: %d constants, more than %d", props->nchild,
                    most);
    return;
  }
  for (int i = 0; i < props->nchild; i++)
    add_prop(reader, props->child[i], u);
}

/* A number of values, 0 with a problem. */
static int read_size(BpCardReader *reader, const BpYamlNode *node, const char *what) {
  const double size = bp_card_number(reader, node, what, "1");
  const int most = BP_MAX_STATE - BP_UMAT_FIXED;
  if (size >= 0.0 && size <= most && size == floor(size))
    return (int)size;
  if (!isnan(size))
    bp_card_problem(reader, node->line, "%s: a whole number from 0 to %d is needed", what, most);
  return 0;
}

static void add_state(BpCardReader *reader, const char *name, const BpYamlNode *node, BpUmat *u) {
  const int size = read_size(reader, node, "umat.states");
  const int most = BP_MAX_STATE - BP_UMAT_FIXED;
  if (size == 0)
    return;
  for (int i = 0; i < u->law.nstate; i++)
    if (strcmp(u->state[i].name, name) == 0)
      bp_card_problem(reader, node->line, "umat.states: every law from outside has a state '%s'",
                      name);
  if (!is_name(name))
    bp_card_problem(reader, node->line, "umat.states: a name is letters, digits and '_'");
  if (u->nstatv + size > most) {
    bp_card_problem(reader, node->line, "umat.states: more than %d values", most);
    return;
  }
  u->nstatv += size;
  u->state[u->law.nstate++] = (BpStateInfo){bp_copy_text(name), state_unit, "of the UMAT", size, 0};
}

/* A count, or a map of names to sizes in the order of STATEV. */
static void read_states(BpCardReader *reader, const BpYamlNode *map, BpUmat *u) {
  const BpYamlNode *states =
      bp_card_need(reader, map, "states", "say how many values STATEV has, or {name: size, ...}");
  const int count = states && states->kind == BP_YAML_MAP ? states->nchild : 1;
  u->state = BP_NEW(BpStateInfo, BP_COUNT(own) + count);
  memcpy(u->state, own, sizeof own);
  u->law.nstate = BP_COUNT(own);
  u->law.state = u->state;
  if (states && states->kind != BP_YAML_MAP)
    add_state(reader, "statev", states, u);
  for (int i = 0; states && states->kind == BP_YAML_MAP && i < states->nchild; i++)
    add_state(reader, states->child[i]->key, states->child[i], u);
}

/* Values that states begin with, the same in all components. */
static void read_start(BpCardReader *reader, const BpYamlNode *map, BpUmat *u) {
  const BpYamlNode *start = bp_yaml_child(map, "start");
  if (!start || !bp_card_is(reader, start, "umat.start", BP_YAML_MAP))
    return;
  const int first = BP_COUNT(own), n = u->law.nstate - first;
  const char **known = BP_NEW(const char *, n);
  for (int i = 0; i < n; i++) {
    known[i] = u->state[first + i].name;
    const BpYamlNode *node = bp_yaml_child(start, known[i]);
    if (node)
      u->state[first + i].initial = bp_card_number(reader, node, "umat.start", "1");
  }
  bp_card_keys(reader, start, "umat.start", known, n);
  free(known);
}

static void read_units(BpCardReader *reader, const BpYamlNode *map, BpUmat *u) {
  static const char *const scales[] = {"K", "degC"}, *const answers[] = {"no", "yes"};
  const BpYamlNode *stress = bp_yaml_child(map, "stress_unit");
  const BpYamlNode *temperature = bp_yaml_child(map, "temperature_unit");
  const BpYamlNode *symmetric = bp_yaml_child(map, "symmetric");
  u->stress_unit = 1.0;
  if (stress && bp_card_is(reader, stress, "umat.stress_unit", BP_YAML_SCALAR))
    u->stress_unit = factor_of(reader, stress, "umat.stress_unit", "Pa");
  if (temperature && bp_card_word(reader, temperature, "umat.temperature_unit", scales, 2) == 1)
    u->zero = 273.15;
  u->law.symmetric =
      symmetric && bp_card_word(reader, symmetric, "umat.symmetric", answers, 2) == 1;
}

/* Absolute, beside the card, or a plain name that the loader searches for. */
static char *library_path(const char *card, const char *text) {
  const char *slash = strrchr(card, '/');
  if (text[0] == '/')
    return bp_copy_text(text);
  char *beside =
      slash ? bp_format("%.*s/%s", (int)(slash - card), card, text) : bp_format("./%s", text);
  FILE *file = fopen(beside, "rb");
  if (file)
    (void)fclose(file);
  if (file || strchr(text, '/'))
    return beside;
  free(beside);
  return bp_copy_text(text);
}

static void name_law(BpCardReader *reader, const BpYamlNode *root, BpUmat *u) {
  const BpYamlNode *law = bp_yaml_child(root, "law"), *name = bp_yaml_child(root, "name");
  const BpYamlNode *symbol = bp_yaml_child(bp_yaml_child(root, "umat"), "symbol");
  const char *text = name && name->text ? name->text : "";
  u->symbol = bp_copy_text(symbol && symbol->text ? symbol->text : "umat_");
  u->path = library_path(reader->file, law->text + strlen(BP_UMAT_PREFIX));
  u->name = bp_copy_text(law->text);
  u->title = bp_format("UMAT %s of %s", u->symbol, u->path);
  memset(u->cmname, ' ', sizeof u->cmname);
  for (size_t i = 0; i < sizeof u->cmname && text[i]; i++)
    u->cmname[i] = (char)toupper((unsigned char)text[i]);
  u->law.name = u->name;
  u->law.title = u->title;
  u->law.source = u->path;
  u->law.update = bp_umat_update;
  u->law.context = u;
}

BpUmat *bp_umat_read(BpCardReader *reader, const BpYamlNode *root) {
  static const char *const known[] = {"props",     "states",      "start",           "symbol",
                                      "symmetric", "stress_unit", "temperature_unit"};
  const BpYamlNode *map = bp_card_need(reader, root, "umat",
                                       "a law from outside needs {props: {E: Pa, ...}, states: 0}");
  if (!map || !bp_card_is(reader, map, "umat", BP_YAML_MAP))
    return NULL;
  const int before = bp_card_problems(reader);
  BpUmat *u = BP_NEW(BpUmat, 1);
  bp_card_keys(reader, map, "umat", known, BP_COUNT(known));
  read_props(reader, map, u);
  read_states(reader, map, u);
  read_start(reader, map, u);
  read_units(reader, map, u);
  name_law(reader, root, u);
  const int line = bp_yaml_child(root, "law")->line;
  if (bp_umat_open(reader, line, u) == BP_OK && bp_card_problems(reader) == before)
    return u;
  bp_umat_free(u);
  return NULL;
}

void bp_umat_free(BpUmat *u) {
  if (!u)
    return;
  bp_umat_close(u);
  for (int i = BP_COUNT(elastic); i < u->law.nparam; i++) {
    free((char *)(uintptr_t)u->param[i].name);
    free((char *)(uintptr_t)u->param[i].unit);
  }
  for (int i = BP_COUNT(own); i < u->law.nstate; i++)
    free((char *)(uintptr_t)u->state[i].name);
  free(u->param);
  free(u->state);
  free(u->prop);
  free(u->name);
  free(u->title);
  free(u->symbol);
  free(u->path);
  free(u->file);
  free(u);
}

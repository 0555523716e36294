/* What is usual for a class of material. Bounds of a law refuse nonsense and are wide; these are
 * narrow enough to see a mistaken unit, Pa for MPa or MPa for GPa, and only warn: a new material
 * may be unlike any other. The ranges take in all values of the library, with room. */
#include "card_impl.h"

#include "units.h"

enum { CLASSES = 5, WORDS = 10, TEMPERATURES = 3 };

const char *const bp_card_classes[] = {"solder", "metal", "polymer", "ceramic", "laminate"};
const int bp_card_nclass = CLASSES;

typedef struct {
  const char *word[WORDS];  /* constants of laws */
  const char *unit;         /* SI */
  double range[CLASSES][2]; /* SI, both more than 0; {0, 0}: nothing is usual in this class */
} Usual;

static const Usual constants[] = {
    {{"E", "E1", "E2", "E3", "G12", "G13", "G23", "C11", "C44"},
     "Pa",
     {{3e9, 80e9}, {20e9, 500e9}, {0.05e9, 20e9}, {20e9, 1000e9}, {0.5e9, 60e9}}},
    {{"yield", "stress1", "stress2", "stress3", "stress4", "stress5", "stress6"},
     "Pa",
     {{1e6, 200e6}, {10e6, 2000e6}, {1e6, 300e6}, {50e6, 20e9}, {10e6, 1e9}}},
    {{"Et"}, "Pa", {{0.05e9, 20e9}, {0.05e9, 40e9}, {0.01e9, 5e9}, {0.0, 0.0}, {0.05e9, 20e9}}},
    {{"s0", "shat"}, "Pa", {{0.5e6, 200e6}, {1e6, 900e6}, {0.0}, {0.0}, {0.0}}},
    {{"h0"}, "Pa", {{1e9, 1000e9}, {0.1e9, 100e9}, {0.0}, {0.0}, {0.0}}},
    {{"alpha"}, "1/Pa", {{0.002e-6, 0.5e-6}, {0.001e-6, 0.5e-6}, {0.0}, {0.0}, {0.0}}},
};

static const Usual expansion = {
    {"expansion"},
    "1/K",
    {{15e-6, 35e-6}, {3e-6, 35e-6}, {5e-6, 300e-6}, {0.3e-6, 20e-6}, {1e-6, 400e-6}}};

static const Usual properties[BP_PROPERTIES] = {
    [BP_CONDUCTIVITY_1] = {{"conductivity"},
                           "W/m/K",
                           {{15.0, 100.0}, {10.0, 500.0}, {0.05, 5.0}, {0.5, 500.0}, {0.1, 60.0}}},
    [BP_HEAT_CAPACITY] =
        {{"heat_capacity"},
         "J/kg/K",
         {{100.0, 500.0}, {100.0, 1500.0}, {500.0, 3000.0}, {200.0, 2000.0}, {300.0, 2500.0}}},
    [BP_RESISTIVITY] = {{"resistivity"},
                        "ohm.m",
                        {{5e-8, 50e-8}, {1e-8, 200e-8}, {0.0}, {0.0}, {0.0}}},
    [BP_DENSITY] = {{"density"},
                    "kg/m3",
                    {{6500.0, 12000.0},
                     {1700.0, 22500.0},
                     {800.0, 3500.0},
                     {1500.0, 12000.0},
                     {1000.0, 3500.0}}},
};

/* Range of the class, of all of them together where the card does not say. Empty (0) if nothing is
 * usual. */
static void range_of(const Usual *usual, int class, double range[2]) {
  range[0] = range[1] = 0.0;
  for (int c = 0; c < CLASSES; c++) {
    const double *r = usual->range[c];
    if ((class >= 0 && c != class) || !(r[0] > 0.0))
      continue;
    range[0] = range[0] > 0.0 ? fmin(range[0], r[0]) : r[0];
    range[1] = fmax(range[1], r[1]);
  }
}

/* The factor of a mistaken unit that would make the value usual; 1 if there is none or no need. */
static double mistake(double value, const double range[2]) {
  static const double factor[] = {1e3, 1e6, 1e9};
  if (!(value > 0.0) || (value >= range[0] && value <= range[1]))
    return 1.0;
  for (int i = 0; i < BP_COUNT(factor); i++) {
    if (value * factor[i] >= range[0] && value * factor[i] <= range[1])
      return factor[i];
    if (value / factor[i] >= range[0] && value / factor[i] <= range[1])
      return 1.0 / factor[i];
  }
  return 1.0;
}

typedef struct {
  BpCardReader *reader;
  const BpMaterial *material;
} Check;

/* Looks at a constant at the ends and in the middle of the fitted range; says it once. */
static void look(const Check *check, const Usual *usual, const BpParam *p, const BpYamlNode *node) {
  const BpMaterial *m = check->material;
  char now[64], at[64], better[64], low[64], high[64];
  double range[2];
  range_of(usual, m->class, range);
  for (int i = 0; p->n > 0 && node && i < TEMPERATURES; i++) {
    const double T = m->fitted[0] + (m->fitted[1] - m->fitted[0]) * i / (TEMPERATURES - 1);
    const double value = bp_param_value(p, T), factor = mistake(value, range);
    if (factor == 1.0)
      continue;
    bp_units_show(value, usual->unit, now, sizeof now);
    bp_units_show(T, "K", at, sizeof at);
    bp_units_show(value * factor, usual->unit, better, sizeof better);
    bp_units_show(range[0], usual->unit, low, sizeof low);
    bp_units_show(range[1], usual->unit, high, sizeof high);
    bp_card_warning(check->reader, node->line,
                    "%s: %s at %s is unusual for a %s (%s to %s), %s would not be; is the unit "
                    "right?",
                    node->key ? node->key : usual->word[0], now, at,
                    m->class < 0 ? "solid" : bp_card_classes[m->class], low, high, better);
    return;
  }
}

static const Usual *usual_constant(const char *name) {
  for (int i = 0; i < BP_COUNT(constants); i++)
    for (int k = 0; k < WORDS && constants[i].word[k]; k++)
      if (strcmp(constants[i].word[k], name) == 0)
        return &constants[i];
  return NULL;
}

void bp_card_usual(BpCardReader *reader, const BpYamlNode *root, const BpMaterial *m) {
  const Check check = {reader, m};
  const BpYamlNode *params = bp_yaml_child(root, "params");
  for (int i = 0; i < m->law->nparam; i++) {
    const char *name = m->law->param[i].name;
    const Usual *usual = usual_constant(name);
    if (usual)
      look(&check, usual, &m->param[i], bp_yaml_child(params, name));
  }
  for (int i = 0; i < m->expansion.naxes; i++)
    look(&check, &expansion, &m->expansion.axis[i], bp_yaml_child(root, "expansion"));
  for (int i = 0; i < BP_PROPERTIES; i++)
    if (properties[i].unit)
      look(&check, &properties[i], &m->property[i], bp_yaml_child(root, properties[i].word[0]));
}

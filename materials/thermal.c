/* What heat needs of a material. */
#include "materials_impl.h"

static const double as_made = 293.15; /* K, temperature of the mesh' volume */

static double density(const BpMaterial *m) {
  return bp_material_property(m, BP_DENSITY, as_made);
}

double bp_material_heat(const BpMaterial *m, double T0, double T1) {
  const BpParam *c = &m->property[BP_HEAT_CAPACITY];
  return c->n > 0 ? density(m) * bp_param_integral(c, T0, T1) : (double)NAN;
}

double bp_material_capacity(const BpMaterial *m, double T) {
  return density(m) * bp_material_property(m, BP_HEAT_CAPACITY, T);
}

/* diag(d) in axes that it is turned from by an angle about z. */
static void turn(const double d[3], double angle, double k[9]) {
  const double c = cos(angle), s = sin(angle);
  k[0] = c * c * d[0] + s * s * d[1];
  k[4] = s * s * d[0] + c * c * d[1];
  k[1] = k[3] = c * s * (d[0] - d[1]);
  k[8] = d[2];
  k[2] = k[5] = k[6] = k[7] = 0.0;
}

void bp_material_conductivity(const BpMaterial *m, double angle, double T, double k[9],
                              double slope[9]) {
  double value[3], rate[3];
  for (int i = 0; i < 3; i++) {
    const BpParam *p = &m->property[BP_CONDUCTIVITY_1 + i];
    value[i] = p->n > 0 ? bp_param_value(p, T) : (double)NAN;
    rate[i] = p->n > 0 ? bp_param_slope(p, T) : 0.0;
  }
  turn(value, angle, k);
  turn(rate, angle, slope);
}

int bp_material_conductivity_varies(const BpMaterial *m) {
  for (int i = 0; i < 3; i++)
    if (bp_param_varies(&m->property[BP_CONDUCTIVITY_1 + i]))
      return 1;
  return 0;
}

int bp_material_capacity_varies(const BpMaterial *m) {
  return bp_param_varies(&m->property[BP_HEAT_CAPACITY]);
}

static int is_positive(const BpParam *p, const double range[2]) {
  enum { SAMPLES = 64 };
  for (int i = 0; i <= SAMPLES; i++)
    if (!(bp_param_value(p, range[0] + (range[1] - range[0]) * i / SAMPLES) > 0.0))
      return 0;
  return 1;
}

const char *bp_material_heat_lacks(const BpMaterial *m, int storage, const double range[2],
                                   int *given) {
  static const struct {
    const char *name;
    BpProperty property;
    int storage;
  } needed[] = {{"conductivity", BP_CONDUCTIVITY_1, 0},
                {"conductivity", BP_CONDUCTIVITY_2, 0},
                {"conductivity", BP_CONDUCTIVITY_3, 0},
                {"heat_capacity", BP_HEAT_CAPACITY, 1},
                {"density", BP_DENSITY, 1}};
  for (int i = 0; i < BP_COUNT(needed); i++) {
    const BpParam *p = &m->property[needed[i].property];
    *given = p->n > 0;
    if ((!needed[i].storage || storage) && (!*given || !is_positive(p, range)))
      return needed[i].name;
  }
  return NULL;
}

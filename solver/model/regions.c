/* The cards of the regions, and their data at a temperature. */
#include "model_impl.h"

#include "programme.h"

#include <string.h>

/* A temperature at which the card is used; place: the key of the case that it comes from. */
static void check_temperature(const BpCase *bp, int region, const BpMaterial *material, double T,
                              const char *place, BpProblems *problems) {
  double fitted[2], hard[2];
  const int by_load = !strstr(place, "stress_free");
  bp_material_limits(material, fitted, hard);
  const BpStatus status = bp_material_range(material, T);
  if (status == BP_BAD)
    bp_case_problem(bp, problems, BP_EXIT_CASE, place,
                    "%s %g degC, outside the range of card '%s' (%g to %g degC); change %s or "
                    "choose another card",
                    by_load ? "the load reaches" : "the thermal strain counts from", T - 273.15,
                    bp_material_name(material), hard[0] - 273.15, hard[1] - 273.15,
                    by_load ? "the load" : "stress_free");
  else if (status == BP_CUT)
    bp_warning(problems,
               "%s: card '%s' is used at %g degC, outside its fitted range (%g to %g degC)",
               bp->materials.region[region].name, bp_material_name(material), T - 273.15,
               fitted[0] - 273.15, fitted[1] - 273.15);
}

/* The temperatures of the load, and that which the thermal strain counts from. */
static void check_range(const BpCase *bp, int region, const BpMaterial *material,
                        BpProblems *problems) {
  BpProgramme *programme = bp_programme_build(&bp->load);
  const double start = bp->materials.region[region].stress_free;
  double T[2];
  bp_programme_range(programme, &T[0], &T[1]);
  bp_programme_free(programme);
  char card[BP_NAME + 32], key[BP_NAME + 64];
  bp_case_region_key(bp, region, card, sizeof card);
  snprintf(key, sizeof key, "%s.stress_free", card);
  const char *place = bp_yaml_find(bp->tree, card) ? card : "load"; /* a card by default */
  for (int i = 0; i < 2; i++)
    check_temperature(bp, region, material, T[i], place, problems);
  if (!bp->materials.region[region].joined && (start < T[0] || start > T[1]))
    check_temperature(bp, region, material, start, key, problems);
}

static void check_trust(const char *region, const BpMaterial *material, BpProblems *problems) {
  if (strcmp(bp_material_trust(material), "M") == 0)
    bp_warning(problems, "%s: card '%s' holds unverified data (trust mark M)", region,
               bp_material_name(material));
  else if (bp_material_unverified(material)[0])
    bp_warning(problems, "%s: card '%s' holds unverified data: %s", region,
               bp_material_name(material), bp_material_unverified(material));
}

/* Problems of a card are named at its place in the case, with their own place behind it. */
static BpMaterial *load_card(const BpCase *bp, int region, BpProblems *problems) {
  char key[BP_NAME + 32];
  BpProblems own = {0};
  BpMaterial *material = bp_material_load(bp->materials.region[region].card, &own);
  bp_case_region_key(bp, region, key, sizeof key);
  for (int i = 0; i < own.count; i++)
    if (own.item[i].code == BP_EXIT_OK)
      bp_warning(problems, "%s", own.item[i].text);
    else
      bp_case_problem(bp, problems, own.item[i].code, key, "%s: %s", key, own.item[i].text);
  bp_problems_free(&own);
  return material;
}

BpStatus bp_materials_load(const BpCase *bp, BpMaterials *materials, BpProblems *problems) {
  memset(materials, 0, sizeof *materials);
  int complete = 1;
  materials->count = bp->materials.count;
  for (int i = 0; i < materials->count; i++) {
    if (!bp_case_is_mesh(bp) && !bp_region_is_there(&bp->package, i))
      continue;
    materials->material[i] = load_card(bp, i, problems);
    if (materials->material[i]) {
      check_range(bp, i, materials->material[i], problems);
      check_trust(bp->materials.region[i].name, materials->material[i], problems);
    } else {
      complete = 0;
    }
  }
  if (complete && bp_case_is_array(bp))
    bp_materials_check_symmetry(bp, materials, problems);
  return complete && bp_problems_exit(problems) == BP_EXIT_OK ? BP_OK : BP_BAD;
}

void bp_materials_free(BpMaterials *materials) {
  for (int i = 0; i < materials->count; i++)
    bp_material_free(materials->material[i]);
}

static void set_rotation(const BpCase *bp, const BpMaterial *material, double Q[36]) {
  const double angle = bp_material_axes_angle(material) + bp_case_edge_angle(bp);
  const double c = cos(angle), s = sin(angle);
  const double R[3][3] = {{c, -s, 0.0}, {s, c, 0.0}, {0.0, 0.0, 1.0}};
  bp_rotation6(R, Q);
}

void bp_regions_create(const BpCase *bp, const BpMaterials *materials, BpRegionData *region) {
  for (int i = 0; i < materials->count; i++) {
    region[i].material = materials->material[i];
    if (!region[i].material)
      continue;
    region[i].joined = bp->materials.region[i].joined;
    region[i].reference = region[i].joined ? bp->load.start : bp->materials.region[i].stress_free;
    set_rotation(bp, region[i].material, region[i].rotation);
  }
}

/* C = Q C' Q^T */
static void rotate_stiffness(const double Q[36], const double C[36], double out[36]) {
  double half[36];
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      half[6 * i + j] = 0.0;
      for (int k = 0; k < 6; k++)
        half[6 * i + j] += Q[6 * i + k] * C[6 * k + j];
    }
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      out[6 * i + j] = bp_dot6(half + 6 * i, Q + 6 * j);
}

static void linear_stiffness(const BpMaterial *material, double T, double C[36]) {
  const double zero[6] = {0};
  double param[BP_MAX_PARAMS], stress[6];
  bp_material_param(material, T, param);
  const BpLawIn in = {.param = param,
                      .strain0 = zero,
                      .strain1 = zero,
                      .stress0 = zero,
                      .state0 = zero,
                      .dt = 1.0,
                      .T0 = T,
                      .T1 = T,
                      .context = bp_material_law(material)->context};
  BpLawOut out = {.stress1 = stress, .tangent = C};
  bp_material_law(material)->update(&in, &out);
}

void bp_region_set_temperature(BpRegionData *region, double T) {
  double own[6], C[36];
  if (!region->material)
    return;
  bp_material_thermal_strain(region->material, region->reference, T, own);
  bp_apply6(region->rotation, own, region->thermal);
  if (bp_material_law(region->material)->linear) {
    linear_stiffness(region->material, T, C);
    rotate_stiffness(region->rotation, C, region->stiffness);
  }
}

/* Rules for heat: what is prescribed on surfaces, and what arises inside. */
#include "case_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char sources_key[] = "load.heat.sources", boundary_key[] = "model.boundary";

/* Entry i of a list of the file. */
static void complain(const BpCase *bp, BpProblems *problems, const char *key, int i,
                     const char *text) {
  const BpYamlNode *list = bp_yaml_find(bp->tree, key);
  if (list && i < list->nchild)
    bp_case_problem_at(bp, problems, list->child[i], key, "%s: entry %d %s", key, i + 1, text);
  else
    bp_case_problem(bp, problems, BP_EXIT_CASE, key, "%s: entry %d %s", key, i + 1, text);
}

static int ascends(const double *t, int n) {
  for (int i = 1; i < n; i++)
    if (!(t[i] > t[i - 1]))
      return 0;
  return 1;
}

static void check_source(const BpCase *bp, int i, BpProblems *problems) {
  const BpHeatSourceCase *s = &bp->load.heat.source[i];
  const int power = fabs(s->power) > 0.0, density = fabs(s->density) > 0.0;
  if (!s->region[0] || power == density)
    complain(bp, problems, sources_key, i,
             "is not complete; write {region: die, power: 0.5 W}, or density in place of power");
  else if (bp_case_region(bp, s->region) < 0 ||
           (!bp_case_is_mesh(bp) &&
            !bp_region_is_there(&bp->package, bp_case_region(bp, s->region)))) {
    char *text = bp_format("has power in '%s', and the model has no such region; name one of its "
                           "regions",
                           s->region);
    complain(bp, problems, sources_key, i, text);
    free(text);
  }
  if (s->ntimes != s->nfactors || !ascends(s->times, s->ntimes))
    complain(bp, problems, sources_key, i,
             "needs as many factors as times, in increasing order; write for example times: [0 s, "
             "10 s], factors: [0, 1]");
}

static void check_surface(const BpCase *bp, int i, BpProblems *problems) {
  const BpBoundaryCase *b = &bp->model.boundary[i];
  const int exchanges = b->convection > 0.0 || b->emissivity > 0.0;
  if (bp_boundary_is_thermal(b) && bp_case_has_field(bp))
    complain(
        bp, problems, boundary_key, i,
        "prescribes heat, and load.heat.solve: prescribed gives the temperature of every node; "
        "leave one of them away");
  else if (bp_boundary_is_thermal(b) && !bp_case_has_heat(bp))
    complain(bp, problems, boundary_key, i,
             "prescribes heat, and load.heat.solve is none; write load: {heat: {solve: alone}}, or "
             "coupled");
  const int chamber = bp_case_has_heat(bp) && !bp_case_is_heat_alone(bp); /* is the ambient */
  if (b->emissivity > 0.0 && !(b->ambient > 0.0) && !chamber)
    complain(bp, problems, boundary_key, i,
             "radiates, and nothing gives the absolute temperature of what it radiates to; write "
             "ambient: 25 degC");
  else if (exchanges && !(b->ambient > 0.0) && !chamber)
    complain(bp, problems, boundary_key, i,
             "has convection and no temperature of the surroundings; write ambient: 25 degC");
  else if (b->ambient > 0.0 && !exchanges)
    complain(bp, problems, boundary_key, i,
             "has an ambient temperature and no way for heat to get there; give it convection or "
             "emissivity");
  if (b->temperature > 0.0 && (exchanges || fabs(b->flux) > 0.0))
    complain(bp, problems, boundary_key, i,
             "prescribes temperature, and flux, convection or radiation besides; write one of "
             "them");
}

/* 1 where heat can leave the body, to a temperature that something gives. */
static int is_open(const BpCase *bp) {
  for (int i = 0; i < bp->model.nboundary; i++) {
    const BpBoundaryCase *b = &bp->model.boundary[i];
    if (b->temperature > 0.0 || b->convection > 0.0 || b->emissivity > 0.0)
      return 1;
  }
  return 0;
}

static void check_steady(const BpCase *bp, BpProblems *problems) {
  if (strcmp(bp->load.heat.steady, "yes") != 0)
    return;
  if (!bp_case_is_heat_alone(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat.steady",
                    "load.heat.steady: a steady state is one of heat alone; write solve: alone, or "
                    "steady: no");
  else if (!is_open(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat.steady",
                    "load.heat.steady: no surface has temperature, convection or radiation, so "
                    "that heat from %s has nowhere to go; give one of them in model.boundary",
                    bp->load.heat.nsources > 0 ? "the sources" : "anywhere");
}

/* Power of the programme needs a region. */
static void check_power(const BpCase *bp, BpProblems *problems) {
  const char *region = bp->load.heat.power_region;
  int powered = 0;
  for (int i = 0; i < bp->load.nprogramme; i++)
    powered |= bp->load.programme[i].power > 0.0;
  if (!powered)
    return;
  if (bp_case_has_field(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load",
                    "the load has power, and load.heat.solve: prescribed gives the temperature of "
                    "every node; leave the power away, or write solve: coupled");
  else if (!bp_case_has_heat(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load",
                    "the load has power, and load.heat.solve is none; write heat: {solve: "
                    "coupled}, or leave the power away");
  else if (bp_case_region(bp, region) < 0)
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat.power_region",
                    "the load has power, and the model has no region '%s' for it; write "
                    "load.heat.power_region: NAME of one of its regions",
                    region);
}

/* Mechanics at temperatures that nothing drives away from load.start. */
static void check_chamber(const BpCase *bp, BpProblems *problems) {
  const BpHeatCase *heat = &bp->load.heat;
  if (strcmp(heat->solve, "coupled") != 0)
    return;
  if (bp_case_is_strip(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat.solve",
                    "load.heat.solve: a strip has no heat conduction: its long face moves as an "
                    "even temperature makes it; use model.kind: cell, quarter or octant");
  if (bp_case_is_mesh(bp) ? !is_open(bp) : !(heat->convection > 0.0 || heat->emissivity > 0.0))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat",
                    "load.heat: no surface exchanges heat with the chamber or has a temperature, "
                    "so that the body stays at load.start; give %s",
                    bp_case_is_mesh(bp) ? "convection, emissivity or temperature in model.boundary"
                                        : "load.heat.convection");
}

/* A field is of a user's mesh, and leaves nothing to heat conduction. */
static void check_field(const BpCase *bp, BpProblems *problems) {
  const BpHeatFieldCase *f = &bp->load.heat.field;
  if (f->ntimes != f->nfactors || !ascends(f->times, f->ntimes))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat.field",
                    "load.heat.field needs as many factors as times, in increasing order; write "
                    "for example times: [0 s, 10 s], factors: [0, 1]");
  if (!bp_case_has_field(bp))
    return;
  if (!bp_case_is_mesh(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat.solve",
                    "load.heat.solve: prescribed takes the temperatures from the file of a mesh, "
                    "and the model is a %s; write coupled, or model.kind: mesh",
                    bp->model.kind);
  if (bp->load.heat.nsources > 0)
    bp_case_problem(bp, problems, BP_EXIT_CASE, sources_key,
                    "%s has heat arise, and load.heat.solve: prescribed gives the temperature of "
                    "every node; leave one of them away",
                    sources_key);
}

void bp_case_check_heat(const BpCase *bp, BpProblems *problems) {
  const BpHeatCase *heat = &bp->load.heat;
  for (int i = 0; i < heat->nsources; i++)
    check_source(bp, i, problems);
  for (int i = 0; i < bp->model.nboundary && bp_case_is_mesh(bp); i++)
    check_surface(bp, i, problems);
  check_field(bp, problems);
  if (heat->nsources > 0 && !bp_case_has_heat(bp) && !bp_case_has_field(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, sources_key,
                    "%s has heat arise, and load.heat.solve is none; write solve: alone or coupled",
                    sources_key);
  if (bp_case_is_heat_alone(bp) && !bp_case_is_mesh(bp))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.heat.solve",
                    "load.heat.solve: alone is for model.kind: mesh; write coupled");
  check_power(bp, problems);
  check_chamber(bp, problems);
  check_steady(bp, problems);
}

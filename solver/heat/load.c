/* What a case with a mesh of the user's does to the temperature, as curves. */
#include "heat.h"

#include <stdlib.h>
#include <string.h>

void bp_heat_load_free(BpHeatLoad *load) {
  for (int i = 0; i < load->nports; i++) {
    bp_time_curve_free(&load->port[i].flux);
    bp_time_curve_free(&load->port[i].ambient);
    bp_time_curve_free(&load->port[i].held);
  }
  for (int i = 0; i < load->nsources; i++)
    bp_time_curve_free(&load->source[i].power);
  bp_time_curve_free(&load->factor);
  free(load->port);
  free(load->source);
  *load = (BpHeatLoad){0};
}

/* base + factor (value - base) over time. */
static void add_curve(const double *times, const double *factors, int n, const double base_value[2],
                      BpTimeCurve *curve) {
  const double base = base_value[0], change = base_value[1] - base;
  if (n == 0)
    bp_time_curve_add(curve, 0.0, base_value[1]);
  for (int i = 0; i < n; i++)
    bp_time_curve_add(curve, times[i], base + factors[i] * change);
}

static void add_port(const BpCase *bp, const BpBoundaryCase *b, BpHeatLoad *load) {
  const double start = bp->load.start;
  BP_GROW(load->port, load->nports + 1);
  BpHeatPort *port = &load->port[load->nports++];
  *port = (BpHeatPort){.convection = b->convection, .emissivity = b->emissivity};
  snprintf(port->name, sizeof port->name, "%s", b->on);
  if (b->temperature > 0.0)
    add_curve(b->times, b->factors, b->ntimes, (double[2]){start, b->temperature}, &port->held);
  if (b->ambient > 0.0)
    add_curve(b->times, b->factors, b->ntimes, (double[2]){start, b->ambient}, &port->ambient);
  if (fabs(b->flux) > 0.0)
    add_curve(b->times, b->factors, b->ntimes, (double[2]){0.0, b->flux}, &port->flux);
}

void bp_heat_load_of_mesh(const BpCase *bp, BpHeatLoad *load) {
  const BpHeatCase *heat = &bp->load.heat;
  *load = (BpHeatLoad){.initial = bp->load.start};
  for (int i = 0; i < bp->model.nboundary; i++)
    if (bp_boundary_is_thermal(&bp->model.boundary[i]))
      add_port(bp, &bp->model.boundary[i], load);
  for (int i = 0; i < heat->nsources; i++) {
    const BpHeatSourceCase *s = &heat->source[i];
    BP_GROW(load->source, load->nsources + 1);
    BpHeatSource *source = &load->source[load->nsources++];
    *source = (BpHeatSource){.whole = fabs(s->power) > 0.0};
    snprintf(source->name, sizeof source->name, "%s", s->region);
    add_curve(s->times, s->factors, s->ntimes,
              (double[2]){0.0, source->whole ? s->power : s->density}, &source->power);
  }
}

void bp_heat_check_materials(const BpCase *bp, BpMaterial *const *material, const double range[2],
                             BpProblems *problems) {
  const int storage = strcmp(bp->load.heat.steady, "yes") != 0;
  for (int i = 0; i < bp->materials.count; i++) {
    int given;
    char key[BP_NAME + 32];
    const char *lacks =
        material[i] ? bp_material_heat_lacks(material[i], storage, range, &given) : NULL;
    if (!lacks)
      continue;
    bp_case_region_key(bp, i, key, sizeof key);
    if (given)
      bp_case_problem(bp, problems, BP_EXIT_CASE, key,
                      "%s: the %s of card '%s' is not positive between %g and %g degC; heat needs "
                      "one that is",
                      key, lacks, bp_material_name(material[i]), range[0] - 273.15,
                      range[1] - 273.15);
    else
      bp_case_problem(bp, problems, BP_EXIT_CASE, key,
                      "%s: card '%s' gives no %s, which heat needs; add it to the card or choose "
                      "another",
                      key, bp_material_name(material[i]), lacks);
  }
}

/* What the chamber and the power of a programme do to a cell or an array. */
#include "heat.h"

#include <stdlib.h>
#include <string.h>

void bp_heat_chamber(const BpProgramme *programme, BpTimeCurve *ambient) {
  for (int i = 0; i < programme->count; i++)
    bp_time_curve_add(ambient, programme->corner[i].time, programme->corner[i].temperature);
}

/* Power of the programme, which changes at corners at once. */
static void add_power(const BpCase *bp, const BpProgramme *programme, double share,
                      BpHeatLoad *load) {
  int powered = 0;
  for (int i = 0; i < programme->count; i++)
    powered |= programme->corner[i].power > 0.0;
  if (!powered)
    return;
  BP_GROW(load->source, load->nsources + 1);
  BpHeatSource *source = &load->source[load->nsources++];
  *source = (BpHeatSource){.whole = 1};
  snprintf(source->name, sizeof source->name, "%s", bp->load.heat.power_region);
  for (int i = 1; i < programme->count; i++) {
    const double power = share * programme->corner[i].power;
    bp_time_curve_add(&source->power, programme->corner[i - 1].time, power);
    bp_time_curve_add(&source->power, programme->corner[i].time, power);
  }
}

static void add_port(const BpHeatCase *heat, const BpProgramme *programme, const char *name,
                     double area, BpHeatLoad *load) {
  BP_GROW(load->port, load->nports + 1);
  BpHeatPort *port = &load->port[load->nports++];
  *port =
      (BpHeatPort){.convection = area * heat->convection, .emissivity = area * heat->emissivity};
  snprintf(port->name, sizeof port->name, "%s", name);
  bp_heat_chamber(programme, &port->ambient);
}

BpHeatShares bp_heat_shares(const BpCase *bp, double part) {
  const double die = bp->package.die.size, board = bp->package.board.size;
  BpHeatShares s = {.power = part, .board = 1.0};
  if (!bp_case_is_mesh(bp) && !bp_case_is_array(bp)) {
    s.power = part * bp->package.pitch * bp->package.pitch / (die * die);
    s.board = board * board / (die * die);
  }
  return s;
}

void bp_heat_load_of_package(const BpCase *bp, const BpProgramme *programme,
                             const BpHeatShares *shares, BpHeatLoad *load) {
  const BpHeatCase *heat = &bp->load.heat;
  if (bp_case_is_mesh(bp)) {
    bp_heat_load_of_mesh(bp, load);
    for (int i = 0; i < load->nports; i++)
      if (load->port[i].ambient.n == 0 &&
          (load->port[i].convection > 0.0 || load->port[i].emissivity > 0.0))
        bp_heat_chamber(programme, &load->port[i].ambient);
  } else {
    bp_heat_load_of_mesh(bp, load); /* its sources; there is no boundary */
    for (int i = 0; i < load->nsources; i++)
      for (int k = 0; k < load->source[i].power.n && load->source[i].whole; k++)
        load->source[i].power.value[k] *= shares->power;
    add_port(heat, programme, "die_back", 1.0, load);
    add_port(heat, programme, "board_back", shares->board, load);
    if (bp_case_is_array(bp))
      add_port(heat, programme, "outside", 1.0, load);
  }
  add_power(bp, programme, bp_case_is_mesh(bp) ? 1.0 : shares->power, load);
}

#include "check_wiring.h"

#include "claims.h"
#include "conduction.h"

#include <stdlib.h>
#include <string.h>

static const double room = 293.15; /* K, of handbooks' resistivities */

/* Resistivity of the wiring's metals by the mesh's regions, 0 for others; 1 for cards that do not
 * give it, with a warning. Returns 1 if all did. */
static int read_cards(const BpSetup *setup, const BpMesh *mesh, double *resistivity,
                      BpProblems *warnings) {
  int known = 1;
  for (int i = 0; i < mesh->nregions; i++) {
    const int region = bp_region_find(mesh->region[i]);
    if (!bp_claim_conducts(region))
      continue;
    const BpMaterial *material = setup->materials.material[region];
    resistivity[i] = bp_material_property(material, BP_RESISTIVITY, room);
    if (resistivity[i] > 0.0)
      continue;
    resistivity[i] = 1.0;
    known = 0;
    bp_warning(warnings,
               "%s: card '%s' gives no resistivity: the resistance of the trace is not known; add "
               "it to the card",
               bp_region_name(region), bp_material_name(material));
  }
  return known;
}

static void warn_of_break(const BpMeshPath *path, BpProblems *warnings) {
  if (isnan(path->end[0]))
    bp_warning(warnings, "the wiring is not connected: there is no metal at %s",
               path->ncells > 0 ? "the ball pad" : "the chip pad");
  else
    bp_warning(
        warnings,
        "the wiring is not connected: the metal from the chip pad ends at (%.4g, %.4g, %.4g) "
        "um, that of the ball pad at (%.4g, %.4g, %.4g) um; see openings and trace.reach",
        1e6 * path->end[0], 1e6 * path->end[1], 1e6 * path->end[2], 1e6 * path->other[0],
        1e6 * path->other[1], 1e6 * path->other[2]);
}

PetscErrorCode bp_check_fill_wiring(const BpSetup *setup, const BpMesh *mesh,
                                    BpWiringSummary *wiring, BpProblems *warnings) {
  BpConductance found;
  *wiring = (BpWiringSummary){.resistance = (double)NAN};
  if (!bp_region_is_there(&setup->bp->package, BP_REGION_CHIP_PAD))
    return 0;
  double *resistivity = BP_NEW(double, mesh->nregions);
  const BpConductor metal = {resistivity, BP_CHIP_CONTACT, BP_WETTED_PACKAGE};
  const int known = read_cards(setup, mesh, resistivity, warnings);
  PetscCall(bp_conduction_solve(mesh, &metal, &found));
  wiring->is_there = 1;
  wiring->connected = found.path.connected;
  memcpy(wiring->end, found.path.end, sizeof wiring->end);
  memcpy(wiring->other, found.path.other, sizeof wiring->other);
  if (!wiring->connected)
    warn_of_break(&found.path, warnings);
  else if (known) /* parts of the joint beside each other carry current side by side */
    wiring->resistance = bp_geometry_part(&setup->geometry) * found.resistance;
  free(resistivity);
  return 0;
}

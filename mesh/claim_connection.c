/* The way from the chip to the ball pad. */
#include "claims.h"
#include "trace.h"

#include <stdlib.h>

static BpTruth truth(int holds) {
  return holds ? BP_TRUTH_YES : BP_TRUTH_NO;
}

int bp_claim_conducts(int region) {
  return region == BP_REGION_WIRING || region == BP_REGION_CHIP_PAD ||
         region == BP_REGION_UNDERBUMP || region == BP_REGION_INTERMETALLIC;
}

/* A stack without a trace has the wiring's disc alone: nothing is known of the way, nor of the chip
 * pad that it would lead to. With one the mesh tells: metal leads from face to face, or it does
 * not. */
BpConnection bp_claim_connection(const BpGeometry *geometry, const BpMesh *mesh) {
  static const char *const ends[2] = {BP_CHIP_CONTACT, BP_WETTED_PACKAGE};
  const BpPackage *p = &geometry->bp->package;
  BpMeshPath path;
  if (!bp_trace_is_on(p))
    return (BpConnection){BP_TRUTH_UNKNOWN, BP_TRUTH_UNKNOWN};
  unsigned char *conducts = BP_NEW(unsigned char, mesh->nregions);
  for (int i = 0; i < mesh->nregions; i++) {
    const int region = bp_region_find(mesh->region[i]);
    conducts[i] = bp_claim_conducts(region) != 0;
  }
  bp_mesh_path(mesh, conducts, ends, &path, NULL);
  free(conducts);
  return (BpConnection){truth(p->dielectrics.first_via > 0.0 && p->dielectrics.second_via > 0.0),
                        truth(path.connected)};
}

/* What `check` says of the geometry beside its mesh. */
#ifndef BP_CHECK_FILL_H
#define BP_CHECK_FILL_H

#include "claims.h"
#include "report.h"

/* Solder and stand-off by both rules. */
void bp_check_fill_solder(const BpGeometry *geometry, BpCheckSummary *check);

/* The claims, measured on the mesh; check->claim is to be freed with free(). */
void bp_check_fill_claims(const BpGeometry *geometry, const BpMesh *mesh, BpCheckSummary *check);

#endif

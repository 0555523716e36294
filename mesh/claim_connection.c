/* The way from the chip to the ball pad. */
#include "claims.h"

/* The stack has the wiring's disc alone, no chip pad and no trace that leads there: nothing is
 * known of either. */
BpConnection bp_claim_connection(const BpGeometry *geometry, const BpMesh *mesh) {
  (void)geometry;
  (void)mesh;
  return (BpConnection){BP_TRUTH_UNKNOWN, BP_TRUTH_UNKNOWN};
}

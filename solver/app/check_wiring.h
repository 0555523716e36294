/* What `check` says of the wiring from the chip to the ball pad. */
#ifndef BP_CHECK_WIRING_H
#define BP_CHECK_WIRING_H

#include "report.h"
#include "setup.h"

/* Looks for a way through the metal of the mesh from the chip pad's contact to the wetted copper,
 * and solves for its resistance. Nothing where the case has no trace. That the way is cut and that
 * a card does not give its resistivity are warnings. [rank 0 alone, with the mesh] */
PetscErrorCode bp_check_fill_wiring(const BpSetup *setup, const BpMesh *mesh,
                                    BpWiringSummary *wiring, BpProblems *warnings);

#endif

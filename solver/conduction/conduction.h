/* Steady electrical conduction through some regions of a mesh: is there a way through their cells
 * from one named set of faces to another, and what is its resistance. For meshes that one process
 * holds: not collective. */
#ifndef BP_CONDUCTION_H
#define BP_CONDUCTION_H

#include "meshio.h"

#include <petscksp.h>

typedef struct {
  const double *resistivity; /* [mesh->nregions] ohm m; 0: an insulator */
  const char *from, *to;     /* names of faces of conducting cells */
} BpConductor;

typedef struct {
  BpMeshPath path;
  double resistance; /* ohm, of what is meshed; HUGE_VAL without a way */
} BpConductance;

/* Resistance between the two sets of faces, each at one potential: Laplace's equation on the
 * cells that hang together with `from`. The current follows from the power, so that
 * its error is of twice the order of that of the potential; the resistance is never too large but
 * for the error of the geometry. */
PetscErrorCode bp_conduction_solve(const BpMesh *mesh, const BpConductor *conductor,
                                   BpConductance *conductance);

#endif

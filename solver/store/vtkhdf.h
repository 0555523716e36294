/* The files that ParaView opens. None of them holds values: they refer to the mesh and the steps.
 *
 *   run_NNNN.hdf     VTKHDF 1.0 of one step, links into fields/: ParaView 5.10 and later
 *   run.hdf.series   the list of these with their times
 *   run.vtkhdf       VTKHDF 2.0 with all steps, virtual datasets over fields/: 5.12 and later
 *
 * source  docs.vtk.org, VTK File Formats, VTKHDF 1.0 and 2.0 */
#ifndef BP_VTKHDF_H
#define BP_VTKHDF_H

#include "results.h"

/* Writes these files for the steps that they do not hold yet. Without a step there are none. */
void bp_vtkhdf_update(BpResults *results, BpStoreError *error);

#endif

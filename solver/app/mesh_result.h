/* What is said about a mesh. */
#ifndef BP_MESH_RESULT_H
#define BP_MESH_RESULT_H

#include "report.h"
#include "setup.h"

/* mesh.json of a mesh (rank 0). */
BpMeshSummary bp_mesh_result(const BpSetup *setup, const BpMeshed *meshed);

#endif

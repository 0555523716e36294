/* From a package to a finite-element mesh, measured against closed forms. */
#ifndef BP_MESH_H
#define BP_MESH_H

#include "geometry.h"
#include "meshio.h"
#include "plan.h"

/* Named faces of a cell mesh. */
#define BP_SIDE_DIE        "side_die"        /* side faces of what moves with the die */
#define BP_SIDE_BOARD      "side_board"      /* side faces of what moves with the board */
#define BP_SIDE_FILL       "side_fill"       /* side faces of underfill, between die and board */
#define BP_MIRROR          "mirror"          /* y = 0 */
#define BP_MIRROR_X        "mirror_x"        /* x = 0, of a quarter or a strip */
#define BP_MIRROR_DIAGONAL "mirror_diagonal" /* x = y, of an octant */
#define BP_LONG_DIE        "long_die"        /* long face of a strip, what moves with the die */
#define BP_LONG_BOARD      "long_board"      /* and with the board */
#define BP_DIE_BACK        "die_back"
#define BP_BOARD_BACK      "board_back"
#define BP_WETTED_PACKAGE  "wetted_package" /* solder on the wiring */
#define BP_WETTED_BOARD    "wetted_board"   /* solder on the board pad */
#define BP_RING_WALL       "ring_wall"      /* copper on the side walls of rings, gaps too */
#define BP_ISLAND_WALL     "island_wall"    /* copper on the side walls of D1's own pattern */
#define BP_WELL_WALL       "well_wall"      /* copper on the well's side wall */
#define BP_TRACE_NECK      "trace_neck"     /* copper on copper, where the trace leaves the disc */
#define BP_CHIP_CONTACT    "chip_contact"   /* chip pad on the die */
#define BP_HOLE_EDGE       "hole_edge" /* wall of the connection hole, which ends on the copper */

/* Meshes the cell, or the part of an array. Joints in full detail beyond the first one have a
 * number behind the names of their faces, "wetted_board_2". Problems have the code
 * BP_EXIT_GEOMETRY; NULL then. Free with bp_mesh_free(). */
BpMesh *bp_mesh_build(const BpGeometry *geometry, BpProblems *problems);

typedef struct {
  int nnodes, ncells;
  double volume[BP_MAX_REGIONS],
      exact[BP_MAX_REGIONS]; /* m3 of the meshed half; exact is 0 where there is no closed form */
  double volume_error;       /* largest |volume/exact - 1| */
  double
      min_quality; /* smallest over cells of (lower bound of det J)/(largest det J in the cell) */
  int worst_cell;  /* where that is */
  double worst[3]; /* m, in its middle */
} BpMeshReport;

/* Measures a mesh; geometry may be NULL (no closed forms). Invalid cells are problems
 * (BP_EXIT_GEOMETRY) that name the region and place. BP_BAD if there were any. */
BpStatus bp_mesh_check(const BpMesh *mesh, const BpGeometry *geometry, BpMeshReport *report,
                       BpProblems *problems);

/* Reads the mesh of a case of kind "mesh" and fits it to the case: lengths in m, surfaces, curves
 * and points that the case does not name left out. Problems (BP_EXIT_GEOMETRY) name the part:
 * volumes without a material and materials without a volume, names that the mesh does not have,
 * cells that are inverted, middle nodes far off their edges, supports that leave the body free.
 * NULL then. file  that it is read from */
BpMesh *bp_user_mesh(const BpCase *bp, const char *file, BpMeshReport *report,
                     BpProblems *problems);

/* Unknowns of a user's mesh that are not prescribed. */
int bp_user_mesh_unknowns(const BpCase *bp, const BpMesh *mesh);

/* What a mesh of bp_mesh_build() reaches: volumes within 0.5 % of their closed forms, quality of at
 * least 0.1. Problems name region or place (BP_EXIT_GEOMETRY). */
BpStatus bp_mesh_accept(const BpMeshReport *report, BpProblems *problems);

#endif

/* A finite-element mesh as plain arrays, and Gmsh's MSH files. Pure: no Gmsh, no PETSc. */
#ifndef BP_MESHIO_H
#define BP_MESHIO_H

#include "base.h"

#define BP_MESH_NAME 64

typedef enum {
  BP_CELL_WEDGE15,
  BP_CELL_TRI6,
  BP_CELL_QUAD8,
  BP_CELL_TET10,
  BP_CELL_HEX20,
  BP_CELL_TET4,
  BP_CELL_HEX8,
  BP_CELL_WEDGE6,
  BP_CELL_TRI3,
  BP_CELL_QUAD4,
  BP_CELL_TYPES
} BpCellType;

enum { BP_CELL_MAX_NODES = 20, BP_CELL_MAX_VERTICES = 8, BP_CELL_MAX_EDGES = 12 };

/* Node order of a cell type. Our own order: vertices, then, of second-order cells, one mid-edge
 * node for each row of `edge`. The vertices have positive volume: a wedge's first triangle, and a
 * hexahedron's first quadrilateral, run counter-clockwise seen from the second one. */
typedef struct {
  const char *name;
  int dim, order; /* 3 or 2; 1 or 2 */
  int nvertices, nnodes, nedges;
  int edge[BP_CELL_MAX_EDGES][2]; /* [nedges] end vertices */
  int nfaces;                     /* of volume cells */
  const int (*face)[4];           /* [nfaces] vertices, counter-clockwise seen from outside */
  const int *face_size;           /* [nfaces] 3 or 4 */
  int gmsh_type, vtk_type;
  int from_gmsh[BP_CELL_MAX_NODES]; /* own node i is Gmsh's node from_gmsh[i] */
  int from_vtk[BP_CELL_MAX_NODES];  /* own node i is VTK's node from_vtk[i] */
} BpCellInfo;

const BpCellInfo *bp_cell_info(BpCellType type);

/* Local node numbers (own order of the face's type) of face f of a volume cell; returns that type.
 * nodes [8] */
BpCellType bp_cell_face_nodes(BpCellType type, int f, int *nodes);

/* Type by Gmsh's number, BP_CELL_TYPES if it is none of ours. */
BpCellType bp_cell_from_gmsh(int gmsh_type);

/* A group of cells or faces: connectivity in own node order. */
typedef struct {
  int count;
  unsigned char *type; /* [count] BpCellType */
  int *start;          /* [count + 1] offsets into node */
  int *node;           /* [start[count]] */
  int *group;          /* [count] index into the names of the group */
} BpCellList;

/* Values at the nodes. */
typedef struct {
  char name[BP_MESH_NAME];
  double *value; /* [nnodes], as in the file; NAN where it gives none */
} BpMeshField;

typedef struct {
  int nnodes;
  double *xyz;      /* [3 nnodes] m */
  BpCellList cells; /* volume cells, group = region */
  BpCellList faces; /* named faces, outer and inner, group = boundary */
  int nmarks;       /* nodes of named curves and points */
  int *mark_node;   /* [nmarks] */
  int *mark_group;  /* [nmarks] boundary */
  int nregions, nboundaries;
  char (*region)[BP_MESH_NAME];   /* [nregions] */
  char (*boundary)[BP_MESH_NAME]; /* [nboundaries] */
  int nfields;
  BpMeshField *field; /* [nfields] */
} BpMesh;

BpMesh *bp_mesh_new(void);
void bp_mesh_free(BpMesh *mesh);

/* Adds a cell to a list; nodes in own order. */
void bp_cells_add(BpCellList *list, BpCellType type, const int *nodes, int group);

/* Index of a name, added if new. */
int bp_mesh_region(BpMesh *mesh, const char *name);
int bp_mesh_boundary(BpMesh *mesh, const char *name);

/* Adds a node of a named curve or point. */
void bp_mesh_add_mark(BpMesh *mesh, int node, int boundary);

/* Adds a field, NAN everywhere, and returns its values; those of a field by its name, NULL if there
 * is none. */
double *bp_mesh_add_field(BpMesh *mesh, const char *name);
double *bp_mesh_field(const BpMesh *mesh, const char *name);

/* Forgets the boundaries with keep[i] == 0, their faces and marks; the others close ranks. */
void bp_mesh_keep_boundaries(BpMesh *mesh, const unsigned char *keep);

/* Finds a cell of each named face, the first one of two, and which of its faces it is; a face
 * without a cell gets -1. cell, local [mesh->faces.count] */
void bp_mesh_face_cells(const BpMesh *mesh, int *cell, int *local);

/* Index of a boundary name, -1 if there is none. */
int bp_mesh_find_boundary(const BpMesh *mesh, const char *name);

/* Vertices of a wedge's five faces (two triangles, three quadrilaterals) as local vertex numbers,
 * counter-clockwise seen from outside. nvertices [5] is 3 or 4. */
extern const int bp_wedge_face[5][4];
extern const int bp_wedge_face_size[5];

/* Local node numbers (own order of Tri6 or Quad8) of face f of a fifteen-node wedge. */
void bp_wedge_face_nodes(int f, int *nodes);

/* Writes MSH 4.1, ASCII, with physical names. BP_BAD if the file cannot be written
 * (errno tells). */
BpStatus bp_msh_write(const BpMesh *mesh, const char *path);

/* Reads MSH 4.1 or 2.2, ASCII, with the scalar fields of $NodeData, as bp_msh_write and Gmsh write
 * it, lengths in m. Nodes and cells come in the order of their numbers in the file. Points, lines
 * and faces without a physical name are left out; of named points and lines the nodes are kept.
 * Problems (BP_EXIT_GEOMETRY, or BP_EXIT_IO if it cannot be opened) name the line; NULL then. Cells
 * without a physical name, cell types that are none of ours and cells of both orders are problems,
 * and so is what bp_mesh_conforms finds. */
BpMesh *bp_msh_read(const char *path, BpProblems *problems);

/* Checks that cells share whole faces, two at most on each, with the same middle nodes, and that
 * every named face is the face of a cell. Problems (BP_EXIT_GEOMETRY) begin with file, at most ten
 * of them. BP_BAD if there were any. */
BpStatus bp_mesh_conforms(const BpMesh *mesh, const char *file, BpProblems *problems);

/* Pieces that hang together face by face, of the cells of some regions.
 * there  [nregions] 1: cells of the region count
 * piece  [cells.count] out: number of each cell's piece, -1: it does not count
 * Returns the number of pieces. */
int bp_mesh_pieces(const BpMesh *mesh, const unsigned char *there, int *piece);

/* A way through cells of some regions, from face to face, between two sets of named faces. */
typedef struct {
  int connected;
  int ncells;              /* that hang together with the first end */
  double end[3], other[3]; /* m, where it is not connected: the middles of the nearest two cells
                              that hang together with either end, of one region if there are such;
                              NAN where one end has no cell */
} BpMeshPath;

/* conducts  [nregions] 1: cells of the region lead on
 * ends      names of faces of such cells
 * marked    [cells.count] receives 1 for cells that hang together with ends[0], else 0; may be NULL
 */
void bp_mesh_path(const BpMesh *mesh, const unsigned char *conducts, const char *const ends[2],
                  BpMeshPath *path, unsigned char *marked);

#endif

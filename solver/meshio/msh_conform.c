/* Whether cells fit together: what the distributed mesh takes for granted. */
#include "meshio.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PROBLEMS = 10 };

typedef struct {
  int a, b;         /* end vertices, a < b */
  int middle, cell; /* -1: first order, there is none */
} Edge;

typedef struct {
  int vertex[4]; /* sorted; INT_MAX stands last in a triangle */
  int cell;
} Face;

typedef struct {
  const BpMesh *mesh;
  const char *file;
  BpProblems *problems;
  int before; /* problems that were there */
  Edge *edge;
  Face *face;
  size_t nedges, nfaces;
} Check;

static int is_enough(const Check *check) {
  return check->problems->count - check->before >= MOST_PROBLEMS;
}

static int by_ends(const void *x, const void *y) {
  const Edge *e = x, *f = y;
  if (e->a != f->a)
    return e->a < f->a ? -1 : 1;
  return (e->b > f->b) - (e->b < f->b);
}

static int by_vertices(const void *x, const void *y) {
  const Face *f = x, *g = y;
  for (int i = 0; i < 4; i++)
    if (f->vertex[i] != g->vertex[i])
      return f->vertex[i] < g->vertex[i] ? -1 : 1;
  return 0;
}

static int ascending(const void *x, const void *y) {
  const int a = *(const int *)x, b = *(const int *)y;
  return (a > b) - (a < b);
}

static Edge make_edge(const int *nodes, const BpCellInfo *info, int e, int cell) {
  const int a = nodes[info->edge[e][0]], b = nodes[info->edge[e][1]];
  return (Edge){a < b ? a : b, a < b ? b : a, info->order == 2 ? nodes[info->nvertices + e] : -1,
                cell};
}

static Face make_face(const int *vertex, int n, int cell) {
  Face face = {{INT_MAX, INT_MAX, INT_MAX, INT_MAX}, cell};
  memcpy(face.vertex, vertex, (size_t)n * sizeof vertex[0]);
  qsort(face.vertex, (size_t)n, sizeof vertex[0], ascending);
  return face;
}

static void collect(Check *check) {
  const BpCellList *cells = &check->mesh->cells;
  check->edge = BP_NEW(Edge, BP_CELL_MAX_EDGES * (size_t)cells->count);
  check->face = BP_NEW(Face, 6 * (size_t)cells->count);
  for (int c = 0; c < cells->count; c++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)cells->type[c]);
    const int *nodes = cells->node + cells->start[c];
    for (int e = 0; e < info->nedges; e++)
      check->edge[check->nedges++] = make_edge(nodes, info, e, c);
    for (int f = 0; f < info->nfaces; f++) {
      int vertex[4];
      for (int i = 0; i < info->face_size[f]; i++)
        vertex[i] = nodes[info->face[f][i]];
      check->face[check->nfaces++] = make_face(vertex, info->face_size[f], c);
    }
  }
  if (cells->count == 0)
    return;
  qsort(check->edge, check->nedges, sizeof check->edge[0], by_ends);
  qsort(check->face, check->nfaces, sizeof check->face[0], by_vertices);
}

/* A vertex is no middle node; a middle node has one edge, an edge one middle node. */
static void check_edges(const Check *check) {
  int *ends = BP_NEW(int, check->mesh->nnodes); /* edge of a middle node + 1, -1 for a vertex */
  for (size_t e = 0; e < check->nedges; e++)
    ends[check->edge[e].a] = ends[check->edge[e].b] = -1;
  for (size_t e = 0; e < check->nedges && !is_enough(check); e++) {
    const Edge *edge = &check->edge[e];
    const int same = e > 0 && by_ends(edge, edge - 1) == 0;
    if (edge->a == edge->b)
      bp_problem(check->problems, BP_EXIT_GEOMETRY, check->file, 0,
                 "cell %d has a vertex twice; remesh", edge->cell);
    else if (same && edge->middle != edge[-1].middle)
      bp_problem(check->problems, BP_EXIT_GEOMETRY, check->file, 0,
                 "cells %d and %d have different middle nodes on their common edge; remesh",
                 edge[-1].cell, edge->cell);
    else if (edge->middle >= 0 && !same && ends[edge->middle] != 0)
      bp_problem(check->problems, BP_EXIT_GEOMETRY, check->file, 0,
                 "the middle node of an edge of cell %d is also a vertex or on another edge; "
                 "remesh",
                 edge->cell);
    else if (edge->middle >= 0)
      ends[edge->middle] = 1;
  }
  free(ends);
}

static void check_neighbours(const Check *check) {
  for (size_t f = 2; f < check->nfaces && !is_enough(check); f++)
    if (by_vertices(&check->face[f], &check->face[f - 2]) == 0)
      bp_problem(check->problems, BP_EXIT_GEOMETRY, check->file, 0,
                 "cells %d, %d and %d share one face; a face has two sides",
                 check->face[f - 2].cell, check->face[f - 1].cell, check->face[f].cell);
}

static int is_face_of_cell(const Check *check, int f) {
  const BpCellList *faces = &check->mesh->faces;
  const BpCellInfo *info = bp_cell_info((BpCellType)faces->type[f]);
  const int *nodes = faces->node + faces->start[f];
  const Face key = make_face(nodes, info->nvertices, -1);
  if (!bsearch(&key, check->face, check->nfaces, sizeof key, by_vertices))
    return 0;
  for (int e = 0; e < info->nvertices; e++) {
    const Edge edge = make_edge(nodes, info, e, -1);
    const Edge *at = bsearch(&edge, check->edge, check->nedges, sizeof edge, by_ends);
    if (!at || at->middle != edge.middle)
      return 0;
  }
  return 1;
}

static void check_named_faces(const Check *check) {
  const BpCellList *faces = &check->mesh->faces;
  for (int f = 0; f < faces->count && !is_enough(check); f++)
    if (!is_face_of_cell(check, f))
      bp_problem(check->problems, BP_EXIT_GEOMETRY, check->file, 0,
                 "face %d of '%s' is not a face of a cell; remesh volumes and surfaces together", f,
                 check->mesh->boundary[faces->group[f]]);
}

BpStatus bp_mesh_conforms(const BpMesh *mesh, const char *file, BpProblems *problems) {
  Check check = {.mesh = mesh, .file = file, .problems = problems, .before = problems->count};
  collect(&check);
  check_edges(&check);
  check_neighbours(&check);
  if (problems->count == check.before)
    check_named_faces(&check);
  free(check.edge);
  free(check.face);
  return problems->count == check.before ? BP_OK : BP_BAD;
}

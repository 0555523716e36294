/* The loops over the faces that heat passes through. */
#include "heat_impl.h"

#include <stdlib.h>
#include <string.h>

/* A face of a local cell with its temperatures and what passes through it at a time. */
typedef struct {
  const BpFaceElement *element;
  int local[BP_FACE_MAX_NODES]; /* nodes of the cell */
  double xyz[BP_FACE_MAX_NODES][3], T[BP_FACE_MAX_NODES];
  BpHeatExchange exchange;
} Face;

/* T NULL: the initial temperature */
static void open_face(const BpHeat *heat, int f, const double *T, Face *face) {
  const BpGrid *grid = heat->grid;
  const BpHeatFace *at = &heat->face[f];
  const int *node = bp_grid_nodes(grid, at->cell);
  const BpCellType type = (BpCellType)grid->cell_type[at->cell];
  face->element = bp_face_element(bp_cell_face_nodes(type, at->face, face->local));
  for (int n = 0; n < face->element->nnodes; n++) {
    memcpy(face->xyz[n], grid->xyz[node[face->local[n]]], sizeof face->xyz[n]);
    face->T[n] = T ? T[node[face->local[n]]] : heat->load.initial;
  }
}

static BpHeatExchange exchange_of(const BpHeatPort *port, double t, BpSide side) {
  return (BpHeatExchange){bp_time_curve_value(&port->flux, t, side), port->convection,
                          port->emissivity, bp_time_curve_value(&port->ambient, t, side)};
}

void bp_heat_add_faces(const BpHeat *heat, double t, BpSide side, const double *T, double *inflow,
                       double *flow) {
  for (int f = 0; f < heat->nfaces; f++) {
    const BpHeatFace *at = &heat->face[f];
    const int *node = bp_grid_nodes(heat->grid, at->cell);
    double own[BP_FACE_MAX_NODES] = {0};
    Face face;
    open_face(heat, f, T, &face);
    face.exchange = exchange_of(&heat->load.port[at->port], t, side);
    flow[at->port] +=
        bp_heat_face(face.element, (const double(*)[3])face.xyz, &face.exchange, face.T, own, NULL);
    for (int n = 0; n < face.element->nnodes; n++)
      inflow[node[face.local[n]]] += own[n];
  }
}

void bp_heat_face_matrices(const BpHeat *heat, const BpHeatStage *stage, const double *T) {
  for (int f = 0; f < heat->nfaces; f++) {
    const BpHeatFace *at = &heat->face[f];
    const int nodes = bp_grid_cell_info(heat->grid, at->cell)->nnodes;
    double own[BP_FACE_MAX_NODES] = {0}, J[BP_FACE_MAX_NODES * BP_FACE_MAX_NODES] = {0};
    double *value = heat->solver.value + heat->solver.first[at->cell];
    Face face;
    open_face(heat, f, T, &face);
    face.exchange = exchange_of(&heat->load.port[at->port], stage->t, BP_BEFORE);
    bp_heat_face(face.element, (const double(*)[3])face.xyz, &face.exchange, face.T, own, J);
    const int n = face.element->nnodes;
    for (int a = 0; a < n; a++)
      for (int b = 0; b < n; b++)
        value[face.local[a] * nodes + face.local[b]] += stage->dt * J[a * n + b];
  }
}

PetscErrorCode bp_heat_sum_body(BpHeat *heat) {
  const int n = heat->load.nports;
  double *mine = BP_NEW(double, n + 1), *all = BP_NEW(double, n + 1);
  for (size_t i = 0; i < heat->solver.first[heat->grid->ncells]; i++)
    mine[n] += heat->solver.store[i];
  for (int f = 0; f < heat->nfaces; f++) {
    const int port = heat->face[f].port;
    double own[BP_FACE_MAX_NODES] = {0}, J[BP_FACE_MAX_NODES * BP_FACE_MAX_NODES] = {0};
    Face face;
    open_face(heat, f, NULL, &face);
    face.exchange = exchange_of(&heat->load.port[port], 0.0, BP_BEFORE);
    bp_heat_face(face.element, (const double(*)[3])face.xyz, &face.exchange, face.T, own, J);
    for (int i = 0; i < face.element->nnodes * face.element->nnodes; i++)
      mine[port] += J[i];
  }
  PetscCallMPI(MPI_Allreduce(mine, all, n + 1, MPI_DOUBLE, MPI_SUM, heat->grid->comm));
  heat->capacity = all[n];
  heat->exchange = all;
  free(mine);
  return 0;
}

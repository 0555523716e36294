/* Heat in a cell and through its faces: what is stored and conducted between its nodes, for given
 * material at its points. Pure C: arrays in, arrays out. The mechanics' elements give shapes, rule
 * and gradients (fe.h).
 *
 * Shape functions sum to 1, so that sums over the nodes are the heat of the whole cell: what is
 * stored, and nothing of what is conducted. */
#ifndef BP_HEAT_CELL_H
#define BP_HEAT_CELL_H

#include "fe.h"

/* An element with its shape functions at the points of its rule. */
typedef struct {
  const BpElement *element;
  double N[BP_FE_MAX_POINTS][BP_FE_MAX_NODES];
} BpHeatElement;

void bp_heat_element_init(const BpElement *element, BpHeatElement *heat);

/* The material at a point of the rule. */
typedef struct {
  double heat;            /* J/m3 stored since some moment */
  double capacity;        /* J/m3/K, its derivative by temperature */
  double source;          /* W/m3 */
  double conductivity[9]; /* W/m/K, [3][3] symmetric */
  double slope[9];        /* W/m/K2, its derivative by temperature */
} BpHeatPoint;

/* A cell: gradients and volumes as BpElement.gradients() gives them, points [npoints]. */
typedef struct {
  const BpHeatElement *heat;
  const double *g, *volume;
  const BpHeatPoint *point;
  const double *T; /* [nnodes] K */
} BpHeatCell;

/* Temperature at the points, at [npoints] K, from that of the nodes. */
void bp_heat_at_points(const BpHeatElement *heat, const double *T, double *at);

/* Adds to the nodes: stored [nnodes] J; inflow [nnodes] W, sources less what is conducted away. */
void bp_heat_cell_flow(const BpHeatCell *cell, double *stored, double *inflow);

/* J [nnodes][nnodes] = derivative of (stored - dt * inflow) by the temperatures of the nodes, J/K;
 * symmetric where no conductivity has a slope. storage 0: without the first part. */
void bp_heat_cell_matrix(const BpHeatCell *cell, int storage, double dt, double *J);

/* What passes through a surface, per area and time, W/m2 into the body: flux + convection (ambient
 * - T) + emissivity sigma (ambient^4 - T^4). */
typedef struct {
  double flux;       /* W/m2 */
  double convection; /* W/m2/K */
  double emissivity; /* grey body, 1: black */
  double ambient;    /* K */
} BpHeatExchange;

/* Stefan and Boltzmann's constant, W/m2/K4: exact in the SI of 2019 (CODATA 2018). */
#define BP_STEFAN_BOLTZMANN 5.670374419e-8

/* Adds to the nodes of a face: inflow [nnodes] W; J [nnodes][nnodes], W/K, minus its derivative by
 * the temperatures T [nnodes], where J is not NULL. Returns the whole inflow, W. */
double bp_heat_face(const BpFaceElement *face, const double (*xyz)[3],
                    const BpHeatExchange *exchange, const double *T, double *inflow, double *J);

#endif

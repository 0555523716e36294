#include "heat_cell.h"

#include <string.h>

void bp_heat_element_init(const BpElement *element, BpHeatElement *heat) {
  *heat = (BpHeatElement){.element = element};
  for (int q = 0; q < element->npoints; q++)
    element->shapes(element->point[q], heat->N[q], NULL);
}

void bp_heat_at_points(const BpHeatElement *heat, const double *T, double *at) {
  for (int q = 0; q < heat->element->npoints; q++) {
    at[q] = 0.0;
    for (int n = 0; n < heat->element->nnodes; n++)
      at[q] += heat->N[q][n] * T[n];
  }
}

/* Temperature gradient, K/m. Constants drop out before they are rounded off: T is taken from the
 * first node on. */
static void temperature_gradient(const BpHeatCell *cell, int q, double gradient[3]) {
  const BpElement *element = cell->heat->element;
  for (int d = 0; d < 3; d++) {
    const double *g = cell->g + (q * 3 + d) * element->pad;
    gradient[d] = 0.0;
    for (int n = 1; n < element->nnodes; n++)
      gradient[d] += g[n] * (cell->T[n] - cell->T[0]);
  }
}

static void apply(const double k[9], const double v[3], double out[3]) {
  for (int i = 0; i < 3; i++)
    out[i] = k[3 * i] * v[0] + k[3 * i + 1] * v[1] + k[3 * i + 2] * v[2];
}

void bp_heat_cell_flow(const BpHeatCell *cell, double *stored, double *inflow) {
  const BpElement *element = cell->heat->element;
  const int pad = element->pad;
  for (int q = 0; q < element->npoints; q++) {
    const BpHeatPoint *p = &cell->point[q];
    const double *g = cell->g + q * 3 * pad, *N = cell->heat->N[q], volume = cell->volume[q];
    double gradient[3], flow[3];
    temperature_gradient(cell, q, gradient);
    apply(p->conductivity, gradient, flow);
    for (int n = 0; n < element->nnodes; n++) {
      stored[n] += volume * N[n] * p->heat;
      inflow[n] += volume * (N[n] * p->source - g[n] * flow[0] - g[pad + n] * flow[1] -
                             g[2 * pad + n] * flow[2]);
    }
  }
}

void bp_heat_cell_matrix(const BpHeatCell *cell, int storage, double dt, double *J) {
  const BpElement *element = cell->heat->element;
  const int pad = element->pad, nnodes = element->nnodes;
  memset(J, 0, (size_t)nnodes * (size_t)nnodes * sizeof J[0]);
  for (int q = 0; q < element->npoints; q++) {
    const BpHeatPoint *p = &cell->point[q];
    const double *g = cell->g + q * 3 * pad, *N = cell->heat->N[q], volume = cell->volume[q];
    const double capacity = storage ? volume * p->capacity : 0.0;
    double gradient[3], turned[3];
    temperature_gradient(cell, q, gradient);
    apply(p->slope, gradient, turned);
    for (int a = 0; a < nnodes; a++) {
      const double own[3] = {g[a], g[pad + a], g[2 * pad + a]};
      double k[3];
      apply(p->conductivity, own, k);
      for (int d = 0; d < 3; d++)
        k[d] *= dt * volume;
      const double c = capacity * N[a] +
                       dt * volume * (own[0] * turned[0] + own[1] * turned[1] + own[2] * turned[2]);
      double *row = J + a * nnodes;
      for (int b = 0; b < nnodes; b++)
        row[b] += c * N[b] + k[0] * g[b] + k[1] * g[pad + b] + k[2] * g[2 * pad + b];
    }
  }
}

/* W/m2 into the body at temperature T; its slope, W/m2/K, is minus the derivative. */
static double exchanged(const BpHeatExchange *e, double T, double *slope) {
  const double radiated = e->emissivity * BP_STEFAN_BOLTZMANN;
  *slope = e->convection + 4.0 * radiated * T * T * T;
  return e->flux + (e->ambient - T) * (e->convection + radiated * (e->ambient + T) *
                                                           (e->ambient * e->ambient + T * T));
}

double bp_heat_face(const BpFaceElement *face, const double (*xyz)[3],
                    const BpHeatExchange *exchange, const double *T, double *inflow, double *J) {
  double all = 0.0;
  for (int q = 0; q < face->npoints; q++) {
    double N[BP_FACE_MAX_NODES], normal[3], at = 0.0, slope;
    bp_face_geometry(face, xyz, face->point[q], NULL, normal);
    face->shapes(face->point[q], N, NULL);
    const double area = face->weight[q] *
                        sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
    for (int n = 0; n < face->nnodes; n++)
      at += N[n] * T[n];
    const double flow = area * exchanged(exchange, at, &slope);
    all += flow;
    for (int a = 0; a < face->nnodes; a++) {
      inflow[a] += N[a] * flow;
      for (int b = 0; b < face->nnodes && J; b++)
        J[a * face->nnodes + b] += area * slope * N[a] * N[b];
    }
  }
  return all;
}

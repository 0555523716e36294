#include "tension.h"

#include "average_impl.h"
#include "cell_stress.h"
#include "cut.h"
#include "model_impl.h"

#include <stdlib.h>

enum { RING = 1, WELL = 2 };

typedef struct {
  const BpTensionEdges *edges;
  int kinds; /* of edges that count */
} Near;

static double of_circle(const BpTensionEdges *e, double from_edge, double z) {
  double least = INFINITY;
  for (int k = 0; k < BP_TENSION_HEIGHTS; k++)
    least = fmin(least, hypot(from_edge, z - e->height[k]));
  return least;
}

/* From the edges around bumps and that of the well. at: from the axis */
static double distance_of_bumps(const Near *near, const double at[2], double z) {
  const BpTensionEdges *e = near->edges;
  double least = INFINITY;
  for (int i = 0; i < e->nbumps && (near->kinds & RING); i++) {
    const double r = hypot(at[0] - e->bump[i][0], at[1] - e->bump[i][1]);
    least = fmin(least, fabs(r - e->bump_radius));
  }
  if (e->well > 0.0 && (near->kinds & WELL))
    least = fmin(least, fabs(hypot(at[0], at[1]) - e->well));
  return of_circle(e, least, z);
}

/* From the nearest edge, less what the zone reaches. */
static double distance(const double x[3], const void *context) {
  const Near *near = context;
  const BpTensionEdges *e = near->edges;
  const double from_axis[2] = {x[0] - e->axis[0], x[1] - e->axis[1]};
  const double r = hypot(from_axis[0], from_axis[1]);
  if (e->nbumps > 0)
    return distance_of_bumps(near, from_axis, x[2]) - e->distance;
  const struct {
    double radius;
    int kind;
  } edge[] = {{e->ring[0], RING}, {e->ring[1], RING}, {e->well, WELL}};
  double least = INFINITY;
  for (int i = 0; i < BP_COUNT(edge); i++)
    for (int k = 0; k < BP_TENSION_HEIGHTS; k++)
      if (edge[i].radius > 0.0 && (near->kinds & edge[i].kind))
        least = fmin(least, hypot(r - edge[i].radius, x[2] - e->height[k]));
  return least - e->distance;
}

/* ---- zones */

static void add_cell(const BpModel *model, int cell, BpTensions *t) {
  BP_GROW(t->cell, t->ncells + 1);
  BP_GROW(t->first, t->ncells + 2);
  BP_GROW(t->set, t->ncells + 1);
  BP_GROW(t->place, t->ncells + 1);
  t->cell[t->ncells] = cell;
  t->set[t->ncells] = -1;
  t->first[0] = 0;
  const int set = bp_average_set(model, bp_cell_region(model, cell));
  for (int i = 0; set >= 0 && i < model->set[set].ncells; i++)
    if (model->set[set].cell[i] == cell) {
      t->set[t->ncells] = set;
      t->place[t->ncells] = i;
    }
  t->first[t->ncells + 1] = t->first[t->ncells] + bp_cell_element(model->grid, cell)->npoints;
  t->ncells++;
}

static void append(BpTensionZone *zone, int point, double weight) {
  BP_GROW(zone->point, zone->count + 1);
  BP_GROW(zone->weight, zone->count + 1);
  zone->point[zone->count] = point;
  zone->weight[zone->count++] = weight;
}

/* Adds what zones (one for each set of kinds) have of a cell. */
static void cut_cell(const BpModel *model, int cell, const BpTensionEdges *edges, BpTensions *t,
                     BpTensionZone *zone) {
  const BpElement *element = bp_cell_element(model->grid, cell);
  double xyz[BP_FE_MAX_NODES][3], center[3], size;
  const Near both = {edges, RING | WELL};
  bp_cell_positions(model->grid, cell, xyz);
  bp_cut_ball(element->nnodes, (const double(*)[3])xyz, center, &size);
  if (distance(center, &both) > size)
    return;
  BpCutCell cut = {.element = element,
                   .n = bp_cut_pieces(size, edges->distance),
                   .xyz = (const double(*)[3])xyz};
  int listed = 0;
  for (int kinds = RING; kinds <= (RING | WELL); kinds++) {
    const Near near = {edges, kinds};
    double weight[BP_FE_MAX_POINTS] = {0};
    bp_cut_sample(&cut, distance, &near);
    bp_cut_add(&cut, 0.0, weight);
    for (int q = 0; q < element->npoints; q++) {
      if (weight[q] == 0.0)
        continue;
      if (!listed)
        add_cell(model, cell, t);
      listed = 1;
      append(&zone[kinds - 1], t->first[t->ncells - 1] + q, weight[q]);
    }
  }
}

static void free_zone(BpTensionZone *zone) {
  free(zone->point);
  free(zone->weight);
}

PetscErrorCode bp_tensions_add(const BpModel *model, int region, const BpTensionEdges *edges,
                               BpTensions *tensions) {
  static const char *const kind[] = {".ring_edge", ".well_edge", ""}; /* RING, WELL, both */
  BpTensionZone zone[BP_COUNT(kind)] = {0};
  for (int c = 0; c < model->grid->ncells; c++)
    if (bp_cell_region(model, c) == region)
      cut_cell(model, c, edges, tensions, zone);
  for (int z = BP_COUNT(kind) - 1; z >= 0; z--) {
    double mine = 0.0;
    for (int i = 0; i < zone[z].count; i++)
      mine += zone[z].weight[i];
    PetscCallMPI(MPI_Allreduce(&mine, &zone[z].volume, 1, MPI_DOUBLE, MPI_SUM, model->grid->comm));
    snprintf(zone[z].name, sizeof zone[z].name, "%.32s%s", model->bp->materials.region[region].name,
             kind[z]);
    if (!(zone[z].volume > 0.0)) {
      free_zone(&zone[z]);
      continue;
    }
    BP_GROW(tensions->zone, tensions->nzones + 1);
    tensions->zone[tensions->nzones++] = zone[z];
  }
  return 0;
}

void bp_tensions_free(BpTensions *tensions) {
  for (int z = 0; z < tensions->nzones; z++)
    free_zone(&tensions->zone[z]);
  free(tensions->zone);
  free(tensions->cell);
  free(tensions->first);
  free(tensions->set);
  free(tensions->place);
  *tensions = (BpTensions){0};
}

/* ---- values */

static PetscErrorCode cell_tension(const BpModel *model, const BpTensions *t,
                                   const BpStressSource *source, int i, double *tension) {
  const int n = t->first[i + 1] - t->first[i];
  double volume[BP_FE_MAX_POINTS], stress[BP_FE_MAX_POINTS][6];
  if (t->set[i] < 0)
    PetscCall(bp_cell_stress(model, source, t->cell[i], volume, stress));
  else {
    const BpPointSet *set = &model->set[t->set[i]];
    memcpy(stress, set->stress0 + 6 * (size_t)set->first[t->place[i]],
           (size_t)n * sizeof stress[0]);
  }
  for (int q = 0; q < n; q++)
    tension[q] = bp_largest_principal(stress[q]);
  return 0;
}

PetscErrorCode bp_tensions_mean(const BpModel *model, const BpTensions *tensions, const double *u,
                                double *mean) {
  const BpTensions *t = tensions;
  double *tension = BP_NEW(double, t->ncells > 0 ? t->first[t->ncells] : 0),
         *mine = BP_NEW(double, t->nzones);
  BpStressSource source;
  PetscCall(bp_stress_source(model, u, &source));
  for (int i = 0; i < t->ncells; i++)
    PetscCall(cell_tension(model, t, &source, i, tension + t->first[i]));
  PetscCall(bp_stress_source_end(model, &source));
  for (int z = 0; z < t->nzones; z++)
    for (int i = 0; i < t->zone[z].count; i++)
      mine[z] += t->zone[z].weight[i] * tension[t->zone[z].point[i]];
  PetscCallMPI(MPI_Allreduce(mine, mean, t->nzones, MPI_DOUBLE, MPI_SUM, model->grid->comm));
  for (int z = 0; z < t->nzones; z++)
    mean[z] /= t->zone[z].volume;
  free(mine);
  free(tension);
  return 0;
}

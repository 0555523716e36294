/* The interface layer part by part: rim, top and walls of the ring, floor, wall of the well. */
#include "average_impl.h"
#include "cut.h"
#include "distance.h"
#include "fe.h"
#include "model_impl.h"

#include <stdlib.h>

static const char *const part_name[BP_PARTS_OF_PAD] = {
    [BP_PART_RIM] = "rim",
    [BP_PART_RING_TOP] = "ring_top",
    [BP_PART_FLOOR] = "floor",
    [BP_PART_WELL_WALL] = "well_wall",
    [BP_PART_RING_WALLS] = "ring_walls",
};

typedef struct {
  BpFacets facets[BP_PARTS_OF_PAD];
  int *near[BP_PARTS_OF_PAD], nnear[BP_PARTS_OF_PAD];
  double limit;
  int part; /* whose distance is wanted */
} Parts;

/* ---- faces */

static void extent(const BpFace *face, double *low, double *high) {
  *low = *high = face->xyz[0][2];
  for (int n = 1; n < face->nnodes; n++) {
    *low = fmin(*low, face->xyz[n][2]);
    *high = fmax(*high, face->xyz[n][2]);
  }
}

/* Height of the lowest horizontal face of a set, m. */
static double find_floor(const BpGrid *grid, int set) {
  double lowest = HUGE_VAL;
  for (int f = 0; f < grid->nfaces; f++) {
    double low, high;
    extent(&grid->face[f], &low, &high);
    if (grid->face[f].set == set && high - low < 1e-9)
      lowest = fmin(lowest, low);
  }
  return lowest;
}

/* Of a place that is not beyond the ring. */
static int is_on_ring(const BpSectorSpec *spec, const double at[2]) {
  for (int i = 0; i < spec->nbumps; i++)
    if (hypot(at[0] - spec->bump[i][0], at[1] - spec->bump[i][1]) < spec->bump_radius)
      return 1;
  return spec->nbumps == 0 && hypot(at[0], at[1]) > spec->ring.inner_radius;
}

static BpPadPart part_of(const BpFace *face, const BpSectorSpec *spec, double floor) {
  double low, high, x = 0.0, y = 0.0;
  extent(face, &low, &high);
  for (int n = 0; n < face->nnodes; n++) {
    x += face->xyz[n][0] / face->nnodes;
    y += face->xyz[n][1] / face->nnodes;
  }
  const double from_axis[2] = {x - spec->axis[0], y - spec->axis[1]};
  const double r = hypot(from_axis[0], from_axis[1]);
  const int beyond_ring = r > 0.5 * (spec->ring.outer_radius + spec->well);
  if (high - low > 1e-9)
    return beyond_ring ? BP_PART_WELL_WALL : BP_PART_RING_WALLS;
  if (low - floor < 1e-9)
    return r > spec->well ? BP_PART_RIM : BP_PART_FLOOR;
  if (beyond_ring)
    return BP_PART_RIM;
  return is_on_ring(spec, from_axis) ? BP_PART_RING_TOP : BP_PART_FLOOR;
}

/* ---- cells */

static double distance_of_part(const double x[3], const void *context) {
  const Parts *p = context;
  return bp_facets_distance(&p->facets[p->part], p->near[p->part], p->nnear[p->part], x, p->limit);
}

/* Distances to the whole pad, and which parts are nearest to each corner. */
static void find_owners(const BpCutCell part[BP_PARTS_OF_PAD], double distance, BpCutCell *whole,
                        unsigned owners[BP_CUT_LATTICE]) {
  static const double tie = 1e-9; /* m */
  *whole = part[0];
  for (int i = 0; i < BP_CUT_LATTICE; i++) {
    double least = HUGE_VAL;
    owners[i] = 0;
    for (int p = 0; p < BP_PARTS_OF_PAD; p++)
      least = fmin(least, part[p].phi[i]);
    for (int p = 0; p < BP_PARTS_OF_PAD; p++)
      if (part[p].phi[i] <= least + tie)
        owners[i] |= 1u << p;
    whole->phi[i] = least - distance;
  }
  whole->owners = owners;
}

static void cut_cell(const BpModel *model, const BpSectorSpec *spec, Parts *parts, int cell,
                     BpAverages *averages) {
  BpAverage *average = averages->item + averages->count - BP_PARTS_OF_PAD;
  const BpPointSet *set = &model->set[average->set];
  const BpElement *element = set->element[cell];
  double xyz[BP_FE_MAX_NODES][3], center[3], size;
  BpCutCell cut[BP_PARTS_OF_PAD], whole;
  unsigned owners[BP_CUT_LATTICE];
  int near = 0;
  bp_cell_positions(model->grid, set->cell[cell], xyz);
  bp_cut_ball(element->nnodes, (const double(*)[3])xyz, center, &size);
  parts->limit = 4.0 * (size + spec->distance);
  for (int p = 0; p < BP_PARTS_OF_PAD; p++)
    near += parts->nnear[p] =
        bp_facets_near(&parts->facets[p], center, size + spec->distance, parts->near[p]);
  if (near == 0)
    return;
  for (int p = 0; p < BP_PARTS_OF_PAD; p++) {
    parts->part = p;
    cut[p] = (BpCutCell){.element = element,
                         .n = bp_cut_pieces(size, spec->distance),
                         .xyz = (const double(*)[3])xyz};
    bp_cut_sample(&cut[p], distance_of_part, parts);
  }
  find_owners(cut, spec->distance, &whole, owners);
  for (int p = 0; p < BP_PARTS_OF_PAD; p++) {
    double weight[BP_FE_MAX_POINTS] = {0};
    whole.wanted = 1u << p;
    bp_cut_add(&whole, 0.0, weight);
    bp_average_append(&average[p], set, cell, weight);
  }
}

/* Takes those without a volume out of the last ones. */
static void drop_empty(BpAverages *averages) {
  const int first = averages->count - BP_PARTS_OF_PAD;
  int kept = first;
  for (int a = first; a < averages->count; a++) {
    BpAverage *average = &averages->item[a];
    if (average->volume > 0.0)
      averages->item[kept++] = *average;
    else {
      free(average->point);
      free(average->weight);
    }
  }
  averages->count = kept;
}

PetscErrorCode bp_averages_add_sectors(const BpModel *model, const BpSectorSpec *spec,
                                       BpAverages *averages) {
  const BpGrid *grid = model->grid;
  const int set = bp_average_set(model, BP_REGION_SOLDER), faces = bp_grid_set(grid, spec->face);
  const double floor = find_floor(grid, faces);
  Parts parts = {0};
  if (set < 0)
    return 0;
  for (int f = 0; f < grid->nfaces; f++)
    if (grid->face[f].set == faces)
      bp_facets_add(&parts.facets[part_of(&grid->face[f], spec, floor)], grid->face[f].nnodes,
                    (const double(*)[3])grid->face[f].xyz);
  for (int p = 0; p < BP_PARTS_OF_PAD; p++) {
    char name[BP_NAME];
    snprintf(name, sizeof name, "%.40s.%s", spec->prefix, part_name[p]);
    bp_average_add(averages, set, name);
    parts.near[p] = BP_NEW(int, parts.facets[p].count);
  }
  for (int c = 0; c < model->set[set].ncells; c++)
    cut_cell(model, spec, &parts, c, averages);
  for (int p = 0; p < BP_PARTS_OF_PAD; p++) {
    free(parts.near[p]);
    bp_facets_free(&parts.facets[p]);
  }
  PetscCall(bp_average_sum_volumes(model, averages, BP_PARTS_OF_PAD));
  drop_empty(averages);
  return 0;
}

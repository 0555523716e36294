#include "average_impl.h"

#include "cut.h"
#include "distance.h"
#include "fe.h"
#include "model_impl.h"

#include <stdlib.h>
#include <string.h>

void bp_average_append(BpAverage *average, const BpPointSet *set, int cell, const double *weight) {
  for (int q = 0; q < set->element[cell]->npoints; q++) {
    if (weight[q] == 0.0)
      continue;
    if ((average->count & (average->count - 1)) == 0) {
      const int room = average->count > 0 ? 2 * average->count : 1;
      BP_GROW(average->point, room);
      BP_GROW(average->weight, room);
    }
    average->point[average->count] = set->first[cell] + q;
    average->weight[average->count++] = weight[q];
  }
}

int bp_average_set(const BpModel *model, int region) {
  for (int s = 0; s < model->nsets; s++)
    if (model->set[s].region == region)
      return s;
  return -1;
}

BpAverage *bp_average_add(BpAverages *averages, int set, const char *name) {
  BP_GROW(averages->item, averages->count + 1);
  BpAverage *average = &averages->item[averages->count++];
  *average = (BpAverage){.set = set};
  snprintf(average->name, sizeof average->name, "%s", name);
  return average;
}

PetscErrorCode bp_average_sum_volumes(const BpModel *model, BpAverages *averages, int n) {
  for (int a = averages->count - n; a < averages->count; a++) {
    double mine = 0.0;
    for (int i = 0; i < averages->item[a].count; i++)
      mine += averages->item[a].weight[i];
    PetscCallMPI(
        MPI_Allreduce(&mine, &averages->item[a].volume, 1, MPI_DOUBLE, MPI_SUM, model->grid->comm));
  }
  return 0;
}

typedef struct {
  const BpFacets *facets;
  const int *near;
  int nnear;
  double limit;
} Nearby;

static double facet_distance(const double x[3], const void *context) {
  const Nearby *nearby = context;
  return bp_facets_distance(nearby->facets, nearby->near, nearby->nnear, x, nearby->limit);
}

static void collect_facets(const BpGrid *grid, const BpLayerSpec *spec, BpFacets *facets) {
  for (int f = 0; f < grid->nfaces; f++)
    for (int i = 0; i < spec->nfaces; i++)
      if (strcmp(grid->set[grid->face[f].set], spec->face[i]) == 0)
        bp_facets_add(facets, grid->face[f].nnodes, (const double(*)[3])grid->face[f].xyz);
}

static void cut_layers(const BpModel *model, const BpLayerSpec *spec, const BpFacets *facets,
                       BpAverage *average) {
  const BpPointSet *set = &model->set[average->set];
  int *near = BP_NEW(int, facets->count);
  double farthest = 0.0;
  for (int i = 0; i < spec->ndistances; i++)
    farthest = fmax(farthest, spec->distance[i]);
  for (int c = 0; c < set->ncells; c++) {
    double xyz[BP_FE_MAX_NODES][3], center[3], radius;
    const BpElement *element = set->element[c];
    bp_cell_positions(model->grid, set->cell[c], xyz);
    bp_cut_ball(element->nnodes, (const double(*)[3])xyz, center, &radius);
    const int nnear = bp_facets_near(facets, center, radius + farthest, near);
    if (nnear == 0)
      continue;
    BpCutCell cut = {
        .element = element, .n = bp_cut_pieces(radius, farthest), .xyz = (const double(*)[3])xyz};
    const Nearby nearby = {facets, near, nnear, 4.0 * (radius + farthest)};
    bp_cut_sample(&cut, facet_distance, &nearby);
    for (int i = 0; i < spec->ndistances; i++) {
      double weight[BP_FE_MAX_POINTS] = {0};
      bp_cut_add(&cut, spec->distance[i], weight);
      bp_average_append(&average[i], set, c, weight);
    }
  }
  free(near);
}

PetscErrorCode bp_averages_add_layers(const BpModel *model, const BpLayerSpec *spec,
                                      BpAverages *averages) {
  const int set = bp_average_set(model, spec->region);
  BpFacets facets = {0};
  collect_facets(model->grid, spec, &facets);
  if (set < 0 || facets.count == 0)
    return 0;
  for (int i = 0; i < spec->ndistances; i++) {
    char name[BP_NAME];
    if (spec->label)
      snprintf(name, sizeof name, "%s.%gum", spec->prefix, 1e6 * spec->distance[i]);
    else
      snprintf(name, sizeof name, "%s", spec->prefix);
    bp_average_add(averages, set, name);
  }
  cut_layers(model, spec, &facets, averages->item + averages->count - spec->ndistances);
  bp_facets_free(&facets);
  return bp_average_sum_volumes(model, averages, spec->ndistances);
}

static double tube_distance(const double x[3], const void *context) {
  const BpTube *t = context;
  const double r = hypot(x[0] - t->axis[0], x[1] - t->axis[1]),
               inside = fmax(t->low - x[2], x[2] - t->high);
  return fmax(fmax(t->radii.inner_radius - r, r - t->radii.outer_radius), inside);
}

PetscErrorCode bp_averages_add_tube(const BpModel *model, const BpTube *tube, const char *name,
                                    BpAverages *averages) {
  const int index = bp_average_set(model, BP_REGION_SOLDER);
  if (index < 0)
    return 0;
  const BpPointSet *set = &model->set[index];
  BpAverage *average = bp_average_add(averages, index, name);
  for (int c = 0; c < set->ncells; c++) {
    double xyz[BP_FE_MAX_NODES][3], center[3], size, weight[BP_FE_MAX_POINTS] = {0};
    const BpElement *element = set->element[c];
    bp_cell_positions(model->grid, set->cell[c], xyz);
    bp_cut_ball(element->nnodes, (const double(*)[3])xyz, center, &size);
    if (center[2] + size < tube->low || center[2] - size > tube->high)
      continue;
    BpCutCell cut = {.element = element,
                     .n = bp_cut_pieces(size, tube->high - tube->low),
                     .xyz = (const double(*)[3])xyz};
    bp_cut_sample(&cut, tube_distance, tube);
    bp_cut_add(&cut, 0.0, weight);
    bp_average_append(average, set, c, weight);
  }
  return bp_average_sum_volumes(model, averages, 1);
}

PetscErrorCode bp_averages_add_region(const BpModel *model, int region, const char *name,
                                      BpAverages *averages) {
  const int set = bp_average_set(model, region);
  if (set < 0)
    return 0;
  BpAverage *average = bp_average_add(averages, set, name);
  average->count = model->set[set].npoints;
  average->point = BP_NEW(int, average->count);
  average->weight = BP_NEW(double, average->count);
  for (int p = 0; p < average->count; p++) {
    average->point[p] = p;
    average->weight[p] = model->set[set].volume[p];
  }
  return bp_average_sum_volumes(model, averages, 1);
}

void bp_averages_free(BpAverages *averages) {
  for (int i = 0; i < averages->count; i++) {
    free(averages->item[i].point);
    free(averages->item[i].weight);
  }
  free(averages->item);
  *averages = (BpAverages){0};
}

const BpAverage *bp_averages_find(const BpAverages *averages, const char *name) {
  for (int i = 0; i < averages->count; i++)
    if (strcmp(averages->item[i].name, name) == 0)
      return &averages->item[i];
  return NULL;
}

PetscErrorCode bp_averages_mean(const BpModel *model, const BpAverages *averages,
                                double (*value)(const BpPointSet *, size_t, const void *),
                                const void *context, double *mean) {
  double *mine = BP_NEW(double, averages->count);
  for (int a = 0; a < averages->count; a++) {
    const BpAverage *average = &averages->item[a];
    for (int i = 0; i < average->count; i++)
      mine[a] +=
          average->weight[i] * value(&model->set[average->set], (size_t)average->point[i], context);
  }
  PetscCallMPI(MPI_Allreduce(mine, mean, averages->count, MPI_DOUBLE, MPI_SUM, model->grid->comm));
  for (int a = 0; a < averages->count; a++)
    mean[a] = averages->item[a].volume > 0.0 ? mean[a] / averages->item[a].volume : 0.0;
  free(mine);
  return 0;
}

double bp_value_work(const BpPointSet *set, size_t point, const void *unused) {
  (void)unused;
  return set->work0[point];
}

double bp_value_accumulated(const BpPointSet *set, size_t point, const void *unused) {
  (void)unused;
  return set->state0[point * (size_t)set->nstate + (size_t)set->accumulated];
}

#include "joint.h"

#include <stdlib.h>
#include <string.h>

static const char *const side_name[BP_SIDES] = {"package", "board"};
static const char *const wetted[BP_SIDES] = {"wetted_package", "wetted_board"};
static const char *const back[2] = {"die_back", "board_back"};
static const char *const copper_faces[] = {"ring_wall", "island_wall", "well_wall", "hole_edge",
                                           "trace_neck"};

/* Adds the reported layer of a side, then the further ones of the case. */
static PetscErrorCode add_layers(BpJoint *joint, int side) {
  const BpOutputCase *wanted = &joint->model->bp->output;
  double *distance = BP_NEW(double, wanted->nlayers + 1);
  distance[0] = wanted->layer;
  int n = 1;
  for (int i = 0; i < wanted->nlayers; i++)
    if (fabs(wanted->layers[i] - wanted->layer) > 1e-12)
      distance[n++] = wanted->layers[i];
  const BpLayerSpec spec = {BP_REGION_SOLDER, &wetted[side], 1, distance, n, side_name[side], 1};
  joint->layer[side] = joint->averages.count;
  PetscCall(bp_averages_add_layers(joint->model, &spec, &joint->averages));
  free(distance);
  return 0;
}

/* Height range of a named face set, m. */
static int face_heights(const BpGrid *grid, const char *name, double *low, double *high) {
  const int set = bp_grid_set(grid, name);
  int found = 0;
  for (int f = 0; f < grid->nfaces; f++)
    for (int n = 0; n < grid->face[f].nnodes && grid->face[f].set == set; n++) {
      const double z = grid->face[f].xyz[n][2];
      *low = found ? fmin(*low, z) : z;
      *high = found ? fmax(*high, z) : z;
      found = 1;
    }
  return found;
}

/* The same points for every pad: under the hole, from the plane of the rim copper as far as the
 * layer is thick; on the other side over the board pad. */
static PetscErrorCode add_common(BpJoint *joint) {
  const BpPackage *p = &joint->model->bp->package;
  const double rim = p->dielectrics.first + p->dielectrics.second + p->wiring.thickness;
  const double thickness = joint->model->bp->output.layer;
  double low, high;
  const BpAnnulus hole = {0.0, p->dielectrics.hole_radius}, pad = {0.0, p->board.pad_radius};
  joint->common[BP_PACKAGE_SIDE] = joint->averages.count;
  PetscCall(bp_averages_add_annulus(joint->model, &hole, rim, rim + thickness, "package.common",
                                    &joint->averages));
  joint->common[BP_BOARD_SIDE] = joint->averages.count;
  if (face_heights(joint->model->grid, wetted[BP_BOARD_SIDE], &low, &high))
    PetscCall(bp_averages_add_annulus(joint->model, &pad, low - thickness, low, "board.common",
                                      &joint->averages));
  return 0;
}

/* The common region of the package side in three: what the ring surrounds, what is over the ring,
 * and the rim outside of it; with the radii of the case's ring, whether the pad has one or not. */
static PetscErrorCode add_annuli(BpJoint *joint) {
  static const char *const name[] = {"package.inner", "package.ring", "package.rim"};
  const BpPackage *p = &joint->model->bp->package;
  const double rim = p->dielectrics.first + p->dielectrics.second + p->wiring.thickness;
  const double radius[] = {0.0, p->pad.ring.inner_radius, p->pad.ring.outer_radius,
                           p->dielectrics.hole_radius};
  for (int i = 0; i < BP_COUNT(name); i++) {
    const BpAnnulus part = {radius[i], radius[i + 1]};
    if (part.outer_radius <= part.inner_radius)
      continue; /* a disc in place of the ring surrounds nothing */
    PetscCall(bp_averages_add_annulus(
        joint->model, &part, rim, rim + joint->model->bp->output.layer, name[i], &joint->averages));
  }
  return 0;
}

static PetscErrorCode add_copper(BpJoint *joint) {
  const double zone = joint->model->bp->output.copper_zone;
  const int before = joint->averages.count;
  BpLayerSpec spec = {BP_REGION_WIRING, copper_faces, BP_COUNT(copper_faces), &zone, 1, "rdl", 0};
  PetscCall(bp_averages_add_layers(joint->model, &spec, &joint->averages));
  joint->copper = joint->averages.count > before ? before : -1;
  for (int i = 0; i < BP_COUNT(copper_faces); i++) {
    char name[BP_NAME];
    snprintf(name, sizeof name, "rdl.%s", copper_faces[i]);
    spec.face = &copper_faces[i];
    spec.nfaces = 1;
    spec.prefix = name;
    PetscCall(bp_averages_add_layers(joint->model, &spec, &joint->averages));
  }
  return 0;
}

static PetscErrorCode add_of_cell(BpJoint *joint) {
  for (int side = 0; side < BP_SIDES; side++)
    PetscCall(add_layers(joint, side));
  for (int side = 0; side < BP_SIDES; side++)
    joint->watched[joint->nwatched++] = joint->layer[side];
  PetscCall(add_common(joint));
  PetscCall(add_annuli(joint));
  return add_copper(joint);
}

/* What the case names, and every region that flows as a whole. */
static PetscErrorCode add_of_mesh(BpJoint *joint) {
  const BpModel *model = joint->model;
  const BpOutputCase *wanted = &model->bp->output;
  for (int side = 0; side < BP_SIDES; side++)
    joint->layer[side] = joint->common[side] = -1;
  joint->copper = -1;
  for (int i = 0; i < wanted->naverages; i++) {
    const BpAverageCase *a = &wanted->average[i];
    const int region = bp_case_region(model->bp, a->region), at = joint->averages.count;
    const char *face = a->on;
    const double distance = a->distance > 0.0 ? a->distance : wanted->layer;
    const BpLayerSpec spec = {region, &face, 1, &distance, 1, a->name, 0};
    if (a->on[0])
      PetscCall(bp_averages_add_layers(model, &spec, &joint->averages));
    else
      PetscCall(bp_averages_add_region(model, region, a->name, &joint->averages));
    for (int side = 0; side < BP_SIDES && joint->averages.count > at; side++)
      if (strcmp(a->name, side_name[side]) == 0)
        joint->layer[side] = at;
  }
  for (int s = 0; s < model->nsets; s++) {
    const int region = model->set[s].region;
    PetscCall(bp_averages_add_region(model, region, model->bp->materials.region[region].name,
                                     &joint->averages));
  }
  while (joint->nwatched < joint->averages.count && joint->nwatched < BP_JOINT_WATCHED) {
    joint->watched[joint->nwatched] = joint->nwatched;
    joint->nwatched++;
  }
  return 0;
}

PetscErrorCode bp_joint_create(BpModel *model, BpJoint **out) {
  BpJoint *joint = BP_NEW(BpJoint, 1);
  joint->model = model;
  PetscCall(bp_case_is_mesh(model->bp) ? add_of_mesh(joint) : add_of_cell(joint));
  const int n = joint->averages.count;
  joint->work = BP_NEW(double, n);
  joint->strain = BP_NEW(double, n);
  joint->work_start = BP_NEW(double, n);
  joint->strain_start = BP_NEW(double, n);
  joint->range = BP_NEW(double, n);
  if (joint->copper >= 0) {
    const BpPointSet *set = &model->set[joint->averages.item[joint->copper].set];
    joint->at_dwell = BP_NEW(double, 6 * (size_t)set->npoints);
  }
  *out = joint;
  return 0;
}

void bp_joint_destroy(BpJoint **out) {
  BpJoint *joint = *out;
  if (!joint)
    return;
  bp_averages_free(&joint->averages);
  free(joint->work);
  free(joint->strain);
  free(joint->work_start);
  free(joint->strain_start);
  free(joint->range);
  free(joint->at_dwell);
  free(joint);
  *out = NULL;
}

static const double *inelastic_strain(const BpPointSet *set, size_t point) {
  return set->state0 + point * (size_t)set->nstate + (size_t)set->inelastic;
}

static double value_range(const BpPointSet *set, size_t point, const void *context) {
  const BpJoint *joint = context;
  double change[6];
  if (set != &joint->model->set[joint->averages.item[joint->copper].set])
    return 0.0;
  for (size_t i = 0; i < 6; i++)
    change[i] = inelastic_strain(set, point)[i] - joint->at_dwell[6 * point + i];
  return bp_equivalent_strain(change);
}

/* Range of the copper's inelastic strain since the last end of a dwell. */
static PetscErrorCode update_ranges(BpJoint *joint) {
  if (joint->copper < 0)
    return 0;
  const BpPointSet *set = &joint->model->set[joint->averages.item[joint->copper].set];
  double *range = BP_NEW(double, joint->averages.count);
  PetscCall(bp_averages_mean(joint->model, &joint->averages, value_range, joint, range));
  for (int i = 0; i < joint->averages.count; i++)
    joint->range[i] = fmax(joint->range[i], range[i]);
  for (size_t p = 0; p < (size_t)set->npoints; p++)
    memcpy(joint->at_dwell + 6 * p, inelastic_strain(set, p), 6 * sizeof joint->at_dwell[0]);
  free(range);
  return 0;
}

static PetscErrorCode update_warpage(BpJoint *joint, Vec u) {
  const BpGrid *grid = joint->model->grid;
  const double *value;
  double mine[4] = {-INFINITY, -INFINITY, -INFINITY, -INFINITY}, all[4];
  Vec local;
  PetscCall(DMGetLocalVector(grid->dm, &local));
  PetscCall(DMGlobalToLocal(grid->dm, u, INSERT_VALUES, local));
  PetscCall(VecGetArrayRead(local, &value));
  for (int b = 0; b < 2; b++) {
    const int set = bp_grid_set(grid, back[b]);
    for (int n = 0; n < grid->nnodes && set >= 0; n++)
      if (grid->node_sets[n] & (1u << set)) {
        mine[2 * b] = fmax(mine[2 * b], value[3 * n + 2]);
        mine[2 * b + 1] = fmax(mine[2 * b + 1], -value[3 * n + 2]);
      }
  }
  PetscCall(VecRestoreArrayRead(local, &value));
  PetscCall(DMRestoreLocalVector(grid->dm, &local));
  PetscCallMPI(MPI_Allreduce(mine, all, 4, MPI_DOUBLE, MPI_MAX, grid->comm));
  for (int b = 0; b < 2; b++)
    joint->warpage[b] = isfinite(all[2 * b]) ? all[2 * b] + all[2 * b + 1] : 0.0;
  return 0;
}

PetscErrorCode bp_joint_update(BpJoint *joint, Vec u, int dwell_end) {
  PetscCall(bp_averages_mean(joint->model, &joint->averages, bp_value_work, NULL, joint->work));
  PetscCall(
      bp_averages_mean(joint->model, &joint->averages, bp_value_accumulated, NULL, joint->strain));
  PetscCall(update_warpage(joint, u));
  if (dwell_end)
    PetscCall(update_ranges(joint));
  return 0;
}

static double *difference(const double *end, double *start, int n) {
  double *d = BP_NEW(double, n);
  for (int i = 0; i < n; i++) {
    d[i] = end[i] - start[i];
    start[i] = end[i];
  }
  return d;
}

BpCycle bp_joint_close_cycle(BpJoint *joint, int index) {
  const int n = joint->averages.count;
  BpCycle cycle = {.index = index,
                   .work = difference(joint->work, joint->work_start, n),
                   .strain = difference(joint->strain, joint->strain_start, n),
                   .range = BP_NEW(double, n)};
  memcpy(cycle.range, joint->range, (size_t)n * sizeof cycle.range[0]);
  memset(joint->range, 0, (size_t)n * sizeof joint->range[0]);
  return cycle;
}

void bp_cycle_free(BpCycle *cycle) {
  free(cycle->work);
  free(cycle->strain);
  free(cycle->range);
  *cycle = (BpCycle){0};
}

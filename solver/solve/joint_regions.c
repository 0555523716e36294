/* The regions that a joint is measured by. */
#include "joint_impl.h"

#include <stdlib.h>
#include <string.h>

static const char *const side_name[BP_SIDES] = {"package", "board"};
static const char *const wetted[BP_SIDES] = {"wetted_package", "wetted_board"};
static const char *const copper_faces[] = {"ring_wall", "island_wall", "well_wall", "hole_edge",
                                           "trace_neck"};

/* One of the joints in full detail: its axis, and what goes around the names of its faces and
 * averages. Those of the first one, which is reported, are plain: "wetted_board", "board.25um"; of
 * the next "wetted_board_2", "joint2.board.25um". */
typedef struct {
  BpJoint *joint;
  double axis[2];
  int number; /* from 1 */
} Place;

static void face_of(const Place *place, const char *name, char face[BP_NAME]) {
  if (place->number == 1)
    snprintf(face, BP_NAME, "%s", name);
  else
    snprintf(face, BP_NAME, "%.40s_%d", name, place->number);
}

static void name_of(const Place *place, const char *name, char full[BP_NAME]) {
  if (place->number == 1)
    snprintf(full, BP_NAME, "%s", name);
  else
    snprintf(full, BP_NAME, "joint%d.%.40s", place->number, name);
}

/* Adds the reported layer of a side, then the further ones of the case. */
static PetscErrorCode add_layers(const Place *place, int side) {
  BpJoint *joint = place->joint;
  const BpOutputCase *wanted = &joint->model->bp->output;
  double *distance = BP_NEW(double, wanted->nlayers + 1);
  char face[BP_NAME], prefix[BP_NAME];
  const char *const faces[1] = {face};
  distance[0] = wanted->layer;
  int n = 1;
  for (int i = 0; i < wanted->nlayers; i++)
    if (fabs(wanted->layers[i] - wanted->layer) > 1e-12)
      distance[n++] = wanted->layers[i];
  face_of(place, wetted[side], face);
  name_of(place, side_name[side], prefix);
  const BpLayerSpec spec = {BP_REGION_SOLDER, faces, 1, distance, n, prefix, 1};
  if (place->number == 1)
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

/* Adds what of the solder is between two radii and above a height, as far as the layer is thick. */
static PetscErrorCode add_tube(const Place *place, BpAnnulus radii, double low, const char *name) {
  const BpModel *model = place->joint->model;
  const BpTube tube = {{place->axis[0], place->axis[1]}, radii, low, low + model->bp->output.layer};
  char full[BP_NAME];
  name_of(place, name, full);
  return bp_averages_add_tube(model, &tube, full, &place->joint->averages);
}

/* The plane of the rim copper. */
static double rim_of(const BpCase *bp) {
  const BpPackage *p = &bp->package;
  return p->dielectrics.first + p->dielectrics.second + p->wiring.thickness;
}

/* The same points for every pad: under the hole, from the plane of the rim copper as far as the
 * layer is thick; on the other side over the board pad. */
static PetscErrorCode add_common(const Place *place) {
  BpJoint *joint = place->joint;
  const BpPackage *p = &joint->model->bp->package;
  const BpAnnulus hole = {0.0, p->dielectrics.hole_radius}, pad = {0.0, p->board.pad_radius};
  double low, high;
  if (place->number == 1)
    joint->common[BP_PACKAGE_SIDE] = joint->averages.count;
  PetscCall(add_tube(place, hole, rim_of(joint->model->bp), "package.common"));
  if (place->number == 1)
    joint->common[BP_BOARD_SIDE] = joint->averages.count;
  if (face_heights(joint->model->grid, wetted[BP_BOARD_SIDE], &low, &high))
    PetscCall(add_tube(place, pad, low - joint->model->bp->output.layer, "board.common"));
  return 0;
}

/* The common region of the package side in three: what the ring surrounds, what is over the ring,
 * and the rim outside of it; with the radii of the case's ring, whether the pad has one or not. */
static PetscErrorCode add_annuli(const Place *place) {
  static const char *const name[] = {"package.inner", "package.ring", "package.rim"};
  const BpCase *bp = place->joint->model->bp;
  const BpPackage *p = &bp->package;
  const double radius[] = {0.0, p->pad.ring.inner_radius, p->pad.ring.outer_radius,
                           p->dielectrics.hole_radius};
  for (int i = 0; i < BP_COUNT(name); i++)
    if (radius[i + 1] > radius[i]) /* a disc in place of the ring surrounds nothing */
      PetscCall(add_tube(place, (BpAnnulus){radius[i], radius[i + 1]}, rim_of(bp), name[i]));
  return 0;
}

enum { BUMPS = BP_PAD_DIMPLES * (1 + BP_PAD_CIRCLES) + 1 };

/* Axes of the dimples from that of a joint, in the axes of the model. Returns their number. */
static int find_bumps(const Place *place, double bump[BUMPS][2]) {
  const BpPackage *p = &place->joint->model->bp->package;
  const double far =
      hypot(place->axis[0], place->axis[1]); /* x points away from the die's centre */
  const double along[] = {far > 1e-9 ? place->axis[0] / far : 1.0,
                          far > 1e-9 ? place->axis[1] / far : 0.0};
  double own[2];
  int n = 0;
  for (; n < BUMPS && bp_case_dimple(p, n, own); n++) {
    bump[n][0] = along[0] * own[0] - along[1] * own[1];
    bump[n][1] = along[1] * own[0] + along[0] * own[1];
  }
  return n;
}

/* Outer radius of the ring, or of what stands in its place. */
static double outermost(const BpPackage *p) {
  BpDimpleCircle circle;
  double r = p->pad.dimples.circle.count > 0 ? 0.0 : p->pad.ring.outer_radius;
  for (int i = 0; bp_case_dimple_circle(p, i, &circle); i++)
    r = fmax(r, circle.radius + p->pad.dimples.radius);
  return r;
}

/* The reported layer of the package side by the part of the pad that it is nearest to. */
static PetscErrorCode add_sectors(const Place *place) {
  BpJoint *joint = place->joint;
  const BpPackage *p = &joint->model->bp->package;
  const double wall = p->wiring.wall_ratio * p->wiring.thickness;
  const BpOutputCase *wanted = &joint->model->bp->output;
  char face[BP_NAME], prefix[BP_NAME], full[BP_NAME];
  face_of(place, wetted[BP_PACKAGE_SIDE], face);
  snprintf(prefix, sizeof prefix, "package.%gum", 1e6 * wanted->layer);
  name_of(place, prefix, full);
  double bump[BUMPS][2];
  const int nbumps = find_bumps(place, bump);
  const BpSectorSpec spec = {
      .face = face,
      .axis = {place->axis[0], place->axis[1]},
      .ring = {fmax(0.0, p->pad.ring.inner_radius - wall), outermost(p) + wall},
      .bump = (const double(*)[2])bump,
      .nbumps = nbumps,
      .bump_radius = p->pad.dimples.radius + wall,
      .well = p->pad.concave_radius,
      .distance = wanted->layer,
      .prefix = full};
  return bp_averages_add_sectors(joint->model, &spec, &joint->averages);
}

/* Copper near faces of the joint, and near each of them. */
static PetscErrorCode add_copper(const Place *place) {
  BpJoint *joint = place->joint;
  const double zone = joint->model->bp->output.copper_zone;
  const int before = joint->averages.count;
  char face[BP_COUNT(copper_faces)][BP_NAME], prefix[BP_NAME];
  const char *faces[BP_COUNT(copper_faces)];
  for (int i = 0; i < BP_COUNT(copper_faces); i++) {
    face_of(place, copper_faces[i], face[i]);
    faces[i] = face[i];
  }
  name_of(place, "rdl", prefix);
  BpLayerSpec spec = {BP_REGION_WIRING, faces, BP_COUNT(copper_faces), &zone, 1, prefix, 0};
  PetscCall(bp_averages_add_layers(joint->model, &spec, &joint->averages));
  if (place->number == 1)
    joint->copper = joint->averages.count > before ? before : -1;
  for (int i = 0; i < BP_COUNT(copper_faces); i++) {
    char name[BP_NAME], full[BP_NAME];
    snprintf(name, sizeof name, "rdl.%.32s", copper_faces[i]);
    name_of(place, name, full);
    spec.face = &faces[i];
    spec.nfaces = 1;
    spec.prefix = full;
    PetscCall(bp_averages_add_layers(joint->model, &spec, &joint->averages));
  }
  return 0;
}

/* The layers of the reported joint are watched. */
static PetscErrorCode add_place(const Place *place) {
  for (int side = 0; side < BP_SIDES; side++)
    PetscCall(add_layers(place, side));
  for (int side = 0; side < BP_SIDES && place->number == 1; side++)
    place->joint->watched[place->joint->nwatched++] = place->joint->layer[side];
  PetscCall(add_common(place));
  PetscCall(add_annuli(place));
  PetscCall(add_sectors(place));
  return add_copper(place);
}

static PetscErrorCode add_joints(BpJoint *joint) {
  BpArrayJoint detailed;
  for (int i = 0; bp_case_detailed(joint->model->bp, i, &detailed); i++) {
    Place place = {.joint = joint, .number = i + 1};
    bp_case_joint_axis(joint->model->bp, detailed, place.axis);
    PetscCall(add_place(&place));
  }
  return 0;
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

/* Films whose edges at the pad's relief are watched, of the reported joint. */
static PetscErrorCode add_films(BpJoint *joint) {
  static const int film[] = {BP_REGION_PASSIVATION, BP_REGION_DIELECTRIC1, BP_REGION_DIELECTRIC2};
  const BpCase *bp = joint->model->bp;
  const BpPackage *p = &bp->package;
  const double first = p->dielectrics.first, second = p->dielectrics.second;
  BpArrayJoint detailed;
  BpTensionEdges edges = {.ring = {p->pad.ring.inner_radius, p->pad.ring.outer_radius},
                          .well = p->pad.concave_radius,
                          .height = {0.0, first, first + second},
                          .distance = bp->output.tension_zone};
  double bump[BUMPS][2];
  Place place = {.joint = joint, .number = 1};
  if (!bp_case_detailed(bp, 0, &detailed))
    return 0;
  bp_case_joint_axis(bp, detailed, edges.axis);
  bp_case_joint_axis(bp, detailed, place.axis);
  edges.nbumps = find_bumps(&place, bump);
  edges.bump = (const double(*)[2])bump;
  edges.bump_radius = p->pad.dimples.radius;
  for (int i = 0; i < BP_COUNT(film); i++)
    PetscCall(bp_tensions_add(joint->model, film[i], &edges, &joint->films));
  return 0;
}

PetscErrorCode bp_joint_add_regions(BpJoint *joint) {
  if (bp_case_is_mesh(joint->model->bp))
    return add_of_mesh(joint);
  PetscCall(add_joints(joint));
  return add_films(joint);
}

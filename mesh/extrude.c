#include "extrude.h"

#include "array.h"
#include "dimples.h"
#include "geometry_impl.h"
#include "shift.h"

#include <stdlib.h>
#include <string.h>

/* Nodes by their place in the extrusion: vertices and edge middles on every level, vertices
 * half-way between. They get a number when a wedge first uses them. */
typedef struct {
  const BpGeometry *geometry;
  const BpPlan *plan;
  const BpLevels *levels;
  BpMesh *mesh;
  BpCoarsePad coarse;
  int *on_vertex, *on_edge, *between; /* [level * count + index], -1: not used */
} Extrusion;

/* The joint that a vertex, edge or triangle belongs to. */
static BpPlanJoint joint_of(const BpPlan *plan, const int *joint, int i) {
  if (plan->joint && joint[i] >= 0)
    return plan->joint[joint[i]];
  return (BpPlanJoint){.swell = 1.0, .bulge = plan->bulge};
}

static int new_node(Extrusion *x, const BpPlanJoint *joint, const double plan[2], double z,
                    double stretch) {
  BpMesh *mesh = x->mesh;
  const BpGeometry *g = x->geometry;
  const double from_axis[2] = {plan[0] - joint->axis[0], plan[1] - joint->axis[1]};
  const double r = hypot(from_axis[0], from_axis[1]) / joint->swell,
               hole = g->bp->package.dielectrics.hole_radius;
  if (r > hole * (1.0 + 1e-9) &&
      stretch != 1.0) { /* the barrel's stretch ends where columns stand still */
    const double still = bp_geometry_still_radius(g, z);
    stretch = 1.0 + (stretch - 1.0) * fmax(0.0, (still - r) / (still - hole));
  }
  double moved[2] = {from_axis[0], from_axis[1]}; /* walls of coarse joints are vertical */
  if (joint->detailed >= 0 && g->ncircles > 0)
    bp_shift_place(g, from_axis, z, moved);
  const double at_r = hypot(moved[0], moved[1]) / joint->swell;
  const double scale = at_r > 0.0 ? stretch * bp_geometry_map(g, at_r, z) / at_r : 1.0;
  if ((mesh->nnodes & (mesh->nnodes - 1)) == 0)
    BP_GROW(mesh->xyz, 3 * (mesh->nnodes > 0 ? 2 * (size_t)mesh->nnodes : 1));
  double *at = mesh->xyz + 3 * (size_t)mesh->nnodes;
  at[0] = joint->axis[0] + scale * moved[0];
  at[1] = joint->axis[1] + scale * moved[1];
  at[2] = z;
  return mesh->nnodes++;
}

static int node_on_vertex(Extrusion *x, int level, int vertex) {
  int *slot = &x->on_vertex[level * x->plan->nvertices + vertex];
  const BpPlanJoint joint = joint_of(x->plan, x->plan->vertex_joint, vertex);
  if (*slot < 0)
    *slot = new_node(x, &joint, x->plan->vertex[vertex], x->levels->z[level], 1.0);
  return *slot;
}

static int node_on_edge(Extrusion *x, int level, int edge) {
  int *slot = &x->on_edge[level * x->plan->nedges + edge];
  const BpPlanJoint joint = joint_of(x->plan, x->plan->edge_joint, edge);
  if (*slot < 0)
    *slot = new_node(x, &joint, x->plan->middle[edge], x->levels->z[level], 1.0);
  return *slot;
}

/* A wedge has no node at the middle of its side faces: half-way up a barrel, between nodes on the
 * true surface, the face runs inside it by (R_mean - R)(1 - cos) at its centre, R_mean being the
 * mean radius of the two levels and the cosine that of half an arc; two thirds of that on average.
 * The nodes half-way up stand out by as much, taken over all arcs. */
static double barrel_stretch(const Extrusion *x, double bulge, int layer) {
  const BpGeometry *g = x->geometry;
  const double low = x->levels->z[layer], high = x->levels->z[layer + 1];
  if (low < g->z_hole - 1e-9 || high > g->z_pad + 1e-9)
    return 1.0;
  const double middle = bp_geometry_solder_radius(g, 0.5 * (low + high));
  const double mean =
      0.5 * (bp_geometry_solder_radius(g, low) + bp_geometry_solder_radius(g, high));
  return 1.0 + 2.0 / 3.0 * (1.0 - mean / middle) * bulge;
}

static int node_between(Extrusion *x, int layer, int vertex) {
  int *slot = &x->between[layer * x->plan->nvertices + vertex];
  const double z = 0.5 * (x->levels->z[layer] + x->levels->z[layer + 1]);
  const BpPlanJoint joint = joint_of(x->plan, x->plan->vertex_joint, vertex);
  if (*slot < 0)
    *slot = new_node(x, &joint, x->plan->vertex[vertex], z, barrel_stretch(x, joint.bulge, layer));
  return *slot;
}

static void add_wedge(Extrusion *x, int triangle, int layer, int region) {
  const BpPlan *plan = x->plan;
  const int *v = plan->triangle[triangle], *e = plan->triangle_edge[triangle];
  int nodes[15];
  for (int i = 0; i < 3; i++) {
    for (int top = 0; top < 2; top++) {
      nodes[3 * top + i] = node_on_vertex(x, layer + top, v[i]);
      nodes[6 + 3 * top + i] = node_on_edge(x, layer + top, e[i]);
    }
    nodes[12 + i] = node_between(x, layer, v[i]);
  }
  bp_cells_add(&x->mesh->cells, BP_CELL_WEDGE15, nodes, region);
}

/* A place inside a triangle, in the axes of its joint. Within the rings, the mean radius of the
 * edges' middles is between the circles that a triangle stands between, however thin their ring:
 * the centroid's is not; around a dimple it is the mean distance from its axis. Outside it is the
 * centroid of the curved triangle. */
static void place_of(const BpGeometry *g, const BpPlan *plan, const BpPlanJoint *joint,
                     int triangle, double at[2]) {
  const int *v = plan->triangle[triangle], *e = plan->triangle_edge[triangle];
  const double along[] = {cos(joint->direction), sin(joint->direction)};
  double sum[2] = {0.0, 0.0}, own[3][2], r = 0.0;
  for (int i = 0; i < 3; i++) {
    const double *middle = plan->middle[e[i]];
    const double from_axis[2] = {middle[0] - joint->axis[0], middle[1] - joint->axis[1]};
    sum[0] += from_axis[0];
    sum[1] += from_axis[1];
    r += hypot(from_axis[0], from_axis[1]) / 3.0;
    own[i][0] = along[0] * from_axis[0] + along[1] * from_axis[1];
    own[i][1] = along[0] * from_axis[1] - along[1] * from_axis[0];
  }
  const double angle = atan2(sum[1], sum[0]) - joint->direction;
  at[0] = r * cos(angle);
  at[1] = r * sin(angle);
  if (joint->detailed >= 0)
    bp_dimples_place(g, (const double(*)[2])own, at);
  if (bp_plan_is_curve(g, r))
    for (int d = 0; d < 2; d++) {
      at[d] = 4.0 / 9.0 * sum[d];
      for (int i = 0; i < 3; i++)
        at[d] -= plan->vertex[v[i]][d] / 9.0;
    }
}

/* Region at height z of the column over a triangle; at in the axes of its joint. */
static int region_at(const Extrusion *x, int triangle, const BpPlanJoint *joint, const double at[2],
                     double z) {
  const BpPlan *plan = x->plan;
  if (plan->joint && plan->triangle_joint[triangle] < 0)
    return bp_array_margin_region(x->geometry, at, z);
  if (joint->detailed < 0)
    return bp_coarse_region(x->geometry, &x->coarse, hypot(at[0], at[1]) / joint->swell, z);
  return bp_geometry_region_at(x->geometry, at, z);
}

static void add_column(Extrusion *x, int triangle) {
  const BpPlanJoint joint = joint_of(x->plan, x->plan->triangle_joint, triangle);
  double at[2];
  place_of(x->geometry, x->plan, &joint, triangle, at);
  const double *z = x->levels->z;
  for (int k = 0; k + 1 < x->levels->count; k++) {
    const int region = region_at(x, triangle, &joint, at, 0.5 * (z[k] + z[k + 1]));
    if (region >= 0)
      add_wedge(x, triangle, k, region);
  }
}

static int *empty(size_t n) {
  int *slots = BP_NEW(int, n);
  for (size_t i = 0; i < n; i++)
    slots[i] = -1;
  return slots;
}

BpMesh *bp_extrude(const BpGeometry *geometry, const BpPlan *plan, const BpLevels *levels) {
  const size_t n = (size_t)levels->count;
  Extrusion x = {.geometry = geometry,
                 .plan = plan,
                 .levels = levels,
                 .mesh = bp_mesh_new(),
                 .on_vertex = empty(n * (size_t)plan->nvertices),
                 .on_edge = empty(n * (size_t)plan->nedges),
                 .between = empty(n * (size_t)plan->nvertices)};
  bp_coarse_pad(geometry, &x.coarse);
  for (int i = 0; i < BP_REGIONS; i++)
    bp_mesh_region(x.mesh, bp_region_name(i));
  for (int t = 0; t < plan->ntriangles; t++)
    add_column(&x, t);
  free(x.on_vertex);
  free(x.on_edge);
  free(x.between);
  return x.mesh;
}

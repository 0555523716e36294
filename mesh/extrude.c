#include "extrude.h"

#include "geometry_impl.h"

#include <stdlib.h>
#include <string.h>

/* Nodes by their place in the extrusion: vertices and edge middles on every level, vertices
 * half-way between. They get a number when a wedge first uses them. */
typedef struct {
  const BpGeometry *geometry;
  const BpPlan *plan;
  const BpLevels *levels;
  BpMesh *mesh;
  int *on_vertex, *on_edge, *between; /* [level * count + index], -1: not used */
} Extrusion;

static int new_node(Extrusion *x, const double plan[2], double z, double stretch) {
  BpMesh *mesh = x->mesh;
  const BpGeometry *g = x->geometry;
  const double r = hypot(plan[0], plan[1]), hole = g->bp->package.dielectrics.hole_radius;
  if (r > hole * (1.0 + 1e-9) &&
      stretch != 1.0) { /* the barrel's stretch ends where columns stand still */
    const double still = bp_geometry_still_radius(g, z);
    stretch = 1.0 + (stretch - 1.0) * fmax(0.0, (still - r) / (still - hole));
  }
  const double scale = r > 0.0 ? stretch * bp_geometry_map(g, r, z) / r : 1.0;
  if ((mesh->nnodes & (mesh->nnodes - 1)) == 0)
    BP_GROW(mesh->xyz, 3 * (mesh->nnodes > 0 ? 2 * (size_t)mesh->nnodes : 1));
  double *at = mesh->xyz + 3 * (size_t)mesh->nnodes;
  at[0] = scale * plan[0];
  at[1] = scale * plan[1];
  at[2] = z;
  return mesh->nnodes++;
}

static int node(Extrusion *x, int *slot, const double plan[2], double z) {
  if (*slot < 0)
    *slot = new_node(x, plan, z, 1.0);
  return *slot;
}

/* A wedge has no node at the middle of its side faces: half-way up a barrel, between nodes on the
 * true surface, the face runs inside it by (R_mean - R)(1 - cos) at its centre, R_mean being the
 * mean radius of the two levels and the cosine that of half an arc; two thirds of that on average.
 * The nodes half-way up stand out by as much, taken over all arcs. */
static double barrel_stretch(const Extrusion *x, int layer) {
  const BpGeometry *g = x->geometry;
  const double low = x->levels->z[layer], high = x->levels->z[layer + 1];
  if (low < g->z_hole - 1e-9 || high > g->z_pad + 1e-9)
    return 1.0;
  const double middle = bp_geometry_solder_radius(g, 0.5 * (low + high));
  const double mean =
      0.5 * (bp_geometry_solder_radius(g, low) + bp_geometry_solder_radius(g, high));
  return 1.0 + 2.0 / 3.0 * (1.0 - mean / middle) * x->plan->bulge;
}

static int node_between(Extrusion *x, int layer, int vertex) {
  int *slot = &x->between[layer * x->plan->nvertices + vertex];
  const double z = 0.5 * (x->levels->z[layer] + x->levels->z[layer + 1]);
  if (*slot < 0)
    *slot = new_node(x, x->plan->vertex[vertex], z, barrel_stretch(x, layer));
  return *slot;
}

static void add_wedge(Extrusion *x, int triangle, int layer, int region) {
  const BpPlan *plan = x->plan;
  const int *v = plan->triangle[triangle], *e = plan->triangle_edge[triangle];
  const double *z = x->levels->z + layer;
  int nodes[15];
  for (int i = 0; i < 3; i++) {
    const double *at = plan->vertex[v[i]], *mid = plan->middle[e[i]];
    for (int top = 0; top < 2; top++) {
      const int level = layer + top;
      nodes[3 * top + i] = node(x, &x->on_vertex[level * plan->nvertices + v[i]], at, z[top]);
      nodes[6 + 3 * top + i] = node(x, &x->on_edge[level * plan->nedges + e[i]], mid, z[top]);
    }
    nodes[12 + i] = node_between(x, layer, v[i]);
  }
  bp_cells_add(&x->mesh->cells, BP_CELL_WEDGE15, nodes, region);
}

/* A place of the plan inside a triangle. Within the rings, the mean radius of the edges' middles is
 * between the circles that a triangle stands between, however thin their ring: the centroid's is
 * not. Outside it is the centroid of the curved triangle. */
static void place_of(const BpGeometry *g, const BpPlan *plan, int triangle, double at[2]) {
  const int *v = plan->triangle[triangle], *e = plan->triangle_edge[triangle];
  double sum[2] = {0.0, 0.0}, r = 0.0;
  for (int i = 0; i < 3; i++) {
    const double *middle = plan->middle[e[i]];
    sum[0] += middle[0];
    sum[1] += middle[1];
    r += hypot(middle[0], middle[1]) / 3.0;
  }
  const double angle = atan2(sum[1], sum[0]);
  at[0] = r * cos(angle);
  at[1] = r * sin(angle);
  if (bp_plan_is_curve(g, r))
    for (int d = 0; d < 2; d++) {
      at[d] = 4.0 / 9.0 * sum[d];
      for (int i = 0; i < 3; i++)
        at[d] -= plan->vertex[v[i]][d] / 9.0;
    }
}

static void add_column(Extrusion *x, int triangle) {
  double at[2];
  place_of(x->geometry, x->plan, triangle, at);
  const double *z = x->levels->z;
  for (int k = 0; k + 1 < x->levels->count; k++) {
    const int region = bp_geometry_region_at(x->geometry, at, 0.5 * (z[k] + z[k + 1]));
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
  for (int i = 0; i < BP_REGIONS; i++)
    bp_mesh_region(x.mesh, bp_region_name(i));
  for (int t = 0; t < plan->ntriangles; t++)
    add_column(&x, t);
  free(x.on_vertex);
  free(x.on_edge);
  free(x.between);
  return x.mesh;
}

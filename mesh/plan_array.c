/* The plan of an array: the plans of its joints' cells, each kind made once, moved to their axes
 * and joined where they touch, with what lies around them. */
#include "plan_impl.h"

#include <stdlib.h>
#include <string.h>

static const double same_place = 2e-9; /* m; places of one plan are farther apart */

/* A plan and where it goes; joint -1: what lies around the cells. */
typedef struct {
  BpPlan *plan; /* not owned */
  double shift[2];
  int joint, first; /* vertex among those of all parts */
} Part;

/* Cells that are alike share a plan. */
typedef struct {
  int detailed, last; /* of a strip, its end is another one */
  double from, to, swell;
  BpPlan *plan;
} Kind;

typedef struct {
  const BpGeometry *geometry;
  Kind *kind;
  int nkinds;
  Part *part;
  int nparts;
  BpPlan *whole;
} Assembly;

static Kind *find_kind(Assembly *a, const BpSite *site, BpProblems *problems) {
  const BpCase *bp = a->geometry->bp;
  const int last = bp_case_is_strip(bp) && site->joint.column == bp->package.array.columns;
  for (int i = 0; i < a->nkinds; i++)
    if (a->kind[i].detailed == site->detailed && a->kind[i].from == site->from &&
        a->kind[i].to == site->to && a->kind[i].last == last)
      return &a->kind[i];
  BpPlanSpec spec;
  BP_GROW(a->kind, a->nkinds + 1);
  Kind *kind = &a->kind[a->nkinds++];
  *kind = (Kind){
      .detailed = site->detailed, .last = last, .from = site->from, .to = site->to, .swell = 1.0};
  if (site->detailed >= 0)
    bp_plan_site_spec(a->geometry, site, &spec);
  else
    bp_plan_coarse_spec(a->geometry, site, &kind->swell, &spec);
  kind->plan = bp_plan_build(&spec, problems);
  return kind;
}

static int add_cells(Assembly *a, BpProblems *problems) {
  const int n = bp_array_count(a->geometry);
  a->whole->joint = BP_NEW(BpPlanJoint, n);
  for (int i = 0; i < n; i++) {
    const BpSite site = bp_array_site(a->geometry, i);
    const Kind *kind = find_kind(a, &site, problems);
    if (!kind->plan)
      return 0;
    a->whole->joint[i] = (BpPlanJoint){.axis = {site.axis[0], site.axis[1]},
                                       .direction = site.direction,
                                       .swell = kind->swell,
                                       .bulge = kind->plan->bulge,
                                       .detailed = site.detailed};
    a->part[a->nparts++] =
        (Part){.plan = kind->plan, .shift = {site.axis[0], site.axis[1]}, .joint = i};
  }
  return 1;
}

/* ---- joining the parts */

typedef struct {
  double at[2];
  int vertex; /* among those of all parts */
} Place;

static int by_x(const void *a, const void *b) {
  const Place *p = a, *q = b;
  if (p->at[0] != q->at[0])
    return p->at[0] < q->at[0] ? -1 : 1;
  return p->vertex - q->vertex;
}

static Place *list_places(Assembly *a, int *count) {
  int n = 0;
  for (int p = 0; p < a->nparts; p++)
    n += a->part[p].plan->nvertices;
  Place *place = BP_NEW(Place, n);
  *count = n;
  n = 0;
  for (int p = 0; p < a->nparts; p++) {
    Part *part = &a->part[p];
    part->first = n;
    for (int v = 0; v < part->plan->nvertices; v++, n++)
      place[n] = (Place){
          {part->plan->vertex[v][0] + part->shift[0], part->plan->vertex[v][1] + part->shift[1]},
          n};
  }
  return place;
}

/* The first of all vertices at the place of each. */
static int *find_twins(const Place *unsorted, int n) {
  Place *place = BP_NEW(Place, n);
  int *twin = BP_NEW(int, n);
  memcpy(place, unsorted, (size_t)n * sizeof place[0]);
  qsort(place, (size_t)n, sizeof place[0], by_x);
  for (int i = 0; i < n; i++)
    twin[i] = i;
  for (int i = 0; i < n; i++)
    for (int k = i + 1; k < n && place[k].at[0] - place[i].at[0] < same_place; k++)
      if (fabs(place[k].at[1] - place[i].at[1]) < same_place) {
        const int x = twin[place[i].vertex], y = twin[place[k].vertex], low = x < y ? x : y;
        twin[place[i].vertex] = twin[place[k].vertex] = low;
      }
  free(place);
  return twin;
}

/* Vertices and triangles of all parts; number [all vertices of the parts] in the whole. */
static void join(Assembly *a, int *number) {
  BpPlan *w = a->whole;
  int n, ntriangles = 0;
  Place *place = list_places(a, &n);
  int *twin = find_twins(place, n);
  for (int p = 0; p < a->nparts; p++)
    ntriangles += a->part[p].plan->ntriangles;
  w->vertex = bp_alloc((size_t)n, sizeof w->vertex[0]);
  w->vertex_joint = BP_NEW(int, n);
  w->triangle = bp_alloc((size_t)ntriangles, sizeof w->triangle[0]);
  w->triangle_joint = BP_NEW(int, ntriangles);
  for (int p = 0; p < a->nparts; p++) {
    const Part *part = &a->part[p];
    for (int v = 0; v < part->plan->nvertices; v++) {
      const int i = part->first + v;
      if (twin[i] < i) {
        number[i] = number[twin[i]];
        continue;
      }
      memcpy(w->vertex[w->nvertices], place[i].at, sizeof place[i].at);
      w->vertex_joint[w->nvertices] = part->joint;
      number[i] = w->nvertices++;
    }
    for (int t = 0; t < part->plan->ntriangles; t++, w->ntriangles++) {
      for (int k = 0; k < 3; k++)
        w->triangle[w->ntriangles][k] = number[part->first + part->plan->triangle[t][k]];
      w->triangle_joint[w->ntriangles] = part->joint;
    }
  }
  free(place);
  free(twin);
}

/* Edges take their middles from the part that they came from. */
static void place_middles(Assembly *a) {
  BpPlan *w = a->whole;
  int triangle = 0;
  bp_plan_number_edges(w);
  w->middle = bp_alloc((size_t)w->nedges, sizeof w->middle[0]);
  w->edge_joint = BP_NEW(int, w->nedges);
  for (int p = 0; p < a->nparts; p++) {
    const Part *part = &a->part[p];
    for (int t = 0; t < part->plan->ntriangles; t++, triangle++)
      for (int k = 0; k < 3; k++) {
        const int e = w->triangle_edge[triangle][k];
        const double *m = part->plan->middle[part->plan->triangle_edge[t][k]];
        w->edge_joint[e] = part->joint;
        for (int d = 0; d < 2; d++)
          w->middle[e][d] = m[d] + part->shift[d];
      }
  }
}

static int count_vertices(const Assembly *a) {
  int n = 0;
  for (int p = 0; p < a->nparts; p++)
    n += a->part[p].plan->nvertices;
  return n;
}

static BpPlan *array_plan(const BpGeometry *g, BpProblems *problems) {
  Assembly a = {
      .geometry = g, .part = BP_NEW(Part, bp_array_count(g) + 1), .whole = BP_NEW(BpPlan, 1)};
  const int complete = add_cells(&a, problems);
  BpPlan *margin = complete ? bp_plan_margin(g) : NULL;
  if (complete) {
    a.part[a.nparts++] = (Part){.plan = margin, .joint = -1};
    int *number = BP_NEW(int, count_vertices(&a));
    join(&a, number);
    place_middles(&a);
    free(number);
  }
  for (int i = 0; i < a.nkinds; i++)
    bp_plan_free(a.kind[i].plan);
  bp_plan_free(margin);
  free(a.kind);
  free(a.part);
  if (complete)
    return a.whole;
  bp_plan_free(a.whole);
  return NULL;
}

BpPlan *bp_plan_model(const BpGeometry *g, BpProblems *problems) {
  BpPlanSpec spec;
  if (bp_case_is_array(g->bp))
    return array_plan(g, problems);
  bp_plan_spec(g, &spec);
  return bp_plan_build(&spec, problems);
}

/* What lies around an array's cells: the die's edge and the board, in rectangles that follow the
 * cells' borders and grow outwards, cut into triangles. */
#include "plan_impl.h"

#include <stdlib.h>
#include <string.h>

/* Ratio of neighbouring widths at level 0. */
static const double growth = 1.8;

/* Lines of the grid along one axis, and where the cells end. */
typedef struct {
  double *at;
  int count, cells;
} Lines;

static void add(Lines *lines, double at) {
  BP_GROW(lines->at, lines->count + 1);
  lines->at[lines->count++] = at;
}

/* Lines up to `end` whose distances grow from that of the last two ones. */
static void grow_to(Lines *lines, double end, double ratio) {
  const double from = lines->at[lines->count - 1];
  double width = from - lines->at[lines->count - 2], sum = 0.0;
  int n = 0;
  for (double w = width; sum < (end - from) * 0.999; n++) {
    w *= ratio;
    sum += w;
  }
  const double scale = (end - from) / sum;
  sum = 0.0;
  for (int i = 1; i < n; i++) {
    width *= ratio;
    sum += scale * width;
    add(lines, from + sum);
  }
  if (n > 0)
    add(lines, end);
}

/* From the plane of symmetry, or through a joint's axis, to the edge of the board. */
static Lines make_lines(const BpGeometry *g, int border, double array, double die, double board) {
  const double end[] = {bp_array_films(g), die, board};
  const double step = 0.5 * g->bp->package.pitch / border,
               ratio = pow(growth, pow(2.0, -0.5 * g->bp->mesh.level));
  Lines lines = {0};
  const int n = (int)lround(array / step);
  add(&lines, 0.0);
  for (int i = 1; i <= n; i++)
    add(&lines, array - step * (n - i));
  lines.cells = n;
  for (int i = 0; i < BP_COUNT(end); i++)
    if (end[i] > lines.at[lines.count - 1] + 1e-9)
      grow_to(&lines, end[i], ratio);
  return lines;
}

static void add_triangle(BpPlan *plan, int a, int b, int c) {
  int *t = plan->triangle[plan->ntriangles++];
  t[0] = a;
  t[1] = b;
  t[2] = c;
}

/* Rectangle (i, j) outside of the cells, in an octant the part below the diagonal. */
static void add_rectangle(BpPlan *plan, const Lines *x, int i, int j, int octant) {
  const int a = j * x->count + i, b = a + 1, c = b + x->count, d = a + x->count;
  if (octant && j > i)
    return;
  add_triangle(plan, a, b, c);
  if (!octant || j < i)
    add_triangle(plan, a, c, d);
}

/* Drops vertices that no triangle has. */
static void compact(BpPlan *plan) {
  int *number = BP_NEW(int, plan->nvertices), n = 0;
  for (int t = 0; t < 3 * plan->ntriangles; t++)
    number[plan->triangle[t / 3][t % 3]] = 1;
  for (int v = 0; v < plan->nvertices; v++)
    if (number[v]) {
      memmove(plan->vertex[n], plan->vertex[v], sizeof plan->vertex[0]);
      number[v] = n++;
    }
  for (int t = 0; t < 3 * plan->ntriangles; t++)
    plan->triangle[t / 3][t % 3] = number[plan->triangle[t / 3][t % 3]];
  plan->nvertices = n;
  free(number);
}

static BpPlan *grid(const Lines *x, const Lines *y, int octant) {
  BpPlan *plan = BP_NEW(BpPlan, 1);
  plan->nvertices = x->count * y->count;
  plan->vertex = bp_alloc((size_t)plan->nvertices, sizeof plan->vertex[0]);
  plan->triangle = bp_alloc(2 * (size_t)plan->nvertices, sizeof plan->triangle[0]);
  for (int j = 0; j < y->count; j++)
    for (int i = 0; i < x->count; i++) {
      plan->vertex[j * x->count + i][0] = x->at[i];
      plan->vertex[j * x->count + i][1] = y->at[j];
    }
  for (int j = 0; j + 1 < y->count; j++)
    for (int i = 0; i + 1 < x->count; i++)
      if (i >= x->cells || j >= y->cells)
        add_rectangle(plan, x, i, j, octant);
  compact(plan);
  return plan;
}

/* Of a strip: lines at 45 deg, parallel to the die's edge, on both sides of which x + y counts. */
static BpPlan *strip_margin(const BpGeometry *g, int border, double array, double die,
                            double board) {
  const double ratio = pow(growth, pow(2.0, -0.5 * g->bp->mesh.level));
  double half[2];
  const double end[] = {M_SQRT2 * bp_array_films(g), M_SQRT2 * die, M_SQRT2 * board};
  Lines x = {0}, y = {0};
  bp_strip_cell(g, half);
  add(&x, M_SQRT2 * array - half[1] / border);
  add(&x, M_SQRT2 * array);
  x.cells = 1;
  for (int i = 0; i < BP_COUNT(end); i++)
    if (end[i] > x.at[x.count - 1] + 1e-9)
      grow_to(&x, end[i], ratio);
  for (int j = 0; j <= border; j++)
    add(&y, half[1] * j / border);
  y.cells = border;
  BpPlan *plan = grid(&x, &y, 0);
  for (int v = 0; v < plan->nvertices; v++)
    plan->vertex[v][0] -= plan->vertex[v][1];
  free(x.at);
  free(y.at);
  return plan;
}

static BpPlan *part_margin(const BpGeometry *g, int border, const double array[2], double die,
                           double board) {
  Lines x = make_lines(g, border, array[0], die, board),
        y = make_lines(g, border, array[1], die, board);
  BpPlan *plan = grid(&x, &y, strcmp(g->bp->model.kind, "octant") == 0);
  free(x.at);
  free(y.at);
  return plan;
}

BpPlan *bp_plan_margin(const BpGeometry *g) {
  double array[2], die, board;
  BpPlanSpec spec;
  bp_plan_spec(g, &spec);
  bp_array_extent(g, array, &die, &board);
  BpPlan *plan = bp_case_is_strip(g->bp) ? strip_margin(g, spec.border, array[0], die, board)
                                         : part_margin(g, spec.border, array, die, board);
  bp_plan_number_edges(plan);
  plan->middle = bp_alloc((size_t)plan->nedges, sizeof plan->middle[0]);
  for (int e = 0; e < plan->nedges; e++)
    for (int d = 0; d < 2; d++)
      plan->middle[e][d] =
          0.5 * (plan->vertex[plan->edge[e][0]][d] + plan->vertex[plan->edge[e][1]][d]);
  return plan;
}

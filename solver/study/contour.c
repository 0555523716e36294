/* Lines of equal value over a grid: each rectangle is cut into two triangles, the value is linear
 * on them. */
#include "study_impl.h"

#include <math.h>
#include <string.h>

typedef struct {
  double x, y, z;
} Corner;

typedef struct {
  double level;
  double (*segment)[4];
  int count;
} Lines;

/* Whether the line crosses an edge, an end at the level counting as above it; and where. */
static int crosses(const Corner *a, const Corner *b, double level, double at[2]) {
  if ((a->z >= level) == (b->z >= level))
    return 0;
  const double t = (level - a->z) / (b->z - a->z);
  at[0] = a->x + t * (b->x - a->x);
  at[1] = a->y + t * (b->y - a->y);
  return 1;
}

static void add_triangle(Lines *lines, const Corner corner[3]) {
  double at[6];
  int n = 0;
  if (isnan(corner[0].z) || isnan(corner[1].z) || isnan(corner[2].z))
    return;
  for (int i = 0; i < 3; i++)
    n += crosses(&corner[i], &corner[(i + 1) % 3], lines->level, at + 2 * n);
  if (n != 2)
    return;
  lines->segment = bp_resize(lines->segment, (size_t)lines->count + 1, sizeof *lines->segment);
  memcpy(lines->segment[lines->count++], at, sizeof *lines->segment);
}

int bp_study_contour(const BpStudyGrid *g, double level, double (**segment)[4]) {
  Lines lines = {.level = level};
  for (int i = 0; i + 1 < g->nx; i++)
    for (int j = 0; j + 1 < g->ny; j++) {
      Corner c[4];
      for (int k = 0; k < 4; k++) { /* (0,0), (1,0), (0,1), (1,1) */
        const int ix = i + k % 2, iy = j + k / 2;
        c[k] = (Corner){g->x[ix], g->y[iy], g->z[ix * g->ny + iy]};
      }
      add_triangle(&lines, (const Corner[3]){c[0], c[1], c[3]});
      add_triangle(&lines, (const Corner[3]){c[0], c[3], c[2]});
    }
  *segment = lines.segment;
  return lines.count;
}

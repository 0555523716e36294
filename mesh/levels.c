#include "levels.h"

#include "trace.h"

#include <stdlib.h>

/* Target heights at level 0; each level divides them by sqrt(2). */
static const double height_film = 8e-6; /* films of the wiring side */
/* The film on the passivation: what bends over edges there strains the passivation within a few um,
 * and one element over 5 um gives it 1.7 times the tension. */
static const double height_first = 2.5e-6;
static const double height_layer = 11e-6; /* interface layers of the solder */
static const double height_ball = 38e-6;
/* first layers of die and board; the others grow */
static const double height_die = 90e-6, height_board = 50e-6;
static const double growth = 2.5;

static void add(BpLevels *levels, double z) {
  BP_GROW(levels->z, levels->count + 1);
  levels->z[levels->count++] = z;
}

/* Equal layers from the last level up to z. */
static void fill(BpLevels *levels, double z, double height) {
  const double from = levels->z[levels->count - 1];
  const long n = lround((z - from) / height) > 1 ? lround((z - from) / height) : 1;
  for (long i = 1; i < n; i++)
    add(levels, from + (z - from) * (double)i / (double)n);
  add(levels, z);
}

/* Layers whose heights form a geometric series, the thin end of about `height`: at the start if
 * forward, else at z. */
static void grade(BpLevels *levels, double z, double height, double ratio, int forward) {
  const double from = levels->z[levels->count - 1], total = z - from;
  int n = 1;
  double sum = height, top = height;
  while (sum < total * 0.999) {
    top *= ratio;
    sum += top;
    n++;
  }
  if (n > 1 && sum - total > 0.5 * top) { /* nearer with one layer less */
    sum -= top;
    n--;
  }
  double thin = height * total / sum, reached = 0.0;
  for (int i = 1; i < n; i++) {
    const int from_thin = forward ? i - 1 : n - i;
    reached += thin * pow(ratio, from_thin);
    add(levels, from + reached);
  }
  add(levels, z);
}

/* Target height between two film faces around z. */
static double target(const BpGeometry *g, double z) {
  const double layer = g->bp->output.layer;
  if (z < g->z_hole)
    return height_film;
  const int near_package = z<g->z_rim + layer, near_board = z> g->z_pad - layer && z < g->z_pad;
  return near_package || near_board ? height_layer : height_ball;
}

/* Faces of films and of the averaging layers from the passivation's top to the board, sorted. */
static int faces(const BpGeometry *g, double z[2 * BP_GEOMETRY_MAX_RADII]) {
  const double layer = g->bp->output.layer;
  const double others[] = {g->z_rim + layer, g->z_pad - layer, g->z_pad,
                           g->z_copper,      g->z_mask,        g->z_board};
  int n = bp_geometry_levels(g, z);
  for (int i = 0; i < BP_COUNT(others); i++)
    if (others[i] > g->z_hole && (i > 1 || g->standoff > 2.0 * layer))
      z[n++] = others[i];
  return bp_unique(z, n);
}

BpLevels bp_levels_build(const BpGeometry *g) {
  const double scale = pow(2.0, -0.5 * g->bp->mesh.level);
  const double ratio = pow(growth, scale);
  BpLevels levels = {0};
  double z[2 * BP_GEOMETRY_MAX_RADII];
  const int n = faces(g, z);
  const double chip_pad = g->z_chip - g->bp->package.chip_pad.thickness;
  add(&levels, g->z_back);
  if (bp_trace_is_on(&g->bp->package)) {
    grade(&levels, chip_pad, scale * height_die, ratio, 0);
    fill(&levels, g->z_chip, scale * height_film);
  } else {
    grade(&levels, g->z_chip, scale * height_die, ratio, 0);
  }
  fill(&levels, z[0], scale * height_film);
  for (int i = 1; i < n; i++)
    fill(&levels, z[i], scale * (i == 1 ? height_first : target(g, 0.5 * (z[i] + z[i - 1]))));
  grade(&levels, g->z_end, scale * height_board, ratio, 1);
  return levels;
}

void bp_levels_free(BpLevels *levels) {
  free(levels->z);
  *levels = (BpLevels){0};
}

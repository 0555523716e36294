/* The plan of a strip's cells: its long face runs close to the circles, so that these have finer
 * arcs where it does. */
#include "plan_impl.h"

/* The part of the circles that is opposite to the long face, to each side of its direction. */
static const double opposite = M_PI / 8.0;

/* Lines closer than this to one of them stand for it. */
static const double close_lines = M_PI / 45.0;

int bp_plan_strip_angles(const BpSite *site, double *angle, int n) {
  for (int side = -1; side <= 1; side += 2) {
    const double line = 0.5 * M_PI + side * opposite;
    int at = n;
    if (line < site->from + close_lines || line > site->to - close_lines)
      continue;
    for (int i = 0; i < n; i++)
      if (fabs(angle[i] - line) < close_lines)
        at = -1;
    if (at < 0)
      continue;
    for (; at > 0 && angle[at - 1] > line; at--)
      angle[at] = angle[at - 1];
    angle[at] = line;
    n++;
  }
  return n;
}

/* An arc of the angle a that touches the long face up to a gap g leaves its triangles there an
 * angle of about g/(r a) between it and the face, of which its bulge takes a/2: that is to be less
 * than a half. */
void bp_plan_strip_refine(const BpGeometry *g, BpPlanSpec *spec) {
  const double last = g->bp->package.board.mask_opening_radius > g->bp->package.wiring.disc_radius
                          ? g->bp->package.board.mask_opening_radius
                          : g->bp->package.wiring.disc_radius;
  double half[2];
  bp_strip_cell(g, half);
  const double widest = sqrt((half[1] - last) / last);
  for (int i = 0; i < spec->nsectors; i++) {
    const double from = spec->turn[i], to = spec->turn[i + 1];
    if (to < 0.5 * M_PI - opposite + close_lines || from > 0.5 * M_PI + opposite - close_lines)
      continue;
    const int least = (int)ceil((to - from) / widest - 1e-6);
    if (spec->sector_arcs[i] < least)
      spec->sector_arcs[i] = least;
  }
}

/* Arcs between the directions that the near part of the long face is opposite to, on one side. */
static int count_near(const BpPlanSpec *spec) {
  double arcs = 0.0;
  for (int i = 0; i < spec->nsectors; i++) {
    const double from = fmax(spec->turn[i], 0.5 * M_PI - opposite),
                 to = fmin(spec->turn[i + 1], 0.5 * M_PI);
    if (to > from)
      arcs += spec->sector_arcs[i] * (to - from) / (spec->turn[i + 1] - spec->turn[i]);
  }
  return (int)ceil(arcs - 1e-6);
}

void bp_plan_strip_border(const BpGeometry *g, const BpSite *site, double size, BpPlanSpec *spec) {
  const double last = spec->radius[spec->ncircles - 1];
  double half[2];
  bp_strip_cell(g, half);
  spec->strip = (BpPlanStrip){.half = half[0],
                              .width = half[1],
                              .slanted = site->joint.column == g->bp->package.array.columns,
                              .near = last * sin(opposite),
                              .near_segments = count_near(spec),
                              .size = size};
  spec->outer = (int)ceil((half[0] - last) / size);
}

double bp_plan_strip_top(const BpPlanStrip *strip, int side) {
  return side < 0 ? -strip->half : strip->half - (strip->slanted ? strip->width : 0.0);
}

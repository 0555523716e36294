#include "plan_impl.h"

static void add_piece(BpPieces *pieces, double to, int arcs) {
  pieces->arcs[pieces->count++] = arcs;
  pieces->end[pieces->count] = to;
}

/* Gmsh's arcs are shorter than half a circle: a wide sector is two pieces. An odd number of arcs is
 * split unevenly. */
void bp_plan_cut(const BpPlanSpec *spec, BpPieces *pieces) {
  *pieces = (BpPieces){.closed = bp_plan_is_whole(spec), .end = {spec->turn[0]}, .ncuts = 1};
  for (int i = 0; i < spec->nsectors; i++) {
    const double from = spec->turn[i], to = spec->turn[i + 1];
    const int n = spec->sector_arcs[i], first = n / 2;
    if (to - from > 0.75 * M_PI) {
      add_piece(pieces, from + (to - from) * first / n, first);
      add_piece(pieces, to, n - first);
    } else {
      add_piece(pieces, to, n);
    }
    if (pieces->closed && fabs(to - spec->turn[0] - M_PI) < 1e-9)
      pieces->cut[pieces->ncuts++] = pieces->count;
  }
  pieces->cut[pieces->ncuts++] = pieces->count;
}

int bp_plan_outer(const BpPlanSpec *spec, double turn) {
  const double last = spec->radius[spec->ncircles - 1];
  if (spec->strip.width > 0.0 && lround(turn / (0.25 * M_PI)) == 2)
    return (int)ceil(spec->outer * (spec->strip.width - last) / (spec->strip.half - last));
  if (spec->strip.width > 0.0)
    return spec->outer;
  const double long_way = (lround(turn / (0.25 * M_PI)) & 1 ? M_SQRT2 : 1.0) * spec->half - last;
  return (int)lround(spec->outer * long_way / (spec->half - last));
}

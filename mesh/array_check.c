/* What cannot be modelled of an array, by name. */
#include "array.h"
#include "dimples.h"
#include "trace.h"

#include <string.h>

#define MM(x)  (1e3 * (x))
#define UM(x)  (1e6 * (x))
#define DEG(x) (180.0 / M_PI * (x))

static const char detailed_key[] = "model.detailed";

/* Share of the way to a strip's long face that circles and solder may take. */
static const double strip_room = 0.993;

static void check_sizes(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const BpArray *a = &p->array;
  const int most = a->columns > a->rows ? a->columns : a->rows;
  if (most * p->pitch > p->die.size * (1.0 + 1e-9))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.array",
                    "%d joints at a pitch of %g mm need %g mm, more than the die has (%g mm); "
                    "raise die.size or take fewer joints",
                    most, MM(p->pitch), MM(most * p->pitch), MM(p->die.size));
  const double edge = 0.5 * (p->die.size - most * p->pitch), back = p->dielectrics.set_back;
  if (back > edge + 1e-9 && edge > -1e-9)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.dielectrics.set_back",
                    "dielectrics that are set back by %g um end in the cells of the outermost "
                    "joints, which begin %.4g um from the die's edge; reduce set_back or raise "
                    "die.size to %g mm",
                    UM(back), UM(edge), MM(most * p->pitch + 2.0 * back));
  if (p->board.size < p->die.size * (1.0 + 1e-9))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.board.size",
                    "the board (%g mm) must be larger than the die (%g mm); raise board.size",
                    MM(p->board.size), MM(p->die.size));
  if (strcmp(g->bp->model.kind, "quarter") != 0 && a->columns != a->rows)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "model.kind",
                    "%s %s is of a square array, this one has %d columns and %d rows; take "
                    "model.kind: quarter",
                    bp_case_is_strip(g->bp) ? "a" : "an", g->bp->model.kind, a->columns, a->rows);
  if (strcmp(g->bp->model.symmetry, "auto") != 0)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "model.symmetry",
                    "model.symmetry is of a cell; the %s has its own planes of symmetry: leave it "
                    "away",
                    g->bp->model.kind);
}

/* The joint of the model that a joint is a mirror image of. */
static BpArrayJoint image_of(const BpGeometry *g, BpArrayJoint joint) {
  const BpArray *a = &g->bp->package.array;
  if (2 * joint.column < a->columns + 1)
    joint.column = a->columns + 1 - joint.column;
  if (2 * joint.row < a->rows + 1)
    joint.row = a->rows + 1 - joint.row;
  if (strcmp(g->bp->model.kind, "octant") == 0 && joint.row > joint.column)
    joint = (BpArrayJoint){joint.row, joint.column};
  return joint;
}

static int same(BpArrayJoint a, BpArrayJoint b) {
  return a.column == b.column && a.row == b.row;
}

/* 1 if the joint is one of the model's. */
static int check_place(const BpGeometry *g, BpArrayJoint joint, BpProblems *problems) {
  const BpArray *a = &g->bp->package.array;
  if (joint.column < 1 || joint.column > a->columns || joint.row < 1 || joint.row > a->rows) {
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, detailed_key,
                    "joint {column: %d, row: %d} is not in the array of %d columns and %d rows",
                    joint.column, joint.row, a->columns, a->rows);
    return 0;
  }
  if (bp_case_is_strip(g->bp) && joint.column != joint.row) {
    if (a->columns != a->rows)
      return 0; /* has been said */
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, detailed_key,
                    "joint {column: %d, row: %d} is not on the array's diagonal, which the strip "
                    "follows; write the same number twice or take model.kind: octant",
                    joint.column, joint.row);
    return 0;
  }
  const BpArrayJoint image = image_of(g, joint);
  if (same(image, joint))
    return 1;
  bp_case_problem(g->bp, problems, BP_EXIT_CASE, detailed_key,
                  "joint {column: %d, row: %d} is outside of the %s; write its mirror image "
                  "{column: %d, row: %d}",
                  joint.column, joint.row, g->bp->model.kind, image.column, image.row);
  return 0;
}

static void refuse_dimples(const BpGeometry *g, const BpSite *site, int diagonal,
                           BpProblems *problems) {
  bp_case_problem(
      g->bp, problems, BP_EXIT_CASE, "package.pad.dimples.orientation",
      "dimples (%d turned by %g deg on the first circle) are not alike on both sides of "
      "the plane of symmetry that cuts joint {column: %d, row: %d}; turn those of each "
      "circle by a multiple of 180 deg over their number%s",
      g->band[0].of.count, DEG(g->band[0].of.orientation), site->joint.column, site->joint.row,
      diagonal ? ", or take model.kind: quarter, which does not cut it"
               : ", or take another joint or model.kind: cell");
}

/* A joint that a plane of symmetry cuts must be its own mirror image. Others fit the model; which
 * ones do is said. */
static void check_mirrors(const BpGeometry *g, int i, BpProblems *problems) {
  const BpSite site = bp_array_detailed(g, i);
  const int diagonal = site.joint.column == site.joint.row &&
                       strcmp(g->bp->model.kind, "quarter") != 0 &&
                       (site.axis[0] > 1e-9 || site.axis[1] > 1e-9);
  double angle[2];
  for (int k = bp_site_mirrors(&site, angle) - 1; k >= 0; k--) {
    if (bp_geometry_is_mirrored_at(g, angle[k]))
      continue;
    if (!bp_dimples_are_mirrored(g, angle[k])) {
      refuse_dimples(g, &site, diagonal, problems);
      return;
    }
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pad.ring.gaps.orientation",
                    "%d gaps turned by %g deg are not alike on both sides of the plane of symmetry "
                    "that cuts joint {column: %d, row: %d}; turn them by a multiple of %g deg%s",
                    g->bp->package.pad.ring.gaps.count,
                    DEG(g->bp->package.pad.ring.gaps.orientation), site.joint.column,
                    site.joint.row, 180.0 / g->bp->package.pad.ring.gaps.count,
                    diagonal ? ", or take model.kind: quarter, which does not cut it"
                             : ", or take another joint or model.kind: cell");
    return;
  }
}

static void check_detailed(const BpGeometry *g, BpProblems *problems) {
  const BpModelCase *model = &g->bp->model;
  BpArrayJoint joint, other;
  if (model->ndetailed > BP_DETAILED) {
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, detailed_key,
                    "%s has %d joints; at most %d are possible", detailed_key, model->ndetailed,
                    BP_DETAILED);
    return;
  }
  for (int i = 0; bp_case_detailed(g->bp, i, &joint); i++) {
    if (!check_place(g, joint, problems))
      continue;
    check_mirrors(g, i, problems);
    for (int k = 0; k < i; k++)
      if (bp_case_detailed(g->bp, k, &other) && same(joint, other))
        bp_case_problem(g->bp, problems, BP_EXIT_CASE, detailed_key,
                        "joint {column: %d, row: %d} stands there twice", joint.column, joint.row);
  }
}

/* The trace's curves are those of a cell whose border nothing follows. */
static void check_trace(const BpGeometry *g, BpProblems *problems) {
  if (bp_trace_is_on(&g->bp->package))
    bp_case_problem(
        g->bp, problems, BP_EXIT_CASE, "package.wiring.trace.width",
        "joints of the %s have no trace; write package.wiring.trace.width: 0 um or take "
        "model.kind: cell",
        g->bp->model.kind);
}

static void check_underfill(const BpGeometry *g, BpProblems *problems) {
  if (bp_region_is_there(&g->bp->package, BP_REGION_UNDERFILL))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.underfill.fill",
                    "there is no underfill in the %s; write package.underfill.fill: none or take "
                    "model.kind: cell",
                    g->bp->model.kind);
}

/* The cell of a strip is narrower than the pitch. */
static void check_circles(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double mask = p->board.mask_opening_radius, disc = p->wiring.disc_radius;
  double half[2];
  bp_strip_cell(g, half);
  if (fmax(mask, disc) > strip_room * half[1])
    bp_case_problem(g->bp, problems, BP_EXIT_CASE,
                    mask > disc ? "package.board.mask_opening_radius"
                                : "package.wiring.disc_radius",
                    "a circle of radius %.4g um does not fit in the strip, whose long face is %.4g "
                    "um from the joints' axes; reduce it, raise pitch or take model.kind: octant",
                    UM(fmax(mask, disc)), UM(half[1]));
}

void bp_array_check_solder(const BpGeometry *g, double widest, BpProblems *problems) {
  double half[2];
  bp_strip_cell(g, half);
  if (bp_case_is_strip(g->bp) && widest >= strip_room * half[1])
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.pitch",
                    "the solder (%.4g um to each side) touches the long face of the strip, %.4g um "
                    "from the joints' axes, which follows the package; raise pitch or take "
                    "model.kind: octant",
                    UM(widest), UM(half[1]));
}

void bp_array_check(const BpGeometry *g, BpProblems *problems) {
  if (bp_case_is_strip(g->bp))
    check_circles(g, problems);
  check_trace(g, problems);
  check_underfill(g, problems);
  check_sizes(g, problems);
  check_detailed(g, problems);
}

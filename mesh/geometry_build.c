/* Derives the stack's heights and the solder's shape. */
#include "array.h"
#include "dimples.h"
#include "geometry_impl.h"
#include "shift.h"
#include "trace.h"

#include <string.h>

static const BpPad *find_pad(const BpCase *bp, BpProblems *problems) {
  const char *shape = bp->package.pad.shape;
  const BpPad *pad = bp_pad_find(shape);
  if (pad)
    return pad;
  char known[256] = "";
  for (int i = 0; bp_pads[i]; i++) {
    strncat(known, i > 0 ? ", " : "", sizeof known - strlen(known) - 1);
    strncat(known, bp_pads[i]->name, sizeof known - strlen(known) - 1);
  }
  bp_case_problem(bp, problems, BP_EXIT_CASE, "package.pad.shape",
                  "unknown pad shape '%s'; use one of %s", shape, known);
  return NULL;
}

#define UM(x) (1e6 * (x))

/* Solder between the copper and the plane of the hole's edge, whole joint, m3. */
static double fill_volume(const BpGeometry *g) {
  double radii[BP_GEOMETRY_MAX_RADII], share[BP_SECTORS], volume = 0.0, inner = 0.0;
  int n = bp_geometry_radii(g, radii);
  for (int i = 0; i < n && inner < g->bp->package.dielectrics.hole_radius - 1e-9; i++) {
    bp_geometry_shares(g, 0.5 * (inner + radii[i]), share);
    for (int sector = 0; sector < BP_SECTORS; sector++) {
      const BpColumn c = bp_geometry_column(g, 0.5 * (inner + radii[i]), (BpSector)sector);
      const double circle[] = {inner, radii[i]};
      const double squares = g->ncircles > 0
                                 ? bp_shift_squares(g, circle, c.intermetallic, g->z_hole)
                                 : radii[i] * radii[i] - inner * inner;
      volume += share[sector] * M_PI * squares * (g->z_hole - c.intermetallic);
    }
    inner = radii[i];
  }
  return volume;
}

/* Height of the spherical zone of a given volume between circles of radius a and b: the root of
 * pi h (3 a2 + 3 b2 + h2) / 6 = volume, a cubic with one real root (Cardano). */
static double zone_height(double volume, double a, double b) {
  const double p = 3.0 * (a * a + b * b), q = -6.0 * volume / M_PI;
  const double root = sqrt(0.25 * q * q + p * p * p / 27.0);
  return cbrt(-0.5 * q + root) + cbrt(-0.5 * q - root);
}

/* Volume of the spherical zone of a given height between circles of radius a and b. */
static double zone_volume(double h, double a, double b) {
  return M_PI * h * (3.0 * (a * a + b * b) + h * h) / 6.0;
}

/* Both rules: as much solder as ball and paste hold, or as makes the wanted stand-off, by itself
 * that of the flat pad with this ball. */
static void solve_rules(BpGeometry *g, double fill) {
  const BpPackage *p = &g->bp->package;
  const double a = p->dielectrics.hole_radius, b = p->board.pad_radius, d = p->ball.diameter;
  const double volume = M_PI / 6.0 * d * d * d + p->ball.paste_volume;
  const double of_flat =
      volume - M_PI * a * a * (p->dielectrics.third - p->films.underbump - p->films.intermetallic);
  const double standoff = p->ball.standoff > 0.0 ? p->ball.standoff
                          : of_flat > 0.0        ? zone_height(of_flat, a, b)
                                                 : (double)NAN;
  g->rule[BP_EQUAL_VOLUME] =
      (BpSolderRule){volume, volume > fill ? zone_height(volume - fill, a, b) : (double)NAN};
  g->rule[BP_EQUAL_STANDOFF] = (BpSolderRule){fill + zone_volume(standoff, a, b), standoff};
}

static void shape_solder(BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double a = p->dielectrics.hole_radius, b = p->board.pad_radius;
  const double fill = fill_volume(g);
  solve_rules(g, fill);
  const int rule =
      strcmp(p->ball.rule, "equal_standoff") == 0 ? BP_EQUAL_STANDOFF : BP_EQUAL_VOLUME;
  g->solder_volume = g->rule[rule].volume;
  g->standoff = g->rule[rule].standoff;
  if (!(g->standoff > 0.0)) {
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.ball.diameter",
                    "the solder (%.4g mm3) does not fill the connection hole (%.4g mm3) and cannot "
                    "reach the board pad; raise ball.diameter or ball.paste_volume",
                    1e9 * g->solder_volume, 1e9 * fill);
    return;
  }
  /* below this height the free surface leaves the pads at less than a right angle to grow outwards
   */
  const int given = rule == BP_EQUAL_STANDOFF && p->ball.standoff > 0.0;
  if (given && g->standoff < 0.05 * fmin(a, b)) {
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.ball.standoff",
                    "no joint between pads of radius %g and %g um stands only %.3g um high; raise "
                    "ball.standoff to %g um",
                    UM(a), UM(b), UM(g->standoff), UM(0.05 * fmin(a, b)));
    return;
  }
  if (g->standoff < 0.05 * fmin(a, b)) {
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.ball.diameter",
                    "the solder (%.4g mm3) cannot reach the board pad: it would stand only %.3g um "
                    "high between pads of radius %g and %g um; raise ball.diameter",
                    1e9 * g->solder_volume, UM(g->standoff), UM(a), UM(b));
    return;
  }
  const double center = 0.5 * g->standoff + (b * b - a * a) / (2.0 * g->standoff);
  g->sphere_center = g->z_hole + center;
  g->sphere_radius = sqrt(a * a + center * center);
  const int belly = center > 0.0 && center < g->standoff;
  const double widest = belly ? g->sphere_radius : fmax(a, b);
  if (2.0 * widest >= p->pitch)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE,
                    given ? "package.ball.standoff" : "package.ball.diameter",
                    "neighbouring joints would touch: the joint is %.4g um wide at a pitch of %g "
                    "um; reduce ball.%s or raise pitch",
                    UM(2.0 * widest), UM(p->pitch), given ? "standoff" : "diameter");
  else
    bp_array_check_solder(g, widest, problems);
}

static void stack_board(BpGeometry *g, BpProblems *problems) {
  const BpBoard *board = &g->bp->package.board;
  g->z_pad = g->z_hole + g->standoff;
  g->z_copper = g->z_pad + g->bp->package.films.intermetallic;
  g->z_board = g->z_copper + board->pad_thickness;
  g->z_mask = g->z_board - board->mask_thickness;
  g->z_end = g->z_board + board->thickness;
  if (g->standoff > 0.0 && g->z_mask < g->z_pad &&
      (g->z_mask <= g->z_hole ||
       bp_geometry_solder_radius(g, g->z_mask) >= board->mask_opening_radius))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.board.mask_thickness",
                    "the solder runs into the mask (%g um thick, pad %g um); reduce mask_thickness "
                    "or raise mask_opening_radius",
                    UM(board->mask_thickness), UM(board->pad_thickness));
}

/* The cell goes all round, or the reported joint of an array is not cut by a plane of symmetry. */
static int is_whole(const BpGeometry *g) {
  const char *symmetry = g->bp->model.symmetry;
  const BpSite site = bp_array_detailed(g, 0);
  if (bp_case_is_array(g->bp))
    return bp_site_part(&site) == 1.0;
  return strcmp(symmetry, "auto") == 0 ? !bp_geometry_is_mirrored(g)
                                       : strcmp(symmetry, "full") == 0;
}

BpStatus bp_geometry_build(const BpCase *bp, BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &bp->package;
  const int before = problems->count;
  *g = (BpGeometry){.bp = bp, .pad = find_pad(bp, problems)};
  if (!g->pad)
    return BP_BAD;
  g->wall = p->wiring.wall_ratio * p->wiring.thickness;
  g->wall_angle = 2.0 * g->wall / (p->pad.ring.inner_radius + p->pad.ring.outer_radius);
  bp_dimples_build(g);
  g->z_chip = -p->passivation_thickness;
  g->z_back = g->z_chip - p->die.thickness;
  g->z_rim = p->dielectrics.first + p->dielectrics.second + p->wiring.thickness;
  g->z_hole = g->z_rim + p->dielectrics.third;
  g->whole = is_whole(g);
  bp_geometry_check_pad(g, problems);
  bp_trace_check(g, problems);
  if (bp_case_is_array(bp))
    bp_array_check(g, problems);
  if (problems->count == before)
    bp_shift_build(g, problems);
  if (problems->count == before)
    bp_geometry_check_films(g, problems);
  if (problems->count == before)
    bp_geometry_check_mesh(g, problems);
  if (problems->count == before)
    shape_solder(g, problems);
  if (problems->count == before)
    stack_board(g, problems);
  if (problems->count == before)
    bp_geometry_check_underfill(g, problems);
  return problems->count == before ? BP_OK : BP_BAD;
}

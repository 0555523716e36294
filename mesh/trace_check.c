/* What cannot be built of a trace and what it leads to, by name. */
#include "trace.h"

#define UM(x) (1e6 * (x))

/* Of a radius: a line that is as near to its circle meets it at less than ten degrees. */
static const double grazing = 0.015;

static const char *const width_key = "package.wiring.trace.width";

static void refuse(const BpGeometry *g, BpProblems *problems, const char *key, const char *text) {
  bp_case_problem(g->bp, problems, BP_EXIT_CASE, key, "%s", text);
}

/* ---- openings */

static void check_opening(const BpGeometry *g, const char *key, const char *name, double radius,
                          BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  if (!(radius > 0.0))
    return;
  if (radius >= p->wiring.capture_radius)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "the opening in %s (radius %g um) is not covered by the capture pad (%g um); "
                    "reduce it or raise wiring.capture_radius",
                    name, UM(radius), UM(p->wiring.capture_radius));
  if (radius >= 0.5 * p->chip_pad.size)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "the opening in %s (radius %g um) is larger than the chip pad (%g um square); "
                    "reduce it or raise chip_pad.size",
                    name, UM(radius), UM(p->chip_pad.size));
  if (radius < p->wiring.capture_radius && radius > (1.0 - grazing) * p->wiring.capture_radius)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "the opening in %s (radius %g um) grazes the edge of the capture pad (%g um), "
                    "and no element fits between them; reduce it below %.4g um",
                    name, UM(radius), UM(p->wiring.capture_radius),
                    UM((1.0 - grazing) * p->wiring.capture_radius));
  if (radius <= g->wall)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, key,
                    "the copper on the wall of the opening in %s (%g um) closes it; raise the "
                    "radius above %g um, or 0 um for no opening",
                    name, UM(g->wall), UM(g->wall));
}

static void check_openings(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  check_opening(g, "package.passivation.opening_radius", "the passivation", p->passivation_opening,
                problems);
  check_opening(g, "package.dielectrics.first.via_radius", "D1", p->dielectrics.first_via,
                problems);
  check_opening(g, "package.dielectrics.second.via_radius", "D2", p->dielectrics.second_via,
                problems);
}

/* ---- the way from the disc to the capture pad */

static void check_widths(const BpGeometry *g, BpProblems *problems) {
  const BpWiring *w = &g->bp->package.wiring;
  const double root =
      w->trace.teardrop_length > 0.0 ? w->trace.teardrop_ratio * w->trace.width : w->trace.width;
  if (w->trace.width >= 2.0 * w->capture_radius)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, width_key,
                    "the trace (%g um wide) is wider than the capture pad (radius %g um); reduce "
                    "width or raise wiring.capture_radius",
                    UM(w->trace.width), UM(w->capture_radius));
  /* the sides leave the disc outwards, not along its edge */
  if (root > sqrt(2.0) * w->disc_radius)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, width_key,
                    "the trace is %g um wide where it leaves the ball pad's disc (radius %g um), "
                    "of which at most %g um can be taken; reduce trace.width or teardrop.ratio",
                    UM(root), UM(w->disc_radius), UM(sqrt(2.0) * w->disc_radius));
}

/* 1 if the side of the teardrop runs into the disc. */
static int cuts_disc(const BpWiring *w) {
  const double root = 0.5 * w->trace.teardrop_ratio * w->trace.width, r = w->disc_radius;
  const double x = sqrt(r * r - root * root), end = r + w->trace.teardrop_length;
  return (end - x) * x + (0.5 * w->trace.width - root) * root <= 0.0;
}

static void check_lengths(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const BpTrace *t = &p->wiring.trace;
  const double near = p->chip_pad.distance - p->wiring.capture_radius;
  const double straight = p->wiring.disc_radius + t->teardrop_length;
  const double enters =
      p->chip_pad.distance -
      sqrt(p->wiring.capture_radius * p->wiring.capture_radius - 0.25 * t->width * t->width);
  if (near <= p->wiring.disc_radius)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.chip_pad.distance",
                    "the capture pad (radius %g um, %g um away) overlaps the ball pad's disc (%g "
                    "um); raise chip_pad.distance above %g um",
                    UM(p->wiring.capture_radius), UM(p->chip_pad.distance),
                    UM(p->wiring.disc_radius),
                    UM(p->wiring.disc_radius + p->wiring.capture_radius));
  else if (straight >= near || cuts_disc(&p->wiring))
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.wiring.trace.teardrop.length",
                    "the teardrop (%g um long, %g um wide at the disc) does not fit between the "
                    "ball pad's disc and the capture pad, %g um apart; change teardrop.length or "
                    "reduce teardrop.ratio",
                    UM(t->teardrop_length), UM(t->teardrop_ratio * t->width),
                    UM(near - p->wiring.disc_radius));
  else if (t->reach <= straight)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.wiring.trace.reach",
                    "the trace ends %g um from the ball's axis, within its teardrop (%g um); raise "
                    "trace.reach or reduce teardrop.length",
                    UM(t->reach), UM(straight));
  else if ((t->reach > near && t->reach < enters) || t->reach > p->chip_pad.distance)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.wiring.trace.reach",
                    "the trace ends %g um from the ball's axis, on the edge of the capture pad or "
                    "behind its middle; end it before %g um, or between %g and %g um",
                    UM(t->reach), UM(near), UM(enters), UM(p->chip_pad.distance));
}

/* ---- the chip pad and the surroundings */

static void check_chip_pad(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double half = 0.5 * p->chip_pad.size, nearest = p->chip_pad.distance - half;
  const double capture = p->wiring.capture_radius;
  if (fabs(half - capture) < grazing * capture)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.chip_pad.size",
                    "the sides of the chip pad (%g um square) graze the edge of the capture pad "
                    "(radius %g um), and no element fits between them; make chip_pad.size smaller "
                    "than %.4g um or larger than %.4g um",
                    UM(p->chip_pad.size), UM(capture), UM(2.0 * (1.0 - grazing) * capture),
                    UM(2.0 * (1.0 + grazing) * capture));
  if (nearest <= p->wiring.disc_radius)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.chip_pad.distance",
                    "the chip pad (%g um square, %g um away) lies under the ball pad's disc (%g "
                    "um); raise chip_pad.distance above %g um or reduce chip_pad.size",
                    UM(p->chip_pad.size), UM(p->chip_pad.distance), UM(p->wiring.disc_radius),
                    UM(p->wiring.disc_radius + 0.5 * p->chip_pad.size));
  if (p->chip_pad.thickness >= p->die.thickness)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.chip_pad.thickness",
                    "the chip pad (%g um) is as thick as the die (%g um); reduce it",
                    UM(p->chip_pad.thickness), UM(p->die.thickness));
}

/* Farthest from the ball's axis along x and y that chip pad and capture pad reach. */
static void farthest(const BpPackage *p, double far[2]) {
  double d[2];
  bp_trace_direction(p, d);
  const double turned = 0.5 * p->chip_pad.size * (fabs(d[0]) + fabs(d[1]));
  for (int i = 0; i < 2; i++)
    far[i] = p->chip_pad.distance * fabs(d[i]) + fmax(turned, p->wiring.capture_radius);
}

static void check_surroundings(const BpGeometry *g, BpProblems *problems) {
  const BpPackage *p = &g->bp->package;
  const double most = 0.48 * p->pitch, beyond = 0.5 * p->chip_pad.size;
  double far[2], d[2];
  farthest(p, far);
  bp_trace_direction(p, d);
  const double x = g->bp->model.neutral_distance + p->chip_pad.distance * d[0];
  const double y = p->chip_pad.distance * d[1];
  if (fmax(far[0], far[1]) > most)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.chip_pad.distance",
                    "chip pad and capture pad reach %g um from the ball's axis and leave the cell "
                    "of this joint, where %g um are left for them; reduce chip_pad.distance or "
                    "raise pitch",
                    UM(fmax(far[0], far[1])), UM(most));
  if (hypot(x, y) + beyond > sqrt(0.5) * p->die.size)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.chip_pad.distance",
                    "the trace leaves the die: its chip pad is %g um from the die's centre, the "
                    "die's corner %g um; change chip_pad.direction, raise die.size or reduce "
                    "model.neutral_distance",
                    UM(hypot(x, y) + beyond), UM(sqrt(0.5) * p->die.size));
  if (p->dielectrics.hole_radius > p->wiring.disc_radius - g->wall)
    bp_case_problem(g->bp, problems, BP_EXIT_CASE, "package.dielectrics.third.hole_radius",
                    "the connection hole (radius %g um) must end on the ball pad's disc (%g um) "
                    "where a trace leaves it; reduce hole_radius below %g um",
                    UM(p->dielectrics.hole_radius), UM(p->wiring.disc_radius),
                    UM(p->wiring.disc_radius - g->wall));
}

/* The half cell is cut at y = 0. */
static void check_symmetry(const BpGeometry *g, BpProblems *problems) {
  if (!g->whole && fabs(remainder(g->bp->package.chip_pad.direction, M_PI)) > 1e-9)
    refuse(g, problems, "package.chip_pad.direction",
           "the trace is not alike on both sides of y = 0, where the half cell is cut; turn "
           "it to 0 or 180 deg, or leave model.symmetry away");
}

void bp_trace_check(const BpGeometry *g, BpProblems *problems) {
  const int before = problems->count;
  if (!bp_trace_is_on(&g->bp->package))
    return;
  check_openings(g, problems);
  check_widths(g, problems);
  if (problems->count == before)
    check_lengths(g, problems);
  check_chip_pad(g, problems);
  check_surroundings(g, problems);
  check_symmetry(g, problems);
}

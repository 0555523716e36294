#include "shared.h"

#include "programme.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  double *value;
  int count;
} Lengths;

static void add_all(Lengths *to, const double *value, int count) {
  BP_GROW(to->value, to->count + count);
  memcpy(to->value + to->count, value, (size_t)count * sizeof value[0]);
  to->count = bp_unique(to->value, to->count + count);
}

static void replace(double **list, int *count, const Lengths *by) {
  BP_GROW(*list, by->count);
  memcpy(*list, by->value, (size_t)by->count * sizeof by->value[0]);
  *count = by->count;
}

static int is_too_much(const Lengths *all) {
  return all->count > BP_GEOMETRY_MAX_EXTRA;
}

/* The plans are alike only where all cases are half cells or none is. */
static void share_symmetry(BpSetup *setup, int count) {
  int whole = 0;
  for (int i = 0; i < count; i++)
    whole |= setup[i].geometry.whole && !bp_case_is_array(setup[i].bp);
  for (int i = 0; i < count && whole; i++) {
    snprintf(setup[i].bp->model.symmetry, sizeof setup[i].bp->model.symmetry, "full");
    bp_setup_complete(&setup[i]);
  }
}

enum { TRACE_NUMBERS = 14 };

/* What the plan around the ball pad's disc is made from. */
static void trace_numbers(const BpPackage *p, double of[TRACE_NUMBERS]) {
  const BpTrace *trace = &p->wiring.trace;
  const double all[TRACE_NUMBERS] = {trace->width,
                                     trace->reach,
                                     trace->teardrop_length,
                                     trace->teardrop_ratio,
                                     p->wiring.capture_radius,
                                     p->wiring.disc_radius,
                                     p->wiring.thickness * p->wiring.wall_ratio,
                                     p->passivation_opening,
                                     p->dielectrics.first_via,
                                     p->dielectrics.second_via,
                                     p->chip_pad.thickness,
                                     p->chip_pad.size,
                                     p->chip_pad.distance,
                                     p->chip_pad.direction};
  memcpy(of, all, sizeof all);
}

static int is_same_trace(const BpPackage *a, const BpPackage *b) {
  double ours[TRACE_NUMBERS], theirs[TRACE_NUMBERS];
  const int there = a->wiring.trace.width > 0.0 || b->wiring.trace.width > 0.0;
  trace_numbers(a, ours);
  trace_numbers(b, theirs);
  for (int i = 0; i < TRACE_NUMBERS && there; i++)
    if (fabs(ours[i] - theirs[i]) > 1e-9 * fabs(ours[i]))
      return 0;
  return 1;
}

/* The curves of a trace are its own: they are not passed on as circles and lines are. */
static void warn_of_traces(BpSetup *setup, int count) {
  for (int i = 1; i < count; i++)
    if (!is_same_trace(&setup[0].bp->package, &setup[i].bp->package))
      bp_warning(&setup[i].problems,
                 "%s: its trace is not that of %s: around the ball pad their meshes differ, and "
                 "errors cancel less in the ratios; give both the same package.wiring.trace",
                 setup[i].name, setup[0].name);
}

static int are_same_circles(const BpDimpleCircle *a, const BpDimpleCircle *b) {
  return a->count == b->count && fabs(a->radius - b->radius) < 1e-9 &&
         fabs(a->orientation - b->orientation) < 1e-9;
}

/* What the plan around dimples is made from; their height is not. */
static int are_same_dimples(const BpPackage *a, const BpPackage *b) {
  BpDimpleCircle ours, theirs;
  for (int i = 0;; i++) {
    const int has = bp_case_dimple_circle(a, i, &ours);
    if (has != bp_case_dimple_circle(b, i, &theirs))
      return 0;
    if (!has)
      return i == 0 || (a->pad.dimples.centre == b->pad.dimples.centre &&
                        fabs(a->pad.dimples.radius - b->pad.dimples.radius) < 1e-9 &&
                        fabs(a->wiring.thickness * a->wiring.wall_ratio -
                             b->wiring.thickness * b->wiring.wall_ratio) < 1e-9 &&
                        fabs(a->pad.concave_radius - b->pad.concave_radius) < 1e-9);
    if (!are_same_circles(&ours, &theirs))
      return 0;
  }
}

/* Nothing may cut the plan around dimples, so that cases whose dimples differ have plans of their
 * own. */
static int warn_of_dimples(BpSetup *setup, int count) {
  int alike = 1;
  for (int i = 1; i < count; i++)
    if (!are_same_dimples(&setup[0].bp->package, &setup[i].bp->package)) {
      alike = 0;
      bp_warning(&setup[i].problems,
                 "%s: its dimples are not those of %s: their meshes are not alike, and errors "
                 "cancel less in the ratios; give both the same package.pad.dimples, which pads "
                 "without a ring take for the plan alone",
                 setup[i].name, setup[0].name);
    }
  return alike;
}

void bp_shared_plan(BpSetup *setup, int count) {
  warn_of_traces(setup, count);
  share_symmetry(setup, count);
  const int alike = warn_of_dimples(setup, count);
  Lengths radii = {0}, angles = {0}, levels = {0};
  for (int i = 0; i < count; i++) {
    double own[BP_GEOMETRY_MAX_RADII], lines[BP_GEOMETRY_MAX_ANGLES];
    if (alike) {
      add_all(&radii, own, bp_geometry_radii(&setup[i].geometry, own));
      add_all(&angles, lines, bp_geometry_angles(&setup[i].geometry, lines));
    }
    add_all(&levels, own, bp_geometry_levels(&setup[i].geometry, own));
  }
  for (int i = 0; i < count; i++) {
    BpMeshCase *mesh = &setup[i].bp->mesh;
    if (is_too_much(&radii) || is_too_much(&angles) || is_too_much(&levels))
      bp_problem(&setup[i].problems, BP_EXIT_CASE, setup[i].bp->file, 0,
                 "the cases have %d different circles, %d radial lines and %d film levels "
                 "together, too many for one mesh; compare fewer cases at a time",
                 radii.count, angles.count, levels.count);
    else {
      if (alike) {
        replace(&mesh->extra_radii, &mesh->nextra_radii, &radii);
        replace(&mesh->extra_angles, &mesh->nextra_angles, &angles);
      }
      replace(&mesh->extra_levels, &mesh->nextra_levels, &levels);
      bp_setup_complete(&setup[i]);
    }
  }
  free(radii.value);
  free(angles.value);
  free(levels.value);
}

static int same_programme(const BpProgramme *a, const BpProgramme *b) {
  if (a->count != b->count)
    return 0;
  for (int i = 0; i < a->count; i++)
    if (fabs(a->corner[i].time - b->corner[i].time) > 1e-9 * b->corner[i].time ||
        fabs(a->corner[i].temperature - b->corner[i].temperature) > 1e-6)
      return 0;
  return 1;
}

int bp_shared_times(const BpSetup *reference, const BpSharedTimes *times, BpSetup *setup) {
  BpProgramme *a = bp_programme_build(&reference->bp->load),
              *b = bp_programme_build(&setup->bp->load);
  const int same = same_programme(a, b);
  bp_programme_free(a);
  bp_programme_free(b);
  if (!same)
    return 0;
  BpSolverCase *solver = &setup->bp->solver;
  BP_GROW(solver->times, times->count);
  memcpy(solver->times, times->end, (size_t)times->count * sizeof times->end[0]);
  solver->ntimes = times->count;
  if (reference->bp->load.steady_change > 0.0) {
    setup->bp->load.cycles = times->cycles;
    setup->bp->load.steady_change = 0.0;
  }
  bp_setup_complete(setup);
  return 1;
}

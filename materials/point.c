#include "point.h"

#include <stdlib.h>

/* The accepted state of the point and a trial one, and what the law needs in between. */
typedef struct {
  const BpMaterial *material;
  const BpPath *path;
  const int *control; /* [6] of the current part: 1 where the stress is prescribed */
  double from[6];     /* what is prescribed at the beginning of the current part */
  double time, temperature, work;
  double strain[6], stress[6], *state;
  double rate[6]; /* of the strain in the last step, for the next guess */
  double *trial_state, *param;
  double trial_strain[6], trial_stress[6], tangent[36];
  double trial_temperature, trial_work;
  int newton;
  const char *reason; /* why the last step failed */
} Point;

static const char no_strain[] = "no strain gives the prescribed stresses";

/* What the prescribed strains contain beside the mechanical ones. */
static void thermal_strain(const Point *p, double T, double thermal[6]) {
  memset(thermal, 0, 6 * sizeof thermal[0]);
  if (p->path->total)
    bp_material_thermal_strain(p->material, p->path->corner[0].temperature, T, thermal);
}

/* Sets control and beginning of the part between corners i and i + 1. */
static void begin_part(Point *p, int i) {
  const BpPathCorner *a = &p->path->corner[i];
  const int *now = a[1].stress ? a[1].stress : p->path->stress;
  double thermal[6];
  thermal_strain(p, p->temperature, thermal);
  for (int c = 0; c < 6; c++) {
    p->from[c] = a->value[c];
    if (p->control && p->control[c] != now[c])
      p->from[c] = now[c] ? p->stress[c] : p->strain[c] + thermal[c];
  }
  p->control = now;
}

/* Temperature and prescribed values at a time between corners i and i + 1; thermal strains taken
 * off. */
static double prescribed(const Point *p, int i, double time, double value[6]) {
  const BpPathCorner *a = &p->path->corner[i], *b = a + 1;
  const double x = (time - a->time) / (b->time - a->time);
  const double T =
      x >= 1.0 ? b->temperature : a->temperature + x * (b->temperature - a->temperature);
  double thermal[6];
  thermal_strain(p, T, thermal);
  for (int c = 0; c < 6; c++)
    value[c] = p->from[c] + x * (b->value[c] - p->from[c]) - (p->control[c] ? 0.0 : thermal[c]);
  return T;
}

/* Gaussian elimination with pivoting, n <= 6; BP_CUT if singular. */
static BpStatus solve_small(int n, double A[6][7]) {
  for (int k = 0; k < n; k++) {
    int pivot = k;
    for (int i = k + 1; i < n; i++)
      if (fabs(A[i][k]) > fabs(A[pivot][k]))
        pivot = i;
    if (!(fabs(A[pivot][k]) > 0.0))
      return BP_CUT;
    for (int j = 0; j <= n; j++) {
      const double swap = A[k][j];
      A[k][j] = A[pivot][j];
      A[pivot][j] = swap;
    }
    for (int i = 0; i < n; i++)
      for (int j = n; i != k && j >= k; j--)
        A[i][j] -= A[i][k] / A[k][k] * A[k][j];
  }
  for (int k = 0; k < n; k++)
    A[k][n] /= A[k][k];
  return BP_OK;
}

/* One Newton correction of the free strains; *residual is the largest wrong stress before it. */
static BpStatus correct(Point *p, const double target[6], double *residual) {
  double A[6][7];
  int free_one[6], n = 0;
  *residual = 0.0;
  for (int c = 0; c < 6; c++)
    if (p->control[c])
      free_one[n++] = c;
  for (int i = 0; i < n; i++) {
    const double r = target[free_one[i]] - p->trial_stress[free_one[i]];
    for (int j = 0; j < n; j++)
      A[i][j] = p->tangent[6 * free_one[i] + free_one[j]];
    A[i][n] = r;
    *residual = fmax(*residual, fabs(r));
  }
  if (solve_small(n, A) != BP_OK)
    return BP_CUT;
  for (int i = 0; i < n; i++)
    p->trial_strain[free_one[i]] += A[i][n];
  return BP_OK;
}

static BpStatus evaluate(Point *p, double dt, double T) {
  const BpLawIn in = {.param = p->param,
                      .strain0 = p->strain,
                      .strain1 = p->trial_strain,
                      .stress0 = p->stress,
                      .state0 = p->state,
                      .t0 = p->time,
                      .dt = dt,
                      .T0 = p->temperature,
                      .T1 = T,
                      .context = bp_material_law(p->material)->context};
  BpLawOut out = {.stress1 = p->trial_stress, .state1 = p->trial_state, .tangent = p->tangent};
  const BpStatus status = bp_material_law(p->material)->update(&in, &out);
  p->trial_work = out.work_inelastic;
  p->reason = out.reason;
  return status;
}

/* Where no strain gives the prescribed stress, Newton runs away until round-off hides the residual.
 * Strains of a step are small. */
static int runs_away(const Point *p) {
  for (int c = 0; c < 6; c++)
    if (p->control[c] && !(fabs(p->trial_strain[c] - p->strain[c]) <= 1.0))
      return 1;
  return 0;
}

static BpStatus give_up(Point *p, const char *reason) {
  p->reason = reason;
  return BP_CUT;
}

/* Tries the step to `time`: Newton for the strains where stresses are prescribed. */
static BpStatus try_step(Point *p, int i, double time) {
  double target[6], before = HUGE_VAL;
  const double dt = time - p->time, T = prescribed(p, i, time, target);
  p->trial_temperature = T;
  bp_material_param(p->material, T, p->param);
  for (int c = 0; c < 6; c++)
    p->trial_strain[c] = p->control[c] ? p->strain[c] + p->rate[c] * dt : target[c];
  for (p->newton = 0; p->newton < 50; p->newton++) {
    const BpStatus status = evaluate(p, dt, T);
    if (status != BP_OK)
      return status;
    const double stiffness = p->tangent[0] + p->tangent[7] + p->tangent[14];
    const double scale = bp_norm6(p->trial_stress) + 1e-6 * stiffness * bp_norm6(p->trial_strain);
    double residual, evaluated[6];
    memcpy(evaluated, p->trial_strain, sizeof evaluated);
    if (correct(p, target, &residual) != BP_OK)
      return give_up(p, no_strain);
    if (residual <= 1e-13 * scale || (residual <= 1e-9 * scale && residual >= 0.5 * before)) {
      memcpy(p->trial_strain, evaluated, sizeof evaluated);
      return runs_away(p) ? give_up(p, no_strain) : BP_OK;
    }
    before = residual;
  }
  return give_up(p, "more than 50 iterations for the prescribed stresses");
}

static void accept(Point *p, double time) {
  const double dt = time - p->time;
  for (int c = 0; c < 6; c++)
    p->rate[c] = dt > 0.0 ? (p->trial_strain[c] - p->strain[c]) / dt : 0.0;
  memcpy(p->strain, p->trial_strain, sizeof p->strain);
  memcpy(p->stress, p->trial_stress, sizeof p->stress);
  double *swap = p->state;
  p->state = p->trial_state;
  p->trial_state = swap;
  p->work += p->trial_work;
  p->temperature = p->trial_temperature;
  p->time = time;
}

/* Steps to `end` within part i, halving where the law refuses. */
static BpStatus advance(Point *p, int i, double end) {
  const double least = ldexp(end - p->time, -20);
  double dt = end - p->time;
  while (p->time < end) {
    const double left = end - p->time;
    const double to = dt >= left * (1.0 - 1e-9) ? end : p->time + dt;
    const BpStatus status = try_step(p, i, to);
    if (status == BP_BAD)
      return BP_BAD;
    if (status == BP_OK) {
      accept(p, to);
      dt *= 2.0;
    } else {
      memset(p->rate, 0, sizeof p->rate);
      dt = 0.5 * (to - p->time);
      if (dt < least)
        return BP_CUT;
    }
  }
  return BP_OK;
}

static void report(const Point *p, BpPointObserver observe, void *context) {
  const BpPointRecord record = {.time = p->time,
                                .temperature = p->temperature,
                                .strain = p->strain,
                                .stress = p->stress,
                                .state = p->state,
                                .work = p->work,
                                .newton = p->newton};
  if (observe)
    observe(&record, context);
}

/* Number of equal steps of the part that ends at corner i + 1. */
static double count_steps(const BpPath *path, int i) {
  const BpPathCorner *a = &path->corner[i], *b = a + 1;
  return b->steps > 0 ? b->steps : ceil((b->time - a->time) / path->max_step * (1.0 - 1e-12));
}

static BpStatus follow(Point *p, BpPointObserver observe, void *context) {
  const BpPath *path = p->path;
  begin_part(p, 0);
  const BpStatus start = try_step(p, 0, p->time); /* what the first corner prescribes, at once */
  if (start != BP_OK)
    return start;
  accept(p, p->time);
  report(p, observe, context);
  for (int i = 0; i + 1 < path->count; i++) {
    const double from = path->corner[i].time, to = path->corner[i + 1].time;
    const long steps = lround(count_steps(path, i));
    begin_part(p, i);
    for (long k = 1; k <= steps; k++) {
      const double end = k < steps ? from + (to - from) * ((double)k / (double)steps) : to;
      const BpStatus status = advance(p, i, end);
      if (status != BP_OK)
        return status;
      report(p, observe, context);
    }
  }
  return BP_OK;
}

static int makes_sense(const BpPath *path) {
  if (path->count < 2)
    return 0;
  for (int i = 0; i + 1 < path->count; i++) {
    const BpPathCorner *a = &path->corner[i], *b = a + 1;
    if (b->steps < 0 || !(b->time > a->time) || (b->steps == 0 && !(path->max_step > 0.0)))
      return 0;
    if (count_steps(path, i) >= 1e9)
      return 0;
  }
  return 1;
}

static BpStatus refuse_path(const char **reason) {
  if (reason)
    *reason = "the path makes no sense";
  return BP_BAD;
}

BpStatus bp_point_run(const BpMaterial *material, const BpPath *path, BpPointObserver observe,
                      void *context, const char **reason) {
  if (!makes_sense(path))
    return refuse_path(reason);
  const BpLaw *law = bp_material_law(material);
  Point p = {.material = material, .path = path};
  p.time = path->corner[0].time;
  p.temperature = path->corner[0].temperature;
  p.state = BP_NEW(double, bp_law_state_size(law));
  p.trial_state = BP_NEW(double, bp_law_state_size(law));
  p.param = BP_NEW(double, law->nparam);
  bp_material_param(material, p.temperature, p.param);
  bp_law_start(law, p.param, p.state);
  const BpStatus status = follow(&p, observe, context);
  if (reason)
    *reason = status == BP_OK ? NULL : p.reason;
  free(p.state);
  free(p.trial_state);
  free(p.param);
  return status;
}

typedef struct {
  BpPointObserver observe;
  void *context;
  double stress;
} Tension;

static void keep_stress(const BpPointRecord *record, void *context) {
  Tension *t = context;
  t->stress = record->stress[0];
  if (t->observe)
    t->observe(record, t->context);
}

BpStatus bp_point_tension(const BpMaterial *material, const BpTension *test,
                          BpPointObserver observe, void *context, double *stress,
                          const char **reason) {
  if (!(test->rate > 0.0) || test->steps < 1)
    return refuse_path(reason);
  const double time = fabs(test->strain) / test->rate;
  const BpPathCorner corner[2] = {
      {.time = 0.0, .temperature = test->temperature},
      {.time = time, .temperature = test->temperature, .value = {test->strain}}};
  const BpPath path = {
      .corner = corner, .count = 2, .stress = {0, 1, 1, 1, 1, 1}, .max_step = time / test->steps};
  Tension t = {.observe = observe, .context = context};
  const BpStatus status = bp_point_run(material, &path, keep_stress, &t, reason);
  if (stress)
    *stress = t.stress;
  return status;
}

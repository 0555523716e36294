/* Thermal cycles of Anand's solder in a block of elements, where stress and strain are the same
 * everywhere, against a single point.
 *
 * Shear: the hull follows gamma = 0.02 (T - 25 degC)/165 K beside the free expansion; expected are
 * the values of a program of its own with bisection in place of Newton, extrapolated to no step.
 * Biaxial: the sides of a solder plate follow the silicon, its faces are free; stepped by bp_run.
 * Expected is the rate equation integrated here by Runge and Kutta's formula of fourth order. */
#include "block.h"
#include "fields.h"
#include "stepper.h"

#include <stdlib.h>

static const double celsius = 273.15;

static BpMesh *solder_block(int sides) {
  static const double z[4] = {0.0, 25e-6, 60e-6, 80e-6};
  static const int region[3] = {BP_REGION_SOLDER, BP_REGION_SOLDER, BP_REGION_SOLDER};
  const BpTestBlock block = {.nx = 3,
                             .ny = 2,
                             .nlayers = 3,
                             .size = {150e-6, 75e-6},
                             .z = z,
                             .region = region,
                             .distort = 0.08,
                             .inside_only = 1,
                             .sides = sides};
  return bp_test_block(&block);
}

/* ---- shear */

typedef struct {
  double work, strain, shear, resistance; /* J/m3, 1, Pa, Pa */
} Point;

enum { SEGMENTS = 8 };

typedef struct {
  Point least[SEGMENTS], most[SEGMENTS]; /* at the ends of ramps and dwells, two cycles */
  int rank;
} Loop;

static Point at(const BpPointSet *set, size_t p) {
  const double *state = set->state0 + p * (size_t)set->nstate;
  return (Point){set->work0[p], state[set->accumulated], set->stress0[6 * p + 5] / BP_SQRT2,
                 state[7]};
}

/* Range over all points of all ranks. */
static void record(const BpTestBench *b, Point *least, Point *most) {
  const BpPointSet *set = b->model->set;
  while (set->region != BP_REGION_SOLDER)
    set++;
  double low[4], high[4];
  for (int k = 0; k < 4; k++)
    low[k] = high[k] = -HUGE_VAL; /* of -value and of value */
  for (size_t p = 0; p < (size_t)set->npoints; p++) {
    const Point now = at(set, p);
    const double value[4] = {now.work, now.strain, now.shear, now.resistance};
    for (int k = 0; k < 4; k++) {
      low[k] = fmax(low[k], -value[k]);
      high[k] = fmax(high[k], value[k]);
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, low, 4, MPI_DOUBLE, MPI_MAX, b->comm);
  MPI_Allreduce(MPI_IN_PLACE, high, 4, MPI_DOUBLE, MPI_MAX, b->comm);
  *least = (Point){-low[0], -low[1], -low[2], -low[3]};
  *most = (Point){high[0], high[1], high[2], high[3]};
}

/* One step to temperature T: the hull is sheared in the plane of x and y and expands freely. */
static void shear_step(BpTestBench *b, double t1, double T, double ratio) {
  BpTestLinear linear = {.b = {0}};
  BpStatus status;
  linear.A[0][1] = 0.02 * (T - celsius - 25.0) / 165.0;
  b->model->ratio = ratio;
  petsc_ok(bp_model_start_step(b->model, t1, T));
  const double *thermal = b->model->region[BP_REGION_SOLDER].thermal;
  for (int d = 0; d < 3; d++)
    linear.A[d][d] = thermal[d];
  bp_test_prescribe(b, bp_test_fix_hull, &linear);
  petsc_ok(bp_model_start_step(b->model, t1, T));
  petsc_ok(bp_newton_solve(b->newton, &status));
  assert_int_equal(status, BP_OK);
  petsc_ok(bp_model_accept(b->model));
}

/* Equal steps between corners, the first after a corner by backward Euler, as the stepper does. */
static void run_loop(double step, Loop *loop) {
  static const double to[4] = {125.0, 125.0, -40.0, -40.0};
  static const char *const overrides[] = {"load.start=25 degC", "load.cooling.to=-40 degC",
                                          "solver.linear=direct", NULL};
  BpTestBench b;
  double T = 25.0, t = 0.0;
  bp_test_open_world(bp_test_case(overrides), solder_block(0), &b);
  bp_test_absolute_tolerance(&b, 1e-11);
  bp_test_join_at_rest(&b);
  BpTestLinear still = {.b = {0}};
  bp_test_prescribe(&b, bp_test_fix_hull, &still);
  petsc_ok(bp_newton_reset(b.newton));
  for (int i = 0; i < SEGMENTS; i++) {
    const double target = to[i % 4], duration = i % 2 ? 900.0 : fabs(target - T) * 6.0;
    const int n = (int)ceil(duration / step);
    for (int k = 1; k <= n; k++)
      shear_step(&b, t + duration * k / n, T + (target - T) * k / n + celsius, k > 1 ? 1.0 : 0.0);
    t += duration;
    T = target;
    record(&b, &loop->least[i], &loop->most[i]);
  }
  loop->rank = b.rank;
  bp_test_close(&b);
}

static void assert_homogeneous(const Loop *loop) {
  for (int i = 0; i < SEGMENTS; i++) {
    const Point *a = &loop->least[i], *b = &loop->most[i];
    assert_close(a->work, b->work, 1e-8, 0.0);
    assert_close(a->strain, b->strain, 1e-8, 0.0);
    assert_close(a->shear, b->shear, 1e-8, 0.0);
    assert_close(a->resistance, b->resistance, 1e-8, 0.0);
  }
}

/* Asked for: 0.5 %. Steps of 20 s, by the second-order formula but after corners, leave 0.1 %. */
static void shear_of_a_block(void **state) {
  (void)state;
  static const double shear[SEGMENTS] = {7.83, 2.82, -29.49, -22.38, 7.94, 2.85, -29.49, -22.38};
  static const double resistance[4] = {31.69, 35.34, 32.01, 35.34}; /* MPa, ends of dwells */
  Loop loop;
  run_loop(20.0, &loop);
  const Point *end = loop.most;
  const double work[2] = {1e-6 * end[3].work, 1e-6 * (end[7].work - end[3].work)};
  const double strain[2] = {end[3].strain, end[7].strain - end[3].strain};
  if (loop.rank == 0)
    print_message("shear loop: work %.5f and %.5f MPa (%.1e, %.1e), strain %.6f and %.6f\n",
                  work[0], work[1], work[0] / 0.4379 - 1.0, work[1] / 0.5934 - 1.0, strain[0],
                  strain[1]);
  assert_homogeneous(&loop);
  assert_close(work[0], 0.4379, 5e-3, 0.0);
  assert_close(work[1], 0.5934, 5e-3, 0.0);
  assert_close(strain[0], 0.017612, 5e-3, 0.0);
  assert_close(strain[1], 0.021526, 5e-3, 0.0);
  for (int i = 0; i < SEGMENTS; i++)
    assert_close(1e-6 * end[i].shear, shear[i], 5e-3, 5e-3);
  for (int i = 0; i < 4; i++)
    assert_close(1e-6 * end[2 * i + 1].resistance, resistance[i], 5e-3, 0.0);
}

/* ---- biaxial */

/* Anand's equations for a plate with in-plane mechanical strain e and free faces: stress
 * E/(1 - nu) (e - p), Mises stress its magnitude, p the in-plane inelastic strain, whose rate is
 * half the equivalent rate. */
typedef struct {
  double p, s, work, strain; /* 1, Pa, J/m3, 1 */
} Plate;

enum { E, NU, S0, Q, A, XI, M, H0, SHAT, N, EXPONENT };

typedef struct {
  const BpMaterial *solder, *silicon;
  double start; /* K */
} Pair;

static double in_plane(const BpMaterial *material, double start, double T) {
  double strain[6];
  bp_material_thermal_strain(material, start, T, strain);
  return strain[0];
}

static double plate_stress(const Pair *pair, const double *param, double T, double p) {
  const double e = in_plane(pair->silicon, pair->start, T) - in_plane(pair->solder, pair->start, T);
  return param[E] / (1.0 - param[NU]) * (e - p);
}

static Plate rate_of(const Pair *pair, double T, const Plate *now) {
  double param[16];
  bp_material_param(pair->solder, T, param);
  const double stress = plate_stress(pair, param, T, now->p), q = fabs(stress);
  const double rate = param[A] * exp(-param[Q] / T) *
                      pow(sinh(fmin(700.0, param[XI] * q / now->s)), 1.0 / param[M]);
  if (rate <= 0.0)
    return (Plate){0};
  const double s_sat = param[SHAT] * pow(rate / param[A] * exp(param[Q] / T), param[N]);
  const double gap = 1.0 - now->s / s_sat;
  return (Plate){.p = 0.5 * rate * (stress > 0.0 ? 1.0 : -1.0),
                 .s = param[H0] * pow(fabs(gap), param[EXPONENT]) * (gap > 0.0 ? 1.0 : -1.0) * rate,
                 .work = q * rate,
                 .strain = rate};
}

static Plate sum(const Plate *a, double h, const Plate *b) {
  return (Plate){a->p + h * b->p, a->s + h * b->s, a->work + h * b->work,
                 a->strain + h * b->strain};
}

/* The classical formula from t to t + h of a programme. */
static Plate runge_kutta(const Pair *pair, const BpProgramme *programme, double t, double h,
                         const Plate *y) {
  const double T0 = bp_programme_temperature(programme, t);
  const double T1 = bp_programme_temperature(programme, t + 0.5 * h);
  const double T2 = bp_programme_temperature(programme, t + h);
  const Plate k1 = rate_of(pair, T0, y), y1 = sum(y, 0.5 * h, &k1);
  const Plate k2 = rate_of(pair, T1, &y1), y2 = sum(y, 0.5 * h, &k2);
  const Plate k3 = rate_of(pair, T1, &y2), y3 = sum(y, h, &k3);
  const Plate k4 = rate_of(pair, T2, &y3);
  Plate next = sum(y, h / 6.0, &k1);
  next = sum(&next, h / 3.0, &k2);
  next = sum(&next, h / 3.0, &k3);
  return sum(&next, h / 6.0, &k4);
}

/* Through the whole programme with steps of h seconds, equal between corners. */
static void integrate(const Pair *pair, const BpProgramme *programme, double h, Plate *before,
                      Plate *end) {
  double param[16];
  bp_material_param(pair->solder, pair->start, param);
  *end = (Plate){.s = param[S0]};
  for (int c = 1; c < programme->count; c++) {
    const double t = programme->corner[c - 1].time, span = programme->corner[c].time - t;
    const int n = (int)ceil(span / h);
    if (programme->corner[c].cycle > programme->corner[c - 1].cycle)
      *before = *end; /* the last cycle begins */
    for (int i = 0; i < n; i++)
      *end = runge_kutta(pair, programme, t + span * i / n, span / n, end);
  }
}

typedef struct {
  const BpJoint *joint;
  double work, strain; /* of the last cycle */
} CycleWatch;

static PetscErrorCode keep_cycle(void *context, const BpStep *step) {
  CycleWatch *watch = context;
  if (step->cycle) {
    watch->work = step->cycle->work[watch->joint->layer[0]];
    watch->strain = step->cycle->strain[watch->joint->layer[0]];
  }
  return 0;
}

/* A plate of solder alone: its sides move with the die. Both faces count as wetted, so that the
 * joint's averages are those of the plate. */
static BpMesh *solder_plate(void) {
  BpMesh *mesh = solder_block(0);
  const int die = bp_mesh_find_boundary(mesh, "side_die"),
            hull = bp_mesh_find_boundary(mesh, "hull"),
            back = bp_mesh_find_boundary(mesh, "die_back"),
            front = bp_mesh_find_boundary(mesh, "board_back"),
            package = bp_mesh_find_boundary(mesh, "wetted_package"),
            board = bp_mesh_find_boundary(mesh, "wetted_board");
  const int n = mesh->faces.count;
  for (int f = 0; f < n; f++) {
    const int first = mesh->faces.start[f], nnodes = mesh->faces.start[f + 1] - first;
    int node[8];
    memcpy(node, mesh->faces.node + first, (size_t)nnodes * sizeof node[0]);
    const BpCellType type = (BpCellType)mesh->faces.type[f];
    if (mesh->faces.group[f] == hull && type == BP_CELL_QUAD8)
      mesh->faces.group[f] = die;
    if (mesh->faces.group[f] == back)
      bp_cells_add(&mesh->faces, type, node, package);
    if (mesh->faces.group[f] == front)
      bp_cells_add(&mesh->faces, type, node, board);
  }
  return mesh;
}

/* The silicon's expansion is the same along every direction of its plane. The steps are those of a
 * time tolerance of 0.002, which leaves some parts in a thousand. */
static void biaxial_plate_of_a_run(void **state) {
  (void)state;
  static const char *const overrides[] = {
      "load.cycles=1",      "solver.time_tolerance=0.002", "solver.linear=direct",
      "output.layer=25 um", "solver.newton_iterations=30", NULL};
  BpTestBench b;
  BpJoint *joint;
  BpRunSummary summary;
  CycleWatch cycle = {0};
  Plate before = {0}, end;
  bp_test_open_world(bp_test_case(overrides), solder_plate(), &b);
  BpProgramme *programme = bp_programme_build(&b.bp->load);
  bp_test_absolute_tolerance(&b, 1e-11);
  petsc_ok(bp_joint_create(b.model, &joint));
  cycle.joint = joint;
  const BpWatch watch = {.context = &cycle, .accepted = keep_cycle};
  petsc_ok(bp_run(b.newton, joint, programme, &watch, &summary));
  assert_int_equal(summary.end, BP_RUN_DONE);
  const Pair pair = {b.materials.material[BP_REGION_SOLDER], b.materials.material[BP_REGION_DIE],
                     b.bp->load.start};
  integrate(&pair, programme, 0.05, &before, &end);
  const double work = end.work - before.work, strain = end.strain - before.strain;
  if (b.rank == 0)
    print_message("biaxial plate, %d steps: work %.5f MPa (%.1e), strain %.6f (%.1e)\n",
                  summary.accepted, 1e-6 * cycle.work, cycle.work / work - 1.0, cycle.strain,
                  cycle.strain / strain - 1.0);
  assert_close(cycle.work, work, 5e-3, 0.0);
  assert_close(cycle.strain, strain, 5e-3, 0.0);
  bp_run_summary_free(&summary);
  bp_joint_destroy(&joint);
  bp_programme_free(programme);
  bp_test_close(&b);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shear_of_a_block),
      cmocka_unit_test(biaxial_plate_of_a_run),
  };
  return BP_TEST_MAIN(argc, argv, "loop", tests);
}

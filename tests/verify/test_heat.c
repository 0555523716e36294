/* Heat conduction against closed forms, on every element: steady fields, manufactured transient
 * ones with data that depend on temperature, the order in space and time, and that heat is kept. */
#include "bench.h"
#include "user_block.h"

#include "heat.h"

#include <stdlib.h>
#include <string.h>

static const double size[3] = {2e-3, 1e-3, 3e-3};
static const double start = 293.15;

static const BpCellType elements[] = {BP_CELL_TET4,    BP_CELL_TET10, BP_CELL_WEDGE6,
                                      BP_CELL_WEDGE15, BP_CELL_HEX8,  BP_CELL_HEX20};

typedef struct {
  BpCase *bp;
  BpMaterials materials;
  BpGrid *grid;
  BpHeat *heat;
} Bench;

static BpCase *read_case(const char *card, const char *boundary, const char *heat) {
  BpProblems problems = {0};
  char *text = bp_format("model:\n  kind: mesh\n  file: block.msh\n  materials: {body: %s}\n"
                         "  boundary:\n%s"
                         "load: {start: 20 degC, heat: {solve: alone, %s}}\n",
                         card, boundary, heat);
  BpCase *bp = bp_case_read_text("block.yaml", text, NULL, 0, &problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  free(text);
  assert_non_null(bp);
  return bp;
}

/* extra of the load NULL: none */
static void open_bench(BpCase *bp, BpMesh *mesh,
                       double (*extra)(const double *, double, const void *), const void *context,
                       Bench *b) {
  const double weight[1] = {1.0};
  int rank;
  BpProblems problems = {0};
  BpHeatLoad load;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  *b = (Bench){.bp = bp};
  assert_int_equal(bp_materials_load(bp, &b->materials, &problems), BP_OK);
  bp_problems_free(&problems);
  petsc_ok(bp_grid_create(PETSC_COMM_WORLD, rank == 0 ? mesh : NULL, weight, &b->grid));
  bp_mesh_free(mesh);
  bp_heat_load_of_mesh(bp, &load);
  load.extra = extra;
  load.context = context;
  petsc_ok(bp_heat_create(bp, b->materials.material, b->grid, &load, &b->heat));
}

static void close_bench(Bench *b) {
  petsc_ok(bp_heat_destroy(&b->heat));
  petsc_ok(bp_grid_destroy(&b->grid));
  bp_materials_free(&b->materials);
  bp_case_free(b->bp);
}

static double error_of(const Bench *b, double (*T)(const double *, double, const void *), double t,
                       const void *context) {
  const double *value = bp_heat_temperature(b->heat);
  double mine = 0.0;
  for (int n = 0; n < b->grid->nnodes; n++)
    mine = fmax(mine, fabs(value[n] - T(b->grid->xyz[n], t, context)));
  return bp_test_largest(b->grid->comm, mine);
}

static void say(const char *format, ...) {
  int rank;
  va_list args;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  va_start(args, format);
  if (rank == 0)
    vprint_message(format, args);
  va_end(args);
}

/* ---- steady fields that the elements hold exactly */

static const char cu3sn[] = "cu3sn_elastic_fields";
static const double k_cu3sn = 70.4;

/* 100 W through a wall between 20 degC and convection of 5e4 W/m2/K to 10 degC: linear in z. */
static double wall(const double *x, double t, const void *context) {
  (void)t;
  (void)context;
  const double h = 5e4, flux = (293.15 - 283.15) / (size[2] / k_cu3sn + 1.0 / h);
  return 293.15 - flux * x[2] / k_cu3sn;
}

/* A flux of 2e5 W/m2 into z1, out at z0 by radiation from a black surface: its temperature is that
 * of Stefan and Boltzmann. */
static double radiator(const double *x, double t, const void *context) {
  (void)t;
  (void)context;
  const double flux = 2e4, ambient = 300.0;
  const double cold = pow(flux / 5.670374419e-8 + pow(ambient, 4.0), 0.25);
  return cold + flux * x[2] / k_cu3sn;
}

static void check_steady(const char *boundary, double (*T)(const double *, double, const void *)) {
  for (int i = 0; i < BP_COUNT(elements); i++) {
    Bench b;
    BpStatus status;
    open_bench(read_case(cu3sn, boundary, "steady: yes"),
               bp_test_user_block(elements[i], 2, size, 0.1, 0), NULL, NULL, &b);
    petsc_ok(bp_heat_steady(b.heat, 0.0, &status));
    assert_int_equal(status, BP_OK);
    const double error = error_of(&b, T, 0.0, NULL);
    const BpHeatCounts counts = bp_heat_counts(b.heat);
    say("%s: %.1e K, %ld Newton, %ld linear iterations, imbalance %.1e\n",
        bp_cell_info(elements[i])->name, error, counts.newton, counts.linear,
        bp_heat_worst_imbalance(b.heat));
    assert_close(error, 0.0, 0.0, 1e-6); /* 1e-9 of the heat leave 5e-7 of 500 K */
    assert_true(bp_heat_worst_imbalance(b.heat) < 1e-8);
    close_bench(&b);
  }
}

static void convection_through_a_wall(void **state) {
  (void)state;
  check_steady("    - {on: z0, temperature: 20 degC}\n"
               "    - {on: z1, convection: 5e4 W/m2/K, ambient: 10 degC}\n",
               wall);
}

static void radiation_of_a_flux(void **state) {
  (void)state;
  check_steady("    - {on: z1, flux: 2e4 W/m2}\n"
               "    - {on: z0, emissivity: 1, ambient: 300 K}\n",
               radiator);
}

/* ---- a manufactured transient field with data that depend on temperature */

typedef struct {
  double k0, k1, c0, c1, density; /* k = k0 + k1 (T - 20 degC), c alike */
  double rate;                    /* 1/s */
  double amplitude;               /* K */
} Data;

static const Data varying = {70.0, 0.2, 300.0, 0.9, 8000.0, 20.0, 80.0};

/* Shape, its gradient and Laplacian: a product of cosines, without flux through any face. */
static double shape(const double *x, double gradient[3], double *laplacian) {
  double c[3], s[3], k[3];
  *laplacian = 0.0;
  for (int d = 0; d < 3; d++) {
    k[d] = M_PI / size[d];
    c[d] = cos(k[d] * x[d]);
    s[d] = sin(k[d] * x[d]);
  }
  const double all = c[0] * c[1] * c[2];
  gradient[0] = -k[0] * s[0] * c[1] * c[2];
  gradient[1] = -k[1] * c[0] * s[1] * c[2];
  gradient[2] = -k[2] * c[0] * c[1] * s[2];
  for (int d = 0; d < 3; d++)
    *laplacian -= k[d] * k[d] * all;
  return all;
}

static double made(const double *x, double t, const void *context) {
  const Data *d = context;
  double gradient[3], laplacian;
  return start + d->amplitude * sin(d->rate * t) * shape(x, gradient, &laplacian);
}

static double made_source(const double *x, double t, const void *context) {
  const Data *d = context;
  double g[3], laplacian;
  const double f = shape(x, g, &laplacian), A = d->amplitude * sin(d->rate * t),
               rate = d->amplitude * d->rate * cos(d->rate * t);
  const double k = d->k0 + d->k1 * A * f, c = d->density * (d->c0 + d->c1 * A * f);
  return c * rate * f - k * A * laplacian -
         d->k1 * A * A * (g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
}

/* After so many equal steps over 50 ms. */
static void run_made(BpCellType type, int n, int steps, Bench *b) {
  BpStatus status;
  double estimate;
  char *card = bp_format("%s/tests/verify/cards/heat_varying.yaml", BP_SOURCE_DIR);
  open_bench(read_case(card, "    - {on: z0, flux: 1e-9 W/m2}\n", "tolerance: 1 K"),
             bp_test_user_block(type, n, size, 0.0, 0), made_source, &varying, b);
  free(card);
  for (int i = 0; i < steps; i++) {
    petsc_ok(bp_heat_try(b->heat, 0.05 * (i + 1) / steps, &estimate, &status));
    assert_int_equal(status, BP_OK);
    petsc_ok(bp_heat_accept(b->heat));
  }
  assert_true(bp_heat_worst_imbalance(b->heat) < 1e-8);
}

/* Root of the mean square of the error, over the volume. */
static double made_error(BpCellType type, int n, int steps) {
  Bench b;
  double mine[2] = {0.0}, all[2];
  run_made(type, n, steps, &b);
  const double *value = bp_heat_temperature(b.heat);
  for (int c = 0; c < b.grid->ncells; c++) {
    const BpElement *e = bp_element((BpCellType)b.grid->cell_type[c]);
    const int *node = bp_grid_nodes(b.grid, c);
    double xyz[BP_FE_MAX_NODES][3];
    for (int a = 0; a < e->nnodes; a++)
      memcpy(xyz[a], b.grid->xyz[node[a]], sizeof xyz[a]);
    for (int q = 0; q < e->npoints; q++) {
      double N[BP_FE_MAX_NODES], x[3], T = 0.0;
      e->shapes(e->point[q], N, NULL);
      bp_element_position(e, (const double(*)[3])xyz, e->point[q], x);
      for (int a = 0; a < e->nnodes; a++)
        T += N[a] * value[node[a]];
      const double volume =
          e->weight[q] * bp_element_jacobian(e, (const double(*)[3])xyz, e->point[q], NULL);
      mine[0] += volume * pow(T - made(x, 0.05, &varying), 2.0);
      mine[1] += volume;
    }
  }
  MPI_Allreduce(mine, all, 2, MPI_DOUBLE, MPI_SUM, b.grid->comm);
  close_bench(&b);
  return sqrt(all[0] / all[1]);
}

static int finer; /* 1: more cells and steps, for the slow test */

static void check_order_in_space(int coarse, int steps) {
  static const BpCellType second[] = {BP_CELL_TET10, BP_CELL_WEDGE15, BP_CELL_HEX20};
  for (int i = 0; i < BP_COUNT(second); i++) {
    const double error = made_error(second[i], coarse, steps),
                 half = made_error(second[i], 2 * coarse, steps), order = log2(error / half);
    say("%s: %.3e, %.3e K, order %.2f\n", bp_cell_info(second[i])->name, error, half, order);
    assert_close(order, 3.0, 0.0, finer ? 0.15 : 0.4); /* two cells a half wave are coarse */
  }
}

static void order_in_space(void **state) {
  (void)state;
  check_order_in_space(finer ? 5 : 2, finer ? 20 : 3);
}

/* Largest difference between the fields of so many and of twice as many steps: that of the mesh
 * drops out. */
static double change(int steps) {
  Bench one, two;
  double mine = 0.0;
  run_made(BP_CELL_HEX20, 2, steps, &one);
  run_made(BP_CELL_HEX20, 2, 2 * steps, &two);
  for (int n = 0; n < one.grid->nnodes; n++)
    mine = fmax(mine, fabs(bp_heat_temperature(one.heat)[n] - bp_heat_temperature(two.heat)[n]));
  mine = bp_test_largest(one.grid->comm, mine);
  close_bench(&one);
  close_bench(&two);
  return mine;
}

static void order_in_time(void **state) {
  (void)state;
  const double coarse = change(4), fine = change(8), order = log2(coarse / fine);
  say("time: %.3e, %.3e K, order %.2f\n", coarse, fine, order);
  assert_close(order, 2.0, 0.0, 0.2);
}

int main(int argc, char **argv) {
  const struct CMUnitTest all[] = {
      cmocka_unit_test(order_in_space),
      cmocka_unit_test(convection_through_a_wall),
      cmocka_unit_test(radiation_of_a_flux),
      cmocka_unit_test(order_in_time),
  };
  finer = argc > 1 && strcmp(argv[1], "finer") == 0;
  return BP_TEST_MAIN(argc, argv, "heat", all);
}

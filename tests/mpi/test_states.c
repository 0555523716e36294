/* States of laws in the fields of a run: which ones a case gets, means over the cells, and those of
 * a law from outside in a state that is known. Every rank reads the files and finds the same. */
#include "block.h"
#include "fields.h"
#include "run.h"

#include "fe.h"

#include <stdlib.h>
#include <string.h>

#define CHABOCHE BP_SOURCE_DIR "/tests/contract/cards/chaboche.yaml"
#define CREEP    BP_UMAT_DIR "/norton_creep.yaml"

static const BpStoreError none = {0};

/* ---- means over the cell */

/* 1 + a.x + b z^2, positive over the mesh; z^2 tells the weights of the points apart. */
static double growth(const double x[3]) {
  return 1.0 + 900.0 * x[0] + 700.0 * x[1] + 500.0 * x[2] + 1e8 * x[2] * x[2];
}

/* Value number k of a point's state where growth() is 1. */
static double base(int k) {
  return 1e-3 * (k + 1);
}

static void fill_states(BpModel *model) {
  for (int i = 0; i < model->nsets; i++) {
    BpPointSet *set = &model->set[i];
    for (int c = 0; c < set->ncells; c++) {
      double x[BP_FE_MAX_POINTS][3];
      bp_test_point_positions(model->grid, set->cell[c], x);
      for (size_t q = 0; q < (size_t)set->element[c]->npoints; q++)
        for (size_t k = 0; k < (size_t)set->nstate; k++)
          set->state0[((size_t)set->first[c] + q) * (size_t)set->nstate + k] =
              growth(x[q]) * base((int)k);
    }
  }
}

/* Mean over an upright wedge: growth() at the centroid, and what the height adds to the mean of
 * z^2.
 */
static double growth_of_cell(const BpTestStored *s, int64_t cell) {
  double x[3] = {0};
  for (int i = 0; i < 6; i++)
    for (int d = 0; d < 3; d++)
      x[d] += s->xyz[s->node[15 * cell + i]][d] / 6.0;
  const double height = s->xyz[s->node[15 * cell + 3]][2] - s->xyz[s->node[15 * cell]][2];
  return growth(x) + 1e8 * height * height / 12.0;
}

/* A field, where the state of its law begins, and how its values are kept. */
typedef struct {
  const char *name, *unit;
  int region, offset, size;
  const int *from; /* Mandel component of each; NULL: values as they are */
} Expected;

/* Exact by the quadrature rule. */
static void assert_means(BpTestStored *s, const Expected *e) {
  double *value = bp_test_field(s, "CellData", e->name, e->size);
  char *object = bp_format("steps/0000/CellData/%s", e->name);
  char *unit = bp_h5_get_text(s->file, object, "unit");
  int found = 0;
  assert_string_equal(unit, e->unit);
  for (int64_t c = 0; c < s->ncells; c++)
    for (int i = 0; i < e->size; i++) {
      const double got = value[e->size * c + i];
      if (s->region[c] != e->region) {
        assert_true(isnan(got));
        continue;
      }
      const double factor = growth_of_cell(s, c) / (e->from && i > 2 ? BP_SQRT2 : 1.0);
      assert_close(got, factor * base(e->offset + (e->from ? e->from[i] : i)), 1e-12, 0.0);
      found++;
    }
  assert_int_equal(found, 2 * 4 * 3 * e->size); /* wedges, cells */
  free(unit);
  free(object);
  free(value);
}

static BpCase *case_with(const char *states) {
  const char *const overrides[] = {"materials.solder.card=" CREEP,
                                   "materials.wiring.card=" CHABOCHE, states, NULL};
  return bp_test_case(overrides);
}

/* Writes the made-up state of a joint and opens it. */
static void write_made_up(const char *states, BpTestRun *run, BpTestStored *s) {
  BpStoreError error = none;
  BpMesh *mesh = bp_test_small_joint(4, 3, 0.0, 0);
  bp_test_open_run(PETSC_COMM_WORLD, case_with(states), mesh, NULL, run);
  bp_test_join_at_rest(&run->bench);
  fill_states(run->bench.model);
  petsc_ok(bp_output_fields(run->output, run->bench.newton->u, 0.0, "", &error));
  assert_sound(&error);
  bp_test_open_stored(run, s);
  bp_mesh_free(mesh);
}

static void close_made_up(BpTestRun *run, BpTestStored *s) {
  bp_test_close_stored(s);
  bp_test_close_run(run);
  bp_test_remove_run(PETSC_COMM_WORLD, run);
}

/* STATEV of the UMAT stands behind nine values of the wrapper, in Abaqus' order and as it is; back
 * strains of the copper behind seven, as tensors. */
static void cells_hold_means_of_all_states(void **state) {
  static const int mandel[6] = {0, 1, 2, 5, 3, 4}; /* XX YY ZZ XY YZ XZ */
  static const Expected expected[] = {
      {"creep_strain", "as the UMAT counts", BP_REGION_SOLDER, 9, 6, NULL},
      {"creep_sum", "as the UMAT counts", BP_REGION_SOLDER, 15, 1, NULL},
      {"creep_dissipation", "J/m3", BP_REGION_SOLDER, 8, 1, NULL},
      {"back_strain1", "1", BP_REGION_WIRING, 7, 6, mandel},
      {"back_strain4", "1", BP_REGION_WIRING, 25, 6, mandel},
  };
  BpTestRun run;
  BpTestStored s;
  (void)state;
  write_made_up("output.states=all", &run, &s);
  for (int i = 0; i < BP_COUNT(expected); i++)
    assert_means(&s, &expected[i]);
  close_made_up(&run, &s);
}

static void a_case_gets_what_it_names(void **state) {
  static const struct {
    const char *states;
    int sum, strain;
  } row[] = {{"output.states=[]", 0, 0},
             {"output.states=creep_sum", 1, 0},
             {"output.states=[back_strain2, creep_sum, creep_sum]", 1, 1}};
  (void)state;
  for (int i = 0; i < BP_COUNT(row); i++) {
    BpTestRun run;
    BpTestStored s;
    write_made_up(row[i].states, &run, &s);
    assert_int_equal(bp_h5_has(s.file, "steps/0000/CellData/creep_sum"), row[i].sum);
    assert_int_equal(bp_h5_has(s.file, "steps/0000/CellData/back_strain2"), row[i].strain);
    assert_false(bp_h5_has(s.file, "steps/0000/CellData/back_strain1"));
    assert_true(bp_h5_has(s.file, "steps/0000/CellData/inelastic_strain"));
    close_made_up(&run, &s);
  }
}

/* ---- a UMAT in a state that is known */

/* The equivalent creep increment of one backward Euler step of Norton's law, by bisection: the
 * stress q left over makes what it has lost, 3G d = q_trial - q, d = A dt (q/MPa)^n. */
static double norton_increment(double shear, double trial, double dt) {
  double low = 0.0, high = trial;
  for (int i = 0; i < 200; i++) {
    const double q = 0.5 * (low + high), d = 1e-9 * dt * pow(1e-6 * q, 5.0);
    *(q + 3.0 * shear * d > trial ? &high : &low) = q;
  }
  return (trial - low) / (3.0 * shear);
}

/* All solder, sheared at 217 degC in one step of 100 s. Shear: q = sqrt(3) times the shear stress,
 * engineering creep strain sqrt(3) times the increment. Strains are differences of displacements,
 * round-off of 1e-12 at most, and d goes with the fifth power of the stress. */
static void a_umat_in_shear_shows_its_creep(void **state) {
  static const double T = 490.15, gamma = 1e-3, dt = 100.0, slope = -25e9 / 295.0;
  const double shear = (55e9 + slope * (T - 208.15)) / (2.0 * 1.36), tau = shear * gamma;
  const double d = norton_increment(shear, sqrt(3.0) * tau, dt);
  const double work = 0.5 * (tau - shear * sqrt(3.0) * d) * sqrt(3.0) * d;
  static const double z[3] = {0.0, 40e-6, 110e-6};
  static const int region[2] = {BP_REGION_SOLDER, BP_REGION_SOLDER};
  const BpTestBlock shape = {
      .nx = 4, .ny = 3, .nlayers = 2, .size = {300e-6, 150e-6}, .z = z, .region = region};
  const BpTestLinear still = {.A = {{0}}}, sheared = {.A = {{0.0, 0.0, gamma}}};
  const char *const overrides[] = {"output.states=all", NULL};
  BpStoreError error = none;
  BpMesh *mesh = bp_test_block(&shape);
  BpTestRun run;
  BpTestStored s;
  (void)state;
  bp_test_open_run(PETSC_COMM_WORLD, bp_test_case_of(CREEP, overrides), mesh, NULL, &run);
  bp_test_accept_field(&run.bench, &still, 0.0, T);
  bp_test_accept_field(&run.bench, &sheared, dt, T);
  petsc_ok(bp_output_fields(run.output, run.bench.newton->u, dt, "", &error));
  assert_sound(&error);
  bp_test_open_stored(&run, &s);
  double *strain = bp_test_field(&s, "CellData", "creep_strain", 6);
  double *sum = bp_test_field(&s, "CellData", "creep_sum", 1);
  double *energy = bp_test_field(&s, "CellData", "creep_dissipation", 1);
  assert_true(d > 0.05 * gamma && d < 0.5 * gamma); /* creep that can be seen */
  for (int64_t c = 0; c < s.ncells; c++) {
    for (int i = 0; i < 6; i++) /* 13 is the fifth of Abaqus' components */
      assert_close(strain[6 * c + i], i == 4 ? sqrt(3.0) * d : 0.0, 1e-10, 1e-10 * d);
    assert_close(sum[c], d, 1e-10, 0.0);
    assert_close(energy[c], work, 1e-10, 0.0);
  }
  free(energy);
  free(sum);
  free(strain);
  close_made_up(&run, &s);
  bp_mesh_free(mesh);
}

/* ---- names that are wrong */

static void names_are_checked(void **state) {
  static const struct {
    const char *states, *wiring, *text;
  } row[] = {
      {"output.states=[creep_sums]", CHABOCHE,
       "output.states: no law of this case has a state 'creep_sums'; did you mean 'creep_sum'? "
       "known are back_strain1, back_strain2, back_strain3, back_strain4, plastic_dissipation, "
       "creep_dissipation, creep_strain, creep_sum"},
      {"output.states=[all, creep_sums]", CHABOCHE, NULL},
      {"output.states=creep_strain", BP_SOURCE_DIR "/tests/contract/cards/norton_plastic.yaml",
       "output.states: the state 'creep_strain' of 'norton_plastic' is not that of "
       "'umat:libnorton_creep.so', size or unit differ; call it something else in umat.states, or "
       "name other states"},
      {"output.states=plastic_strain", BP_SOURCE_DIR "/tests/contract/cards/norton_plastic.yaml",
       NULL},
  };
  (void)state;
  for (int i = 0; i < BP_COUNT(row); i++) {
    BpProblems problems = {0};
    BpMaterials materials;
    char *wiring = bp_format("materials.wiring.card=%s", row[i].wiring);
    const char *const overrides[] = {"materials.solder.card=" CREEP, wiring, row[i].states, NULL};
    BpCase *bp = bp_test_case(overrides);
    assert_int_equal(bp_materials_load(bp, &materials, &problems), BP_OK);
    const int before = problems.count;
    assert_int_equal(bp_output_check(bp, &materials, &problems), row[i].text ? BP_BAD : BP_OK);
    assert_int_equal(problems.count, before + (row[i].text != NULL));
    if (row[i].text) {
      assert_non_null(strstr(problems.item[before].text, row[i].text));
      assert_int_equal(problems.item[before].code, BP_EXIT_CASE);
    }
    bp_materials_free(&materials);
    bp_problems_free(&problems);
    bp_case_free(bp);
    free(wiring);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cells_hold_means_of_all_states),
      cmocka_unit_test(a_case_gets_what_it_names),
      cmocka_unit_test(a_umat_in_shear_shows_its_creep),
      cmocka_unit_test(names_are_checked),
  };
  return BP_TEST_MAIN(argc, argv, "states", tests);
}

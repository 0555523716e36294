/* Values at points: displacement from the shape functions, what the material knows carried from the
 * quadrature points (where it flows by a linear fit, without the pressure's oscillations), and the
 * mean over the cells of one region where the point lies on their common border. */
#include "output_impl.h"

#include "nearest.h"

#include <stdlib.h>
#include <string.h>

static const double near = 1e-3; /* of a cell that a point may be outside of it */

/* ---- quantities */

/* What a point is evaluated from. */
typedef struct {
  double displacement[3], stress[6], accumulated, work, temperature;
} AtPoint;

enum { ALL = sizeof(AtPoint) / sizeof(double) };

static double take_ux(const AtPoint *p) {
  return 1e3 * p->displacement[0];
}
static double take_uy(const AtPoint *p) {
  return 1e3 * p->displacement[1];
}
static double take_uz(const AtPoint *p) {
  return 1e3 * p->displacement[2];
}
static double take_sxx(const AtPoint *p) {
  return 1e-6 * p->stress[0];
}
static double take_syy(const AtPoint *p) {
  return 1e-6 * p->stress[1];
}
static double take_szz(const AtPoint *p) {
  return 1e-6 * p->stress[2];
}
static double take_syz(const AtPoint *p) {
  return 1e-6 * p->stress[3] / BP_SQRT2;
}
static double take_sxz(const AtPoint *p) {
  return 1e-6 * p->stress[4] / BP_SQRT2;
}
static double take_sxy(const AtPoint *p) {
  return 1e-6 * p->stress[5] / BP_SQRT2;
}
static double take_mises(const AtPoint *p) {
  return 1e-6 * bp_mises(p->stress);
}
static double take_accumulated(const AtPoint *p) {
  return p->accumulated;
}
static double take_work(const AtPoint *p) {
  return 1e-6 * p->work;
}
static double take_temperature(const AtPoint *p) {
  return p->temperature - 273.15;
}

static const struct {
  const char *name, *unit;
  int jumps; /* 1: differs on the two sides of an interface */
  double (*take)(const AtPoint *p);
} table[] = {
    {"ux", "mm", 0, take_ux},
    {"uy", "mm", 0, take_uy},
    {"uz", "mm", 0, take_uz},
    {"sxx", "MPa", 1, take_sxx},
    {"syy", "MPa", 1, take_syy},
    {"szz", "MPa", 1, take_szz},
    {"syz", "MPa", 1, take_syz},
    {"sxz", "MPa", 1, take_sxz},
    {"sxy", "MPa", 1, take_sxy},
    {"von_mises", "MPa", 1, take_mises},
    {"accumulated_inelastic_strain", "1", 1, take_accumulated},
    {"work_density", "MPa", 1, take_work},
    {"temperature", "degC", 0, take_temperature},
};

/* Index in the table, -1 with a problem. */
static int find_quantity(const BpCase *bp, const BpProbeCase *wanted, BpProblems *problems) {
  const char *known[BP_COUNT(table)];
  for (int i = 0; i < BP_COUNT(table); i++) {
    known[i] = table[i].name;
    if (strcmp(table[i].name, wanted->quantity) == 0)
      return i;
  }
  bp_output_refuse_name(bp, "output.probes: there is no quantity", wanted->quantity, known,
                        BP_COUNT(table), problems);
  return -1;
}

/* Heat alone knows no other quantity. */
static void check_alone(const BpCase *bp, const BpProbeCase *wanted, int quantity,
                        BpProblems *problems) {
  if (bp_case_is_heat_alone(bp) && table[quantity].take != take_temperature)
    bp_case_problem(bp, problems, BP_EXIT_CASE, "output.probes",
                    "output.probes: '%s' asks for %s, and load.heat.solve is alone, which knows "
                    "the temperature only; write quantity: temperature",
                    wanted->name, wanted->quantity);
}

/* ---- places */

static int is_near(const double (*xyz)[3], int nnodes, const double *x) {
  double low[3], high[3], size = 0.0;
  for (int d = 0; d < 3; d++) {
    low[d] = high[d] = xyz[0][d];
    for (int n = 1; n < nnodes; n++) {
      low[d] = fmin(low[d], xyz[n][d]);
      high[d] = fmax(high[d], xyz[n][d]);
    }
    size = fmax(size, high[d] - low[d]);
  }
  for (int d = 0; d < 3; d++)
    if (x[d] < low[d] - 0.1 * size || x[d] > high[d] + 0.1 * size)
      return 0;
  return 1;
}

/* Adds the cells of this rank that hold the point. */
static void find_cells(const BpModel *model, const BpProbeCase *wanted, BpProbe *probe) {
  const BpGrid *grid = model->grid;
  for (int c = 0; c < grid->ncells; c++) {
    const BpElement *element = bp_element((BpCellType)grid->cell_type[c]);
    double xyz[BP_FE_MAX_NODES][3] = {{0}}, xi[3];
    const int region = bp_cell_region(model, c);
    for (int n = 0; n < element->nnodes; n++)
      memcpy(xyz[n], grid->xyz[bp_grid_nodes(grid, c)[n]], sizeof xyz[n]);
    if ((wanted->region[0] &&
         strcmp(model->bp->materials.region[region].name, wanted->region) != 0) ||
        !is_near((const double(*)[3])xyz, element->nnodes, wanted->at) ||
        bp_element_locate(element, (const double(*)[3])xyz, wanted->at, xi) != BP_OK ||
        bp_element_outside(element, xi) > near)
      continue;
    BP_GROW(probe->cell, probe->ncells + 1);
    probe->xi = bp_resize(probe->xi, (size_t)probe->ncells + 1, sizeof probe->xi[0]);
    memcpy(probe->xi[probe->ncells], xi, sizeof xi);
    probe->cell[probe->ncells++] = c;
  }
}

/* Says what is wrong with the place, from all ranks' cells. */
static PetscErrorCode check_place(const BpModel *model, const BpProbeCase *wanted,
                                  const BpProbe *probe, BpProblems *problems) {
  unsigned long long mine = 0, all = 0;
  for (int i = 0; i < probe->ncells; i++)
    mine |= 1ull << bp_cell_region(model, probe->cell[i]);
  PetscCallMPI(MPI_Allreduce(&mine, &all, 1, MPI_UNSIGNED_LONG_LONG, MPI_BOR, model->grid->comm));
  if (all == 0)
    bp_case_problem(model->bp, problems, BP_EXIT_GEOMETRY, "output.probes",
                    "output.probes: '%s' at (%.6g, %.6g, %.6g) mm is outside of %s%s%s; move it",
                    wanted->name, 1e3 * wanted->at[0], 1e3 * wanted->at[1], 1e3 * wanted->at[2],
                    wanted->region[0] ? "region '" : "the mesh", wanted->region,
                    wanted->region[0] ? "'" : "");
  else if ((all & (all - 1)) != 0 && table[probe->quantity].jumps)
    bp_case_problem(model->bp, problems, BP_EXIT_GEOMETRY, "output.probes",
                    "output.probes: '%s' is on the border of several regions, where %s jumps; "
                    "write region: NAME",
                    wanted->name, wanted->quantity);
  return 0;
}

PetscErrorCode bp_output_place_probes(BpOutput *output, BpProblems *problems) {
  const BpModel *model = output->model;
  const int n = model->bp->output.nprobes;
  output->probe = BP_NEW(BpProbe, n);
  for (int i = 0; i < n; i++) {
    const BpProbeCase *wanted = &model->bp->output.probe[i];
    output->probe[i].quantity = find_quantity(model->bp, wanted, problems);
    if (output->probe[i].quantity < 0)
      continue;
    check_alone(model->bp, wanted, output->probe[i].quantity, problems);
    find_cells(model, wanted, &output->probe[i]);
    PetscCall(check_place(model, wanted, &output->probe[i], problems));
  }
  return 0;
}

void bp_output_free_probes(BpOutput *output) {
  for (int i = 0; i < output->model->bp->output.nprobes && output->probe; i++) {
    free(output->probe[i].cell);
    free(output->probe[i].xi);
  }
  free(output->probe);
}

/* ---- values */

static double temperature_at(const BpModel *model, int cell, const double *N) {
  const int *node = bp_grid_nodes(model->grid, cell);
  double T = 0.0;
  for (int n = 0; n < bp_grid_cell_info(model->grid, cell)->nnodes && model->heat; n++)
    T += N[n] * bp_heat_kept_temperature(model->heat)[node[n]];
  return model->heat ? T : model->T0;
}

/* Adds what a cell says of the point at xi. */
static PetscErrorCode add_cell(const BpStateSource *source, int cell, const double xi[3],
                               AtPoint *sum) {
  const BpGrid *grid = source->output->model->grid;
  const BpElement *element = bp_element((BpCellType)grid->cell_type[cell]);
  double N[BP_FE_MAX_NODES], basis[BP_FE_MAX_POINTS];
  BpCellState state;
  PetscCall(bp_output_cell_state(source, cell, &state));
  element->shapes(xi, N, NULL);
  if (source->output->cell_set[cell] >= 0)
    bp_element_linear_basis(element, xi, basis);
  else
    element->point_basis(xi, basis);
  for (int n = 0; n < element->nnodes; n++) {
    double u[3];
    bp_grid_displacement(grid, source->stress.u + 3 * (size_t)bp_grid_nodes(grid, cell)[n], u);
    for (int d = 0; d < 3; d++)
      sum->displacement[d] += N[n] * u[d];
  }
  for (int q = 0; q < element->npoints; q++) {
    for (int i = 0; i < 6; i++)
      sum->stress[i] += basis[q] * state.stress[q][i];
    sum->accumulated += basis[q] * state.accumulated[q];
    sum->work += basis[q] * state.work[q];
  }
  sum->temperature += temperature_at(source->output->model, cell, N);
  return 0;
}

static PetscErrorCode evaluate(const BpStateSource *source, const BpProbe *probe, double *value) {
  double mine[ALL + 1] = {0}, all[ALL + 1];
  AtPoint at = {0};
  for (int i = 0; i < probe->ncells; i++)
    PetscCall(add_cell(source, probe->cell[i], probe->xi[i], &at));
  memcpy(mine, &at, sizeof at);
  mine[ALL] = probe->ncells;
  PetscCallMPI(
      MPI_Allreduce(mine, all, ALL + 1, MPI_DOUBLE, MPI_SUM, source->output->model->grid->comm));
  for (int i = 0; i < ALL; i++)
    all[i] /= all[ALL];
  memcpy(&at, all, sizeof at);
  *value = table[probe->quantity].take(&at);
  return 0;
}

static int is_due(const BpProbeCase *probe, double time, int last) {
  if (probe->ntimes == 0 || last)
    return probe->ntimes == 0 && last;
  for (int i = 0; i < probe->ntimes; i++)
    if (fabs(probe->times[i] - time) <= 1e-9 * fmax(1.0, fabs(time)))
      return 1;
  return 0;
}

static int any_due(const BpOutputCase *wanted, double time, int last) {
  for (int i = 0; i < wanted->nprobes; i++)
    if (is_due(&wanted->probe[i], time, last))
      return 1;
  return 0;
}

PetscErrorCode bp_output_probes(const BpOutput *output, Vec u, double time, int last,
                                BpProbeValue **value, int *count) {
  const BpModel *model = output->model;
  const BpOutputCase *wanted = &model->bp->output;
  BpStateSource source = {.output = output};
  Vec local;
  const double *array;
  if (!any_due(wanted, time, last))
    return 0;
  PetscCall(DMGetLocalVector(model->grid->dm, &local));
  PetscCall(DMGlobalToLocal(model->grid->dm, u, INSERT_VALUES, local));
  PetscCall(VecGetArrayRead(local, &array));
  PetscCall(bp_stress_source(model, array, &source.stress));
  for (int i = 0; i < wanted->nprobes; i++) {
    if (!is_due(&wanted->probe[i], time, last))
      continue;
    BP_GROW(*value, *count + 1);
    BpProbeValue *to = &(*value)[(*count)++];
    const int quantity = output->probe[i].quantity;
    *to = (BpProbeValue){.time = time};
    snprintf(to->name, sizeof to->name, "%s", wanted->probe[i].name);
    snprintf(to->quantity, sizeof to->quantity, "%s", table[quantity].name);
    snprintf(to->unit, sizeof to->unit, "%s", table[quantity].unit);
    PetscCall(evaluate(&source, &output->probe[i], &to->value));
  }
  PetscCall(bp_stress_source_end(model, &source.stress));
  PetscCall(VecRestoreArrayRead(local, &array));
  PetscCall(DMRestoreLocalVector(model->grid->dm, &local));
  return 0;
}

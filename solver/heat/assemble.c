/* The loops over cells and faces: what is stored, what flows in, and the derivative of both. */
#include "heat_impl.h"

#include <stdlib.h>
#include <string.h>

static void open_cell(const BpGrid *grid, int cell, double xyz[BP_FE_MAX_NODES][3]) {
  const int *node = bp_grid_nodes(grid, cell);
  for (int n = 0; n < grid->cell_start[cell + 1] - grid->cell_start[cell]; n++)
    memcpy(xyz[n], grid->xyz[node[n]], sizeof xyz[n]);
}

static void gather(const BpGrid *grid, int cell, const double *local, double *value) {
  const int *node = bp_grid_nodes(grid, cell);
  for (int n = 0; n < grid->cell_start[cell + 1] - grid->cell_start[cell]; n++)
    value[n] = local[node[n]];
}

/* A cell with all that the loops need of it. */
typedef struct {
  const BpHeatElement *heat;
  double xyz[BP_FE_MAX_NODES][3], g[BP_FE_MAX_GRADIENTS], volume[BP_FE_MAX_POINTS],
      T[BP_FE_MAX_NODES];
  BpHeatPoint point[BP_FE_MAX_POINTS];
} Cell;

static BpHeatCell view(const Cell *c) {
  return (BpHeatCell){c->heat, c->g, c->volume, c->point, c->T};
}

/* Geometry and temperature of a cell; the material at its points, without what is stored. */
static PetscErrorCode load_cell(const BpHeat *heat, int cell, const double *T, Cell *c) {
  const BpGrid *grid = heat->grid;
  const BpHeatRegion *region = &heat->region[grid->cell_region[cell]];
  double at[BP_FE_MAX_POINTS];
  c->heat = &heat->element[grid->cell_type[cell]];
  const BpElement *element = c->heat->element;
  open_cell(grid, cell, c->xyz);
  PetscCheck(element->gradients((const double(*)[3])c->xyz, c->g, c->volume) == BP_OK,
             PETSC_COMM_SELF, PETSC_ERR_PLIB, "cell %d is inverted", grid->cell_id[cell]);
  gather(grid, cell, T, c->T);
  bp_heat_at_points(c->heat, c->T, at);
  for (int q = 0; q < element->npoints; q++) {
    c->point[q] = (BpHeatPoint){.source = region->source};
    bp_material_conductivity(region->material, region->angle, at[q], c->point[q].conductivity,
                             c->point[q].slope);
  }
  return 0;
}

static double capacity_of(const BpHeat *heat, int cell, double T) {
  return bp_material_capacity(heat->region[heat->grid->cell_region[cell]].material, T);
}

static void cell_matrix(const Cell *c, int storage, double dt, double *J) {
  const BpHeatCell seen = view(c);
  bp_heat_cell_matrix(&seen, storage, dt, J);
}

static void add_stored(const BpHeat *heat, int cell, const double *T0, Cell *c) {
  const BpMaterial *material = heat->region[heat->grid->cell_region[cell]].material;
  double before[BP_FE_MAX_NODES], from[BP_FE_MAX_POINTS], to[BP_FE_MAX_POINTS];
  gather(heat->grid, cell, T0, before);
  bp_heat_at_points(c->heat, before, from);
  bp_heat_at_points(c->heat, c->T, to);
  for (int q = 0; q < c->heat->element->npoints; q++)
    c->point[q].heat = bp_material_heat(material, from[q], to[q]);
}

/* Power that arises besides, W. */
static double add_extra(const BpHeat *heat, double t, Cell *c) {
  const BpElement *element = c->heat->element;
  double sum = 0.0;
  for (int q = 0; q < element->npoints && heat->load.extra; q++) {
    double x[3];
    bp_element_position(element, (const double(*)[3])c->xyz, element->point[q], x);
    const double power = heat->load.extra(x, t, heat->load.context);
    c->point[q].source += power;
    sum += power * c->volume[q];
  }
  return sum;
}

/* W/m3 of every region. */
static void set_sources(const BpHeat *heat, double t, BpSide side) {
  for (int i = 0; i < heat->grid->nregions; i++)
    heat->region[i].source = 0.0;
  for (int i = 0; i < heat->load.nsources; i++) {
    const BpHeatSource *s = &heat->load.source[i];
    BpHeatRegion *region = &heat->region[bp_grid_region(heat->grid, s->name)];
    region->source += bp_time_curve_value(&s->power, t, side) / (s->whole ? region->volume : 1.0);
  }
}

/* W of sources are known without a loop. */
static void source_flows(const BpHeat *heat, double t, BpSide side, double *flow) {
  for (int i = 0; i < heat->load.nsources; i++) {
    const BpHeatSource *s = &heat->load.source[i];
    const double volume = heat->region[bp_grid_region(heat->grid, s->name)].volume;
    flow[heat->load.nports + i] =
        bp_time_curve_value(&s->power, t, side) * (s->whole ? 1.0 : volume);
  }
}

/* Adds a plain cell: its matrices are known, and the source is even. */
static void add_plain(const BpHeat *heat, int cell, const double *T, const double *T0,
                      double *local[2]) {
  const int *node = bp_grid_nodes(heat->grid, cell);
  const int n = bp_grid_cell_info(heat->grid, cell)->nnodes;
  const double *K = heat->solver.conduct + heat->solver.first[cell],
               *C = heat->solver.store + heat->solver.first[cell];
  double now[BP_FE_MAX_NODES], change[BP_FE_MAX_NODES];
  for (int a = 0; a < n; a++) {
    now[a] = T[node[a]] - T[node[0]];
    change[a] = T[node[a]] - T0[node[a]];
  }
  for (int a = 0; a < n; a++) {
    double stored = 0.0, inflow = 0.0;
    for (int b = 0; b < n; b++) {
      stored += C[a * n + b] * change[b];
      inflow -= K[a * n + b] * now[b];
    }
    local[0][node[a]] += stored;
    local[1][node[a]] += inflow;
  }
}

/* 1 where add_plain() says all of a cell. */
static int is_plain(const BpHeat *heat, int cell) {
  const BpHeatRegion *region = &heat->region[heat->grid->cell_region[cell]];
  return region->plain && region->source == 0.0 && !heat->load.extra;
}

PetscErrorCode bp_heat_fill_reference(BpHeat *heat) {
  const BpGrid *grid = heat->grid;
  BpHeatSolver *solver = &heat->solver;
  const double *T;
  PetscCall(VecGetArrayRead(heat->T0, &T));
  for (int cell = 0; cell < grid->ncells; cell++) {
    const int n = bp_grid_cell_info(grid, cell)->nnodes;
    double *K = solver->conduct + solver->first[cell], *C = solver->store + solver->first[cell];
    Cell c;
    PetscCall(load_cell(heat, cell, T, &c));
    for (int q = 0; q < c.heat->element->npoints; q++)
      c.point[q].capacity = capacity_of(heat, cell, heat->load.initial);
    cell_matrix(&c, 1, 0.0, C);
    cell_matrix(&c, 0, 1.0, K);
    for (int i = 0; i < n * n && isnan(C[i]); i++)
      C[i] = 0.0; /* of a steady state, for which the card gives none */
  }
  PetscCall(VecRestoreArrayRead(heat->T0, &T));
  return 0;
}

static PetscErrorCode loop(BpHeat *heat, double t, const double *T, double *local[2],
                           double *extra) {
  const double *T0;
  PetscCall(VecGetArrayRead(heat->T0, &T0));
  for (int cell = 0; cell < heat->grid->ncells; cell++) {
    const int *node = bp_grid_nodes(heat->grid, cell);
    double stored[BP_FE_MAX_NODES] = {0}, inflow[BP_FE_MAX_NODES] = {0};
    Cell c;
    if (is_plain(heat, cell)) {
      add_plain(heat, cell, T, T0, local);
      continue;
    }
    PetscCall(load_cell(heat, cell, T, &c));
    add_stored(heat, cell, T0, &c);
    *extra += add_extra(heat, t, &c);
    const BpHeatCell seen = view(&c);
    bp_heat_cell_flow(&seen, stored, inflow);
    for (int n = 0; n < c.heat->element->nnodes; n++) {
      local[0][node[n]] += stored[n];
      local[1][node[n]] += inflow[n];
    }
  }
  PetscCall(VecRestoreArrayRead(heat->T0, &T0));
  return 0;
}

PetscErrorCode bp_heat_evaluate(BpHeat *heat, double t, BpSide side, int slot) {
  const int nports = heat->load.nports, n = nports + heat->load.nsources + 1;
  Vec local[2], global[2] = {heat->D, heat->F[slot]};
  double *array[2], *flow = BP_NEW(double, n);
  const double *T;
  set_sources(heat, t, side);
  for (int i = 0; i < 2; i++) {
    PetscCall(DMGetLocalVector(heat->dm, &local[i]));
    PetscCall(VecZeroEntries(local[i]));
    PetscCall(VecGetArray(local[i], &array[i]));
  }
  PetscCall(VecGetArrayRead(heat->T1, &T));
  PetscCall(loop(heat, t, T, array, &flow[n - 1]));
  bp_heat_add_faces(heat, t, side, T, array[1], flow);
  PetscCall(VecRestoreArrayRead(heat->T1, &T));
  for (int i = 0; i < 2; i++) {
    PetscCall(VecRestoreArray(local[i], &array[i]));
    PetscCall(VecZeroEntries(global[i]));
    PetscCall(DMLocalToGlobal(heat->dm, local[i], ADD_VALUES, global[i]));
    PetscCall(DMRestoreLocalVector(heat->dm, &local[i]));
  }
  PetscCallMPI(MPI_Allreduce(flow, heat->flow[slot], n, MPI_DOUBLE, MPI_SUM, heat->grid->comm));
  source_flows(heat, t, side, heat->flow[slot]);
  free(flow);
  return 0;
}

/* ---- the matrix */

/* Prescribed nodes keep their diagonal only. */
static void drop_fixed(const BpHeat *heat, int cell, int n, double *J) {
  const int *node = bp_grid_nodes(heat->grid, cell);
  for (int a = 0; a < n; a++)
    for (int b = 0; b < n; b++)
      if (a != b && (heat->fixed[node[a]] || heat->fixed[node[b]]))
        J[a * n + b] = 0.0;
}

/* A cell whose data depend on temperature. */
static PetscErrorCode fill_cell(const BpHeat *heat, const BpHeatStage *stage, int cell,
                                const double *T, int whole) {
  double at[BP_FE_MAX_POINTS];
  Cell c;
  PetscCall(load_cell(heat, cell, T, &c));
  bp_heat_at_points(c.heat, c.T, at);
  for (int q = 0; q < c.heat->element->npoints; q++) {
    c.point[q].capacity = stage->storage ? capacity_of(heat, cell, at[q]) : 0.0;
    if (!whole)
      memset(c.point[q].slope, 0, sizeof c.point[q].slope);
  }
  cell_matrix(&c, stage->storage, stage->dt, heat->solver.value + heat->solver.first[cell]);
  return 0;
}

PetscErrorCode bp_heat_fill(BpHeat *heat, const BpHeatStage *stage, BpHeatMatrix which) {
  BpHeatSolver *solver = &heat->solver;
  const double *T;
  PetscCall(VecGetArrayRead(heat->T1, &T));
  for (int cell = 0; cell < heat->grid->ncells; cell++) {
    const size_t first = solver->first[cell];
    const int n = bp_grid_cell_info(heat->grid, cell)->nnodes;
    if (which != BP_HEAT_REFERENCE && !heat->region[heat->grid->cell_region[cell]].plain)
      PetscCall(fill_cell(heat, stage, cell, T, which == BP_HEAT_WHOLE));
    else
      for (size_t i = first; i < first + (size_t)(n * n); i++)
        solver->value[i] =
            (stage->storage ? solver->store[i] : 0.0) + stage->dt * solver->conduct[i];
  }
  bp_heat_face_matrices(heat, stage, which == BP_HEAT_REFERENCE ? NULL : T);
  for (int cell = 0; cell < heat->grid->ncells; cell++)
    drop_fixed(heat, cell, bp_grid_cell_info(heat->grid, cell)->nnodes,
               solver->value + solver->first[cell]);
  PetscCall(VecRestoreArrayRead(heat->T1, &T));
  return 0;
}

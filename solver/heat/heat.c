#include "heat_impl.h"

#include <stdlib.h>
#include <string.h>

/* One unknown on every point that has a node; local and global numbers are those of the nodes. */
static PetscErrorCode create_unknowns(BpHeat *heat) {
  PetscSection nodes, own;
  PetscInt start, end, dof, size;
  PetscCall(DMClone(heat->grid->dm, &heat->dm));
  PetscCall(DMGetLocalSection(heat->grid->dm, &nodes));
  PetscCall(PetscSectionCreate(heat->grid->comm, &own));
  PetscCall(DMPlexGetChart(heat->dm, &start, &end));
  PetscCall(PetscSectionSetChart(own, start, end));
  for (PetscInt p = start; p < end; p++) {
    PetscCall(PetscSectionGetDof(nodes, p, &dof));
    if (dof > 0)
      PetscCall(PetscSectionSetDof(own, p, 1));
  }
  PetscCall(PetscSectionSetUp(own));
  PetscCall(DMSetLocalSection(heat->dm, own));
  PetscCall(PetscSectionDestroy(&own));
  PetscCall(DMCreateLocalVector(heat->dm, &heat->T0));
  PetscCall(VecGetLocalSize(heat->T0, &size));
  PetscCheck(size == heat->grid->nnodes, PETSC_COMM_SELF, PETSC_ERR_PLIB, "%d unknowns on %d nodes",
             (int)size, heat->grid->nnodes);
  PetscCall(VecDuplicate(heat->T0, &heat->T1));
  PetscCall(VecDuplicate(heat->T0, &heat->Tk));
  PetscCall(DMCreateGlobalVector(heat->dm, &heat->T));
  Vec *global[] = {&heat->D,   &heat->F[0], &heat->F[1], &heat->F[2],
                   &heat->rhs, &heat->r,    &heat->dT,   &heat->free};
  for (int i = 0; i < BP_COUNT(global); i++)
    PetscCall(VecDuplicate(heat->T, global[i]));
  return 0;
}

static PetscErrorCode measure_regions(BpHeat *heat) {
  const BpGrid *grid = heat->grid;
  heat->weight = BP_NEW(double, grid->cell_start[grid->ncells]);
  double *mine = BP_NEW(double, grid->nregions), *all = BP_NEW(double, grid->nregions);
  for (int c = 0; c < grid->ncells; c++) {
    const BpHeatElement *own = &heat->element[grid->cell_type[c]];
    const BpElement *element = own->element;
    double xyz[BP_FE_MAX_NODES][3];
    for (int n = 0; n < element->nnodes; n++)
      memcpy(xyz[n], grid->xyz[bp_grid_nodes(grid, c)[n]], sizeof xyz[n]);
    for (int q = 0; q < element->npoints; q++) {
      const double volume =
          element->weight[q] *
          bp_element_jacobian(element, (const double(*)[3])xyz, element->point[q], NULL);
      mine[grid->cell_region[c]] += volume;
      for (int n = 0; n < element->nnodes; n++)
        heat->weight[grid->cell_start[c] + n] += volume * own->N[q][n];
    }
  }
  PetscCallMPI(MPI_Allreduce(mine, all, grid->nregions, MPI_DOUBLE, MPI_SUM, grid->comm));
  for (int i = 0; i < grid->nregions; i++)
    heat->region[i].volume = all[i];
  free(mine);
  free(all);
  return 0;
}

static int exchanges(const BpHeatPort *port) {
  return port->flux.n > 0 || port->convection > 0.0 || port->emissivity > 0.0;
}

static PetscErrorCode find_ports(BpHeat *heat) {
  const BpGrid *grid = heat->grid;
  int *local = bp_grid_local_cells(grid);
  heat->fixed = BP_NEW(unsigned char, grid->nnodes);
  for (int p = 0; p < heat->load.nports; p++) {
    const BpHeatPort *port = &heat->load.port[p];
    const int set = bp_grid_set(grid, port->name);
    PetscCheck(set >= 0, grid->comm, PETSC_ERR_USER_INPUT, "the mesh has nothing named '%s'",
               port->name);
    for (int n = 0; n < grid->nnodes && port->held.n > 0; n++)
      if (grid->node_sets[n] >> set & 1u)
        heat->fixed[n] = (unsigned char)(p + 1);
    for (int f = 0; f < grid->nfaces && exchanges(port); f++) {
      const BpFace *face = &grid->face[f];
      if (face->set != set || local[face->cell] < 0)
        continue;
      BP_GROW(heat->face, heat->nfaces + 1);
      heat->face[heat->nfaces++] = (BpHeatFace){local[face->cell], face->local, p};
    }
  }
  free(local);
  return 0;
}

static PetscErrorCode mark_free(BpHeat *heat) {
  double *value;
  int mine = 0;
  PetscInt first;
  PetscCall(VecGetOwnershipRange(heat->free, &first, NULL));
  PetscCall(VecGetArray(heat->free, &value));
  for (int n = 0; n < heat->grid->nnodes; n++)
    if (heat->grid->node_global[n] >= 0) {
      value[heat->grid->node_global[n] - first] = heat->fixed[n] ? 0.0 : 1.0;
      mine += heat->fixed[n] ? 1 : 0;
    }
  PetscCall(VecRestoreArray(heat->free, &value));
  PetscCallMPI(MPI_Allreduce(&mine, &heat->nfixed, 1, MPI_INT, MPI_SUM, heat->grid->comm));
  return 0;
}

/* Whether one matrix serves for all temperatures. */
static void find_nonlinear(BpHeat *heat) {
  heat->linear = heat->solver.symmetric = 1;
  for (int i = 0; i < heat->grid->nregions; i++) {
    const BpMaterial *m = heat->region[i].material;
    heat->region[i].plain = !bp_material_conductivity_varies(m) && !bp_material_capacity_varies(m);
    heat->solver.symmetric &= !bp_material_conductivity_varies(m);
    heat->linear &= heat->region[i].plain;
  }
  for (int p = 0; p < heat->load.nports; p++)
    heat->linear &= !(heat->load.port[p].emissivity > 0.0);
}

PetscErrorCode bp_heat_create(const BpCase *bp, BpMaterial *const *material, BpGrid *grid,
                              BpHeatLoad *load, BpHeat **out) {
  BpHeat *heat = BP_NEW(BpHeat, 1);
  *heat =
      (BpHeat){.bp = bp, .grid = grid, .load = *load, .state = {.dt = bp->load.heat.first_step}};
  *load = (BpHeatLoad){0};
  heat->region = BP_NEW(BpHeatRegion, grid->nregions);
  for (int i = 0; i < grid->nregions; i++) {
    heat->region[i].material = material[bp_case_region(bp, grid->region[i])];
    heat->region[i].angle =
        bp_material_axes_angle(heat->region[i].material) + bp_case_edge_angle(bp);
  }
  for (int i = 0; i < BP_CELL_TYPES; i++)
    if (bp_element((BpCellType)i))
      bp_heat_element_init(bp_element((BpCellType)i), &heat->element[i]);
  for (int i = 0; i < 3; i++)
    heat->flow[i] = BP_NEW(double, heat->load.nports + heat->load.nsources + 1);
  PetscCall(create_unknowns(heat));
  PetscCall(measure_regions(heat));
  PetscCall(find_ports(heat));
  PetscCall(mark_free(heat));
  find_nonlinear(heat);
  PetscCall(VecSet(heat->T0, heat->load.initial));
  if (!heat->load.prescribed) {
    PetscCall(bp_heat_solver_create(heat));
    PetscCall(bp_heat_fill_reference(heat));
    PetscCall(bp_heat_sum_body(heat));
  }
  *out = heat;
  return bp_heat_keep(heat);
}

PetscErrorCode bp_heat_destroy(BpHeat **out) {
  BpHeat *heat = *out;
  if (!heat)
    return 0;
  PetscCall(bp_heat_solver_destroy(heat));
  Vec *vector[] = {&heat->T0,   &heat->T1,   &heat->Tk,  &heat->T, &heat->D,  &heat->F[0],
                   &heat->F[1], &heat->F[2], &heat->rhs, &heat->r, &heat->dT, &heat->free};
  for (int i = 0; i < BP_COUNT(vector); i++)
    PetscCall(VecDestroy(vector[i]));
  PetscCall(DMDestroy(&heat->dm));
  bp_heat_load_free(&heat->load);
  for (int i = 0; i < 3; i++)
    free(heat->flow[i]);
  free(heat->region);
  free(heat->face);
  free(heat->fixed);
  free(heat->weight);
  free(heat->exchange);
  free(heat->field);
  free(heat);
  *out = NULL;
  return 0;
}

double bp_heat_next_time(const BpHeat *heat, double t) {
  double next = bp_time_curve_next(&heat->load.factor, t);
  for (int p = 0; p < heat->load.nports; p++) {
    const BpHeatPort *port = &heat->load.port[p];
    next = fmin(next, bp_time_curve_next(&port->flux, t));
    next = fmin(next, bp_time_curve_next(&port->ambient, t));
    next = fmin(next, bp_time_curve_next(&port->held, t));
  }
  for (int i = 0; i < heat->load.nsources; i++)
    next = fmin(next, bp_time_curve_next(&heat->load.source[i].power, t));
  return next;
}

PetscErrorCode bp_heat_set(BpHeat *heat, double (*T)(const double x[3], const void *context),
                           const void *context) {
  double *value;
  heat->has_start = 0;
  PetscCall(VecGetArray(heat->T0, &value));
  for (int n = 0; n < heat->grid->nnodes; n++)
    value[n] = T(heat->grid->xyz[n], context);
  PetscCall(VecRestoreArray(heat->T0, &value));
  return 0;
}

PetscErrorCode bp_heat_free_unknowns(const BpHeat *heat, int *count) {
  int mine = 0;
  for (int n = 0; n < heat->grid->nnodes; n++)
    mine += heat->grid->node_global[n] >= 0 && !heat->fixed[n];
  PetscCallMPI(MPI_Allreduce(&mine, count, 1, MPI_INT, MPI_SUM, heat->grid->comm));
  return 0;
}

double bp_heat_time(const BpHeat *heat) {
  return heat->state.t;
}

/* The array of a vector of this process' memory stays where it is. */
static const double *array_of(Vec local) {
  const double *T = NULL;
  PetscCallAbort(PETSC_COMM_SELF, VecGetArrayRead(local, &T));
  const double *array = T;
  PetscCallAbort(PETSC_COMM_SELF, VecRestoreArrayRead(local, &T));
  return array;
}

const double *bp_heat_temperature(const BpHeat *heat) {
  return array_of(heat->T0);
}

const double *bp_heat_kept_temperature(const BpHeat *heat) {
  return array_of(heat->Tk);
}

PetscErrorCode bp_heat_keep(BpHeat *heat) {
  heat->kept = heat->state;
  return VecCopy(heat->T0, heat->Tk);
}

PetscErrorCode bp_heat_go_back(BpHeat *heat) {
  heat->state = heat->kept;
  heat->has_start = 0;
  return VecCopy(heat->Tk, heat->T0);
}

PetscErrorCode bp_heat_range(const BpHeat *heat, double range[2]) {
  const double *T = bp_heat_temperature(heat);
  double mine[2] = {-HUGE_VAL, -HUGE_VAL};
  for (int n = 0; n < heat->grid->nnodes; n++) {
    mine[0] = fmax(mine[0], -T[n]);
    mine[1] = fmax(mine[1], T[n]);
  }
  PetscCallMPI(MPI_Allreduce(mine, range, 2, MPI_DOUBLE, MPI_MAX, heat->grid->comm));
  range[0] = -range[0];
  return 0;
}

BpHeatBalance bp_heat_last(const BpHeat *heat) {
  return heat->state.last;
}

BpHeatBalance bp_heat_total(const BpHeat *heat) {
  return heat->state.total;
}

double bp_heat_worst_imbalance(const BpHeat *heat) {
  return heat->state.worst;
}

BpHeatCounts bp_heat_counts(const BpHeat *heat) {
  return heat->counts;
}

void bp_heat_spent(BpHeat *heat, clock_t since) {
  heat->processor_time += (double)(clock() - since) / CLOCKS_PER_SEC;
}

double bp_heat_processor_time(const BpHeat *heat) {
  return heat->processor_time;
}

const char *bp_heat_reason(const BpHeat *heat) {
  return heat->reason;
}

/* The regions whose law is linear: their stiffness and thermal forces change with the temperature
 * only, so they are assembled once a step and the Newton iterations add solder and copper. */
#include "boundary.h"
#include "field.h"
#include "model_impl.h"

static int has_prescribed(const BpModel *model, int cell) {
  const BpGrid *grid = model->grid;
  for (int i = grid->cell_start[cell]; i < grid->cell_start[cell + 1]; i++)
    for (int d = 0; d < 3; d++)
      if (model->constraints.fixed[3 * grid->cell_node[i] + d])
        return 1;
  return 0;
}

/* Adds sign K u of a cell, where u is given on all its nodes. */
static void add_product(const BpElement *element, const double *K, const double *u, double sign,
                        double *f) {
  const int pad = element->pad;
  for (int n = 0; n < element->nnodes; n++)
    for (int d = 0; d < 3; d++) {
      const double *row = K + (size_t)(3 * n + d) * 3 * (size_t)element->nnodes;
      double sum = 0.0;
      for (int m = 0; m < element->nnodes; m++)
        sum += row[3 * m] * u[m] + row[3 * m + 1] * u[pad + m] + row[3 * m + 2] * u[2 * pad + m];
      f[d * pad + n] += sign * sum;
    }
}

static void prescribed_values(const BpModel *model, int cell, int pad, double *u) {
  const BpConstraints *c = &model->constraints;
  const int *node = bp_grid_nodes(model->grid, cell);
  for (int n = 0; n < bp_grid_cell_info(model->grid, cell)->nnodes; n++) {
    const size_t i = 3 * (size_t)node[n];
    double unknown[3], at[3];
    for (size_t d = 0; d < 3; d++)
      unknown[d] = c->fixed[i + d] ? c->value[i + d] : 0.0;
    bp_grid_displacement(model->grid, unknown, at);
    for (int d = 0; d < 3; d++)
      u[d * pad + n] = at[d];
  }
}

/* What is known of a cell of a linear region. */
typedef struct {
  const BpElement *element;
  double K[BP_FE_MAX_DOFS * BP_FE_MAX_DOFS], gradient[BP_FE_MAX_GRADIENTS],
      volume[BP_FE_MAX_POINTS];
  double stiffness[36], thermal[BP_FE_MAX_POINTS][6];
} LinearCell;

/* External force of a cell: thermal stress, what it had at birth, and the push of prescribed
 * neighbours. */
static void cell_load(const BpModel *model, int cell, const LinearCell *own, const double *u0,
                      double *f) {
  const BpElement *element = own->element;
  const BpRegionData *region = &model->region[bp_cell_region(model, cell)];
  double stress[6 * BP_FE_MAX_POINTS], u[3 * BP_FE_MAX_PAD] = {0};
  for (int q = 0; q < element->npoints; q++)
    bp_apply6(own->stiffness, own->thermal[q], stress + 6 * q);
  element->add_force(own->gradient, own->volume, stress, f);
  if (region->joined) {
    bp_gather(model->grid, cell, element->pad, u0, u);
    add_product(element, own->K, u, 1.0, f);
  }
  if (has_prescribed(model, cell)) {
    prescribed_values(model, cell, element->pad, u);
    add_product(element, own->K, u, -1.0, f);
  }
}

/* 1 where the law of a cell is linear and the cell takes part. */
static int is_linear(const BpModel *model, int cell) {
  const int index = bp_cell_region(model, cell);
  return bp_material_law(model->region[index].material)->linear && bp_region_active(model, index);
}

static PetscErrorCode measure(const BpModel *model, int cell, LinearCell *own) {
  const BpGrid *grid = model->grid;
  double xyz[BP_FE_MAX_NODES][3];
  own->element = bp_cell_element(grid, cell);
  bp_cell_positions(grid, cell, xyz);
  PetscCheck(own->element->gradients((const double(*)[3])xyz, own->gradient, own->volume) == BP_OK,
             PETSC_COMM_SELF, PETSC_ERR_PLIB, "cell %d is inverted", grid->cell_id[cell]);
  bp_field_linear(model, cell, 0, &model->region[bp_cell_region(model, cell)], own->stiffness,
                  own->thermal);
  own->element->stiffness(own->gradient, own->volume, own->stiffness, 0, own->K);
  return 0;
}

PetscErrorCode bp_linear_add(const BpModel *model, BpStiffness *to) {
  LinearCell own;
  for (int c = 0; c < model->grid->ncells; c++) {
    if (!is_linear(model, c))
      continue;
    PetscCall(measure(model, c, &own));
    bp_add_stiffness(model, c, own.K, to);
  }
  bp_boundary_add_springs(model, NULL, to);
  return 0;
}

static PetscErrorCode assemble_cells(const BpModel *model, const double *u0, double *load,
                                     BpStiffness *to) {
  LinearCell own;
  for (int c = 0; c < model->grid->ncells; c++) {
    double f[3 * BP_FE_MAX_PAD] = {0};
    if (!is_linear(model, c))
      continue;
    PetscCall(measure(model, c, &own));
    cell_load(model, c, &own, u0, f);
    bp_scatter_force(model->grid, c, own.element->pad, f, load);
    bp_add_stiffness(model, c, own.K, to);
  }
  return 0;
}

PetscErrorCode bp_linear_assemble(BpModel *model) {
  DM dm = model->grid->dm;
  Vec local;
  const double *u0;
  double *load;
  BpStiffness to;
  BpLongSum sum;
  PetscCall(MatZeroEntries(model->stiffness));
  PetscCall(VecZeroEntries(model->load));
  PetscCall(DMGetLocalVector(dm, &local));
  PetscCall(VecZeroEntries(local));
  PetscCall(VecGetArrayRead(model->u0, &u0));
  PetscCall(VecGetArray(local, &load));
  PetscCall(bp_start_stiffness(model, model->stiffness, NULL, &to));
  if (model->long_face) {
    bp_long_sum_begin(model, &sum);
    to.long_sum = &sum;
  }
  PetscCall(assemble_cells(model, u0, load, &to));
  bp_boundary_add_loads(model, load);
  bp_boundary_add_springs(model, load, &to);
  PetscCall(bp_finish_stiffness(model, 1, &to));
  PetscCall(bp_kept_store(model));
  PetscCall(VecRestoreArray(local, &load));
  PetscCall(VecRestoreArrayRead(model->u0, &u0));
  PetscCall(DMLocalToGlobal(dm, local, ADD_VALUES, model->load));
  PetscCall(DMRestoreLocalVector(dm, &local));
  if (model->long_face) {
    PetscCall(bp_long_sum_end(model, 0, &sum));
    PetscCall(bp_long_face_project(model->long_face, model->load));
  }
  return 0;
}

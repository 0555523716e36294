/* One matrix is the stiffness of the linear regions and, with solder and copper added, the tangent.
 * What these change, a part of the matrix, is kept as the linear regions left it and is put back.
 */
#include "model_impl.h"

#include <stdlib.h>
#include <string.h>

/* Counts the runs of values that are not zero, and lists them where there is room. */
static void find_runs(const BpValues *values, BpKept *kept) {
  kept->nruns = 0;
  kept->count = 0;
  for (int part = 0; part < 2; part++)
    for (int i = 0; i < values->count[part]; i++) {
      const double *value = values->part[part];
      if (value[i] == 0.0)
        continue;
      const int first = i;
      while (i < values->count[part] && value[i] != 0.0)
        i++;
      if (kept->run)
        kept->run[kept->nruns] = (BpRun){part, first, i - first};
      kept->nruns++;
      kept->count += (size_t)(i - first);
    }
}

/* The matrix holds ones wherever a cell of a law that is not linear adds something, on this rank or
 * another. */
static PetscErrorCode mark(const BpModel *model) {
  BpStiffness to;
  double K[BP_FE_MAX_DOFS * BP_FE_MAX_DOFS];
  PetscCall(MatZeroEntries(model->stiffness));
  PetscCall(bp_start_stiffness(model, model->stiffness, NULL, &to));
  for (int s = 0; s < model->nsets; s++)
    for (int c = 0; c < model->set[s].ncells; c++) {
      for (int i = 0; i < BP_COUNT(K); i++)
        K[i] = 1.0;
      bp_values_add(model->grid, model->set[s].cell[c], K, &to.fine);
    }
  return bp_finish_stiffness(model, 0, &to);
}

PetscErrorCode bp_kept_create(BpModel *model) {
  BpKept *kept = &model->kept;
  BpValues values;
  PetscCall(mark(model));
  PetscCall(bp_values_begin(model->stiffness, &model->slots, &values));
  find_runs(&values, kept);
  kept->run = BP_NEW(BpRun, kept->nruns);
  find_runs(&values, kept);
  kept->value = BP_NEW(double, kept->count);
  return bp_values_close(&values);
}

void bp_kept_free(BpKept *kept) {
  free(kept->run);
  free(kept->value);
  *kept = (BpKept){0};
}

/* Between the matrix and what is kept of it. */
static PetscErrorCode copy(BpModel *model, int back) {
  BpValues values;
  double *kept = model->kept.value;
  PetscCall(bp_values_begin(model->stiffness, &model->slots, &values));
  for (int i = 0; i < model->kept.nruns; i++) {
    const BpRun *run = &model->kept.run[i];
    double *in_matrix = values.part[run->part] + run->first;
    const size_t size = (size_t)run->count * sizeof *kept;
    memcpy(back ? in_matrix : kept, back ? kept : in_matrix, size);
    kept += run->count;
  }
  return bp_values_close(&values);
}

PetscErrorCode bp_kept_store(BpModel *model) {
  model->whole = 0;
  return copy(model, 0);
}

PetscErrorCode bp_kept_restore(BpModel *model) {
  if (model->whole)
    PetscCall(copy(model, 1));
  model->whole = 0;
  return 0;
}

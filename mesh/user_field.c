/* The temperatures that a user's mesh brings along for its case. */
#include "user_mesh_impl.h"

#include "nearest.h"

#include <stdlib.h>
#include <string.h>

static void unknown_field(const BpUserMesh *u, const char *name) {
  const char **word = BP_NEW(const char *, u->mesh->nfields);
  for (int i = 0; i < u->mesh->nfields; i++)
    word[i] = u->mesh->field[i].name;
  const char *nearest = bp_nearest_word(name, word, u->mesh->nfields);
  bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
             "the mesh has no scalar field '%s' at its nodes ($NodeData), which load.heat.field "
             "names%s%s%s",
             name, nearest ? "; did you mean '" : "; save it with the mesh, or correct the case",
             nearest ? nearest : "", nearest ? "'?" : "");
  free(word);
}

/* K, at the largest and the least factor; what is no temperature at one of them is none. */
static int is_temperature(const BpCase *bp, double T) {
  const BpHeatFieldCase *f = &bp->load.heat.field;
  const double start = bp->load.start;
  int is_one = T > 0.0;
  for (int i = 0; i < f->nfactors; i++)
    is_one &= start + f->factors[i] * (T - start) > 0.0;
  return is_one;
}

void bp_user_mesh_field(const BpUserMesh *u) {
  const BpHeatFieldCase *f = &u->bp->load.heat.field;
  const double zero = strcmp(f->unit, "degC") == 0 ? 273.15 : 0.0;
  double *T = bp_mesh_field(u->mesh, f->name);
  int missing = 0, first = -1;
  if (!bp_case_has_field(u->bp))
    return;
  if (!T) {
    unknown_field(u, f->name);
    return;
  }
  for (int n = 0; n < u->mesh->nnodes; n++) {
    T[n] += zero;
    missing += isnan(T[n]) != 0;
    if (first < 0 && !isnan(T[n]) && !is_temperature(u->bp, T[n]))
      first = n;
  }
  if (missing > 0)
    bp_problem(u->problems, BP_EXIT_GEOMETRY, u->file, 0,
               "field '%s' has no value at %d of %d nodes; save it at all nodes, also those of the "
               "middles of edges",
               f->name, missing, u->mesh->nnodes);
  if (first >= 0)
    bp_problem(
        u->problems, BP_EXIT_GEOMETRY, u->file, 0,
        "field '%s' is no temperature at (%.4g, %.4g, %.4g) mm: it leads to absolute zero or "
        "below; correct load.heat.field.unit or its factors",
        f->name, 1e3 * u->mesh->xyz[3 * (size_t)first], 1e3 * u->mesh->xyz[3 * (size_t)first + 1],
        1e3 * u->mesh->xyz[3 * (size_t)first + 2]);
}

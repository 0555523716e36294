/* Rules for a model that is a user's mesh, and for probes. What only the mesh can tell is checked
 * where it is read. */
#include "case_impl.h"

#include "shown.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Node of entry i of a list, NULL where it does not come from the file. */
static const BpYamlNode *entry(const BpCase *bp, const char *key, int i) {
  const BpYamlNode *list = bp_yaml_find(bp->tree, key);
  return list && i < list->nchild ? list->child[i] : NULL;
}

static void complain(const BpCase *bp, BpProblems *problems, const char *key, int i,
                     const char *text) {
  const BpYamlNode *node = entry(bp, key, i);
  if (node)
    bp_case_problem_at(bp, problems, node, key, "%s: entry %d %s", key, i + 1, text);
  else
    bp_case_problem(bp, problems, BP_EXIT_CASE, key, "%s: entry %d %s", key, i + 1, text);
}

/* ---- boundary */

static const char boundary_key[] = "model.boundary";

static int component(const char *word) {
  static const char *const known[] = {"ux", "uy", "uz"};
  for (int d = 0; d < 3; d++)
    if (strcmp(word, known[d]) == 0)
      return d;
  return -1;
}

static void check_history(const BpCase *bp, int i, BpProblems *problems) {
  const BpBoundaryCase *b = &bp->model.boundary[i];
  int ascending = 1;
  for (int k = 1; k < b->ntimes; k++)
    ascending &= b->times[k] > b->times[k - 1];
  if (b->ntimes != b->nfactors)
    complain(bp, problems, boundary_key, i,
             "has not as many factors as times; write for example times: [0 s, 10 s], factors: "
             "[0, 1]");
  else if (!ascending)
    complain(bp, problems, boundary_key, i,
             "has times that do not increase; write them in increasing order");
}

static void check_components(const BpCase *bp, int i, BpProblems *problems) {
  const BpBoundaryCase *b = &bp->model.boundary[i];
  for (int k = 0; k < b->nfixed; k++) {
    const int d = component(b->fixed[k]);
    if (d < 0 && b->fixed[k][0])
      complain(bp, problems, boundary_key, i,
               "fixes a component that is none; write fixed: [ux, uy, uz] or some of them");
    else if (d >= 0 && fabs(b->displacement[d]) > 0.0)
      complain(bp, problems, boundary_key, i,
               "fixes a component that it also moves; remove one of the two");
  }
  if (b->ntraction != 0 && b->ntraction != 3)
    complain(bp, problems, boundary_key, i,
             "has a traction without three components; write traction: [0 MPa, 0 MPa, 1 MPa]");
}

static int does_something(const BpBoundaryCase *b) {
  return b->nfixed > 0 || b->ntraction > 0 || fabs(b->pressure) > 0.0 || b->foundation > 0.0 ||
         strcmp(b->symmetry, "yes") == 0 || bp_boundary_is_thermal(b) ||
         fabs(b->displacement[0]) > 0.0 || fabs(b->displacement[1]) > 0.0 ||
         fabs(b->displacement[2]) > 0.0;
}

static void check_boundary(const BpCase *bp, BpProblems *problems) {
  for (int i = 0; i < bp->model.nboundary; i++) {
    const BpBoundaryCase *b = &bp->model.boundary[i];
    const int before = problems->count;
    if (!b->on[0])
      complain(bp, problems, boundary_key, i,
               "names no part of the mesh; write on: NAME of a physical surface, curve or point");
    check_components(bp, i, problems);
    check_history(bp, i, problems);
    if (problems->count == before && !does_something(b))
      complain(bp, problems, boundary_key, i,
               "prescribes nothing; give it fixed, ux, uy, uz, symmetry, pressure, traction or "
               "foundation, or of heat temperature, flux, convection or emissivity");
  }
}

/* A displacement of 0 that the file gives is a fixed component. */
static void fix_zero_displacements(BpCase *bp) {
  static const char *const name[] = {"ux", "uy", "uz"};
  for (int i = 0; i < bp->model.nboundary; i++) {
    BpBoundaryCase *b = &bp->model.boundary[i];
    const BpYamlNode *node = entry(bp, boundary_key, i);
    for (int d = 0; d < 3; d++) {
      int there = 0;
      for (int k = 0; k < b->nfixed; k++)
        there |= component(b->fixed[k]) == d;
      if (there || !node || !bp_yaml_child(node, name[d]) || fabs(b->displacement[d]) > 0.0 ||
          isnan(b->displacement[d]))
        continue;
      b->fixed = bp_resize(b->fixed, (size_t)b->nfixed + 1, BP_NAME);
      snprintf(b->fixed[b->nfixed++], BP_NAME, "%s", name[d]);
    }
  }
}

/* ---- the model */

static void check_model(const BpCase *bp, BpProblems *problems) {
  const BpModelCase *m = &bp->model;
  if (!m->file[0])
    bp_case_problem(bp, problems, BP_EXIT_CASE, "model",
                    "model.kind is mesh and model.file names none; write file: part.msh");
  if (m->nmaterials == 0)
    bp_case_problem(bp, problems, BP_EXIT_CASE, "model",
                    "model.kind is mesh and model.materials gives no volume a material; write "
                    "materials: {volume: card}");
  if (m->nmaterials > BP_MAX_REGIONS)
    bp_case_problem(bp, problems, BP_EXIT_CASE, "model.materials",
                    "model.materials has %d volumes; at most %d are allowed", m->nmaterials,
                    BP_MAX_REGIONS);
  for (int i = 0; i < m->nmaterials; i++)
    if (!m->material[i].card[0]) {
      char *key = bp_format("model.materials.%s", m->material[i].name);
      bp_case_problem(bp, problems, BP_EXIT_CASE, key, "%s has no card; write %s: {card: NAME}",
                      key, m->material[i].name);
      free(key);
    }
  check_boundary(bp, problems);
}

static void refuse_in_cell(const BpCase *bp, const char *key, int given, BpProblems *problems) {
  if (given)
    bp_case_problem(bp, problems, BP_EXIT_CASE, key,
                    "%s has no meaning for model.kind: %s; remove it or write kind: mesh", key,
                    bp->model.kind);
}

/* ---- output */

static void check_probes(const BpCase *bp, BpProblems *problems) {
  static const char key[] = "output.probes";
  for (int i = 0; i < bp->output.nprobes; i++) {
    const BpProbeCase *p = &bp->output.probe[i];
    if (!p->name[0] || !p->quantity[0] || p->nat != 3)
      complain(bp, problems, key, i,
               "is not complete; write {name: A, at: [0 mm, 0 mm, 1 mm], quantity: uz}");
    for (int k = 0; k < p->ntimes; k++)
      if (k > 0 ? !(p->times[k] > p->times[k - 1]) : !(p->times[k] >= 0.0)) {
        complain(bp, problems, key, i,
                 "has times that do not increase; write them in increasing order, from 0 s on");
        break;
      }
  }
}

static void check_averages(const BpCase *bp, BpProblems *problems) {
  static const char key[] = "output.averages";
  for (int i = 0; i < bp->output.naverages; i++) {
    const BpAverageCase *a = &bp->output.average[i];
    if (!a->name[0] || !a->region[0])
      complain(bp, problems, key, i,
               "is not complete; write {name: package, region: VOLUME, on: SURFACE, distance: 25 "
               "um}");
    else if (bp_case_region(bp, a->region) < 0)
      complain(bp, problems, key, i,
               "names a region that model.materials does not have; name one of those");
  }
}

void bp_case_check_mesh(BpCase *bp, BpProblems *problems) {
  if (bp_case_is_mesh(bp)) {
    fix_zero_displacements(bp);
    check_model(bp, problems);
    check_averages(bp, problems);
  } else {
    refuse_in_cell(bp, "model.file", bp->model.file[0] != '\0', problems);
    refuse_in_cell(bp, "model.materials", bp->model.nmaterials > 0, problems);
    refuse_in_cell(bp, "model.boundary", bp->model.nboundary > 0, problems);
    refuse_in_cell(bp, "output.averages", bp->output.naverages > 0, problems);
  }
  check_probes(bp, problems);
  bp_case_check_profile(bp, problems);
  bp_case_check_heat(bp, problems);
}

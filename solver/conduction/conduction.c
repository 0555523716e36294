/* Laplace's equation on the connected cells. */
#include "conduction.h"

#include "fe.h"

#include <stdlib.h>
#include <string.h>

enum { PER_ROW = 120 }; /* entries that are set aside for a node; one where more cells meet grows */

typedef struct {
  const BpMesh *mesh;
  const BpConductor *conductor;
  const unsigned char *marked; /* cells that current may flow through */
  int *unknown;                /* [nodes] number, -1: none or prescribed */
  signed char *fixed;          /* [nodes] 1: at `from`, -1: at `to` */
  int count;
  Mat K;
  Vec f, u;
} System;

static int count_nodes(const System *s, int c) {
  return s->mesh->cells.start[c + 1] - s->mesh->cells.start[c];
}

/* Nodes of the named faces. */
static void fix_nodes(System *s) {
  const BpCellList *faces = &s->mesh->faces;
  const int from = bp_mesh_find_boundary(s->mesh, s->conductor->from),
            to = bp_mesh_find_boundary(s->mesh, s->conductor->to);
  for (int f = 0; f < faces->count; f++)
    if (faces->group[f] == from || faces->group[f] == to)
      for (int i = faces->start[f]; i < faces->start[f + 1]; i++)
        s->fixed[faces->node[i]] = faces->group[f] == from ? 1 : -1;
}

static void number_nodes(System *s) {
  const BpCellList *cells = &s->mesh->cells;
  for (int n = 0; n < s->mesh->nnodes; n++)
    s->unknown[n] = -1;
  for (int c = 0; c < cells->count; c++)
    for (int i = 0; i < count_nodes(s, c) && s->marked[c]; i++) {
      const int node = cells->node[cells->start[c] + i];
      if (!s->fixed[node] && s->unknown[node] < 0)
        s->unknown[node] = s->count++;
    }
}

enum { MOST = BP_FE_MAX_NODES };

/* Conductances between the nodes of a cell, [nodes][nodes] without gaps, 1/ohm. */
static PetscErrorCode cell_matrix(const System *s, int c, double k[MOST * MOST]) {
  const BpCellList *cells = &s->mesh->cells;
  const BpElement *element = bp_element((BpCellType)cells->type[c]);
  const int *node = cells->node + cells->start[c], pad = element->pad;
  const double conductivity = 1.0 / s->conductor->resistivity[cells->group[c]];
  double xyz[MOST][3], g[BP_FE_MAX_GRADIENTS], volume[BP_FE_MAX_POINTS];
  memset(k, 0, MOST * MOST * sizeof k[0]);
  for (int n = 0; n < element->nnodes; n++)
    memcpy(xyz[n], s->mesh->xyz + 3 * (size_t)node[n], sizeof xyz[n]);
  PetscCheck(element->gradients((const double(*)[3])xyz, g, volume) == BP_OK, PETSC_COMM_SELF,
             PETSC_ERR_ARG_CORRUPT, "cell %d is not valid", c);
  for (int a = 0; a < element->nnodes; a++)
    for (int b = 0; b < element->nnodes; b++)
      for (int q = 0; q < 3 * element->npoints; q++)
        k[a * element->nnodes + b] +=
            conductivity * volume[q / 3] * g[q * pad + a] * g[q * pad + b];
  return 0;
}

/* Adds a cell: `from` is at a potential of 1 V, `to` at 0. */
static PetscErrorCode add_cell(System *s, int c) {
  const int *node = s->mesh->cells.node + s->mesh->cells.start[c], n = count_nodes(s, c);
  double k[MOST * MOST], f[MOST] = {0.0};
  PetscInt row[MOST];
  PetscCall(cell_matrix(s, c, k));
  for (int a = 0; a < n; a++) {
    row[a] = s->unknown[node[a]];
    for (int b = 0; b < n; b++)
      f[a] -= s->fixed[node[b]] > 0 ? k[a * n + b] : 0.0;
  }
  PetscCall(MatSetValues(s->K, n, row, n, row, k, ADD_VALUES));
  PetscCall(VecSetValues(s->f, n, row, f, ADD_VALUES));
  return 0;
}

static PetscErrorCode assemble(System *s) {
  PetscCall(MatCreateSeqAIJ(PETSC_COMM_SELF, s->count, s->count, PER_ROW, NULL, &s->K));
  PetscCall(MatSetOption(s->K, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE));
  PetscCall(MatSetOption(s->K, MAT_SPD, PETSC_TRUE));
  PetscCall(VecCreateSeq(PETSC_COMM_SELF, s->count, &s->f));
  PetscCall(VecSetOption(s->f, VEC_IGNORE_NEGATIVE_INDICES, PETSC_TRUE)); /* prescribed ones */
  PetscCall(VecDuplicate(s->f, &s->u));
  for (int c = 0; c < s->mesh->cells.count; c++)
    if (s->marked[c])
      PetscCall(add_cell(s, c));
  PetscCall(MatAssemblyBegin(s->K, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(s->K, MAT_FINAL_ASSEMBLY));
  PetscCall(VecAssemblyBegin(s->f));
  PetscCall(VecAssemblyEnd(s->f));
  return 0;
}

static PetscErrorCode solve(System *s) {
  KSP ksp;
  PC pc;
  KSPConvergedReason reason;
  PetscCall(KSPCreate(PETSC_COMM_SELF, &ksp));
  PetscCall(KSPSetType(ksp, KSPCG));
  PetscCall(KSPSetOperators(ksp, s->K, s->K));
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(PCSetType(pc, PCJACOBI));
  PetscCall(KSPSetTolerances(ksp, 1e-10, 0.0, PETSC_DEFAULT, 20 * s->count + 1000));
  PetscCall(KSPSolve(ksp, s->f, s->u));
  PetscCall(KSPGetConvergedReason(ksp, &reason));
  PetscCheck(reason > 0, PETSC_COMM_SELF, PETSC_ERR_NOT_CONVERGED,
             "the conduction solve does not converge: %s", KSPConvergedReasons[reason]);
  PetscCall(KSPDestroy(&ksp));
  return 0;
}

/* Power at a potential of 1 V: the conductance. */
static PetscErrorCode conductance_of(const System *s, double *conductance) {
  const double *u;
  *conductance = 0.0;
  PetscCall(VecGetArrayRead(s->u, &u));
  for (int c = 0; c < s->mesh->cells.count; c++) {
    const int *node = s->mesh->cells.node + s->mesh->cells.start[c], n = count_nodes(s, c);
    double k[MOST * MOST], v[MOST] = {0.0};
    if (!s->marked[c])
      continue;
    PetscCall(cell_matrix(s, c, k));
    for (int a = 0; a < n; a++)
      v[a] = s->fixed[node[a]] ? s->fixed[node[a]] > 0 : u[s->unknown[node[a]]];
    for (int a = 0; a < n; a++)
      for (int b = 0; b < n; b++)
        *conductance += v[a] * k[a * n + b] * v[b];
  }
  PetscCall(VecRestoreArrayRead(s->u, &u));
  return 0;
}

PetscErrorCode bp_conduction_solve(const BpMesh *mesh, const BpConductor *conductor,
                                   BpConductance *out) {
  unsigned char *marked = BP_NEW(unsigned char, mesh->cells.count);
  System s = {.mesh = mesh,
              .conductor = conductor,
              .marked = marked,
              .unknown = BP_NEW(int, mesh->nnodes),
              .fixed = BP_NEW(signed char, mesh->nnodes)};
  unsigned char *conducts = BP_NEW(unsigned char, mesh->nregions);
  for (int i = 0; i < mesh->nregions; i++)
    conducts[i] = conductor->resistivity[i] > 0.0;
  *out = (BpConductance){.resistance = HUGE_VAL};
  bp_mesh_path(mesh, conducts, (const char *const[2]){conductor->from, conductor->to}, &out->path,
               marked);
  if (out->path.connected) {
    double conductance;
    fix_nodes(&s);
    number_nodes(&s);
    PetscCall(assemble(&s));
    PetscCall(solve(&s));
    PetscCall(conductance_of(&s, &conductance));
    out->resistance = 1.0 / conductance;
    PetscCall(MatDestroy(&s.K));
    PetscCall(VecDestroy(&s.f));
    PetscCall(VecDestroy(&s.u));
  }
  free(conducts);
  free(marked);
  free(s.unknown);
  free(s.fixed);
  return 0;
}

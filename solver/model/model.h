/* The mechanical model: materials on the grid, state at the quadrature points, constraints,
 * residual and tangent.
 *
 * A step goes: bp_model_start_step, then any number of bp_model_residual / bp_model_tangent, then
 * bp_model_accept or nothing (a rejected step leaves no trace). */
#ifndef BP_MODEL_H
#define BP_MODEL_H

#include "base.h"
#include "config.h"
#include "grid.h"
#include "heat.h"
#include "long_face.h"
#include "materials.h"
#include "points.h"
#include "slots.h"

#include <petscmat.h>

/* What a region is made of, and its data at the temperature of the step. */
typedef struct {
  BpMaterial *material;
  int present; /* the mesh has cells of it */
  int joined;  /* becomes part of the body at the joining: solder and what is on the board's side */
  double rotation[36];  /* material axes -> model axes, Mandel */
  double reference;     /* K, free of thermal strain */
  double stiffness[36]; /* Pa, in model axes; linear laws only */
  double thermal[6];    /* thermal strain since the reference */
} BpRegionData;

/* Thermal strain and, for linear laws, stiffness of a region at temperature T (K). */
void bp_region_set_temperature(BpRegionData *region, double T);

typedef struct {
  BpMaterial *material[BP_MAX_REGIONS]; /* in the order of the case's regions */
  int count;
} BpMaterials;

/* Loads every card of a case. Problems as bp_material_load, and temperatures of the load, or that
 * which thermal strain counts from, outside a card's hard range (BP_EXIT_CASE); use outside the
 * fitted range is a warning. BP_BAD if there were any problems. */
BpStatus bp_materials_load(const BpCase *bp, BpMaterials *materials, BpProblems *problems);
void bp_materials_free(BpMaterials *materials);

/* Unknowns (grid.h) prescribed on the nodes of this rank. */
typedef struct {
  unsigned char *fixed; /* [3 nnodes] 1: prescribed */
  double *value;        /* [3 nnodes] m, at the end of the step */
  int support;          /* local node that carries the support in z, -1: not on this rank */
  double fill[2];       /* m, heights that side faces of underfill reach from and to */
} BpConstraints;

/* Values of a matrix that follow each other: of its square part (0) or the rest (1). */
typedef struct {
  int part, first, count;
} BpRun;

/* Copy of a part of a matrix. */
typedef struct {
  BpRun *run; /* [nruns] */
  int nruns;
  size_t count;
  double *value; /* [count] */
} BpKept;

/* A face of a local cell with loads or springs of an entry of model.boundary. */
typedef struct {
  int cell, face, entry;
} BpLoadedFace;

typedef struct {
  const BpCase *bp;
  BpGrid *grid;
  BpRegionData region[BP_MAX_REGIONS]; /* in the order of bp->materials */
  int nregions;
  int *region_of;  /* [grid->nregions] index of a region of the grid in them */
  BpPointSet *set; /* [nsets] points of the regions whose law is not linear */
  int nsets;
  BpConstraints constraints;
  BpLongFace *long_face; /* of a strip, else NULL */
  BpLoadedFace *loaded;  /* [nloaded] of a user's mesh */
  int nloaded;
  double *factor; /* [model.nboundary] of the loads that `load` holds */
  BpHeat *heat; /* whose temperatures the nodes have; NULL: T0 and T1 are those of all. Not owned */
  int joined;   /* 0 until the joining is done */
  double ratio; /* of the step to the one before, 0: there is none that may be used */
  double t0, t1, T0, T1; /* s, K: last accepted time, end of the step */
  Vec u0; /* local vector: displacement at the joining, from which the joined parts count */
  BpSlots slots, coarse_slots; /* of the matrices of both levels */
  Mat stiffness;  /* of the linear regions, prescribed unknowns left out; or with solder and copper
                     added: the tangent */
  int whole;      /* 1: it is the tangent */
  BpKept kept;    /* of stiffness without them, where they add something */
  Mat coarse;     /* the tangent on the coarse level */
  Vec load;       /* forces of the linear regions' thermal strain and of prescribed displacements */
  Vec free;       /* 1 for free unknowns and on a strip's long face, 0 for prescribed ones */
  double dt_hint; /* s, what the last refused step would have accepted; very large: no opinion */
  char why[320];  /* the last refused step: "solder: anand: ...; 0.8 s would do", on every rank */
  double mean[BP_MAX_REGIONS]; /* K, of each region at the end of the step */
  double T_linear;             /* K, that linear and load are for; < 0: none yet */
} BpModel;

/* Index of a local cell's region in model->region. */
static inline int bp_cell_region(const BpModel *model, int cell) {
  return model->region_of[model->grid->cell_region[cell]];
}

/* Builds the model of a case.   [collective]
 * materials  from bp_materials_load, must outlive the model */
PetscErrorCode bp_model_create(const BpCase *bp, const BpMaterials *materials, BpGrid *grid,
                               BpModel **model);
PetscErrorCode bp_model_destroy(BpModel **model);

/* Prolongation from vertices to vertices and edges: copy, or the mean of the edge's ends;
 * prescribed unknowns left out. [collective] */
PetscErrorCode bp_model_create_prolongation(const BpModel *model, Mat *prolongation);

/* Prepares a step from the last accepted time to t1 at temperature T1 (K).   [collective] */
PetscErrorCode bp_model_start_step(BpModel *model, double t1, double T1);

/* Writes the prescribed displacements at the end of the step into u (global vector).   [collective]
 */
PetscErrorCode bp_model_impose(const BpModel *model, Vec u);

/* Residual (internal minus external force, N) at displacement u.   [collective]
 * status  BP_CUT or BP_BAD on every rank when any point of any rank refuses the step; model->why
 *         then holds the reason on every rank */
PetscErrorCode bp_model_residual(BpModel *model, Vec u, Vec r, BpStatus *status);

/* model->stiffness becomes the tangent at the displacement of the last residual, until the next
 * residual; with `coarse` model->coarse too.   [collective] */
PetscErrorCode bp_model_tangent(BpModel *model, int coarse);

/* Index of a region in model->region whose tangent, in the last residual, is not positive definite
 * at a point of any rank; -1: none.   [collective] */
PetscErrorCode bp_model_find_softening(const BpModel *model, int *region);

/* Norm over the free unknowns of what cells that are not linear add to them, before it cancels: the
 * absolute values of the cells' forces in the last residual, N.   [collective] */
PetscErrorCode bp_model_force_magnitude(const BpModel *model, double *magnitude);

/* y = force of the linear regions at displacement u, N. Undoes bp_model_tangent.   [collective] */
PetscErrorCode bp_model_linear_force(BpModel *model, Vec u, Vec y);

/* Makes the end of the step the last accepted state.   [collective] */
PetscErrorCode bp_model_accept(BpModel *model);

/* The equilibrium of what exists before the joining is accepted: solder and board are born
 * stress-free at displacement u. [collective] */
PetscErrorCode bp_model_join(BpModel *model, Vec u);

/* The same for a model whose state was filled in: points, u0, t0 and T0 are those of another
 * process after its joining. [collective] */
PetscErrorCode bp_model_go_on(BpModel *model);

/* Largest equivalent inelastic increment of the step at a point of the solder, of a user's mesh at
 * any point, over all ranks.
 * [collective] */
PetscErrorCode bp_model_largest_increment(const BpModel *model, double *increment);

/* Number of unknowns that are not prescribed.   [collective] */
PetscErrorCode bp_model_free_unknowns(const BpModel *model, PetscInt *count);

#endif

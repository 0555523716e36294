/* Inside the heat layer. */
#ifndef BP_HEAT_IMPL_H
#define BP_HEAT_IMPL_H

#include "heat.h"
#include "heat_cell.h"

#include <petscksp.h>

/* A face of a local cell that heat passes through. */
typedef struct {
  int cell, face, port;
} BpHeatFace;

/* What a region of the grid is made of. */
typedef struct {
  const BpMaterial *material;
  double angle;  /* rad, of its axes from the model's, about z */
  double volume; /* m3 */
  int plain;     /* 1: its data do not depend on temperature */
  double source; /* W/m3 at the time of the evaluation */
} BpHeatRegion;

typedef struct {
  Mat J, prolongation; /* prolongation NULL: without a coarse level */
  KSP ksp;
  double *value;           /* of the cells' matrices */
  double *conduct, *store; /* the same, of plain regions: W/K, J/K, made once */
  size_t *first;           /* [ncells] of a cell in them */
  int storage;
  double dt;       /* that the values of J are for, and whether with storage; dt < 0: none yet */
  double factored; /* dt that the preconditioner is for */
  int symmetric;
} BpHeatSolver;

/* What a step changes besides the temperature. */
typedef struct {
  double t, dt; /* s: last accepted; next step of its own choice */
  BpHeatBalance last, total;
  double moved, worst; /* J; largest imbalance over the heat moved */
} BpHeatState;

struct BpHeat {
  const BpCase *bp;
  BpGrid *grid;
  BpHeatLoad load;
  BpHeatRegion *region; /* [grid->nregions] */
  BpHeatElement element[BP_CELL_TYPES];
  BpHeatFace *face; /* [nfaces] */
  int nfaces;
  unsigned char *fixed; /* [nnodes] 1 + port whose temperature the node has; 0: it is free */
  int linear;           /* 1: neither data nor surfaces make the equations nonlinear */
  DM dm;                /* one unknown on every node */
  BpHeatSolver solver;
  Vec T0, T1;      /* local: last accepted, trial */
  Vec T;           /* global, trial */
  Vec D, F[3];     /* global: heat stored since T0, J; inflow at the start, middle, end, W */
  Vec rhs, r, dT;  /* global */
  double *flow[3]; /* [nports + nsources + 1] W at these; the last is `extra` */
  double t1;
  BpHeatBalance trial;
  BpHeatState state, kept;
  Vec Tk; /* local, that was kept */
  BpHeatCounts counts;
  const char *reason;
};

/* One implicit system: D(T) - dt F(T, t) = rhs; without storage F(T, t) = 0. */
typedef struct {
  double t;
  int storage;
  double dt;
  int slot; /* of F and flow that receive the values at the solution */
} BpHeatStage;

/* D, F[slot] and flow[slot] at temperature T1 (local) and a time.   [collective] */
PetscErrorCode bp_heat_evaluate(BpHeat *heat, double t, BpSide side, int slot);

/* Values of solver.J for a stage, at T1.   [collective] */
PetscErrorCode bp_heat_assemble(BpHeat *heat, const BpHeatStage *stage);

/* Fills solver.conduct and solver.store.   [not collective] */
PetscErrorCode bp_heat_assemble_plain(BpHeat *heat);

/* Solves a stage from T as first guess; T, T1, D, F[slot] hold the solution.   [collective] */
PetscErrorCode bp_heat_solve_stage(BpHeat *heat, const BpHeatStage *stage, BpStatus *status);

/* J x = b, to a residual of atol (2-norm) or rtol.   [collective] */
PetscErrorCode bp_heat_solver_create(BpHeat *heat);
PetscErrorCode bp_heat_solver_destroy(BpHeat *heat);
PetscErrorCode bp_heat_linear_solve(BpHeat *heat, const double tolerance[2], Vec b, Vec x,
                                    BpStatus *status);

/* Prescribed temperatures at a time into T.   [collective] */
PetscErrorCode bp_heat_impose(const BpHeat *heat, double t, Vec T);

/* sum[0]: of |r| over free nodes; sum[1]: |heat stored|, and of |r| as it sums up over each port's
 * prescribed nodes. r becomes 0 at prescribed nodes.   [collective] */
PetscErrorCode bp_heat_sums(const BpHeat *heat, Vec r, double sum[2]);

#endif

/* Inside the heat layer. */
#ifndef BP_HEAT_IMPL_H
#define BP_HEAT_IMPL_H

#include "heat.h"
#include "heat_cell.h"

#include <petscksp.h>
#include <time.h>

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

/* Which matrix: at temperature T1 with the whole derivative, or without that of the conductivity,
 * which is symmetric; or the latter at the initial temperature, of which the levels below are made:
 * they must not know where the run came from. */
typedef enum { BP_HEAT_WHOLE, BP_HEAT_SYMMETRIC, BP_HEAT_REFERENCE } BpHeatMatrix;

typedef struct {
  Mat J;     /* without the derivative of the conductivity */
  Mat shell; /* around J, whose sweep the levels smooth with; NULL on elements of first order */
  Mat whole; /* with that derivative, NULL until it is needed */
  Mat prolongation, coarse; /* NULL on elements of first order */
  Mat base;                 /* what GAMG's levels are made of there */
  KSP cg, gmres;            /* with one preconditioner; for J, for `whole` */
  Vec columns;              /* sums of its columns over the free nodes, J/K */
  double all_columns;       /* and their sum */
  double *value;            /* of the cells' matrices */
  double *conduct, *store;  /* the same at the initial temperature: W/K, J/K, made once */
  size_t *first;            /* [ncells + 1] of a cell in them */
  int storage;
  double dt;         /* that the values of J are for, and whether with storage; dt < 0: none yet */
  int is_whole;      /* 1: those of `whole` are, and it is solved with */
  int level_power;   /* the coarse level is for a step of 2^level_power s, */
  int level_storage; /* with storage or not; -1: none yet */
  int symmetric;     /* no conductivity depends on temperature */
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
  double *field;        /* [nnodes] K, of a prescribed temperature; else NULL */
  unsigned char *fixed; /* [nnodes] 1 + port whose temperature the node has; 0: it is free */
  double *weight; /* of the nodes of each cell, as grid->cell_node: integral of the shape, m3 */
  int linear;     /* 1: neither data nor surfaces make the equations nonlinear */
  DM dm;          /* one unknown on every node */
  BpHeatSolver solver;
  Vec T0, T1;      /* local: last accepted, trial */
  Vec T;           /* global, trial */
  Vec D, F[3];     /* global: heat stored since T0, J; inflow at the start, middle, end, W */
  int has_start;   /* 1: F[0] and flow[0] are those at T0 */
  Vec rhs, r, dT;  /* global */
  Vec free;        /* global, 1 where the temperature is not prescribed */
  int nfixed;      /* of the nodes of all ranks */
  double *flow[3]; /* [nports + nsources + 1] W at these; the last is `extra` */
  double t1;
  BpHeatBalance trial;
  BpHeatState state, kept;
  Vec Tk; /* local, that was kept */
  BpHeatCounts counts;
  double capacity;       /* J/K, of the whole body at the initial temperature */
  double *exchange;      /* [nports] W/K, as much */
  double processor_time; /* s */
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

/* Adds what flows in through the faces at a time, W: to the nodes, inflow [nnodes], and by port.
 * T [nnodes].   [not collective] */
void bp_heat_add_faces(const BpHeat *heat, double t, BpSide side, const double *T, double *inflow,
                       double *flow);

/* Adds the faces' part to solver.value; T NULL: at the initial temperature.   [not collective] */
void bp_heat_face_matrices(const BpHeat *heat, const BpHeatStage *stage, const double *T);

/* Fills solver.value for a stage.   [not collective] */
PetscErrorCode bp_heat_fill(BpHeat *heat, const BpHeatStage *stage, BpHeatMatrix which);

/* Fills solver.conduct and solver.store.   [not collective] */
PetscErrorCode bp_heat_fill_reference(BpHeat *heat);

/* capacity, of these, and exchange.   [collective] */
PetscErrorCode bp_heat_sum_body(BpHeat *heat);

/* Matrix and preconditioner for a stage, at T1.   [collective]
 * which  BP_HEAT_WHOLE or BP_HEAT_SYMMETRIC */
PetscErrorCode bp_heat_assemble(BpHeat *heat, const BpHeatStage *stage, BpHeatMatrix which);

/* Adds the processor time since a moment. */
void bp_heat_spent(BpHeat *heat, clock_t since);

/* Solves a stage from T as first guess; T, T1, D, F[slot] hold the solution.   [collective] */
PetscErrorCode bp_heat_solve_stage(BpHeat *heat, const BpHeatStage *stage, BpStatus *status);

/* Solves with the matrix that was assembled last, to a residual of atol (2-norm) or rtol.
 * [collective] */
PetscErrorCode bp_heat_solver_create(BpHeat *heat);
PetscErrorCode bp_heat_solver_destroy(BpHeat *heat);
PetscErrorCode bp_heat_linear_solve(BpHeat *heat, const double tolerance[2], Vec b, Vec x,
                                    BpStatus *status);

/* Moves the solution x of the last system by a constant, such that what the iteration left of its
 * equations sums to nothing: heat is kept.   [collective] */
PetscErrorCode bp_heat_close(const BpHeat *heat, Vec b, Vec x);

/* The last accepted state becomes that of the field at a time.   [collective] */
PetscErrorCode bp_heat_impose_field(BpHeat *heat, double t);

/* Prescribed temperatures at a time into T.   [collective] */
PetscErrorCode bp_heat_impose(const BpHeat *heat, double t, Vec T);

/* Sums over the equations of the free nodes, J. */
typedef struct {
  double size, open; /* of |r|; |sum of r| */
  double stored;     /* of |heat stored| */
  double moves; /* |heat stored in the whole|, and of |r| as it sums up over each port's prescribed
                   nodes */
} BpHeatSums;

/* r becomes 0 at prescribed nodes.   [collective] */
PetscErrorCode bp_heat_sums(const BpHeat *heat, Vec r, BpHeatSums *sums);

#endif

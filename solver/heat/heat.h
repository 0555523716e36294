/* Heat conduction on the grid of the mechanics: the temperature of every node, driven by prescribed
 * temperatures, fluxes, convection and radiation through named surfaces and by power in regions.
 *
 * Heat is kept step by step: what is stored is an integral of the heat capacity over temperature,
 * never a product with its value at some moment, so that stored = in - out whatever the data depend
 * on. Steps are TR-BDF2 (Bank et al., IEEE Trans. CAD 4 (1985) 436; Hosea, Shampine, Appl. Numer.
 * Math. 20 (1996) 21): second order, L-stable, one-step, with an error estimate. */
#ifndef BP_HEAT_H
#define BP_HEAT_H

#include "config.h"
#include "time_curve.h"
#include "grid.h"
#include "materials.h"
#include "programme.h"

#include <petscvec.h>

/* A surface that heat passes through, or whose temperature is prescribed. */
typedef struct {
  char name[BP_MESH_NAME]; /* of a set of the grid */
  double convection;       /* W/m2/K, of the meshed area */
  double emissivity;
  BpTimeCurve flux;    /* W/m2 into the body */
  BpTimeCurve ambient; /* K */
  BpTimeCurve held;    /* K; without points: the temperature is free */
} BpHeatPort;

/* Power in a region. */
typedef struct {
  char name[BP_MESH_NAME]; /* of a region of the grid */
  int whole;               /* 1: power is W of the region as it is meshed; 0: W/m3 */
  BpTimeCurve power;
} BpHeatSource;

typedef struct {
  BpHeatPort *port; /* [nports] */
  int nports;
  BpHeatSource *source; /* [nsources] */
  int nsources;
  double initial; /* K */
  int prescribed; /* 1: every node has initial + factor (field - initial) */
  BpTimeCurve factor;
  /* W/m3 that arise besides at a place and time, for manufactured solutions; NULL: none */
  double (*extra)(const double x[3], double t, const void *context);
  const void *context;
} BpHeatLoad;

void bp_heat_load_free(BpHeatLoad *load);

/* What the case prescribes on a user's mesh, and its sources. [not collective] */
void bp_heat_load_of_mesh(const BpCase *bp, BpHeatLoad *load);

/* Shares of the package that a model has. */
typedef struct {
  double power; /* of the power of the package */
  double board; /* factor of the board's convection: a cell has a die area of board */
} BpHeatShares;

/* part  of the package's plan that an array has, of the cell that a half or whole one has */
BpHeatShares bp_heat_shares(const BpCase *bp, double part);

/* The same with the chamber, which has the temperature of the programme, and its power. Surfaces of
 * a user's mesh without an ambient temperature see the chamber; of a cell or an array die_back,
 * board_back and, of an array, "outside" do. [not collective] */
void bp_heat_load_of_package(const BpCase *bp, const BpProgramme *programme,
                             const BpHeatShares *shares, BpHeatLoad *load);

/* Temperatures that a field of the user's mesh gives: what follows about surfaces, sources and
 * balances has no meaning then. [not collective] */
void bp_heat_load_of_field(const BpCase *bp, BpHeatLoad *load);

/* Adds the programme's temperature to a curve. */
void bp_heat_chamber(const BpProgramme *programme, BpTimeCurve *ambient);

/* Adds the problems of materials that heat cannot use between two temperatures (K), BP_EXIT_CASE.
 * material [bp->materials.count], NULL for what is not there. [not collective] */
void bp_heat_check_materials(const BpCase *bp, BpMaterial *const *material, const double range[2],
                             BpProblems *problems);

/* Heat of a step or of all steps, J. */
typedef struct {
  double stored;
  double in, out;   /* through surfaces and from sources, both positive */
  double imbalance; /* stored - (in - out) */
} BpHeatBalance;

typedef struct {
  int accepted, rejected;
  long newton, linear;
} BpHeatCounts;

typedef struct BpHeat BpHeat;

/* material  [bp->materials.count] as loaded, must outlive it; load is taken over.   [collective] */
PetscErrorCode bp_heat_create(const BpCase *bp, BpMaterial *const *material, BpGrid *grid,
                              BpHeatLoad *load, BpHeat **heat);
PetscErrorCode bp_heat_destroy(BpHeat **heat);

/* The field of a prescribed temperature, K, on rank 0 at the nodes of the mesh that the grid was
 * made of [count]; once, after the creation. [collective] */
PetscErrorCode bp_heat_prescribe(BpHeat *heat, const double *T, int count);
int bp_heat_is_prescribed(const BpHeat *heat);

/* Tries a step from the last accepted time to t1. BP_CUT with a reason where Newton's iteration
 * does not converge; error is the estimated error of the temperature, K, largest over the nodes.
 * [collective] */
PetscErrorCode bp_heat_try(BpHeat *heat, double t1, double *error, BpStatus *status);
PetscErrorCode bp_heat_accept(BpHeat *heat);

/* One step of its own choice towards t1, not beyond the next corner of a load; all of them, to t1.
 * BP_CUT: they became too small. [collective] */
PetscErrorCode bp_heat_step(BpHeat *heat, double t1, BpStatus *status);
PetscErrorCode bp_heat_advance(BpHeat *heat, double t1, BpStatus *status);

/* Keeps the last accepted state, and goes back to the state that was kept last; creation keeps the
 * initial one.   [collective] */
PetscErrorCode bp_heat_keep(BpHeat *heat);
PetscErrorCode bp_heat_go_back(BpHeat *heat);

/* The steady state under the loads of time t becomes the last accepted one.   [collective] */
PetscErrorCode bp_heat_steady(BpHeat *heat, double t, BpStatus *status);

/* Time of the next corner or jump of a load after t, s; infinite if there is none. */
double bp_heat_next_time(const BpHeat *heat, double t);

/* The last accepted state: time, s; temperature, K, of this rank's nodes [nnodes]; heat of the last
 * step and of all; the largest imbalance of a step over the heat that it moved. */
double bp_heat_time(const BpHeat *heat);
const double *bp_heat_temperature(const BpHeat *heat);
const double *bp_heat_kept_temperature(const BpHeat *heat);
BpHeatBalance bp_heat_last(const BpHeat *heat);
BpHeatBalance bp_heat_total(const BpHeat *heat);
double bp_heat_worst_imbalance(const BpHeat *heat);
BpHeatCounts bp_heat_counts(const BpHeat *heat);
const char *bp_heat_reason(const BpHeat *heat);

/* s of this process' processor time that its heat has taken. */
double bp_heat_processor_time(const BpHeat *heat);

/* All that a run carries from one kept state to the next: numbers, and the temperature of the nodes
 * that this rank owns [grid->nowned], in ascending local numbers. Reading keeps the state.
 * [collective] */
enum { BP_HEAT_NUMBERS = 16 };
PetscErrorCode bp_heat_get_state(const BpHeat *heat, double number[BP_HEAT_NUMBERS], double *T);
PetscErrorCode bp_heat_set_state(BpHeat *heat, const double number[BP_HEAT_NUMBERS],
                                 const double *T);

/* Biot number: mean coefficient of what the surfaces exchange (radiation by its slope at the
 * largest temperature), times volume over their area, over the conductivity along z as layers in a
 * row have it. 0 where no surface exchanges heat.   [collective] */
PetscErrorCode bp_heat_biot(const BpHeat *heat, double *biot);

/* Mean temperature of every region of the grid, by volume: mean [grid->nregions] K.   [collective]
 */
PetscErrorCode bp_heat_means(const BpHeat *heat, double *mean);

/* Nodes whose temperature is not prescribed, of all ranks.   [collective] */
PetscErrorCode bp_heat_free_unknowns(const BpHeat *heat, int *count);

/* Least and largest temperature of all nodes, K.   [collective] */
PetscErrorCode bp_heat_range(const BpHeat *heat, double range[2]);

/* Sets the temperature of the nodes from a function of the place.   [collective] */
PetscErrorCode bp_heat_set(BpHeat *heat, double (*T)(const double x[3], const void *context),
                           const void *context);

#endif

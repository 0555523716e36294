#include "case_impl.h"

#define STEP(path, member, preset, help)                                                           \
  BP_ROW("solver." path, help, BP_QUANTITY(BpCase, solver.member, "s", preset), BP_ABOVE(0.0))

static const BpField rows[] = {
    BP_ROW("solver.linear", "multigrid by element order, or a direct factorisation",
           BP_TEXT(BpCase, solver.linear, "pmultigrid"), .values = "pmultigrid|direct"),
    BP_ROW(
        "solver.coarse",
        "how p-multigrid solves for its coarse level: a factor, or a level of aggregates below it; "
        "auto: by size",
        BP_TEXT(BpCase, solver.coarse, "auto"), .values = "auto|factor|aggregates"),
    BP_ROW("solver.deterministic",
           "a run repeated or resumed on as many ranks gives the same bits, at any size",
           BP_TEXT(BpCase, solver.deterministic, "false"), .values = "true|false"),
    BP_ROW("solver.newton_tolerance", "residual relative to the internal force",
           BP_QUANTITY(BpCase, solver.newton_tolerance, "", "4e-12"), BP_INSIDE(0.0, 1.0)),
    BP_ROW("solver.newton_iterations", "after so many the step is cut",
           BP_INTEGER(BpCase, solver.newton_iterations, "12"), BP_BETWEEN(1.0, 1000.0)),
    BP_ROW("solver.time_tolerance", "relative error of the work per cycle that the steps aim at",
           BP_QUANTITY(BpCase, solver.time_tolerance, "", "0.01"), BP_INSIDE(0.0, 1.0)),
    STEP("first_step", first_step, "1 s", "first time step"),
    STEP("min_step", min_step, "1 ms", "the run stops rather than step below this"),
    STEP("max_step", max_step, "5 min", "longest time step"),
    BP_ROW("solver.times",
           "prescribed ends of the steps, as compared cases share them; empty: "
           "the steps choose themselves",
           BP_QUANTITIES(BpCase, solver.times, solver.ntimes, "s", "[]"), BP_ABOVE(0.0)),
};

const BpFieldTable bp_case_solver_table = {rows, BP_COUNT(rows)};

static const BpField petsc_rows[] = {
    BP_ROW("petsc", "options passed to PETSc as they are", BP_BLOCK(BpCase, petsc)),
};

const BpFieldTable bp_case_petsc_table = {petsc_rows, BP_COUNT(petsc_rows)};

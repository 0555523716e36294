/* The tables of the case's sections and the steps of reading one. Internal to this folder. */
#ifndef BP_CASE_IMPL_H
#define BP_CASE_IMPL_H

#include "config.h"
#include "schema.h"

extern const BpFieldTable bp_case_package_table, bp_case_model_table, bp_case_mesh_table,
    bp_case_materials_table, bp_case_load_table, bp_case_solver_table, bp_case_output_table,
    bp_case_life_table, bp_case_claims_table, bp_case_petsc_table;

/* All of them, in the order of the dump. */
extern const BpSchema bp_case_schema;

/* Rules between keys. Quantities that were refused are NaN and break no rule. */
void bp_case_check(const BpCase *bp, BpProblems *problems);

/* The same for a model that is a user's mesh, whose boundary it completes, and for heat. */
void bp_case_check_mesh(BpCase *bp, BpProblems *problems);

/* Takes soak mode and mission profile into the load; checks the cycle against its standard. */
void bp_case_check_profile(BpCase *bp, BpProblems *problems);

/* Reads one cycle from a CSV of time, temperature of the chamber and power into the programme. The
 * first row has the temperature that the cycle starts from. */
void bp_mission_read(BpCase *bp, BpProblems *problems);

/* Rules for heat. */
void bp_case_check_heat(const BpCase *bp, BpProblems *problems);

/* Of a user's mesh, `materials` at the top level is short for `model.materials`. */
void bp_case_move_materials(BpYaml *tree);

/* Fills the regions of the model: names, cards, temperatures. */
void bp_case_complete_regions(BpCase *bp);

/* Adds a problem at a node that may come from --set; key is its name. */
void bp_case_problem_at(const BpCase *bp, BpProblems *problems, const BpYamlNode *node,
                        const char *key, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif

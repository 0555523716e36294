/* Inside the results part of the store. */
#ifndef BP_RESULTS_IMPL_H
#define BP_RESULTS_IMPL_H

#include "results.h"

/* Replaces results.h5 by the present state. */
void bp_results_save(const BpResults *results, BpStoreError *error);

/* Schema and provenance of a file of ours. */
void bp_results_stamp(const BpResults *results, BpH5 *file);

/* fields/mesh.h5 */
void bp_results_save_mesh(const BpResults *results, const BpResultsMesh *mesh, BpStoreError *error);

/* history.csv: all rows so far; the last row at its end. */
void bp_csv_write(const BpResults *results, BpStoreError *error);
void bp_csv_append(const BpResults *results, BpStoreError *error);

#endif

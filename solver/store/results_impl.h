/* Inside the results part of the store. */
#ifndef BP_RESULTS_IMPL_H
#define BP_RESULTS_IMPL_H

#include "results.h"

#define BP_RESULTS_KIND "results"

/* Replaces results.h5 by the present state. */
void bp_results_save(const BpResults *results, BpStoreError *error);

/* Schema and provenance of a file of ours. */
void bp_results_stamp(const BpResults *results, BpH5 *file);

/* fields/mesh.h5 */
void bp_results_save_mesh(const BpResults *results, const BpResultsMesh *mesh, BpStoreError *error);

/* history.csv: its header line; the rows that it does not hold yet. */
void bp_csv_write(BpResults *results, BpStoreError *error);
void bp_csv_append(BpResults *results, BpStoreError *error);

#endif

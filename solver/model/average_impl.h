/* Inside the averages' files. */
#ifndef BP_AVERAGE_IMPL_H
#define BP_AVERAGE_IMPL_H

#include "average.h"

/* Index of the point set of a region, -1 where its law is linear. */
int bp_average_set(const BpModel *model, int region);

BpAverage *bp_average_add(BpAverages *averages, int set, const char *name);

/* Adds a cell's points by their weights [npoints]. */
void bp_average_append(BpAverage *average, const BpPointSet *set, int cell, const double *weight);

/* Volumes of the last n averages over all ranks.   [collective] */
PetscErrorCode bp_average_sum_volumes(const BpModel *model, BpAverages *averages, int n);

#endif

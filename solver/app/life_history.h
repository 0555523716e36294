/* What life models take from the stored history of a run. */
#ifndef BP_LIFE_HISTORY_H
#define BP_LIFE_HISTORY_H

#include "life_run.h"
#include "results.h"

/* Averages over the layers of a side ("package", "board") in a full cycle, the reported layer
 * first. Returns their number, at most BP_LIFE_LAYERS. */
int bp_life_layers(const BpResults *results, const char *side, int cycle,
                   BpLifeLayer layer[BP_LIFE_LAYERS]);

/* Range of the mean engineering shear strain of the solder in a cycle, NAN where there is none. */
double bp_life_shear_range(const BpResults *results, int cycle);

#endif

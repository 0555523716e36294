/* The z-levels of the extrusion: every face of a film, refined by mesh.level. */
#ifndef BP_LEVELS_H
#define BP_LEVELS_H

#include "geometry.h"

typedef struct {
  int count;
  double *z; /* [count] increasing, m */
} BpLevels;

BpLevels bp_levels_build(const BpGeometry *geometry);
void bp_levels_free(BpLevels *levels);

#endif

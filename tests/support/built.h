/* A package from the default case to its geometry, and what such tests leave behind. */
#ifndef BP_TEST_BUILT_H
#define BP_TEST_BUILT_H

#include "bench.h"

/* The default case with overrides (as bp_test_case) and its geometry, which must be built without a
 * word. Free the case with bp_case_free(). */
BpCase *bp_test_built(const char *const *overrides, BpGeometry *g);

/* Teardown of a group: the units that were read. */
int bp_test_free_units(void **state);

#endif

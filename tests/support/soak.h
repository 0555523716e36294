/* The equations of every law, written a second time, for a step that the law took. */
#ifndef BP_TEST_SOAK_H
#define BP_TEST_SOAK_H

#include "law_point.h"

/* Largest residual of the equations of an accepted step, over what round-off excuses. */
typedef double (*BpSoakCheck)(const BpTestPoint *p);

/* NULL for a law that is not known. */
BpSoakCheck bp_soak_check(const BpLaw *law);

#endif

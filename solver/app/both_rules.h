/* A comparison under both rules of package.ball.rule. */
#ifndef BP_BOTH_RULES_H
#define BP_BOTH_RULES_H

#include "setup.h"

/* Makes a setup just read the same case by the other rule: where it has the solder of its ball, as
 * much as makes the stand-off of the reference, else the solder of its ball. Its name says which.
 * What is wrong then is in its problems. [not collective] */
void bp_other_rule(const BpSetup *reference, BpSetup *setup);

#endif

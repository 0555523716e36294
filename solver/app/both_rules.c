#include "both_rules.h"

#include <string.h>

void bp_other_rule(const BpSetup *reference, BpSetup *setup) {
  BpBall *ball = &setup->bp->package.ball;
  const int by_volume = strcmp(ball->rule, "equal_volume") == 0;
  char name[BP_NAME];
  snprintf(ball->rule, sizeof ball->rule, "%s", by_volume ? "equal_standoff" : "equal_volume");
  if (by_volume)
    ball->standoff = reference->geometry.standoff;
  snprintf(name, sizeof name, "%.47s_%.14s", setup->name, ball->rule);
  memcpy(setup->name, name, sizeof name);
  bp_setup_complete(setup);
}

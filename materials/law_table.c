#include "law.h"

#define BP_LAW(name) extern const BpLaw bp_law_##name;
#include "laws.def"
#undef BP_LAW

#define BP_LAW(name) &bp_law_##name,
const BpLaw *const bp_laws[] = {
#include "laws.def"
    NULL};
#undef BP_LAW

const BpLaw *bp_law_find(const char *name) {
  for (int i = 0; bp_laws[i]; i++)
    if (strcmp(bp_laws[i]->name, name) == 0)
      return bp_laws[i];
  return NULL;
}

int bp_law_state_size(const BpLaw *law) {
  int n = 0;
  for (int i = 0; i < law->nstate; i++)
    n += law->state[i].size;
  return n;
}

int bp_law_state_offset(const BpLaw *law, const char *name) {
  int at = 0;
  for (int i = 0; i < law->nstate; i++) {
    if (strcmp(law->state[i].name, name) == 0)
      return at;
    at += law->state[i].size;
  }
  return -1;
}

void bp_law_start(const BpLaw *law, const double *param, double *state) {
  int at = 0;
  for (int i = 0; i < law->nstate; i++)
    for (int c = 0; c < law->state[i].size; c++)
      state[at++] = law->state[i].initial;
  if (law->start)
    law->start(param, state);
}

/* Named temperature cycles. */
#ifndef BP_PROFILE_H
#define BP_PROFILE_H

#include "config.h"

typedef struct {
  const char *name;          /* "JESD22-A104-G" */
  double temp_min, temp_max; /* K */
  char trust;                /* 'V' verified against a source, 'M' not */
} BpProfile;

/* Cycle by name (capitals do not count), NULL if there is none. */
const BpProfile *bp_profile_find(const char *name);

/* Names that begin as `name` does, up to its last '-', with ", " between them; all of them if none
 * does. */
void bp_profile_list(const char *name, char *text, size_t size);

/* The four segments of a named cycle: to temp_max in load->ramp, load->dwell there, to temp_min in
 * load->ramp, load->dwell. segment [4]. */
void bp_profile_segments(const BpProfile *profile, const BpLoad *load, BpSegment segment[4]);

#endif

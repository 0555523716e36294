/* Named temperature cycles. */
#ifndef BP_PROFILE_H
#define BP_PROFILE_H

#include "config.h"

typedef struct {
  const char *name;          /* "JESD22-A104-G" */
  double temp_min, temp_max; /* K */
  char trust;                /* of the temperatures: 'V' verified against a source, 'M' not */
} BpProfile;

/* What a standard asks of its cycles on solder joints; all of it unverified. */
typedef struct {
  const char *prefix;        /* of the names of its cycles */
  double ramp;               /* K/s, at most; 0: nothing is known */
  double dwell[2];           /* s, at least and at most; 0: nothing is known */
  double cycles_per_hour[2]; /* at least and at most; 0: nothing is known */
} BpStandard;

/* Standard of a named cycle, NULL if its name is of none. */
const BpStandard *bp_profile_standard(const char *name);

/* Least time of a soak mode of JESD22-A104, 1 to 4, at both ends, s. */
double bp_profile_soak(int mode);

/* Cycle by name (capitals do not count), NULL if there is none. */
const BpProfile *bp_profile_find(const char *name);

/* Names that begin as `name` does, up to its last '-', with ", " between them; all of them if none
 * does. */
void bp_profile_list(const char *name, char *text, size_t size);

/* The four segments of a named cycle: to temp_max in load->ramp, load->dwell there, to temp_min in
 * load->ramp, load->dwell. segment [4]. */
void bp_profile_segments(const BpProfile *profile, const BpLoad *load, BpSegment segment[4]);

#endif

#include "profile.h"

#include <string.h>
#include <strings.h>

#define CELSIUS(low, high) (low) + 273.15, (high) + 273.15

/* JEDEC JESD22-A104 and IPC-9701A, test conditions; AEC-Q100, grades. */
static const BpProfile profiles[] = {
    {"JESD22-A104-A", CELSIUS(-55, 85), 'V'},  {"JESD22-A104-B", CELSIUS(-55, 125), 'V'},
    {"JESD22-A104-C", CELSIUS(-65, 150), 'V'}, {"JESD22-A104-G", CELSIUS(-40, 125), 'V'},
    {"JESD22-A104-H", CELSIUS(-55, 150), 'V'}, {"JESD22-A104-I", CELSIUS(-40, 115), 'M'},
    {"JESD22-A104-J", CELSIUS(0, 100), 'M'},   {"JESD22-A104-K", CELSIUS(0, 125), 'V'},
    {"JESD22-A104-L", CELSIUS(-55, 110), 'M'}, {"JESD22-A104-M", CELSIUS(-40, 150), 'M'},
    {"JESD22-A104-N", CELSIUS(-40, 85), 'M'},  {"IPC-9701A-TC1", CELSIUS(0, 100), 'M'},
    {"IPC-9701A-TC2", CELSIUS(-25, 100), 'M'}, {"IPC-9701A-TC3", CELSIUS(-40, 125), 'M'},
    {"IPC-9701A-TC4", CELSIUS(-55, 125), 'M'}, {"IPC-9701A-TC5", CELSIUS(-55, 100), 'M'},
    {"AEC-Q100-G0", CELSIUS(-55, 150), 'V'},   {"AEC-Q100-G1", CELSIUS(-55, 150), 'V'},
    {"AEC-Q100-G2", CELSIUS(-55, 125), 'V'},   {"AEC-Q100-G3", CELSIUS(-55, 125), 'V'},
};

/* Of AEC-Q100 the temperatures and numbers of cycles are known, no ramp and no dwell. */
static const BpStandard standards[] = {
    {"JESD22-A104-", 15.0 / 60.0, {60.0, 0.0}, {1.0, 2.0}},
    {"IPC-9701A-", 20.0 / 60.0, {600.0, 900.0}, {0.0, 0.0}},
};

const BpStandard *bp_profile_standard(const char *name) {
  for (int i = 0; i < BP_COUNT(standards); i++)
    if (strncasecmp(standards[i].prefix, name, strlen(standards[i].prefix)) == 0)
      return &standards[i];
  return NULL;
}

double bp_profile_soak(int mode) {
  static const double least[] = {0.0, 60.0, 300.0, 600.0, 900.0};
  return mode > 0 && mode < BP_COUNT(least) ? least[mode] : 0.0;
}

/* IPC-9701 and its revision A have the same cycles. */
const BpProfile *bp_profile_find(const char *name) {
  static const char first[] = "IPC-9701-";
  char revised[BP_NAME];
  const size_t n = sizeof first - 1;
  snprintf(revised, sizeof revised, "%s", name);
  if (strncasecmp(name, first, n) == 0)
    snprintf(revised, sizeof revised, "IPC-9701A-%s", name + n);
  for (int i = 0; i < BP_COUNT(profiles); i++)
    if (strcasecmp(profiles[i].name, revised) == 0)
      return &profiles[i];
  return NULL;
}

/* Writes the names whose first n letters are those of `name`, returns how many there are. */
static int list_like(const char *name, size_t n, char *text, size_t size) {
  int found = 0;
  text[0] = '\0';
  for (int i = 0; i < BP_COUNT(profiles); i++) {
    if (strncasecmp(profiles[i].name, name, n) != 0)
      continue;
    const size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", found > 0 ? ", " : "", profiles[i].name);
    found++;
  }
  return found;
}

void bp_profile_list(const char *name, char *text, size_t size) {
  const char *dash = strrchr(name, '-');
  const size_t n = dash ? (size_t)(dash - name) + 1 : 0;
  if (list_like(name, n, text, size) == 0)
    list_like(name, 0, text, size);
}

void bp_profile_segments(const BpProfile *profile, const BpLoad *load, BpSegment segment[4]) {
  const double rate = (profile->temp_max - profile->temp_min) / load->ramp;
  segment[0] = (BpSegment){.to = profile->temp_max, .rate = rate};
  segment[1] = (BpSegment){.hold = load->dwell};
  segment[2] = (BpSegment){.to = profile->temp_min, .rate = rate};
  segment[3] = (BpSegment){.hold = load->dwell};
}

/* Named cycles against what their standards ask, and cycles from a file. */
#include "case_impl.h"

#include "profile.h"

#include <math.h>
#include <string.h>

/* What stands against the standard is a warning: the cycle can be run. */
static void check_limits(const BpCase *bp, const BpProfile *profile, const BpStandard *standard,
                         BpProblems *problems) {
  const BpLoad *load = &bp->load;
  const double rate = (profile->temp_max - profile->temp_min) / load->ramp,
               per_hour = 3600.0 / (2.0 * (load->ramp + load->dwell));
  if (standard->ramp > 0.0 && rate > standard->ramp * (1.0 + 1e-9))
    bp_warning(problems,
               "load.profile %s: a ramp of %.3g K/min is faster than the %.3g K/min that the "
               "standard asks for of solder joints (unverified); raise load.ramp",
               profile->name, 60.0 * rate, 60.0 * standard->ramp);
  if (load->dwell < standard->dwell[0] * (1.0 - 1e-9))
    bp_warning(problems,
               "load.profile %s: a dwell of %.3g min is shorter than the %.3g min of the standard "
               "(unverified); raise load.dwell",
               profile->name, load->dwell / 60.0, standard->dwell[0] / 60.0);
  if (standard->dwell[1] > 0.0 && load->dwell > standard->dwell[1] * (1.0 + 1e-9))
    bp_warning(problems,
               "load.profile %s: a dwell of %.3g min is longer than the %.3g min of the standard "
               "(unverified); reduce load.dwell",
               profile->name, load->dwell / 60.0, standard->dwell[1] / 60.0);
  if (standard->cycles_per_hour[1] > 0.0 &&
      (per_hour < standard->cycles_per_hour[0] * (1.0 - 1e-9) ||
       per_hour > standard->cycles_per_hour[1] * (1.0 + 1e-9)))
    bp_warning(problems,
               "load.profile %s: %.3g cycles an hour are not within the %.3g to %.3g of the "
               "standard for solder joints (unverified); change load.ramp or load.dwell",
               profile->name, per_hour, standard->cycles_per_hour[0], standard->cycles_per_hour[1]);
}

static void check_named(const BpCase *bp, BpProblems *problems) {
  const BpProfile *profile = bp_profile_find(bp->load.profile);
  const BpStandard *standard = profile ? bp_profile_standard(profile->name) : NULL;
  if (!profile)
    return;
  if (profile->trust != 'V')
    bp_warning(problems,
               "load.profile %s: its temperatures, %g and %g degC, are unverified (trust mark M)",
               profile->name, profile->temp_min - 273.15, profile->temp_max - 273.15);
  if (standard)
    check_limits(bp, profile, standard, problems);
}

/* The mode's least time is the dwell, unless the case gives one. */
static void take_soak_mode(BpCase *bp, BpProblems *problems) {
  const double least = bp_profile_soak(bp->load.soak_mode);
  if (!(least > 0.0))
    return;
  if (!bp_yaml_find(bp->tree, "load.dwell"))
    bp->load.dwell = least;
  else if (bp->load.dwell < least * (1.0 - 1e-9))
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.dwell",
                    "load.dwell is %g min, and soak mode %d asks for %g min at least; raise it, or "
                    "leave it away",
                    bp->load.dwell / 60.0, bp->load.soak_mode, least / 60.0);
  bp_warning(problems, "load.soak_mode %d: its time, %g min, is unverified (trust mark M)",
             bp->load.soak_mode, least / 60.0);
}

void bp_case_check_profile(BpCase *bp, BpProblems *problems) {
  const int given = bp->load.nprogramme > 0;
  take_soak_mode(bp, problems);
  if (!given && bp->load.mission[0])
    bp_mission_read(bp, problems);
  else if (!given)
    check_named(bp, problems);
}

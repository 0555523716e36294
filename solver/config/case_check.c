#include "case_impl.h"

#include "profile.h"
#include "shown.h"
#include "units.h"

#include <math.h>
#include <string.h>

/* ---- order of two quantities */

typedef struct {
  const char *small, *large;
  double scale;     /* small <= scale large */
  const char *what; /* "half of ", said before `large` */
  int strict;       /* small < scale large */
} Order;

static const Order orders[] = {
    {"package.pad.ring.inner_radius", "package.pad.ring.outer_radius", 1.0, "", 1},
    {"package.dielectrics.third.hole_radius", "package.wiring.disc_radius", 1.0, "", 1},
    {"package.dielectrics.third.hole_radius", "package.pitch", 0.5, "half of ", 1},
    {"package.wiring.disc_radius", "package.pitch", 0.5, "half of ", 1},
    {"package.board.pad_radius", "package.board.mask_opening_radius", 1.0, "", 1},
    {"package.board.mask_opening_radius", "package.pitch", 0.5, "half of ", 1},
    {"package.pitch", "package.die.size", 1.0, "", 0},
    {"model.neutral_distance", "package.die.size", 0.70710678118654752, "half the diagonal of ", 0},
    {"solver.min_step", "solver.first_step", 1.0, "", 0},
    {"solver.first_step", "solver.max_step", 1.0, "", 0},
};

static double value_of(const BpCase *bp, const BpField *field) {
  double value;
  memcpy(&value, (const char *)bp + field->offset, sizeof value);
  return value;
}

static void check_order(const BpCase *bp, const Order *rule, BpProblems *problems) {
  char is[64], bound[64], needed[64];
  const BpField *small = bp_schema_find(&bp_case_schema, rule->small);
  const BpField *large = bp_schema_find(&bp_case_schema, rule->large);
  const double a = value_of(bp, small), b = rule->scale * value_of(bp, large);
  if (!(rule->strict ? a >= b : a > b))
    return;
  if (bp_case_is_array(bp) && strcmp(rule->small, "model.neutral_distance") == 0)
    return; /* of a cell */
  bp_units_show(a, small->si, is, sizeof is);
  bp_units_show(b, small->si, bound, sizeof bound);
  bp_units_show(a / rule->scale, small->si, needed, sizeof needed);
  const char *not_above = rule->strict ? "smaller than" : "at most";
  const char *at_least = rule->strict ? "more than" : "at least";
  const int small_given = bp_yaml_find(bp->tree, rule->small) != NULL;
  const int large_given = bp_yaml_find(bp->tree, rule->large) != NULL;
  const char *place = large_given && !small_given ? rule->large : rule->small;
  bp_case_problem(bp, problems, BP_EXIT_CASE, place,
                  "%s is %s and must be %s %s%s, %s; reduce it or make %s %s %s", rule->small, is,
                  not_above, rule->what, rule->large, bound, rule->large, at_least, needed);
}

/* ---- annuli */

static void check_annuli(const BpCase *bp, const char *key, const BpAnnulus *annulus, int count,
                         BpProblems *problems) {
  const BpYamlNode *list = bp_yaml_find(bp->tree, key);
  for (int i = 0; list && list->nchild == count && i < count; i++) {
    const BpYamlNode *item = list->child[i];
    if (item->kind != BP_YAML_MAP || annulus[i].outer_radius > annulus[i].inner_radius ||
        isnan(annulus[i].outer_radius) || isnan(annulus[i].inner_radius))
      continue; /* what is wrong was said already */
    bp_case_problem_at(bp, problems, item, key,
                       "%s: outer_radius of entry %d is not larger than its inner_radius; write "
                       "for example {inner_radius: 20 um, outer_radius: 40 um}",
                       key, i + 1);
  }
}

static void check_circles(const BpCase *bp, BpProblems *problems) {
  static const char key[] = "package.pad.dimples.further_circles";
  const BpDimples *d = &bp->package.pad.dimples;
  const BpYamlNode *list = bp_yaml_find(bp->tree, key);
  for (int i = 0; list && list->nchild == d->nfurther && i < d->nfurther; i++)
    if (list->child[i]->kind == BP_YAML_MAP && (!bp_yaml_child(list->child[i], "count") ||
                                                !bp_yaml_child(list->child[i], "circle_radius")))
      bp_case_problem_at(bp, problems, list->child[i], key,
                         "%s: entry %d is not complete; write for example {count: 4, "
                         "circle_radius: 30 um}",
                         key, i + 1);
}

/* ---- the wafer */

static void check_dicing(const BpCase *bp, BpProblems *problems) {
  const double kerf = bp->package.kerf, scribe = bp->package.scribe_width;
  if (kerf > 0.0 && kerf >= scribe)
    bp_case_problem(
        bp, problems, BP_EXIT_CASE, "package.dicing.kerf",
        "package.dicing.kerf is %g um and must be smaller than package.scribe.width, %g "
        "um: the saw would cut into the chips; reduce it, or write 0 um for a wafer that "
        "is not diced",
        1e6 * kerf, 1e6 * scribe);
}

/* ---- the temperature programme */

static void check_segment(const BpCase *bp, const BpYamlNode *item, BpProblems *problems) {
  const char *key = "load.programme";
  const int to = bp_yaml_child(item, "to") != NULL;
  const int rate = bp_yaml_child(item, "rate") != NULL;
  const int hold = bp_yaml_child(item, "hold") != NULL;
  const int power = bp_yaml_child(item, "power") != NULL;
  if (item->kind != BP_YAML_MAP || item->nchild != to + rate + hold + power)
    return; /* what is wrong was said already */
  if (hold && (to || rate))
    bp_case_problem_at(bp, problems, item, key,
                       "%s: one entry is a ramp and a dwell; write {to: 125 degC, rate: 11 K/min} "
                       "and {hold: 15 min} as two entries",
                       key);
  else if (!hold && !(to && rate))
    bp_case_problem_at(bp, problems, item, key,
                       "%s: an entry is not complete; write {to: 125 degC, rate: 11 K/min} or "
                       "{hold: 15 min}",
                       key);
}

/* s of a full cycle, which starts where it ends. */
static double cycle_length(const BpLoad *load) {
  double length = 0.0, temperature = load->cool_to;
  for (int i = 0; i < load->nprogramme; i++)
    if (!(load->programme[i].hold > 0.0))
      temperature = load->programme[i].to;
  for (int i = 0; i < load->nprogramme; i++) {
    const BpSegment *s = &load->programme[i];
    if (s->hold > 0.0) {
      length += s->hold;
      continue;
    }
    length += fabs(s->to - temperature) / s->rate;
    temperature = s->to;
  }
  return length;
}

static void check_programme(const BpCase *bp, BpProblems *problems) {
  const char *key = "load.programme";
  const BpYamlNode *list = bp_yaml_find(bp->tree, key);
  const int before = problems->count;
  if (bp->load.nprogramme == 0)
    return;
  for (int i = 0; list && i < list->nchild; i++)
    check_segment(bp, list->child[i], problems);
  if (problems->count == before && cycle_length(&bp->load) <= 0.0)
    bp_case_problem(bp, problems, BP_EXIT_CASE, key,
                    "%s takes no time: each ramp ends where it starts; add {hold: 15 min} or a "
                    "second temperature",
                    key);
}

static void check_profile(const BpCase *bp, BpProblems *problems) {
  char names[400], shown[BP_SHOWN];
  if (!bp->load.profile[0] || bp_profile_find(bp->load.profile))
    return;
  bp_profile_list(bp->load.profile, names, sizeof names);
  bp_case_problem(bp, problems, BP_EXIT_CASE, "load.profile",
                  "load.profile: '%s' is not a known cycle; write one of %s",
                  bp_shown_text(bp->load.profile, shown), names);
}

static void check_times(const BpCase *bp, BpProblems *problems) {
  char this_one[64], before[64];
  const BpSolverCase *s = &bp->solver;
  for (int i = 1; i < s->ntimes; i++) {
    if (!(s->times[i] <= s->times[i - 1]))
      continue;
    bp_units_show(s->times[i], "s", this_one, sizeof this_one);
    bp_units_show(s->times[i - 1], "s", before, sizeof before);
    bp_case_problem(bp, problems, BP_EXIT_CASE, "solver.times",
                    "solver.times: %s follows %s; write the times in increasing order", this_one,
                    before);
    return;
  }
}

void bp_case_check(const BpCase *bp, BpProblems *problems) {
  for (int i = 0; i < BP_COUNT(orders); i++)
    check_order(bp, &orders[i], problems);
  check_annuli(bp, "package.pad.further_rings", bp->package.pad.further_rings,
               bp->package.pad.nfurther_rings, problems);
  check_annuli(bp, "package.pad.first_dielectric", bp->package.pad.first_dielectric,
               bp->package.pad.nfirst_dielectric, problems);
  check_circles(bp, problems);
  check_dicing(bp, problems);
  check_profile(bp, problems);
  check_programme(bp, problems);
  check_times(bp, problems);
}

/* Which part of a joint loses most: ratios worked out by hand, in the table and in compare.json. */
#include "close.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

/* A summary with one full cycle. */
static BpSummary summary_of(const char *name) {
  BpSummary s;
  bp_summary_init(&s);
  snprintf(s.name, sizeof s.name, "%s", name);
  s.cycle = BP_NEW(BpCycleResult, 1);
  s.cycle[0] = (BpCycleResult){.index = 1,
                               .package = {1.02e6, 0.03},
                               .board = {0.7e6, 0.02},
                               .package_common = {0.5e6, 0.015},
                               .board_common = {0.35e6, 0.01},
                               .rdl_range = 1e-3};
  s.ncycles = 1;
  bp_summary_conclude(&s);
  return s;
}

static void set_tension(BpSummary *s, double tension) {
  s->cycle[0].nfilms = 1;
  s->cycle[0].film[0] = (BpFilmResult){"passivation", tension, 1e-15};
}

/* Compares and looks for a text in the table and, without its end, in the JSON. */
static void says(const BpSummary *summary, const char *sentence) {
  BpRatio *ratio;
  const int n = bp_compare(summary, 2, &ratio);
  char *json = bp_compare_json(summary, 2, ratio, n), *table;
  size_t size;
  FILE *out = open_memstream(&table, &size);
  bp_compare_table(out, summary, 2, ratio, n);
  fclose(out);
  if (!strstr(table, sentence) || !strstr(json, sentence))
    fail_msg("not said: %s, but %s", sentence, table);
  free(table);
  free(json);
  free(ratio);
}

static void names_the_part_that_loses_most(void **state) {
  (void)state;
  BpSummary s[2] = {summary_of("flat"), summary_of("embossed")};
  says(s,
       "package solder gains least: its work per cycle in the layer is 1 times that of flat; not "
       "known of: passivation");
  s[1].cycle[0].package.delta_w = 0.51e6;
  s[1].cycle[0].board.delta_w = 0.84e6;
  s[1].cycle[0].rdl_range = 5e-4;
  says(s, "board solder loses most: its work per cycle in the layer is 1.2 times that of flat; not "
          "known of: passivation");
  set_tension(&s[0], 100e6);
  set_tension(&s[1], 130e6);
  says(s, "passivation loses most: its largest principal tension at the edges of ring and well is "
          "1.3 times that of flat");
  s[1].cycle[0].rdl_range = 4e-3;
  says(s, "copper loses most: its range of plastic strain is 4 times that of flat");
  s[1].cycle[0].rdl_range = 5e-4;
  set_tension(&s[1], -1e6); /* under pressure: no ratio */
  says(s, "not known: one of the two has no full cycle, no such film there or no tension");
  s[0].cycle[0].index = s[1].cycle[0].index = 0; /* no full cycle */
  says(s, "not known: no part has a ratio");
  bp_summary_free(&s[0]);
  bp_summary_free(&s[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(names_the_part_that_loses_most)};
  return cmocka_run_group_tests_name("weakest", tests, NULL, NULL);
}

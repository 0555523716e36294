/* Rows of life models in summaries: to JSON and back, ratios, the table. */
#include "close.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static BpLifeRow *add(BpSummary *s, const char *model, const char *side, double N, int absolute) {
  BpLifeRow *row = bp_life_row_add(s);
  snprintf(row->model, sizeof row->model, "%s", model);
  snprintf(row->side, sizeof row->side, "%s", side);
  snprintf(row->source, sizeof row->source, "nobody (2000)");
  strcpy(row->unit, "cycles");
  row->N = N;
  row->absolute = absolute;
  return row;
}

/* Lives of a and b at both sides; b takes the other side. */
static void make_pair(BpSummary s[2]) {
  static const char *const names[] = {"flat", "embossed"};
  static const double N[2][2] = {{1000.0, 3000.0}, {2000.0, 1500.0}};
  for (int i = 0; i < 2; i++) {
    bp_summary_init(&s[i]);
    snprintf(s[i].name, sizeof s[i].name, "%s", names[i]);
    snprintf(s[i].case_file, sizeof s[i].case_file, "%s.yaml", names[i]);
    bp_life_row_warn(add(&s[i], "first", "package", N[i][0], 1), "mind this");
    bp_life_row_warn(add(&s[i], "first", "board", N[i][1], 1), "mind this");
    bp_life_row_warn(add(&s[i], "second", "joint", 10.0 * (i + 1), 0), "mind this");
    BpLifeRow *left = add(&s[i], "third", "joint", NAN, 0);
    strcpy(left->reason, "there is nothing");
  }
}

static void free_pair(BpSummary s[2]) {
  bp_summary_free(&s[0]);
  bp_summary_free(&s[1]);
}

static void reads_what_it_wrote(void **state) {
  (void)state;
  char path[] = "/tmp/bp_life_XXXXXX";
  BpProblems problems = {0};
  BpSummary s[2], r;
  make_pair(s);
  BpLifeRow *row = &s[0].life[0];
  row->layer = 12.7e-6;
  row->crack = 250e-6;
  row->wetted_path = 290e-6;
  row->first_failure = 400.0;
  row->percentile = 100.0;
  strcpy(row->statistic, "N63.2");
  row->number[0] = (BpLifeNumber){"delta_w", "Pa", 0.2e6};
  row->nnumbers = 1;
  s[0].basis = (BpLifeBasis){.card = "card",
                             .law = "anand",
                             .package_diameter = 250e-6,
                             .board_diameter = 240e-6,
                             .temp_mean = 315.65,
                             .dwell = 900.0,
                             .shape = 4.5,
                             .failed = 0.01,
                             .sample = 32};
  close(mkstemp(path));
  assert_int_equal(bp_summary_write(&s[0], path), BP_OK);
  assert_int_equal(bp_summary_read(path, &r, &problems), BP_OK);
  assert_int_equal(r.nlife, 3); /* what has no result is not stored */
  const BpLifeRow *back = &r.life[0];
  assert_string_equal(back->model, "first");
  assert_string_equal(back->side, "package");
  assert_string_equal(back->source, "nobody (2000)");
  assert_string_equal(back->unit, "cycles");
  assert_string_equal(back->statistic, "N63.2");
  assert_close(back->N, 1000.0, 0.0, 0.0);
  assert_int_equal(back->absolute, 1);
  assert_close(back->layer, 12.7e-6, 1e-15, 0.0);
  assert_close(back->crack, 250e-6, 1e-15, 0.0);
  assert_close(back->wetted_path, 290e-6, 1e-15, 0.0);
  assert_close(back->first_failure, 400.0, 0.0, 0.0);
  assert_close(back->percentile, 100.0, 0.0, 0.0);
  assert_int_equal(back->nnumbers, 1);
  assert_string_equal(back->number[0].name, "delta_w");
  assert_string_equal(back->number[0].unit, "Pa");
  assert_close(back->number[0].value, 0.2e6, 0.0, 0.0);
  assert_string_equal(back->warning[0], "mind this");
  assert_int_equal(r.life[2].absolute, 0);
  assert_close(r.life[2].N, 10.0, 0.0, 0.0); /* for ratios */
  assert_string_equal(r.basis.card, "card");
  assert_string_equal(r.basis.law, "anand");
  assert_close(r.basis.board_diameter, 240e-6, 1e-15, 0.0);
  assert_close(r.basis.temp_mean, 315.65, 1e-15, 0.0);
  assert_close(r.basis.shape, 4.5, 0.0, 0.0);
  assert_int_equal(r.basis.sample, 32);
  bp_summary_free(&r);
  free_pair(s);
  unlink(path);
}

/* N is null where only ratios may be used. */
static void has_no_life_from_an_exponent(void **state) {
  (void)state;
  BpSummary s[2];
  make_pair(s);
  char *text = bp_life_json(s, 1, 0);
  assert_non_null(strstr(text, "\"N\": 1000"));
  assert_non_null(strstr(text, "\"N\": null,\n      \"unit\": \"cycles\",\n      \"use\": "
                               "\"exponent only\",\n      \"N_for_ratios\": 10"));
  assert_non_null(strstr(text, "\"reason\": \"there is nothing\""));
  assert_null(strstr(text, "life_ratios"));
  free(text);
  free_pair(s);
}

/* A side, and the shorter of both sides: 1500 at the board over 1000 at the package. */
static void divides_lives(void **state) {
  (void)state;
  static const struct {
    const char *model, *side, *ratio;
  } wanted[] = {{"first", "package", "2.0"},
                {"first", "board", "0.5"},
                {"first", "worse", "1.5"},
                {"second", "joint", "2.0"}};
  BpSummary s[2];
  make_pair(s);
  char *text = bp_life_json(s, 2, 1);
  const char *at = strstr(text, "\"life_ratios\"");
  assert_non_null(at);
  for (int i = 0; i < BP_COUNT(wanted); i++) {
    char *line = bp_format(
        "\"model\": \"%s\",\n      \"side\": \"%s\",\n      \"case\": \"embossed.yaml\",\n "
        "     \"reference\": \"flat.yaml\",\n      \"ratio\": %s",
        wanted[i].model, wanted[i].side, wanted[i].ratio);
    assert_non_null(strstr(at, line));
    free(line);
  }
  free(text);
  free_pair(s);
}

static char *print(const BpSummary *s, int count, int all) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  bp_life_table(out, s, count, all);
  fclose(out);
  char *copy = bp_copy_text(text); /* gcc 12 takes `text` for gone */
  free(text);
  return copy;
}

/* 1 if a line begins and ends so. */
static int has_line(const char *text, const char *begin, const char *end) {
  const size_t n = strlen(end);
  for (const char *line = text; line && *line; line = strchr(line, '\n')) {
    line += *line == '\n';
    const size_t length = strcspn(line, "\n");
    if (strncmp(line, begin, strlen(begin)) == 0 && length >= n &&
        strncmp(line + length - n, end, n) == 0)
      return 1;
  }
  return 0;
}

static int count_of(const char *text, const char *part) {
  int n = 0;
  for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
    n++;
  return n;
}

static void prints_a_table(void **state) {
  (void)state;
  BpSummary s[2];
  make_pair(s);
  s[1].basis.package_diameter = 250e-6;
  s[1].basis.board_diameter = 240e-6;
  s[1].joint.wetted_path = 290e-6;
  s[0].life[0].first_failure = 444.0;
  char *text = print(s, 2, 1);
  assert_true(has_line(text, "life, cycles ", "flat         embossed"));
  assert_true(has_line(text, "  first, package ", " 1000             2000"));
  assert_true(has_line(text, "    first failure of the sample, median", " 444                -"));
  assert_false(has_line(text, "    percentile", ""));
  assert_true(has_line(text, "  second, joint ", "exponent only    exponent only"));
  assert_true(has_line(text, "ratio of lives, embossed over flat", ""));
  assert_true(has_line(text, "  first, worse side ", " 1.5"));
  assert_true(has_line(text, "  second, joint ", " 2  exponent only"));
  assert_true(has_line(text,
                       "  crack length of embossed: projected pad diameter, package 250 um, "
                       "board 240 um (wetted path of the package side, not used: 290 um)",
                       ""));
  assert_true(has_line(text, "  warning: mind this (first, second)", ""));
  assert_int_equal(count_of(text, "mind this"), 1);
  assert_true(has_line(text, "  Lives are of the interface layer; ", "see the ratios of work."));
  assert_true(has_line(text, "left out for embossed", ""));
  assert_true(has_line(text, "  third, joint ", " there is nothing"));
  free(text);
  text = print(s, 2, 0);
  assert_null(strstr(text, "left out"));
  free(text);
  bp_life_rows_free(&s[0]);
  text = print(s, 1, 0);
  assert_string_equal(text, "life: no model was fitted with the constants of this solder or was "
                            "asked for; 'ballpad life DIR' has ratios by all models\n");
  free(text);
  free_pair(s);
}

/* A run that lacks a row has no ratio. */
static void has_no_ratio_without_a_partner(void **state) {
  (void)state;
  BpSummary s[2];
  make_pair(s);
  bp_life_rows_free(&s[0]);
  char *text = bp_life_json(s, 2, 1);
  assert_non_null(strstr(text, "\"ratio\": null"));
  assert_null(strstr(strstr(text, "\"life_ratios\""), "\"ratio\": 1"));
  free(text);
  free_pair(s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_what_it_wrote),
      cmocka_unit_test(has_no_life_from_an_exponent),
      cmocka_unit_test(divides_lives),
      cmocka_unit_test(prints_a_table),
      cmocka_unit_test(has_no_ratio_without_a_partner),
  };
  return cmocka_run_group_tests_name("life_report", tests, NULL, NULL);
}

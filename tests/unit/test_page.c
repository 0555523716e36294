/* The report of a comparison: texts that may not become markup, pictures as data, what the parts of
 * a pad do, and a page of runs made up here. Numbers are worked out by hand, base64 is that of RFC
 * 4648. The page of real runs, and what a browser makes of it, is tested by
 * tests/cli/test_report.py. */
#include "close.h"

#include "html.h"
#include "page.h"

#include <stdlib.h>
#include <string.h>

#define HAS(text, part)    assert_non_null(strstr((text), (part)))
#define HAS_NO(text, part) assert_null(strstr((text), (part)))

/* ---- parts of HTML */

typedef struct {
  FILE *out;
  char *text;
  size_t size;
} Page;

static FILE *begin(Page *page) {
  page->out = open_memstream(&page->text, &page->size);
  assert_non_null(page->out);
  return page->out;
}

static void ends_as(Page *page, const char *expected) {
  assert_int_equal(fclose(page->out), 0);
  assert_string_equal(page->text, expected);
  free(page->text);
}

static void escapes_texts(void **state) {
  (void)state;
  Page page;
  bp_html_text(begin(&page), "<a href=\"x\">'&amp;'\n\t\x7f \u00b5m");
  ends_as(&page, "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;    \u00b5m");
  bp_html_text(begin(&page), "\xff<"); /* no UTF-8 */
  ends_as(&page, "?&lt;");
  bp_html_put(begin(&page), "td class=\"x\"", "%s < %d", "&", 2);
  ends_as(&page, "<td class=\"x\">&amp; &lt; 2</td>");
  bp_html_say(begin(&page), "%s%%", "<");
  ends_as(&page, "&lt;%");
}

static void shows_numbers_with_units(void **state) {
  (void)state;
  Page page;
  bp_html_number(begin(&page), "%.3g", 0.0012345);
  ends_as(&page, "<td class=\"number\">0.00123</td>");
  bp_html_number(begin(&page), "%.3g", (double)NAN);
  ends_as(&page, "<td class=\"number\">\u2013</td>");
  assert_string_equal(bp_html_unit("um"), "\u00b5m");
  assert_string_equal(bp_html_unit("mm3"), "mm\u00b3");
  assert_string_equal(bp_html_unit("MPa"), "MPa");
}

static void codes_data(void **state) {
  (void)state;
  static const char *const vectors[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"},
                                           {"\xfb\xff\xbe", "+/++"}};
  for (int i = 0; i < BP_COUNT(vectors); i++) {
    Page page;
    char *expected = bp_format("data:image/png;base64,%s", vectors[i][1]);
    bp_html_data(begin(&page), "image/png", vectors[i][0], strlen(vectors[i][0]));
    ends_as(&page, expected);
    free(expected);
  }
}

/* ---- runs made up here */

enum { RUNS = 5 };

static const char *const pads[RUNS] = {"flat", "flat_bare", "concave", "convex", "embossed"};

/* One full cycle of that work, and a history of three rows: joining, cycle 0, cycle 1. */
static BpSummary make_summary(const char *pad, double work) {
  BpSummary s;
  bp_summary_init(&s);
  snprintf(s.name, sizeof s.name, "%s", pad);
  snprintf(s.pad, sizeof s.pad, "%s", pad);
  s.cycle = BP_NEW(BpCycleResult, 1);
  s.ncycles = 1;
  s.cycle[0] = (BpCycleResult){.index = 1,
                               .package = {work, 0.01},
                               .board = {0.5e6, 0.01},
                               .package_common = {0.5 * work, 0.01},
                               .board_common = {0.5e6, 0.01},
                               .rdl_range = 1e-3};
  s.joint.layer_thickness = 25e-6;
  s.joint.wetted_area = 0.05e-6;
  s.joint.wetted_path = 250e-6;
  s.basis.package_diameter = 250e-6;
  s.converged = 1;
  bp_summary_conclude(&s);
  return s;
}

/* ---- what the parts of the pad do */

/* 1 if the table says the text; "" only an empty one does. */
static int factors_say(const BpSummary *s, int count, const char *what) {
  char text[4096] = "";
  FILE *out = fmemopen(text, sizeof text, "w");
  bp_pad_factors_table(out, s, count);
  fclose(out);
  return what[0] ? strstr(text, what) != NULL : text[0] == '\0';
}

/* On standard output and in compare.json; a pair of flat and embossed has no part of its own. */
static void factors_are_printed(const BpSummary *s) {
  const BpSummary pair[] = {s[0], s[4]};
  char *json = bp_compare_json(s, RUNS, NULL, 0);
  assert_true(factors_say(s, RUNS, "  cushion                                      0.8000 "));
  assert_true(factors_say(s, RUNS, "interaction of ring and well                 0.5556 "));
  assert_true(factors_say(s + 2, 3, "flat_bare / flat; not among the cases: flat_bare, flat\n"));
  assert_true(factors_say(pair, 2, ""));
  assert_non_null(strstr(json, "\"name\": \"interaction of ring and well\""));
  assert_non_null(strstr(json, "\"formula\": \"concave / flat_bare\""));
  free(json);
}

static void separates_the_parts_of_a_pad(void **state) {
  (void)state;
  static const double work[RUNS] = {1.0e6, 0.8e6, 0.6e6, 0.9e6, 0.3e6};
  static const double expected[BP_PAD_FACTORS] = {0.8, 0.75, 0.5, 0.9, 5.0 / 9.0, 0.3};
  BpSummary s[RUNS];
  BpPadFactor factor[BP_PAD_FACTORS];
  for (int i = 0; i < RUNS; i++)
    s[i] = make_summary(pads[i], work[i]);
  s[0].error_time = 0.01;
  s[1].error_time = 0.02;
  bp_pad_factors(s, RUNS, "package.delta_w_MPa", factor);
  for (int f = 0; f < BP_PAD_FACTORS; f++) {
    assert_string_equal(factor[f].missing, "");
    assert_close(factor[f].ratio, expected[f], 1e-14, 0.0);
    assert_true(isnan(factor[f].error_mesh));
  }
  assert_close(factor[0].error_time, 0.03, 1e-14, 0.0); /* of a quotient: the sum of both */
  assert_true(isnan(factor[1].error_time));
  bp_pad_factors(s, RUNS, "board.delta_eps", factor);
  assert_close(factor[4].ratio, 1.0, 1e-14, 0.0);
  bp_pad_factors(s + 2, 3, "package.delta_w_MPa", factor); /* concave, convex, embossed */
  assert_string_equal(factor[0].missing, "flat_bare, flat");
  assert_string_equal(factor[4].missing, "flat");
  assert_true(isnan(factor[4].ratio));
  assert_close(factor[2].ratio, 0.5, 1e-14, 0.0);
  factors_are_printed(s);
  for (int i = 0; i < RUNS; i++)
    bp_summary_free(&s[i]);
}

/* ---- a page */

static const char *const columns[] = {"time",
                                      "temperature",
                                      "dt",
                                      "cycle",
                                      "package.inner.work",
                                      "package.ring.work",
                                      "package.rim.work"};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

typedef struct {
  BpCase bp;
  double row[3][COLUMNS], radius[1], top[1][BP_SECTION_FILMS];
} Run;

/* Work inside, over and outside the ring in the only full cycle, J/m3. */
static BpPageCase make_case(Run *run, double inner, double ring, double rim) {
  const double row[3][COLUMNS] = {{0.0, 400.0, 0.0, -1.0, 0.0, 0.0, 0.0},
                                  {60.0, 300.0, 60.0, 0.0, 1e5, 1e5, 1e5},
                                  {90.0, 400.0, 30.0, 1.0, 1e5 + inner, 1e5 + ring, 1e5 + rim}};
  static const double top[1][BP_SECTION_FILMS] = {{5e-6, 10e-6, 15e-6, 15e-6, 15e-6, 20e-6}};
  static BpSegment segment[] = {{.to = 300.0, .rate = 1.0}, {.to = 400.0, .rate = 1.0}};
  *run = (Run){.radius = {150e-6}};
  run->bp.package.pad.ring = (BpRing){.inner_radius = 55e-6, .outer_radius = 80e-6};
  run->bp.load = (BpLoad){.start = 490.0,
                          .cool_to = 400.0,
                          .cool_rate = 1.0,
                          .programme = segment,
                          .nprogramme = 2,
                          .cycles = 1};
  run->bp.output.layer = 25e-6;
  memcpy(run->row, row, sizeof row);
  memcpy(run->top, top, sizeof top);
  BpPageCase of = {
      .bp = &run->bp,
      .shape = "<shape>",
      .section = {run->radius, run->top, 1, 0.8e-6, 125e-6, 20e-6},
      .history = {.column = columns, .row = run->row[0], .ncolumns = COLUMNS, .nrows = 3}};
  for (int r = 0; r < BP_REGIONS; r++)
    of.card[r] = (BpPageCard){"card", "anand", "V", "", "somebody 2000"};
  return of;
}

/* Part of a text from the first `from` behind it on, as far as `to`; to be freed with free(). */
static char *between(const char *text, const char *from, const char *to) {
  const char *start = strstr(text, from);
  assert_non_null(start);
  const char *end = strstr(start, to);
  assert_non_null(end);
  return bp_format("%.*s", (int)(end - start), start);
}

static const char nasty[] = "<b>&\"it's\"";
static const char nasty_escaped[] = "&lt;b&gt;&amp;&quot;it&#39;s&quot;";

typedef struct {
  BpSummary summary[2];
  BpPageCase of[2];
  Run run[2];
  BpRatio *ratio;
  int nratios;
} Comparison;

static void open_comparison(Comparison *c) {
  c->summary[0] = make_summary("concave", 1.0e6);
  c->summary[1] = make_summary("embossed", 0.8e6);
  c->of[0] = make_case(&c->run[0], 0.5e6, 1.0e6, 2.0e6);
  c->of[1] = make_case(&c->run[1], 0.2e6, 1.0e6, 1.5e6);
  c->of[1].has_ring = 1;
  c->nratios = bp_compare(c->summary, 2, &c->ratio);
}

static char *page_of(const Comparison *c) {
  static const BpPageFact fact = {"command", "ballpad compare <x> & y"};
  const BpPage page = {.summary = c->summary,
                       .life = c->summary,
                       .of = c->of,
                       .ratio = c->ratio,
                       .count = 2,
                       .nratios = c->nratios,
                       .fact = &fact,
                       .nfacts = 1};
  BpProblems problems = {0};
  char *text = bp_page_html(&page, &problems);
  bp_problems_free(&problems); /* of a machine without gnuplot */
  return text;
}

static void close_comparison(Comparison *c) {
  bp_summary_free(&c->summary[0]);
  bp_summary_free(&c->summary[1]);
  free(c->ratio);
}

static void escapes_names_everywhere(void **state) {
  (void)state;
  Comparison c;
  open_comparison(&c);
  strcpy(c.summary[1].name, nasty);
  strcpy(c.summary[1].case_file, "dir/<b>.yaml");
  c.of[0].card[0].unverified = "<script>";
  char *text = page_of(&c);
  HAS(text, nasty_escaped);
  HAS(text, "dir/&lt;b&gt;.yaml");
  HAS(text, "&lt;shape&gt;");
  HAS(text, "&lt;script&gt;");
  HAS(text, "ballpad compare &lt;x&gt; &amp; y");
  HAS_NO(text, "<b>");
  HAS_NO(text, "it's");
  HAS_NO(text, "<script");
  HAS_NO(text, "http:");
  HAS_NO(text, "https:");
  free(text);
  close_comparison(&c);
}

/* 0.2/0.5 inside and 1.5/2.0 at the rim; then the other way round; then no less inside. */
static void answers_whether_the_ring_shields(void **state) {
  (void)state;
  Comparison c;
  open_comparison(&c);
  char *text = page_of(&c);
  HAS(text, "embossed over concave: 0.4000 inside the ring, 0.7500 at the rim; what the ring "
            "surrounds is relieved more than the rim");
  HAS(text, "<td class=\"number\">0.2500</td>");
  free(text);
  c.run[1].row[2][4] = 1e5 + 0.45e6;
  text = page_of(&c);
  HAS(text, "0.9000 inside the ring, 0.7500 at the rim; what the ring surrounds is relieved, but "
            "no more than the rim");
  free(text);
  c.run[1].row[2][4] = 1e5 + 0.6e6;
  text = page_of(&c);
  HAS(text, "1.2000 inside the ring, 0.7500 at the rim; what the ring surrounds is not relieved");
  free(text);
  c.run[1].bp.package.pad.ring.outer_radius = 70e-6; /* annuli elsewhere */
  text = page_of(&c);
  HAS(text, "embossed: not known, no case without a ring has these annuli at the same place");
  free(text);
  c.of[0].history.nrows = c.of[1].history.nrows = 0;
  text = page_of(&c);
  HAS(text, "averages by annulus are not stored");
  HAS(text, "no history is stored");
  free(text);
  close_comparison(&c);
}

static void says_what_is_not_known(void **state) {
  (void)state;
  Comparison c;
  open_comparison(&c);
  char *text = page_of(&c), *part = between(text, "id=\"short\"", "</section>");
  HAS(part, "embossed: not known to be steady");
  HAS(part, "are not estimated");
  HAS(part, "work per cycle on the worse side: 20.0 % less than concave");
  HAS_NO(part, "unverified");
  HAS(text, "no case among those compared has the pad flat_bare, flat");
  HAS(text, "it takes two full cycles");
  HAS_NO(text, "arrest"); /* there is no run of a crack */
  free(part);
  free(text);
  c.summary[1].joint.cycle_change = 0.05;
  c.summary[1].error_time = c.summary[0].error_time = 0.02;
  c.of[1].card[BP_REGION_BOARD].unverified = "all";
  free(c.ratio);
  c.nratios = bp_compare(c.summary, 2, &c.ratio);
  text = page_of(&c);
  part = between(text, "id=\"short\"", "</section>");
  HAS(part, "embossed: NOT STEADY, the work of its last cycle differs by 5 %");
  HAS(part, "unverified");
  HAS(text, "<td class=\"number\">4 %</td>");
  free(part);
  free(text);
  close_comparison(&c);
}

/* Radius 125 um of 150 um that are 640 pixels wide, 16 pixels from the left; the copper's upper
 * face is 11 um below the upper end of what is shown, 18 pixels from above. */
static void draws_to_scale(void **state) {
  (void)state;
  Comparison c;
  open_comparison(&c);
  char *text = page_of(&c), *part = between(text, "stroke=\"#a00000\"", "/>");
  double x[2], y[2];
  assert_int_equal(
      sscanf(strstr(part, " d=\""), " d=\"M%lf %lfV%lfH%lf", &x[0], &y[0], &y[1], &x[1]), 4);
  assert_close(x[0], 16.0, 0.0, 0.005);
  assert_close(x[1], 656.0, 0.0, 0.005);                       /* one annulus: as far as it goes */
  assert_close(y[0], 18.0 + 11.0 * 640.0 / 150.0, 0.0, 0.005); /* two digits are written */
  assert_close(y[1], y[0], 0.0, 0.005);
  free(part);
  free(text);
  close_comparison(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(escapes_texts),
      cmocka_unit_test(shows_numbers_with_units),
      cmocka_unit_test(codes_data),
      cmocka_unit_test(separates_the_parts_of_a_pad),
      cmocka_unit_test(escapes_names_everywhere),
      cmocka_unit_test(answers_whether_the_ring_shields),
      cmocka_unit_test(says_what_is_not_known),
      cmocka_unit_test(draws_to_scale),
  };
  return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}

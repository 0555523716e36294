/* Pictures as scripts: texts that may not be taken for commands, gaps, ranges, what is left out.
 * Numbers are worked out by hand. The program gnuplot is started by tests/cli/test_plot.py. */
#include "close.h"

#include "plot.h"

#include <stdlib.h>
#include <string.h>

static BpPlot make_plot(void) {
  BpPlot plot = bp_plot_new("it's\na 'title'");
  BpPanel *panel = bp_plot_panel(&plot, 0, "left", "x (mm)", "y (MPa)");
  BpCurve *curve = bp_panel_curve(panel, "a_b");
  bp_curve_point(curve, 0.0, 10.0);
  bp_curve_point(curve, 1.0, 20.0);
  bp_curve_point(curve, 2.0, (double)NAN);
  bp_curve_point(curve, 4.0, 30.0);
  bp_panel_curve(panel, "nothing");
  panel = bp_plot_panel(&plot, 1, "", "rate (1/s)", "z");
  panel->log_x = 1;
  panel->y[0] = 0.0;
  bp_panel_band(panel, (const double[2]){1e-3, 1e-2}, "band");
  curve = bp_panel_curve(panel, NULL);
  bp_curve_point(curve, 1e-4, 5.0);
  bp_curve_point(curve, 1.0, 5.0);
  return plot;
}

#define HAS(text, part)    assert_non_null(strstr((text), (part)))
#define HAS_NO(text, part) assert_null(strstr((text), (part)))

static void quotes_texts(void **state) {
  (void)state;
  BpPlot plot = make_plot();
  char *script = bp_plot_script(&plot);
  HAS(script, "set multiplot title 'it''s a ''title''' noenhanced\n");
  HAS(script, "title 'a_b' noenhanced");
  HAS(script, "set ylabel 'y (MPa)' noenhanced\n");
  free(script);
  bp_plot_free(&plot);
}

static void leaves_gaps_and_empty_curves(void **state) {
  (void)state;
  BpPlot plot = make_plot();
  assert_true(bp_curve_visible(&plot.panel[0].curve[0]));
  assert_false(bp_curve_visible(&plot.panel[0].curve[1]));
  char *script = bp_plot_script(&plot);
  HAS(script, "$curve_1_1 << END\n0 10\n1 20\n\n4 30\nEND\n");
  HAS_NO(script, "$curve_1_2");
  HAS_NO(script, "nothing");
  free(script);
  bp_plot_free(&plot);
}

/* A margin of 3 %; on a logarithmic axis of its decades: 10^(-4 - 0.12) to 10^0.12. A line without
 * height gets one of 1 on each side, or the end that is prescribed. */
static void shows_all_of_the_curves(void **state) {
  (void)state;
  BpPlot plot = make_plot();
  char *script = bp_plot_script(&plot);
  double range[2];
  HAS(script, "set xrange [-0.12:4.12]\nset yrange [9.4:30.6]\n");
  assert_int_equal(sscanf(strstr(script, "\nset logscale x\n"),
                          "\nset logscale x\nset format x '10^{%%T}'\nset xrange [%lf:%lf]",
                          &range[0], &range[1]),
                   2);
  assert_close(range[0], 7.585775750292e-5, 1e-9, 0.0);
  assert_close(range[1], 1.318256738556, 1e-9, 0.0);
  HAS(script, "set yrange [0:6]\n");
  HAS(script, "rectangle from first 0.001, graph 0 to first 0.01, graph 1 behind");
  HAS(script, "keyentry with boxes");
  free(script);
  bp_plot_free(&plot);
}

/* 50001 points on a line and a peak: two points less than 1/2000 of the picture apart are one. */
static void thins_long_curves(void **state) {
  (void)state;
  enum { MANY = 50000, PEAK = 20000 };
  BpPlot plot = bp_plot_new("");
  BpCurve *curve = bp_panel_curve(bp_plot_panel(&plot, 0, "", "", ""), NULL);
  for (int i = 0; i <= MANY; i++)
    bp_curve_point(curve, i, i == PEAK ? 1.0 : 0.0);
  char *script = bp_plot_script(&plot);
  int lines = 0;
  for (const char *c = strstr(script, "END\n"); c < strstr(script, "\nEND"); c++)
    lines += *c == '\n';
  assert_in_range(lines, BP_PLOT_POINTS - 100, BP_PLOT_POINTS + 10);
  HAS(script, "\n20000 1\n20001 0\n");
  HAS(script, "END\n0 0\n");
  HAS(script, "\n50000 0\nEND\n");
  free(script);
  bp_plot_free(&plot);
}

/* Cycles 1 to 3 have whole numbers on their axis, twenty of them what fits; a few points have
 * marks.
 */
static void counts_on_the_axis(void **state) {
  (void)state;
  BpPlot plot = bp_plot_new("");
  BpPanel *panel = bp_plot_panel(&plot, 0, "", "", "");
  BpCurve *curve = bp_panel_curve(panel, NULL);
  for (int i = 1; i <= 3; i++)
    bp_curve_point(curve, i, 1.0);
  char *script = bp_plot_script(&plot);
  HAS(script, "set xtics autofreq\n");
  HAS(script, "with lines linecolor");
  free(script);
  panel->whole_x = curve->marks = 1;
  script = bp_plot_script(&plot);
  HAS(script, "set xtics 1\n");
  HAS(script, "with linespoints pointtype 7 pointsize 0.6 linecolor");
  free(script);
  bp_curve_point(curve, 21.0, 1.0);
  script = bp_plot_script(&plot);
  HAS(script, "set xtics autofreq\n");
  free(script);
  bp_plot_free(&plot);
}

static void knows_its_types(void **state) {
  (void)state;
  static const char *const good[] = {"a.svg", "b/c.png", "a.b.pdf", "x.gp"};
  static const char *const bad[] = {"", "svg", ".svg", "b/.gp", "a.jpg", "a.svg.gz", "a.PNG2"};
  for (int i = 0; i < BP_COUNT(good); i++)
    assert_true(bp_plot_type_known(good[i]));
  for (int i = 0; i < BP_COUNT(bad); i++)
    assert_false(bp_plot_type_known(bad[i]));
  BpPlot plot = make_plot();
  BpProblems problems = {0};
  assert_int_equal(bp_plot_write(&plot, "a.jpg", &problems), BP_BAD);
  assert_string_equal(problems.item[0].text, "a.jpg: is no name of a picture; write one that ends "
                                             "with .svg, .png, .pdf or .gp");
  assert_int_equal(bp_problems_exit(&problems), BP_EXIT_USAGE);
  bp_problems_free(&problems);
  bp_plot_free(&plot);
}

/* Panels of 340 x 230 pixels with their margins; two beside each other, or below each other. */
static void makes_room_for_panels(void **state) {
  (void)state;
  int one[2], wide[2], high[2];
  BpPlot plot = bp_plot_new("");
  for (int i = 0; i < 3; i++) {
    bp_curve_point(bp_panel_curve(bp_plot_panel(&plot, i == 1, "", "", ""), NULL), 1.0, 1.0);
    bp_plot_size(&plot, i == 0 ? one : i == 1 ? wide : high);
  }
  assert_true(one[0] > 340 && one[1] > 230);
  assert_int_equal(wide[0], 2 * one[0]);
  assert_int_equal(wide[1], one[1]);
  assert_int_equal(high[0], wide[0]);
  assert_in_range(high[1] - one[1], 230, one[1]);
  bp_panel_curve(&plot.panel[1], "without points there is no legend");
  bp_plot_size(&plot, one);
  assert_int_equal(one[0], wide[0]);
  bp_curve_point(&plot.panel[1].curve[1], 1.0, 1.0);
  bp_plot_size(&plot, one);
  assert_true(one[0] > wide[0] + 200);
  bp_plot_free(&plot);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quotes_texts),
      cmocka_unit_test(leaves_gaps_and_empty_curves),
      cmocka_unit_test(shows_all_of_the_curves),
      cmocka_unit_test(thins_long_curves),
      cmocka_unit_test(counts_on_the_axis),
      cmocka_unit_test(knows_its_types),
      cmocka_unit_test(makes_room_for_panels),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

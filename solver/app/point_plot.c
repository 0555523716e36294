#include "point_plot.h"

#include <stdlib.h>

/* ---- values */

typedef struct {
  double size; /* s */
  const char *name;
} TimeUnit;

/* That in which an end is some tens or hundreds. */
static TimeUnit time_unit(double end) {
  static const TimeUnit units[] = {{86400.0, "d"}, {3600.0, "h"}, {60.0, "min"}};
  for (int i = 0; i < BP_COUNT(units); i++)
    if (end >= 10.0 * units[i].size)
      return units[i];
  return (TimeUnit){1.0, "s"};
}

/* In the units of the axes: %, MPa, degC. */
static double shown(const BpPointRows *rows, int row, int column) {
  const double value = bp_point_rows_at(rows, row, column);
  switch (column) {
  case BP_COLUMN_INELASTIC:
    return 100.0 * value;
  case BP_COLUMN_STRESS:
    return 1e-6 * value;
  case BP_COLUMN_TEMPERATURE:
    return value - 273.15;
  default:
    return value;
  }
}

static char *strain_label(const BpPointPicture *picture) {
  const BpPointRows *rows = picture->rows;
  return picture->path ? bp_format("%sstrain %s (%%)", rows->total ? "mechanical " : "",
                                   bp_point_component[rows->component])
                       : bp_copy_text("strain (%)");
}

static char *stress_label(const BpPointPicture *picture) {
  return picture->path ? bp_format("stress %s (MPa)", bp_point_component[picture->rows->component])
                       : bp_copy_text("stress (MPa)");
}

/* ---- panels */

/* Rows from first to last of stress over mechanical strain, so that the area of a loop is work. */
static void add_part(BpPanel *panel, const BpPointRows *rows, int first, int last,
                     const char *label) {
  BpCurve *curve = bp_panel_curve(panel, label);
  for (int i = first; i <= last && i < rows->count; i++)
    bp_curve_point(curve, 100.0 * bp_point_rows_mechanical(rows, i),
                   shown(rows, i, BP_COLUMN_STRESS));
}

/* Where segments are repeated, the first and the last cycle are told apart. */
static void add_loop(BpPlot *plot, const BpPointPicture *picture) {
  const BpPointRows *rows = picture->rows;
  const int cycles = picture->path ? picture->path->repeat : 1;
  char *x = strain_label(picture), *y = stress_label(picture);
  BpPanel *panel = bp_plot_panel(plot, 0, "", x, y);
  if (cycles > 1) {
    int steps = 0;
    for (int k = 1; k <= picture->path->nsegments; k++)
      steps += picture->path->corner[k].steps;
    char *last = bp_format("cycle %d", cycles), *others = bp_format("cycles 2 to %d", cycles - 1);
    add_part(panel, rows, 0, steps, "cycle 1");
    if (cycles > 2)
      add_part(panel, rows, steps, (cycles - 1) * steps, cycles > 3 ? others : "cycle 2");
    add_part(panel, rows, (cycles - 1) * steps, cycles * steps, last);
    free(last);
    free(others);
  } else {
    add_part(panel, rows, 0, rows->count - 1, NULL);
  }
  free(x);
  free(y);
}

typedef struct {
  int column, rows_column; /* of panels; BP_COLUMN_* */
  const char *label;
} Course;

static void add_course(BpPlot *plot, const BpPointRows *rows, const Course *course) {
  const TimeUnit unit = time_unit(bp_point_rows_at(rows, -1, BP_COLUMN_TIME));
  char *x = bp_format("time (%s)", unit.name);
  BpPanel *panel = bp_plot_panel(plot, course->column, "", x, course->label);
  BpCurve *curve = bp_panel_curve(panel, NULL);
  for (int i = 0; i < rows->count; i++)
    bp_curve_point(curve, bp_point_rows_at(rows, i, BP_COLUMN_TIME) / unit.size,
                   shown(rows, i, course->rows_column));
  free(x);
}

static void add_courses(BpPlot *plot, const BpPointPicture *picture) {
  const BpPointRows *rows = picture->rows;
  char *stress = stress_label(picture);
  char *inelastic = bp_format("inelastic strain %s (%%)", bp_point_component[rows->component]);
  double range[2];
  bp_point_rows_range(rows, BP_COLUMN_TEMPERATURE, range);
  const int varies = range[1] > range[0];
  const Course course[] = {{0, BP_COLUMN_TEMPERATURE, "temperature (\u00b0C)"},
                           {1, BP_COLUMN_STRESS, stress},
                           {1, BP_COLUMN_INELASTIC, inelastic}};
  for (int i = varies ? 0 : 1; i < BP_COUNT(course); i++)
    add_course(plot, rows, &course[i]);
  free(stress);
  free(inelastic);
}

BpPlot bp_point_plot(const BpPointPicture *picture) {
  BpPlot plot = bp_plot_new(picture->title);
  add_loop(&plot, picture);
  if (picture->path)
    add_courses(&plot, picture);
  return plot;
}

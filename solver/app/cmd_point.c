/* ballpad point CARD */
#include "card_plot.h"
#include "directory.h"
#include "json.h"
#include "point_path.h"
#include "point_plot.h"
#include "point_rows.h"
#include "report.h"
#include "units.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What rank 0 does and keeps; empty on the others. */
typedef struct {
  BpMaterial *material;
  BpTension test;    /* where there is no path */
  BpPointPath *path; /* NULL: tension */
  BpPointRows rows;
  BpProblems problems;
} Job;

static const int standard_steps = 1000; /* of a tension test */

/* ---- options */

/* A number of an option as it may be in a case file; NAN with a problem. */
static double read_number(const char *option, const char *text, const char *si,
                          BpProblems *problems) {
  char message[512];
  double value = (double)NAN;
  if (bp_units_read(text, si, &value, message, sizeof message) != BP_OK)
    bp_problem(problems, BP_EXIT_CASE, NULL, 0, "--%s: %s", option, message);
  return value;
}

static int read_steps(const char *text, BpProblems *problems) {
  if (!text)
    return 0;
  char *end;
  const long steps = strtol(text, &end, 10);
  if (end == text || *end)
    bp_problem(problems, BP_EXIT_CASE, NULL, 0,
               "--steps: '%.60s' is not a whole number; write for example '1000'", text);
  else if (steps < 1 || steps > BP_POINT_MOST_STEPS)
    bp_problem(problems, BP_EXIT_CASE, NULL, 0,
               "--steps: '%.60s' is out of range; it must be from 1 to %d", text,
               (int)BP_POINT_MOST_STEPS);
  else
    return (int)steps;
  return 0;
}

static void refuse(const char *option, const char *text, const char *range, BpProblems *problems) {
  bp_problem(problems, BP_EXIT_CASE, NULL, 0, "--%s: '%.60s' is out of range; it must be %s",
             option, text, range);
}

static void read_test(const BpArgs *args, int steps, BpTension *test, BpProblems *problems) {
  test->temperature = read_number("temperature", args->temperature, "K", problems);
  test->rate = read_number("rate", args->rate, "1/s", problems);
  test->strain = read_number("strain", args->strain, "", problems);
  test->steps = steps > 0 ? steps : standard_steps;
  if (test->temperature <= 0.0) {
    refuse("temperature", args->temperature, "greater than 0 K", problems);
    test->temperature = (double)NAN; /* no further problem follows from it */
  }
  if (test->rate <= 0.0)
    refuse("rate", args->rate, "greater than 0", problems);
  if (fabs(test->strain) <= 0.0)
    refuse("strain", args->strain, "other than 0", problems);
}

static void check_test_range(Job *job) {
  const double T = job->test.temperature;
  const char *name = bp_material_name(job->material);
  double fitted[2], hard[2];
  bp_material_limits(job->material, fitted, hard);
  const BpStatus status = isnan(T) ? BP_OK : bp_material_range(job->material, T);
  if (status == BP_BAD)
    bp_problem(&job->problems, BP_EXIT_CASE, NULL, 0,
               "--temperature: %g degC is outside the range of card '%s' (%g to %g degC); change "
               "it or choose another card",
               T - 273.15, name, hard[0] - 273.15, hard[1] - 273.15);
  else if (status == BP_CUT)
    bp_warning(&job->problems,
               "card '%s' is used at %g degC, outside its fitted range (%g to %g degC)", name,
               T - 273.15, fitted[0] - 273.15, fitted[1] - 273.15);
}

static void read_job(const BpApp *app, Job *job) {
  const BpArgs *args = app->args;
  const int steps = read_steps(args->steps, &job->problems);
  job->material = bp_material_load(args->file[0], &job->problems);
  if (args->path) {
    char found[BP_PATH];
    bp_setup_find(args->path, "cases/points/", found);
    job->path = bp_point_path_read(found, args->set, args->nset, steps, &job->problems);
  } else {
    read_test(args, steps, &job->test, &job->problems);
  }
  if (!job->material)
    return;
  if (job->path)
    bp_point_path_range(job->path, job->material, &job->problems);
  else if (!args->path)
    check_test_range(job);
  const char *unverified = bp_material_unverified(job->material);
  if (unverified[0])
    bp_warning(&job->problems, "card '%s' holds unverified data (%s)",
               bp_material_name(job->material), unverified);
}

/* ---- computing */

static void compute(Job *job) {
  BpPointRows *rows = &job->rows;
  *rows = (BpPointRows){.material = job->material, .start = job->test.temperature};
  if (job->path) {
    rows->component = bp_point_path_component(job->path);
    rows->tensors = 1;
    rows->total = job->path->path.total;
    rows->start = job->path->start;
  }
  bp_point_rows_begin(rows);
  const char *reason;
  const BpStatus status =
      job->path
          ? bp_point_run(job->material, &job->path->path, bp_point_rows_add, rows, &reason)
          : bp_point_tension(job->material, &job->test, bp_point_rows_add, rows, NULL, &reason);
  if (status != BP_OK)
    bp_problem(&job->problems, BP_EXIT_DIVERGED, NULL, 0,
               "the law '%s' takes no further step after %g s, however short: %s; reduce rates, "
               "strains or stresses",
               bp_material_law(job->material)->name,
               rows->count > 0 ? bp_point_rows_at(rows, -1, BP_COLUMN_TIME) : 0.0, reason);
}

/* ---- results */

static json_t *states_object(const BpPointRows *rows) {
  json_t *object = json_object();
  for (int c = BP_COLUMN_STATES; c < rows->ncolumns; c++)
    json_object_set_new(object, rows->column[c],
                        bp_json_number(bp_point_rows_at(rows, -1, c), 1.0));
  return object;
}

static json_t *warnings_array(const BpProblems *problems) {
  json_t *array = json_array();
  for (int i = 0; i < problems->count; i++)
    if (problems->item[i].code == BP_EXIT_OK)
      json_array_append_new(array, bp_json_text(problems->item[i].text));
  return array;
}

static char *result_json(const Job *job) {
  const BpMaterial *m = job->material;
  const BpPointRows *rows = &job->rows;
  double stress[2];
  bp_point_rows_range(rows, BP_COLUMN_STRESS, stress);
  const struct {
    const char *key;
    double value, unit;
  } number[] = {
      {"time_end_s", bp_point_rows_at(rows, -1, BP_COLUMN_TIME), 1.0},
      {"temperature_end_K", bp_point_rows_at(rows, -1, BP_COLUMN_TEMPERATURE), 1.0},
      {"strain_end", bp_point_rows_at(rows, -1, BP_COLUMN_STRAIN), 1.0},
      {"stress_end_MPa", bp_point_rows_at(rows, -1, BP_COLUMN_STRESS), 1e6},
      {"stress_min_MPa", stress[0], 1e6},
      {"stress_max_MPa", stress[1], 1e6},
      {"inelastic_strain_end", bp_point_rows_at(rows, -1, BP_COLUMN_INELASTIC), 1.0},
      {"work_end_J_per_m3", bp_point_rows_at(rows, -1, BP_COLUMN_WORK), 1.0},
  };
  json_t *object = json_object();
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set_new(object, "card", bp_json_text(bp_material_name(m)));
  json_object_set_new(object, "law", bp_json_text(bp_material_law(m)->name));
  json_object_set_new(object, "source", bp_json_text(bp_material_source(m)));
  json_object_set_new(object, "trust", bp_json_text(bp_material_trust(m)));
  json_object_set_new(object, "component", bp_json_text(bp_point_component[rows->component]));
  json_object_set_new(object, "steps", json_integer(rows->count - 1));
  for (int i = 0; i < BP_COUNT(number); i++)
    json_object_set_new(object, number[i].key, bp_json_number(number[i].value, number[i].unit));
  json_object_set_new(object, "states_end", states_object(rows));
  json_object_set_new(object, "warnings", warnings_array(&job->problems));
  return bp_json_dump(object);
}

static void print_row(const BpPointRows *rows, int i) {
  printf("%14.6g %12.2f %14.6g %12.4f %14.6g %14.6g\n", bp_point_rows_at(rows, i, BP_COLUMN_TIME),
         bp_point_rows_at(rows, i, BP_COLUMN_TEMPERATURE) - 273.15,
         bp_point_rows_at(rows, i, BP_COLUMN_STRAIN),
         1e-6 * bp_point_rows_at(rows, i, BP_COLUMN_STRESS),
         bp_point_rows_at(rows, i, BP_COLUMN_INELASTIC),
         1e-6 * bp_point_rows_at(rows, i, BP_COLUMN_WORK));
}

/* Ends of segments, or ten points of a tension test. */
static void print_table(const BpApp *app, const Job *job) {
  const BpPointRows *rows = &job->rows;
  const BpMaterial *m = job->material;
  double stress[2];
  bp_point_rows_range(rows, BP_COLUMN_STRESS, stress);
  printf("card      %s: %s\n", bp_material_name(m), bp_material_title(m));
  printf("law       %s\n", bp_material_law(m)->title);
  printf("source    %s\n", bp_material_source(m));
  if (bp_app_has(app, BP_OPTION_VERBOSE))
    printf("file      %s\n", bp_material_file(m));
  printf("component %s of strain and stress%s\n\n", bp_point_component[rows->component],
         rows->total ? ", strain with thermal expansion" : "");
  printf("%14s %12s %14s %12s %14s %14s\n", "time s", "degC", "strain", "stress MPa", "inelastic",
         "work MJ/m3");
  print_row(rows, 0);
  if (job->path)
    for (int k = 1, i = 0; k < job->path->path.count; k++)
      print_row(rows, i += job->path->corner[k].steps);
  else
    for (int k = 1; k <= 10; k++)
      if (k * job->test.steps / 10 > (k - 1) * job->test.steps / 10)
        print_row(rows, k * job->test.steps / 10);
  printf("\nstress from %.4f to %.4f MPa in %d steps\n", 1e-6 * stress[0], 1e-6 * stress[1],
         rows->count - 1);
}

/* The file of --csv, on rank 0. */
static void write_csv(const char *path, Job *job) {
  char *text = bp_point_rows_csv(&job->rows);
  if (bp_report_write(path, text) != BP_OK)
    bp_problem(&job->problems, BP_EXIT_IO, path, 0,
               "cannot be written: %s; make room or choose another file", strerror(errno));
  free(text);
}

/* Card and test, or card and path, to be freed with free(). */
static char *picture_title(const Job *job) {
  char rate[64];
  if (job->path) {
    const char *slash = strrchr(job->path->file, '/');
    return bp_card_label(job->material, ", ", slash ? slash + 1 : job->path->file);
  }
  bp_units_show(job->test.rate, "1/s", rate, sizeof rate);
  char *at = bp_format("%g \u00b0C, %s", bp_celsius(job->test.temperature), rate);
  char *title = bp_card_label(job->material, ", ", at);
  free(at);
  return title;
}

/* The file of --plot, on rank 0. */
static void draw(const BpApp *app, Job *job) {
  char *title = picture_title(job);
  const BpPointPicture picture = {.rows = &job->rows, .path = job->path, .title = title};
  BpPlot plot = bp_point_plot(&picture);
  (void)bp_plot_write(&plot, app->args->plot, &job->problems);
  bp_plot_free(&plot);
  free(title);
}

/* point.json and point.csv in DIR. */
static BpExit write_directory(const BpApp *app, const Job *job, const char *json) {
  BpDirectory directory;
  BpExit code = bp_directory_open(app, app->args->out, &directory);
  if (code != BP_EXIT_OK)
    return code;
  char *csv = app->rank == 0 ? bp_point_rows_csv(&job->rows) : bp_copy_text("");
  code = bp_directory_write(app, &directory, "point.csv", csv);
  if (code == BP_EXIT_OK)
    code = bp_directory_write(app, &directory, "point.json", json);
  bp_directory_close(app, &directory);
  free(csv);
  return code;
}

static BpExit put_results(const BpApp *app, Job *job) {
  char *json = app->rank == 0 ? result_json(job) : bp_copy_text("");
  BpExit code = app->args->out ? write_directory(app, job, json) : BP_EXIT_OK;
  if (code == BP_EXIT_OK && app->rank == 0) {
    if (bp_app_has(app, BP_OPTION_JSON))
      fputs(json, stdout);
    else if (!bp_app_has(app, BP_OPTION_QUIET) && !app->args->csv)
      print_table(app, job);
  }
  free(json);
  return code;
}

PetscErrorCode bp_command_point(const BpApp *app, BpExit *code) {
  Job job = {0};
  if (app->rank == 0) {
    read_job(app, &job);
    if (bp_problems_exit(&job.problems) == BP_EXIT_OK) {
      compute(&job);
      if (app->args->csv)
        write_csv(app->args->csv, &job); /* of a path that came to a halt what there is */
      if (app->args->plot && job.rows.count > 0)
        draw(app, &job);
    }
  }
  *code = bp_app_report(app, &job.problems);
  if (*code == BP_EXIT_OK) {
    bp_app_warn(app, &job.problems);
    *code = put_results(app, &job);
  }
  bp_point_rows_free(&job.rows);
  bp_point_path_free(job.path);
  bp_material_free(job.material);
  bp_problems_free(&job.problems);
  return 0;
}

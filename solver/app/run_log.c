#include "run_log.h"

#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 24, LINE = 512 };

static const double celsius = 273.15;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static FILE *open_file(const char *path, const char *mode, BpProblems *problems) {
  FILE *out = fopen(path, mode);
  if (!out)
    bp_problem(problems, BP_EXIT_IO, path, 0,
               "cannot be written: %s; choose a directory that you may write", strerror(errno));
  return out;
}

BpStatus bp_run_log_open(const char *dir, int go_on, BpRunLog *log, BpProblems *problems) {
  const char *mode = go_on ? "a" : "w";
  char *text = bp_format("%s/run.log", dir), *json = bp_format("%s/run.log.jsonl", dir);
  log->start = now();
  log->text = open_file(text, mode, problems);
  log->json = log->text ? open_file(json, mode, problems) : NULL;
  free(json);
  free(text);
  return log->json ? BP_OK : BP_BAD;
}

static void flush(BpRunLog *log, FILE *out) {
  if (fflush(out) != 0 || ferror(out))
    log->failed = 1;
}

/* ---- the bar */

static void erase_bar(const BpRunLog *log) {
  if (log->bar)
    fputs("\r\033[K", stderr);
}

static void say_duration(double seconds, char *text, size_t size) {
  if (seconds < 90.0)
    snprintf(text, size, "%.0f s", seconds);
  else if (seconds < 5400.0)
    snprintf(text, size, "%.0f min", seconds / 60.0);
  else
    snprintf(text, size, "%.1f h", seconds / 3600.0);
}

static void draw_bar(const BpRunLog *log) {
  char left[32] = "?", bar[BAR + 1];
  const double elapsed = now() - log->start;
  const int filled = (int)(log->done * BAR);
  if (!log->bar)
    return;
  if (log->done > log->from + 0.02)
    say_duration(elapsed * (1.0 - log->done) / (log->done - log->from), left, sizeof left);
  for (int i = 0; i < BAR; i++)
    bar[i] = i < filled ? '#' : '.';
  bar[BAR] = '\0';
  fprintf(stderr, "[%s] %3.0f %%, about %s left", bar, 100.0 * log->done, left);
  fflush(stderr);
}

/* ---- lines */

static void put_line(BpRunLog *log, const char *line) {
  if (log->text) {
    fprintf(log->text, "%s\n", line);
    flush(log, log->text);
  }
  erase_bar(log);
  if (log->print) {
    puts(line);
    fflush(stdout);
  }
  draw_bar(log);
}

/* Members are a text such as "\"step\": 3"; the object is complete with them. */
static void put_json(BpRunLog *log, const char *event, const char *members) {
  if (!log->json)
    return;
  fprintf(log->json, "{\"event\": \"%s\", \"wall_s\": %.3f, %s}\n", event, now() - log->start,
          members);
  flush(log, log->json);
}

void bp_run_log_step(BpRunLog *log, const BpStep *s) {
  char line[LINE];
  log->done = log->end > 0.0 ? s->time / log->end : 0.0;
  snprintf(line, sizeof line,
           "step %4d  t %9.2f s  T %7.2f degC  dt %7.2f s  newton %2d  linear %3d  inelastic %.2e",
           s->index, s->time, s->temperature - celsius, s->dt, s->newton, s->linear, s->increment);
  put_line(log, line);
  snprintf(line, sizeof line,
           "\"step\": %d, \"time_s\": %.17g, \"temperature_K\": %.17g, \"dt_s\": %.17g, "
           "\"newton\": %d, \"linear\": %d, \"inelastic_increment\": %.17g, \"time_error\": %.6g",
           s->index, s->time, s->temperature, s->dt, s->newton, s->linear, s->increment, s->error);
  put_json(log, "step", line);
}

void bp_run_log_resumed(BpRunLog *log, int step, double time) {
  log->from = log->done = log->end > 0.0 ? time / log->end : 0.0;
  bp_run_log_note(log, "resume", "goes on after step %d, t = %.2f s", step, time);
}

void bp_run_log_rejected(BpRunLog *log, double time, double dt, double next, const char *reason) {
  char line[LINE], *quoted = bp_json_quote(reason);
  snprintf(line, sizeof line, "step rejected at t %.2f s, dt %.4g s: %s; next dt %.4g s", time, dt,
           reason, next);
  put_line(log, line);
  snprintf(line, sizeof line,
           "\"time_s\": %.17g, \"dt_s\": %.17g, \"next_dt_s\": %.17g, \"reason\": %s", time, dt,
           next, quoted);
  put_json(log, "rejected", line);
  free(quoted);
}

void bp_run_log_note(BpRunLog *log, const char *event, const char *format, ...) {
  char line[2 * LINE];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  put_line(log, line);
  char *quoted = bp_json_quote(line), *member = bp_format("\"text\": %s", quoted);
  put_json(log, event, member);
  free(quoted);
  free(member);
}

static int close_file(FILE *file) {
  return !file || fclose(file) == 0;
}

BpStatus bp_run_log_close(BpRunLog *log) {
  erase_bar(log);
  const int text = close_file(log->text), json = close_file(log->json);
  const int lost = log->failed || !text || !json;
  *log = (BpRunLog){0};
  return lost ? BP_BAD : BP_OK;
}

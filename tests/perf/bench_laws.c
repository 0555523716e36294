/* Updates per second, with tangent, of every law with every card, on one core.
 *
 *   bench_laws [--seconds S] [--json FILE]
 *
 * A block of points is walked through a cycle of strain and temperature that takes it well into
 * flow; only the calls of update() are timed, and the fastest of several rounds counts. The points'
 * states stay in cache, as those of one cell do. */
#include "subjects.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { POINTS = 64, STEPS = 40 };

typedef struct {
  double strain[2][6], stress[2][6], state[2][BP_TEST_STATES], tangent[36];
} Point;

typedef struct {
  double seconds;
  const char *json;
} Options;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Strain of point i at the end of step k of a cycle: up to 1 %, in a direction of its own. */
static void set_strain(Point *p, int i, int k) {
  const double size = 0.01 * sin(2.0 * 3.14159265358979 * (k + 1) / STEPS);
  double e[6];
  for (int c = 0; c < 6; c++)
    e[c] = cos(1.0 + 0.7 * i + 1.9 * c);
  bp_deviator(e, e);
  const double scale = size / bp_norm6(e);
  for (int c = 0; c < 6; c++)
    p->strain[1][c] = e[c] * scale + (c < 3 ? 0.1 * size : 0.0);
}

/* One step of all points; the time that update() took, s. */
static double step(const BpTestSubject *s, Point *point, int k, double T[2]) {
  const BpLaw *law = s->law;
  int refused = 0;
  for (int i = 0; i < POINTS; i++)
    set_strain(&point[i], i, k);
  const double begin = now();
  for (int i = 0; i < POINTS; i++) {
    Point *p = &point[i];
    const BpLawIn in = {.param = s->param,
                        .strain0 = p->strain[0],
                        .strain1 = p->strain[1],
                        .stress0 = p->stress[0],
                        .state0 = p->state[0],
                        .t0 = 30.0 * k,
                        .dt = 30.0,
                        .T0 = T[0],
                        .T1 = T[1],
                        .context = law->context};
    BpLawOut out = {.stress1 = p->stress[1], .state1 = p->state[1], .tangent = p->tangent};
    refused += law->update(&in, &out) != BP_OK;
  }
  const double time = now() - begin;
  for (int i = 0; i < POINTS; i++) {
    Point *p = &point[i];
    memcpy(p->strain[0], p->strain[1], sizeof p->strain[0]);
    memcpy(p->stress[0], p->stress[1], sizeof p->stress[0]);
    memcpy(p->state[0], p->state[1], sizeof p->state[0]);
  }
  if (refused)
    fprintf(stderr, "bench_laws: %s refused %d of %d points\n", law->name, refused, POINTS);
  return refused ? HUGE_VAL : time;
}

/* Updates per second of the fastest cycle. */
static double measure(BpTestSubject *s, double seconds) {
  double fitted[2], hard[2], best = HUGE_VAL;
  bp_material_limits(s->material, fitted, hard);
  Point *point = BP_NEW(Point, POINTS);
  const double end = now() + seconds;
  do {
    double sum = 0.0, T[2] = {fitted[0], fitted[0]};
    bp_material_param(s->material, T[0], s->param);
    for (int i = 0; i < POINTS; i++) {
      memset(&point[i], 0, sizeof point[i]);
      bp_law_start(s->law, s->param, point[i].state[0]);
    }
    for (int k = 0; k < STEPS; k++) {
      T[0] = T[1];
      T[1] = fitted[0] + (fitted[1] - fitted[0]) * (k + 1) / STEPS;
      bp_material_param(s->material, T[1], s->param);
      sum += step(s, point, k, T);
    }
    best = fmin(best, sum);
  } while (now() < end);
  free(point);
  return POINTS * STEPS / best;
}

static int usage(void) {
  fputs("usage: bench_laws [--seconds S] [--json FILE]\n", stderr);
  return 2;
}

static int read_options(int argc, char **argv, Options *o) {
  *o = (Options){.seconds = 0.3};
  for (int i = 1; i + 1 < argc; i += 2) {
    if (strcmp(argv[i], "--seconds") == 0)
      o->seconds = strtod(argv[i + 1], NULL);
    else if (strcmp(argv[i], "--json") == 0)
      o->json = argv[i + 1];
    else
      return 0;
  }
  return argc % 2 == 1;
}

static int write_json(const char *path, const BpTestSubject *subject, const double *rate,
                      int count) {
  FILE *file = fopen(path, "w");
  if (!file) {
    perror(path);
    return 0;
  }
  fputs("{\"laws\": [", file);
  for (int i = 0; i < count; i++)
    fprintf(file, "%s\n  {\"law\": \"%s\", \"card\": \"%s\", \"updates_per_second\": %.6g}",
            i ? "," : "", subject[i].law->name, bp_material_name(subject[i].material), rate[i]);
  fputs("\n]}\n", file);
  return fclose(file) == 0;
}

int main(int argc, char **argv) {
  Options options;
  if (!read_options(argc, argv, &options))
    return usage();
  int count;
  BpTestSubject *subject = bp_test_subjects(&count);
  double *rate = BP_NEW(double, count + 1);
  printf("%-22s %-32s %s\n", "law", "card", "updates/s with tangent");
  for (int i = 0; i < count; i++) {
    rate[i] = measure(&subject[i], options.seconds);
    printf("%-22s %-32s %8.2f million\n", subject[i].law->name,
           bp_material_name(subject[i].material), 1e-6 * rate[i]);
  }
  const int written = !options.json || write_json(options.json, subject, rate, count);
  bp_test_subjects_free(subject, count);
  free(rate);
  return count == 0 || !written;
}

#include "programme.h"

#include <math.h>
#include <stdlib.h>

/* ---- building: corner after corner, with those left out that take no time */

static BpCorner *last_of(BpProgramme *p) {
  return &p->corner[p->count - 1];
}

static void add_corner(BpProgramme *p, double duration, double temperature, BpCornerKind kind,
                       int cycle) {
  if (!(duration > 0.0))
    return;
  const double time = last_of(p)->time + duration;
  BP_GROW(p->corner, p->count + 1);
  p->corner[p->count++] = (BpCorner){time, temperature, kind, cycle, 0, 0.0};
}

static void add_ramp(BpProgramme *p, double to, double rate, int cycle) {
  add_corner(p, fabs(to - last_of(p)->temperature) / rate, to, BP_CORNER_RAMP_END, cycle);
}

static void add_dwell(BpProgramme *p, double duration, int cycle) {
  add_corner(p, duration, last_of(p)->temperature, BP_CORNER_DWELL_END, cycle);
}

static void add_cycle(BpProgramme *p, const BpLoad *load, int cycle) {
  const int before = p->count;
  for (int i = 0; i < load->nprogramme; i++) {
    const BpSegment *s = &load->programme[i];
    const int first = p->count;
    if (s->hold > 0.0)
      add_dwell(p, s->hold, cycle);
    else
      add_ramp(p, s->to, s->rate, cycle);
    if (p->count > first)
      last_of(p)->power = s->power;
  }
  if (p->count > before)
    last_of(p)->closes_cycle = 1;
}

/* K at the end of the programme when it starts at T. */
static double end_temperature(const BpLoad *load, double T) {
  for (int i = 0; i < load->nprogramme; i++)
    if (!(load->programme[i].hold > 0.0))
      T = load->programme[i].to;
  return T;
}

BpProgramme *bp_programme_build(const BpLoad *load) {
  BpProgramme *p = BP_NEW(BpProgramme, 1);
  p->corner = BP_NEW(BpCorner, 1);
  p->corner[0] = (BpCorner){0.0, load->start, BP_CORNER_START, -1, 0, 0.0};
  p->count = 1;
  add_ramp(p, load->cool_to, load->cool_rate, -1);
  add_dwell(p, load->cool_hold, -1);
  const int is_partial = fabs(end_temperature(load, load->cool_to) - load->cool_to) > 1e-9;
  p->first_cycle = is_partial ? 0 : 1;
  for (int cycle = p->first_cycle; cycle <= load->cycles; cycle++)
    add_cycle(p, load, cycle);
  return p;
}

void bp_programme_free(BpProgramme *p) {
  if (!p)
    return;
  free(p->corner);
  free(p);
}

/* ---- reading */

/* Number of the first corner with time > t, count if there is none. */
static int first_after(const BpProgramme *p, double t) {
  int low = 0, high = p->count;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (p->corner[middle].time > t)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

double bp_programme_temperature(const BpProgramme *p, double t) {
  const int next = first_after(p, t);
  if (next == 0)
    return p->corner[0].temperature;
  const BpCorner *a = &p->corner[next - 1];
  if (next == p->count)
    return a->temperature;
  const BpCorner *b = &p->corner[next];
  return a->temperature + (b->temperature - a->temperature) * (t - a->time) / (b->time - a->time);
}

const BpCorner *bp_programme_next(const BpProgramme *p, double t) {
  const double round_off = 1e-10 * p->corner[p->count - 1].time;
  const int next = first_after(p, t + round_off);
  return next < p->count ? &p->corner[next] : NULL;
}

void bp_programme_range(const BpProgramme *p, double *temp_min, double *temp_max) {
  *temp_min = *temp_max = p->corner[0].temperature;
  for (int i = 1; i < p->count; i++) {
    *temp_min = fmin(*temp_min, p->corner[i].temperature);
    *temp_max = fmax(*temp_max, p->corner[i].temperature);
  }
}

/* Lives as a table for people. */
#include "life_impl.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL = 46, COLUMN = 16 };

typedef struct {
  FILE *out;
  const BpSummary *summary;
  int count;
} Table;

static void put_number(const Table *t, double value) {
  char text[40] = "-";
  if (isfinite(value))
    snprintf(text, sizeof text, "%.4g", value);
  fprintf(t->out, " %*s", COLUMN, text);
}

static void put_label(const Table *t, const char *model, const char *side) {
  char label[2 * BP_NAME + 8];
  snprintf(label, sizeof label, "  %s, %s%s", model, side,
           strcmp(side, "worse") == 0 ? " side" : "");
  fprintf(t->out, "%-*s", LABEL, label);
}

/* ---- lives */

/* N where it is a life; elsewhere nothing but that its ratios may be used. */
static void put_life(const Table *t, const BpSummary *s, const BpLifeKey *key) {
  const BpLifeRow *row = bp_life_row_of(s, key);
  if (row && !row->absolute)
    fprintf(t->out, " %*s", COLUMN, "exponent only");
  else
    put_number(t, row ? row->N : (double)NAN);
}

static double scatter_of(const BpSummary *s, const BpLifeKey *key, int percentile) {
  const BpLifeRow *row = bp_life_row_of(s, key);
  if (!row)
    return NAN;
  return percentile ? row->percentile : row->first_failure;
}

/* A line of Weibull's numbers, where any of the runs has one. */
static void put_scatter(const Table *t, const BpLifeKey *key, int percentile) {
  int any = 0;
  for (int i = 0; i < t->count; i++)
    any |= isfinite(scatter_of(&t->summary[i], key, percentile));
  if (!any)
    return;
  fprintf(t->out, "%-*s", LABEL,
          percentile ? "    percentile of the sample" : "    first failure of the sample, median");
  for (int i = 0; i < t->count; i++)
    put_number(t, scatter_of(&t->summary[i], key, percentile));
  fputc('\n', t->out);
}

static void put_lives(const Table *t, const BpLifeKey *key, int nkeys) {
  fprintf(t->out, "%-*s", LABEL, "life, cycles");
  for (int i = 0; i < t->count; i++)
    fprintf(t->out, " %*.*s", COLUMN, COLUMN, t->summary[i].name);
  fputc('\n', t->out);
  for (int k = 0; k < nkeys; k++) {
    if (strcmp(key[k].side, "worse") == 0)
      continue;
    put_label(t, key[k].model, key[k].side);
    for (int i = 0; i < t->count; i++)
      put_life(t, &t->summary[i], &key[k]);
    fputc('\n', t->out);
    put_scatter(t, &key[k], 0);
    put_scatter(t, &key[k], 1);
  }
}

static void put_ratios(const Table *t, const BpLifeKey *key, int nkeys) {
  for (int i = 1; i < t->count; i++) {
    fprintf(t->out, "ratio of lives, %s over %s\n", t->summary[i].name, t->summary[0].name);
    for (int k = 0; k < nkeys; k++) {
      put_label(t, key[k].model, key[k].side);
      put_number(t, bp_life_ratio(t->summary, i, &key[k]));
      const BpLifeRow *row = bp_life_row_of(&t->summary[i], &key[k]);
      fputs(row && !row->absolute ? "  exponent only\n" : "\n", t->out);
    }
  }
}

/* ---- what must be known */

static void put_cracks(const Table *t) {
  for (int i = 0; i < t->count; i++) {
    const BpSummary *s = &t->summary[i];
    if (!isfinite(s->basis.package_diameter))
      continue;
    fprintf(t->out, "  crack length of %s: projected pad diameter, package %.5g um, board %.5g um",
            s->name, 1e6 * s->basis.package_diameter, 1e6 * s->basis.board_diameter);
    if (isfinite(s->joint.wetted_path))
      fprintf(t->out, " (wetted path of the package side, not used: %.5g um)",
              1e6 * s->joint.wetted_path);
    fputc('\n', t->out);
  }
}

static int has_warning(const BpLifeRow *row, const char *text) {
  for (int w = 0; w < row->nwarnings; w++)
    if (strcmp(row->warning[w], text) == 0)
      return 1;
  return 0;
}

/* Row number n of all runs, NULL past the last one. */
static const BpLifeRow *row_at(const Table *t, int n) {
  for (int i = 0; i < t->count; i++) {
    if (n < t->summary[i].nlife)
      return &t->summary[i].life[n];
    n -= t->summary[i].nlife;
  }
  return NULL;
}

/* 1 if a row before number n has the warning, of that model if it is given. */
static int is_said(const Table *t, int n, const char *model, const char *text) {
  for (int i = 0; i < n; i++) {
    const BpLifeRow *row = row_at(t, i);
    if ((!model || strcmp(row->model, model) == 0) && has_warning(row, text))
      return 1;
  }
  return 0;
}

/* Each warning once, with the models that it concerns. */
static void put_warnings(const Table *t) {
  const BpLifeRow *row, *other;
  for (int n = 0; (row = row_at(t, n)); n++)
    for (int w = 0; w < row->nwarnings; w++) {
      if (is_said(t, n, NULL, row->warning[w]))
        continue;
      fprintf(t->out, "  warning: %s (", row->warning[w]);
      for (int k = n; (other = row_at(t, k)); k++)
        if (has_warning(other, row->warning[w]) && !is_said(t, k, other->model, row->warning[w]))
          fprintf(t->out, "%s%s", k > n ? ", " : "", other->model);
      fputs(")\n", t->out);
    }
}

static void put_left_out(const Table *t) {
  for (int i = 0; i < t->count; i++) {
    const BpSummary *s = &t->summary[i];
    int any = 0;
    for (int k = 0; k < s->nlife; k++) {
      if (!s->life[k].reason[0])
        continue;
      if (!any++)
        fprintf(t->out, "left out for %s\n", s->name);
      put_label(t, s->life[k].model, s->life[k].side);
      fprintf(t->out, " %s\n", s->life[k].reason);
    }
  }
}

void bp_life_table(FILE *out, const BpSummary *summary, int count, int all) {
  const Table t = {out, summary, count};
  BpLifeKey *key;
  const int nkeys = bp_life_keys(summary, count, &key);
  if (nkeys > 0) {
    put_lives(&t, key, nkeys);
    put_ratios(&t, key, nkeys);
    fputs("  N is good to a factor of two at best; ratios of lives say more.\n", out);
    if (count > 1)
      fputs("  Lives are of the interface layer; the common region may say otherwise: see the "
            "ratios of work.\n",
            out);
    put_cracks(&t);
    put_warnings(&t);
  } else
    fputs("life: no model was fitted with the constants of this solder or was asked for; 'ballpad "
          "life DIR' has ratios by all models\n",
          out);
  if (all)
    put_left_out(&t);
  free(key);
}

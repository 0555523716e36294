/* The table of a study: a line for each point. */
#include "study_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const state_names[] = {
    [BP_POINT_PLANNED] = "planned", [BP_POINT_FINISHED] = "finished", [BP_POINT_FAILED] = "failed"};

BpStudyTable *bp_study_table_new(const BpStudyPlan *plan) {
  BpStudyTable *t = BP_NEW(BpStudyTable, 1);
  t->plan = plan;
  t->state = BP_NEW(BpPointState, plan->npoints);
  t->reason = BP_NEW(char *, plan->npoints);
  return t;
}

int bp_study_table_find(const BpStudyTable *t, const char *name) {
  for (int c = 0; c < t->ncolumns; c++)
    if (strcmp(t->name[c], name) == 0)
      return c;
  return -1;
}

static int add_column(BpStudyTable *t, const char *name, const char *unit) {
  const int c = t->ncolumns++;
  BP_GROW(t->name, c + 1);
  BP_GROW(t->unit, c + 1);
  BP_GROW(t->value, c + 1);
  t->name[c] = bp_copy_text(name);
  t->unit[c] = bp_copy_text(unit);
  t->value[c] = BP_NEW(double, t->plan->npoints);
  for (int i = 0; i < t->plan->npoints; i++)
    t->value[c][i] = (double)NAN;
  return c;
}

void bp_study_table_set(BpStudyTable *t, int point, const char *name, const char *unit,
                        double value) {
  int c = bp_study_table_find(t, name);
  if (c < 0)
    c = add_column(t, name, unit);
  t->value[c][point] = value;
}

void bp_study_table_ratios(BpStudyTable *t) {
  const int n = t->ncolumns;
  for (int c = 0; c < n; c++) {
    if (!strstr(t->name[c], "delta_") && strncmp(t->name[c], "life.", strlen("life.")) != 0)
      continue;
    char *name = bp_format("%s.ratio", t->name[c]);
    const int ratio = add_column(t, name, "");
    for (int i = 0; i < t->plan->npoints; i++) {
      const int reference = t->plan->point[i].reference;
      if (reference >= 0)
        t->value[ratio][i] = t->value[c][i] / t->value[c][reference];
    }
    free(name);
  }
}

/* ---- CSV (RFC 4180) */

char *bp_study_key_column(const BpStudyPlan *plan, int key) {
  char *unit = bp_copy_text(plan->si[key]), *slash = strchr(unit, '/');
  if (strcmp(unit, "delta_K") == 0)
    snprintf(unit, strlen(unit) + 1, "K");
  char *name =
      unit[0] == '\0' ? bp_copy_text(plan->key[key])
      : slash ? bp_format("%s_%.*s_per_%s", plan->key[key], (int)(slash - unit), unit, slash + 1)
              : bp_format("%s_%s", plan->key[key], unit);
  free(unit);
  return name;
}

static void write_text(FILE *out, const char *text) {
  if (!strpbrk(text, ",\"\n")) {
    fputs(text, out);
    return;
  }
  fputc('"', out);
  for (; *text; text++) {
    if (*text == '"')
      fputc('"', out);
    fputc(*text == '\n' ? ' ' : *text, out);
  }
  fputc('"', out);
}

static void write_number(FILE *out, double value) {
  if (isfinite(value))
    fprintf(out, ",%.17g", value);
  else
    fputc(',', out);
}

static void write_heading(FILE *out, const BpStudyTable *t) {
  fputs("index,directory,state,reason,reference", out);
  for (int k = 0; k < t->plan->nkeys; k++) {
    char *name = bp_study_key_column(t->plan, k);
    fprintf(out, ",%s", name);
    free(name);
  }
  for (int c = 0; c < t->ncolumns; c++)
    fprintf(out, ",%s", t->name[c]);
  fputc('\n', out);
}

static void write_point(FILE *out, const BpStudyTable *t, int i) {
  const BpStudyPoint *point = &t->plan->point[i];
  fprintf(out, "%d,%s,%s,", i, point->directory, state_names[t->state[i]]);
  write_text(out, t->reason[i] ? t->reason[i] : "");
  if (point->reference >= 0)
    fprintf(out, ",%d", point->reference);
  else
    fputc(',', out);
  for (int k = 0; k < t->plan->nkeys; k++)
    if (isfinite(point->number[k]))
      write_number(out, point->number[k]);
    else {
      fputc(',', out);
      write_text(out, point->text[k] ? point->text[k] : "");
    }
  for (int c = 0; c < t->ncolumns; c++)
    write_number(out, t->value[c][i]);
  fputc('\n', out);
}

char *bp_study_csv(const BpStudyTable *table) {
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    abort(); /* out of memory */
  write_heading(out, table);
  for (int i = 0; i < table->plan->npoints; i++)
    write_point(out, table, i);
  fclose(out);
  return text;
}

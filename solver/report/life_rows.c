#include "life_impl.h"

#include <stdlib.h>
#include <string.h>

BpLifeRow *bp_life_row_add(BpSummary *s) {
  BP_GROW(s->life, s->nlife + 1);
  BpLifeRow *row = &s->life[s->nlife++];
  *row = (BpLifeRow){.N = NAN,
                     .layer = NAN,
                     .crack = NAN,
                     .wetted_path = NAN,
                     .first_failure = NAN,
                     .percentile = NAN};
  return row;
}

void bp_life_row_warn(BpLifeRow *row, const char *text) {
  BP_GROW(row->warning, row->nwarnings + 1);
  row->warning[row->nwarnings++] = bp_copy_text(text);
}

void bp_life_rows_free(BpSummary *s) {
  for (int i = 0; i < s->nlife; i++) {
    for (int k = 0; k < s->life[i].nwarnings; k++)
      free(s->life[i].warning[k]);
    free(s->life[i].warning);
  }
  free(s->life);
  s->life = NULL;
  s->nlife = 0;
}

/* ---- several runs */

static int is_known(const BpLifeKey *key, int n, const char *model, const char *side) {
  for (int i = 0; i < n; i++)
    if (strcmp(key[i].model, model) == 0 && strcmp(key[i].side, side) == 0)
      return 1;
  return 0;
}

static void add_key(BpLifeKey **key, int *n, const char *model, const char *side) {
  if (is_known(*key, *n, model, side))
    return;
  BP_GROW(*key, *n + 1);
  BpLifeKey *to = &(*key)[(*n)++];
  snprintf(to->model, sizeof to->model, "%s", model);
  snprintf(to->side, sizeof to->side, "%s", side);
}

int bp_life_keys(const BpSummary *summary, int count, BpLifeKey **out) {
  BpLifeKey *key = NULL;
  int n = 0;
  for (int i = 0; i < count; i++)
    for (int k = 0; k < summary[i].nlife; k++) {
      const BpLifeRow *row = &summary[i].life[k];
      if (row->reason[0])
        continue;
      add_key(&key, &n, row->model, row->side);
      if (is_known(key, n, row->model, "package") && is_known(key, n, row->model, "board"))
        add_key(&key, &n, row->model, "worse");
    }
  *out = key;
  return n;
}

const BpLifeRow *bp_life_row_of(const BpSummary *s, const BpLifeKey *key) {
  const int worse = strcmp(key->side, "worse") == 0;
  const BpLifeRow *found = NULL;
  for (int i = 0; i < s->nlife; i++) {
    const BpLifeRow *row = &s->life[i];
    if (row->reason[0] || strcmp(row->model, key->model) != 0)
      continue;
    if (worse ? !found || row->N < found->N : strcmp(row->side, key->side) == 0)
      found = row;
  }
  return found;
}

double bp_life_ratio(const BpSummary *summary, int i, const BpLifeKey *key) {
  const BpLifeRow *row = bp_life_row_of(&summary[i], key), *to = bp_life_row_of(&summary[0], key);
  return row && to ? row->N / to->N : (double)NAN;
}

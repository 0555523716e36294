#include "ensemble.h"

#include <stdlib.h>

/* ---- counting */

static void take(BpEnsembleCount *count, double ratio) {
  if (!isfinite(ratio)) {
    count->missing++;
    return;
  }
  const int direction = bp_ratio_direction(ratio);
  count->less += direction < 0;
  count->same += direction == 0;
  count->more += direction > 0;
  count->low = fmin(count->low, ratio); /* of NAN and a number: the number */
  count->high = fmax(count->high, ratio);
}

BpEnsembleCount bp_ensemble_count(const BpEnsemble *e, int summary, int factor, int level) {
  BpEnsembleCount count = {.low = NAN, .high = NAN};
  for (int i = 0; i < e->nratios; i++)
    if (e->ratio[i].summary == summary && (factor < 0 || e->ratio[i].level[factor] == level))
      take(&count, e->ratio[i].ratio);
  return count;
}

/* ---- what flips the sign */

/* The one factor that two ratios differ in, -1 if there are more or none. */
static int only_difference(const BpEnsemble *e, const BpEnsembleRatio *a,
                           const BpEnsembleRatio *b) {
  int found = -1;
  for (int f = 0; f < e->nfactors; f++) {
    if (a->level[f] == b->level[f])
      continue;
    if (found >= 0)
      return -1;
    found = f;
  }
  return found;
}

static double width(const BpEnsemble *e, const int pair[2]) {
  return fabs(log(e->ratio[pair[0]].ratio / e->ratio[pair[1]].ratio));
}

static void take_pair(const BpEnsemble *e, int i, int k, BpEnsembleVerdict *v) {
  const BpEnsembleRatio *a = &e->ratio[i], *b = &e->ratio[k];
  const int f = only_difference(e, a, b);
  if (f < 0)
    return;
  const int one = bp_ratio_direction(a->ratio), other = bp_ratio_direction(b->ratio);
  const int pair[2] = {i, k};
  v->by[f].pairs++;
  v->by[f].fades += one != other && one * other == 0;
  if (one * other >= 0)
    return;
  if (v->by[f].flips++ == 0 || width(e, pair) > width(e, v->by[f].flip)) {
    v->by[f].flip[0] = i;
    v->by[f].flip[1] = k;
  }
}

static int is_known(const BpEnsemble *e, int i, int summary) {
  return e->ratio[i].summary == summary && isfinite(e->ratio[i].ratio);
}

void bp_ensemble_judge(const BpEnsemble *e, int summary, BpEnsembleVerdict *v) {
  *v = (BpEnsembleVerdict){.count = bp_ensemble_count(e, summary, -1, 0)};
  const BpEnsembleCount *n = &v->count;
  const int total = n->less + n->same + n->more;
  const int agree = total > 0 && (n->less == total || n->more == total);
  v->known = total > 0 && (!agree || n->missing == 0);
  if (agree && v->known)
    v->sign = n->less > 0 ? -1 : 1;
  for (int i = 0; i < e->nratios; i++)
    for (int k = i + 1; k < e->nratios && is_known(e, i, summary); k++)
      if (is_known(e, k, summary))
        take_pair(e, i, k, v);
}

/* ---- in words */

static void say_count(FILE *out, const BpEnsembleCount *n) {
  const int total = n->less + n->same + n->more;
  fprintf(out, "less in %d, no difference in %d, more in %d of %d ratios (%.4f to %.4f)", n->less,
          n->same, n->more, total, n->low, n->high);
}

/* What two ratios have in common, that the reader may find them. */
static void say_place(FILE *out, const BpEnsemble *e, const BpEnsembleRatio *at, int but) {
  int n = 0;
  for (int f = 0; f < e->nfactors; f++)
    if (f != but && e->factor[f].nlevels > 1)
      fprintf(out, "%s%s", n++ ? ", " : "", e->factor[f].level[at->level[f]]);
}

static void say_flip(FILE *out, const BpEnsemble *e, const BpEnsembleVerdict *v, int f) {
  const BpEnsembleRatio *a = &e->ratio[v->by[f].flip[0]], *b = &e->ratio[v->by[f].flip[1]];
  fprintf(out, "; %s alone flips it in %d of %d pairs, most from %.4f (%s) to %.4f (%s) at ",
          e->factor[f].name, v->by[f].flips, v->by[f].pairs, a->ratio,
          e->factor[f].level[a->level[f]], b->ratio, e->factor[f].level[b->level[f]]);
  say_place(out, e, a, f);
}

static void say_causes(FILE *out, const BpEnsemble *e, const BpEnsembleVerdict *v) {
  int flips = 0, n = 0;
  for (int f = 0; f < e->nfactors; f++)
    if (v->by[f].flips > 0) {
      say_flip(out, e, v, f);
      flips++;
    }
  if (flips == 0 && v->count.less > 0 && v->count.more > 0)
    fputs("; no factor alone flips it, only several together", out);
  for (int f = 0; f < e->nfactors; f++)
    if (v->by[f].flips == 0 && v->by[f].pairs > 0)
      fprintf(out, "%s%s", n++ ? ", " : "; not flipped by ", e->factor[f].name);
  if (n > 0)
    fputs(" alone", out);
}

char *bp_ensemble_sentence(const BpEnsemble *e, int summary, const BpEnsembleVerdict *v) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  const BpEnsembleCount *n = &v->count;
  if (!out)
    abort(); /* out of memory */
  fprintf(out, "%s over %s: ", e->name[summary], e->name[0]);
  if (v->sign != 0)
    fprintf(out, "%s in all %d ratios (%.4f to %.4f), the sign holds under all that was varied",
            v->sign < 0 ? "less" : "more", n->less + n->more, n->low, n->high);
  else if (n->less + n->same + n->more == 0)
    fputs("not known, no ratio has a result", out);
  else if (!v->known) {
    fputs("not known to hold: ", out);
    say_count(out, n);
    fprintf(out, ", but %d are missing", n->missing);
  } else {
    fputs(n->less + n->more == 0       ? "no difference: "
          : n->less > 0 && n->more > 0 ? "the sign does not hold: "
                                       : "the difference does not hold: ",
          out);
    say_count(out, n);
    if (n->missing > 0)
      fprintf(out, ", %d are missing", n->missing);
    say_causes(out, e, v);
  }
  if (fclose(out) != 0)
    abort(); /* out of memory */
  return text;
}

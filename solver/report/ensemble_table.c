#include "ensemble.h"

#include <stdlib.h>

static const char life_note[] =
    "every life model is monotone in its metric: it turns a ratio into a gain and is no further "
    "evidence for its sign; a number of cycles counts only where the solder has the constants that "
    "the model was fitted with, elsewhere the ratio of lives alone, marked 'exponent only'";

const char *bp_ensemble_note(const BpEnsemble *e, int i) {
  return i < e->nnotes ? e->note[i] : i == e->nnotes ? life_note : NULL;
}

static void print_count(FILE *out, const char *label, const BpEnsembleCount *n) {
  fprintf(out, "    %-38s", label);
  if (isfinite(n->low))
    fprintf(out, " %8.4f %8.4f", n->low, n->high);
  else
    fprintf(out, " %8s %8s", "-", "-");
  fprintf(out, " %5d %5d %5d %8d\n", n->less, n->same, n->more, n->missing);
}

static void print_case(FILE *out, const BpEnsemble *e, int summary) {
  BpEnsembleVerdict v;
  bp_ensemble_judge(e, summary, &v);
  fprintf(out, "\n%s over %s: ratios of work and strain per cycle, last full cycle\n",
          e->name[summary], e->name[0]);
  fprintf(out, "    %-38s %8s %8s %5s %5s %5s %8s\n", "", "lowest", "highest", "less", "same",
          "more", "missing");
  for (int f = 0; f < e->nfactors; f++) {
    fprintf(out, "  %s\n", e->factor[f].name);
    for (int l = 0; l < e->factor[f].nlevels; l++) {
      const BpEnsembleCount count = bp_ensemble_count(e, summary, f, l);
      print_count(out, e->factor[f].level[l], &count);
    }
  }
  fputs("  all\n", out);
  print_count(out, "", &v.count);
  char *sentence = bp_ensemble_sentence(e, summary, &v);
  fprintf(out, "verdict: %s\n", sentence);
  free(sentence);
}

void bp_ensemble_table(FILE *out, const BpEnsemble *e) {
  const char *note;
  for (int i = 1; i < e->ncases; i++)
    print_case(out, e, i);
  for (int m = 0; m < e->nmembers; m++)
    if (e->member[m].reason[0])
      fprintf(out, "missing: %s: %s\n", e->member[m].name, e->member[m].reason);
  for (int i = 0; (note = bp_ensemble_note(e, i)); i++)
    fprintf(out, "note: %s\n", note);
}

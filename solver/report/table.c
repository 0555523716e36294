#include "table_impl.h"
#include "weakest.h"

#include <string.h>

enum { LABEL = 34, COLUMN = 16 };

static void print_cell(FILE *out, const char *text) {
  fprintf(out, " %*.*s", COLUMN, COLUMN, text);
}

static void print_row(FILE *out, const BpTable *t, const BpTableRow *row) {
  if (!row->cell) {
    fprintf(out, "%s\n", row->label);
    return;
  }
  fprintf(out, "%*s%-*s %-5s", 2 * row->depth, "", LABEL - 2 * row->depth, row->label, row->unit);
  for (int i = 0; i < t->count; i++)
    print_cell(out, row->cell[i]);
  fputc('\n', out);
}

static void print_verdicts(FILE *out, const BpSummary *summary, const BpRatio *ratio, int nratios) {
  for (int i = 0; i < nratios; i++) {
    const BpSummary *s = &summary[ratio[i].summary], *r = &summary[ratio[i].reference];
    char sentence[512];
    if (i == 0 || ratio[i].summary != ratio[i - 1].summary)
      fprintf(out, "\n%s over %s%s\n", s->name, r->name,
              s->joint.steady && r->joint.steady ? "" : " (NOT STEADY or not known to be)");
    bp_ratio_sentence(summary, ratio, nratios, i, sentence, sizeof sentence);
    fprintf(out, "  %-27s", ratio[i].quantity);
    if (isfinite(ratio[i].ratio))
      fprintf(out, " %8.4f  %s.\n", ratio[i].ratio, sentence);
    else
      fprintf(out, " %8s  %s.\n", "-", sentence);
    if (i + 1 == nratios || ratio[i + 1].summary != ratio[i].summary) {
      bp_weakest_sentence(summary, ratio, nratios, ratio[i].summary, sentence, sizeof sentence);
      fprintf(out, "  part by part: %s.\n", sentence);
    }
  }
  if (nratios > 0 && !isfinite(ratio[0].error_mesh))
    fputs("  Errors of these ratios from mesh and time steps are not estimated.\n", out);
}

void bp_compare_table(FILE *out, const BpSummary *summary, int count, const BpRatio *ratio,
                      int nratios) {
  BpTable t = bp_table_new(summary, count);
  fprintf(out, "%-*s %-5s", LABEL, "", "");
  for (int i = 0; i < count; i++)
    print_cell(out, summary[i].name[0] ? summary[i].name : "-");
  fputc('\n', out);
  for (int i = 0; i < t.nrows; i++)
    print_row(out, &t, &t.row[i]);
  print_verdicts(out, summary, ratio, nratios);
  bp_pad_factors_table(out, summary, count);
  bp_table_free(&t);
}

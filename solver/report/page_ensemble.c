/* Whether the sign of the comparison holds, and what flips it. */
#include "page_impl.h"

#include <stdlib.h>

static void put_row(const BpPrinter *p, const char *factor, const char *level,
                    const BpEnsembleCount *n) {
  fputs("<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", factor);
  bp_html_put(p->out, "td", "%s", level);
  bp_html_number(p->out, "%.4f", n->low);
  bp_html_number(p->out, "%.4f", n->high);
  const int count[] = {n->less, n->same, n->more, n->missing};
  for (int i = 0; i < BP_COUNT(count); i++)
    bp_html_put(p->out, "td class=\"number\"", "%d", count[i]);
  fputs("</tr>\n", p->out);
}

static void put_case(const BpPrinter *p, int summary) {
  static const char *const title[] = {"factor", "level", "lowest", "highest",
                                      "less",   "same",  "more",   "missing"};
  const BpEnsemble *e = p->page->ensemble;
  BpEnsembleVerdict v;
  bp_ensemble_judge(e, summary, &v);
  char *sentence = bp_ensemble_sentence(e, summary, &v),
       *caption = bp_format("%s over %s by what was varied", e->name[summary], e->name[0]);
  bp_html_put(p->out, v.sign != 0 ? "p" : "p class=\"flag\"", "%s.", sentence);
  bp_html_table(p->out, caption, &(BpHtmlHead){title, BP_COUNT(title), 2, BP_COUNT(title)});
  for (int f = 0; f < e->nfactors; f++)
    for (int l = 0; l < e->factor[f].nlevels; l++) {
      const BpEnsembleCount count = bp_ensemble_count(e, summary, f, l);
      put_row(p, e->factor[f].name, e->factor[f].level[l], &count);
    }
  put_row(p, "all", "", &v.count);
  bp_html_table_end(p->out);
  free(sentence);
  free(caption);
}

void bp_page_ensemble(const BpPrinter *p) {
  const BpEnsemble *e = p->page->ensemble;
  const char *note;
  if (!e) {
    fputs("<p>One solder law and one model alone: whether the signs of the ratios hold is not "
          "known. <code>ballpad compare --ensemble</code> tells.</p>\n",
          p->out);
    return;
  }
  for (int i = 1; i < e->ncases; i++)
    put_case(p, i);
  fputs("<ul>\n", p->out);
  for (int m = 0; m < e->nmembers; m++)
    if (e->member[m].reason[0])
      bp_html_put(p->out, "li class=\"flag\"", "%s is missing: %s.", e->member[m].name,
                  e->member[m].reason);
  for (int i = 0; (note = bp_ensemble_note(e, i)); i++)
    bp_html_put(p->out, "li", "%s.", note);
  fputs("</ul>\n", p->out);
}

/* What the pad asks of each part of the joint, against the first case. */
#include "page_impl.h"
#include "weakest.h"

#include <stdlib.h>

enum { LABELS = 1 };

static void put_row(const BpPrinter *p, const BpRatio *ratio, int nratios, int which) {
  const BpSummary *summary = p->page->summary;
  BpPart part[BP_PARTS];
  char text[512];
  bp_weakest(ratio, nratios, which, part);
  bp_weakest_sentence(summary, ratio, nratios, which, text, sizeof text);
  fputs("<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", summary[which].name);
  for (int i = 0; i < BP_PARTS; i++)
    bp_html_number(p->out, "%.4f", part[i].ratio);
  bp_html_put(p->out, "td class=\"words\"", "%s", text);
  fputs("</tr>\n", p->out);
}

void bp_page_weakest(const BpPrinter *p) {
  const BpPage *page = p->page;
  if (page->count < 2)
    return;
  BpPart part[BP_PARTS];
  BpRatio *ratio;
  const int nratios = bp_compare(page->summary, page->count, &ratio);
  const char *head[LABELS + BP_PARTS + 1] = {"case"};
  bp_weakest(ratio, nratios, 1, part);
  for (int i = 0; i < BP_PARTS; i++)
    head[LABELS + i] = part[i].part;
  head[LABELS + BP_PARTS] = "in words";
  fputs("<h3>Which part loses most?</h3>\n<p>The load of each part over that of the same part in "
        "the first case: work per cycle in the solder's layers, range of plastic strain in the "
        "copper, principal tension in the passivation at the edges of ring and well. Parts fail by "
        "different laws, so that a larger ratio tells where the pad costs, and not which part "
        "fails first.</p>\n",
        p->out);
  bp_html_table(p->out, "Load of each part, to the first case",
                &(BpHtmlHead){head, BP_COUNT(head), LABELS, BP_COUNT(head) - 1});
  for (int i = 1; i < page->count; i++)
    put_row(p, ratio, nratios, i);
  bp_html_table_end(p->out);
  free(ratio);
}

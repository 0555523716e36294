/* The table of compare in HTML, its ratios with their errors, and what the averages are taken over.
 */
#include "page_impl.h"
#include "table_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- side by side */

/* A heading may end with a unit. */
static void put_heading(FILE *out, const char *label) {
  const char *last = strrchr(label, ' ');
  if (last)
    bp_html_say(out, "%.*s%s", (int)(last + 1 - label), label, bp_html_unit(last + 1));
  else
    bp_html_text(out, label);
}

static void put_row(const BpPrinter *p, const BpTableRow *row) {
  static const char *const tag[] = {"th scope=\"row\"", "th scope=\"row\" class=\"below\"",
                                    "th scope=\"row\" class=\"twice\""};
  fputs("<tr>", p->out);
  if (row->cell) {
    bp_html_put(p->out, tag[row->depth], "%s", row->label);
    bp_html_put(p->out, "td", "%s", bp_html_unit(row->unit));
    for (int i = 0; i < p->page->count; i++)
      bp_html_put(p->out,
                  strcmp(row->cell[i], "NO") == 0 || strcmp(row->cell[i], "NOT STEADY") == 0
                      ? "td class=\"number flag\""
                      : "td class=\"number\"",
                  "%s", strcmp(row->cell[i], "-") == 0 ? "\u2013" : row->cell[i]);
  } else {
    fprintf(p->out, "<th scope=\"rowgroup\" class=\"group\" colspan=\"%d\">", 2 + p->page->count);
    put_heading(p->out, row->label);
    fputs("</th>", p->out);
  }
  fputs("</tr>\n", p->out);
}

static void put_table(const BpPrinter *p) {
  static const char *const label[] = {"", "unit"};
  const char **head = bp_page_head(p->page, label, 2);
  BpTable table = bp_table_new(p->page->summary, p->page->count);
  bp_html_table(p->out, "Numbers of the last full cycle",
                &(BpHtmlHead){head, 2 + p->page->count, 2, 2 + p->page->count});
  for (int i = 0; i < table.nrows; i++) {
    if (!table.row[i].cell)
      fputs("</tbody>\n<tbody>\n", p->out);
    put_row(p, &table.row[i]);
  }
  bp_html_table_end(p->out);
  bp_table_free(&table);
  free(head);
}

/* ---- ratios */

static void put_ratio(const BpPrinter *p, int i) {
  const BpRatio *r = &p->page->ratio[i];
  char sentence[512], error[2][32];
  bp_ratio_sentence(p->page->summary, p->page->ratio, p->page->nratios, i, sentence,
                    sizeof sentence);
  fputs("<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", r->quantity);
  bp_html_number(p->out, "%.4f", r->ratio);
  bp_html_put(p->out, "td class=\"number\"", "%s",
              bp_page_error(r->error_mesh, error[0], sizeof error[0]));
  bp_html_put(p->out, "td class=\"number\"", "%s",
              bp_page_error(r->error_time, error[1], sizeof error[1]));
  bp_html_put(p->out, "td class=\"words\"", "%s.", sentence);
  fputs("</tr>\n", p->out);
}

/* Ratios first to last - 1, all of one run. */
static void put_ratios(const BpPrinter *p, int first, int last) {
  static const char *const head[] = {"quantity", "ratio", "error from mesh", "error from time",
                                     "what it means"};
  const BpSummary *s = &p->page->summary[p->page->ratio[first].summary],
                  *r = &p->page->summary[p->page->ratio[first].reference];
  char *caption =
      bp_format("%s over %s%s", s->name, r->name,
                s->joint.steady && r->joint.steady ? "" : " (NOT STEADY or not known to be)");
  bp_html_table(p->out, caption, &(BpHtmlHead){head, BP_COUNT(head), 1, BP_COUNT(head) - 1});
  for (int i = first; i < last; i++)
    put_ratio(p, i);
  bp_html_table_end(p->out);
  free(caption);
}

void bp_page_numbers(const BpPrinter *p) {
  const BpPage *page = p->page;
  put_table(p);
  fputs("<h3>Ratios</h3>\n<p>The errors are relative ones of the quotient, the sums of those of "
        "both runs as estimated for the work per cycle on the worse side.</p>\n",
        p->out);
  for (int i = 0, first = 0; i < page->nratios; i++)
    if (i + 1 == page->nratios || page->ratio[i + 1].summary != page->ratio[i].summary) {
      put_ratios(p, first, i + 1);
      first = i + 1;
    }
}

/* ---- the averages */

static void put_volumes(const BpPrinter *p) {
  static const char *const head[] = {"case",
                                     "layer (\u00b5m)",
                                     "package, layer (mm\u00b3)",
                                     "package, common (mm\u00b3)",
                                     "board, layer (mm\u00b3)",
                                     "board, common (mm\u00b3)"};
  bp_html_table(p->out, "Volumes averaged over, of the whole joint",
                &(BpHtmlHead){head, BP_COUNT(head), 1, BP_COUNT(head)});
  for (int i = 0; i < p->page->count; i++) {
    const BpSummary *s = &p->page->summary[i];
    fputs("<tr>", p->out);
    bp_html_put(p->out, "th scope=\"row\"", "%s", s->name);
    bp_html_number(p->out, "%g", s->joint.layer_thickness / BP_UM);
    bp_html_number(p->out, "%.5g", s->package_volume.layer / BP_MM3);
    bp_html_number(p->out, "%.5g", s->package_volume.common / BP_MM3);
    bp_html_number(p->out, "%.5g", s->board_volume.layer / BP_MM3);
    bp_html_number(p->out, "%.5g", s->board_volume.common / BP_MM3);
    fputs("</tr>\n", p->out);
  }
  bp_html_table_end(p->out);
}

void bp_page_layer(const BpPrinter *p) {
  if (p->page->count == 0)
    return;
  const BpOutputCase *output = &p->page->of[0].bp->output;
  fputs("<ul>\n", p->out);
  bp_html_put(p->out, "li",
              "Layer: the solder within %g \u00b5m of wetted copper, by true distance, on the side "
              "of the package and on that of the board. It follows the shape of the pad, so its "
              "volume is not the same for every pad.",
              output->layer / BP_UM);
  bp_html_put(
      p->out, "li",
      "Common region: on the package side the solder in the cylinder below the connection "
      "hole, from the plane of the rim's copper %g \u00b5m into the ball; on the board side "
      "that over the board pad, as high. It is the same place for every pad, but for the copper "
      "of a ring that rises above that plane.",
      output->layer / BP_UM);
  bp_html_put(
      p->out, "li",
      "Copper: the wiring within %g \u00b5m of ring walls, well wall and hole edge, its range "
      "of plastic strain between ends of dwells.",
      output->copper_zone / BP_UM);
  fputs("<li>Work per cycle: inelastic work in a full cycle for each volume. Strain per cycle: "
        "accumulated equivalent inelastic strain in it. Both are means over the region, never a "
        "maximum at a corner, which has no limit on finer meshes.</li>\n</ul>\n",
        p->out);
  put_volumes(p);
}

/* The three questions, kept apart: what the patent promises, what the parts of the pad do to the
 * work, and whether the ring shields what it surrounds. */
#include "page_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- area and path */

static void put_change(const BpPrinter *p, double value, double reference) {
  if (!isfinite(value) || !(reference > 0.0))
    bp_html_put(p->out, "td class=\"number\"", "\u2013");
  else
    bp_html_put(p->out, "td class=\"number\"", "%+.1f %%",
                round(1e3 * (value / reference - 1.0)) / 10.0 + 0.0); /* no -0.0 */
}

static void put_area(const BpPrinter *p) {
  static const char *const head[] = {"case",        "wetted area (mm\u00b2)", "to the first case",
                                     "to its plan", "path (\u00b5m)",         "to the first case"};
  const BpSummary *first = &p->page->summary[0];
  fputs("<h3>Are wetted area and path larger?</h3>\n<p>This is all that the patent (US 7,196,000) "
        "promises of the shape. Both are closed forms of the geometry, of the copper that the "
        "solder wets on the package side; the path is along a diameter that crosses the "
        "ring.</p>\n",
        p->out);
  bp_html_table(p->out, "Wetted copper of the package side",
                &(BpHtmlHead){head, BP_COUNT(head), 1, BP_COUNT(head)});
  for (int i = 0; i < p->page->count; i++) {
    const BpSummary *s = &p->page->summary[i];
    const double a = s->basis.package_diameter;
    fputs("<tr>", p->out);
    bp_html_put(p->out, "th scope=\"row\"", "%s", s->name);
    bp_html_number(p->out, "%.6g", s->joint.wetted_area / BP_MM2);
    put_change(p, s->joint.wetted_area, first->joint.wetted_area);
    put_change(p, s->joint.wetted_area, 0.25 * M_PI * a * a);
    bp_html_number(p->out, "%.6g", s->joint.wetted_path / BP_UM);
    put_change(p, s->joint.wetted_path, first->joint.wetted_path);
    fputs("</tr>\n", p->out);
  }
  bp_html_table_end(p->out);
}

/* ---- work by cushion, well and ring */

enum { COLUMNS = BP_PAD_QUANTITIES, LABELS = 3 };

static void put_factor(const BpPrinter *p, BpPadFactor factor[COLUMNS][BP_PAD_FACTORS], int f) {
  const BpPadFactor *first = &factor[0][f];
  char error[2][32];
  fputs("<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", first->name);
  bp_html_put(p->out, "td", "%s", first->formula);
  bp_html_put(p->out, "td class=\"words\"", "%s", first->meaning);
  if (first->missing[0]) {
    fprintf(p->out, "<td colspan=\"%d\">", COLUMNS + 2);
    bp_html_say(p->out, "not known: no case among those compared has the pad %s", first->missing);
    fputs("</td></tr>\n", p->out);
    return;
  }
  for (int c = 0; c < COLUMNS; c++)
    bp_html_number(p->out, "%.4f", factor[c][f].ratio);
  bp_html_put(p->out, "td class=\"number\"", "%s",
              bp_page_error(first->error_mesh, error[0], sizeof error[0]));
  bp_html_put(p->out, "td class=\"number\"", "%s",
              bp_page_error(first->error_time, error[1], sizeof error[1]));
  fputs("</tr>\n", p->out);
}

/* Pads that more than one case has: the first one counts. */
static void put_doubles(const BpPrinter *p) {
  for (int i = 1; i < p->page->count; i++)
    for (int k = 0; k < i; k++)
      if (strcmp(p->page->summary[i].pad, p->page->summary[k].pad) == 0) {
        bp_html_put(p->out, "p", "%s has the pad of %s (%s), which stands for it here.",
                    p->page->summary[i].name, p->page->summary[k].name, p->page->summary[i].pad);
        break;
      }
}

static void put_work(const BpPrinter *p) {
  BpPadFactor factor[COLUMNS][BP_PAD_FACTORS];
  const char *head[LABELS + COLUMNS + 2] = {"part", "ratio of pads", "what it says"};
  for (int c = 0; c < COLUMNS; c++) {
    head[LABELS + c] = bp_pad_quantities[c].title;
    bp_pad_factors(p->page->summary, p->page->count, bp_pad_quantities[c].quantity, factor[c]);
  }
  head[LABELS + COLUMNS] = "error from mesh";
  head[LABELS + COLUMNS + 1] = "error from time";
  fputs("<h3>What do cushion, well and ring do to the work?</h3>\n<p>Ratios of the inelastic work "
        "per cycle of pads that differ in one part alone. Below 1 the part saves work. Cushion, "
        "well and ring in the well, multiplied, are the embossed pad over the flat one.</p>\n",
        p->out);
  bp_html_table(p->out, "Work per cycle, part by part",
                &(BpHtmlHead){head, BP_COUNT(head), LABELS, BP_COUNT(head)});
  for (int f = 0; f < BP_PAD_FACTORS; f++)
    put_factor(p, factor, f);
  bp_html_table_end(p->out);
  put_doubles(p);
}

void bp_page_answers(const BpPrinter *p) {
  if (p->page->count > 0)
    put_area(p);
  put_work(p);
  bp_page_weakest(p);
  bp_page_shield(p);
}

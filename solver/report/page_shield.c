/* Whether the ring shields what it surrounds: the work of a cycle inside of it, over it and at the
 * rim outside of it, in the common region of the package side, which is the same place for every
 * pad. */
#include "page_impl.h"

#include <stdlib.h>
#include <string.h>

enum { INNER, RING, RIM, PARTS };

static const char *const columns[PARTS] = {"package.inner.work", "package.ring.work",
                                           "package.rim.work"};
static const double no_difference = 1e-3; /* as in the sentences about ratios */

static double work(const BpPage *page, int i, int part) {
  return bp_history_gain(&page->of[i].history, columns[part]);
}

/* What would make the rows of two cases different places. */
static int same_place(const BpPage *page, int a, int b) {
  const BpCase *x = page->of[a].bp, *y = page->of[b].bp;
  const BpRing *of_x = &x->package.pad.ring, *of_y = &y->package.pad.ring;
  const double tiny = 1e-9;
  return fabs(of_x->inner_radius - of_y->inner_radius) < tiny &&
         fabs(of_x->outer_radius - of_y->outer_radius) < tiny &&
         fabs(x->package.dielectrics.hole_radius - y->package.dielectrics.hole_radius) < tiny &&
         fabs(x->output.layer - y->output.layer) < tiny;
}

/* ---- the table */

static void put_row(const BpPrinter *p, int i) {
  fputs("<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", p->page->summary[i].name);
  for (int part = 0; part < PARTS; part++)
    bp_html_number(p->out, "%.6g", work(p->page, i, part) / BP_MPA);
  bp_html_number(p->out, "%.4f", work(p->page, i, INNER) / work(p->page, i, RIM));
  fputs("</tr>\n", p->out);
}

static void put_table(const BpPrinter *p) {
  static const char *const head[] = {"case", "inside the ring (MPa)", "over the ring (MPa)",
                                     "rim, outside the ring (MPa)", "inside over rim"};
  bp_html_table(p->out, "Work per cycle by annulus, last full cycle",
                &(BpHtmlHead){head, BP_COUNT(head), 1, BP_COUNT(head)});
  for (int i = 0; i < p->page->count; i++)
    put_row(p, i);
  bp_html_table_end(p->out);
}

/* The reported layer by the part of the pad that it is nearest to. */
static void put_sectors(const BpPrinter *p) {
  static const char *const head[] = {"case",
                                     "rim (MPa)",
                                     "ring top (MPa)",
                                     "floor (MPa)",
                                     "wall of the well (MPa)",
                                     "walls of the ring (MPa)"};
  static const char *const sector[] = {"rim", "ring_top", "floor", "well_wall", "ring_walls"};
  bp_html_table(p->out, "Work per cycle in the interface layer, by the nearest part of the pad",
                &(BpHtmlHead){head, BP_COUNT(head), 1, BP_COUNT(head)});
  for (int i = 0; i < p->page->count; i++) {
    fputs("<tr>", p->out);
    bp_html_put(p->out, "th scope=\"row\"", "%s", p->page->summary[i].name);
    for (int s = 0; s < BP_COUNT(sector); s++) {
      char *column = bp_format("package.%gum.%s.work",
                               1e6 * p->page->summary[i].joint.layer_thickness, sector[s]);
      bp_html_number(p->out, "%.6g", bp_history_gain(&p->page->of[i].history, column) / BP_MPA);
      free(column);
    }
    fputs("</tr>\n", p->out);
  }
  bp_html_table_end(p->out);
}

/* ---- the answer for a pad with a ring */

/* The same pad without its ring, else the first case; -1 if there is none to compare with. */
static int reference_of(const BpPage *page, int i) {
  static const char *const pairs[][2] = {
      {"embossed", "concave"}, {"convex", "flat"}, {"convex_d1", "flat_d1"}};
  for (int k = 0; k < BP_COUNT(pairs); k++)
    for (int n = 0; n < page->count; n++)
      if (strcmp(page->summary[i].pad, pairs[k][0]) == 0 &&
          strcmp(page->summary[n].pad, pairs[k][1]) == 0 && same_place(page, i, n))
        return n;
  return i > 0 && !page->of[0].has_ring && same_place(page, i, 0) ? 0 : -1;
}

static const char *judge(double inner, double rim) {
  if (inner >= 1.0 - no_difference)
    return "what the ring surrounds is not relieved, so it is not shielded";
  if (inner >= rim - no_difference)
    return "what the ring surrounds is relieved, but no more than the rim: no sign that the ring "
           "shields it";
  return "what the ring surrounds is relieved more than the rim, as a ring would do that shields "
         "it";
}

static void put_answer(const BpPrinter *p, int i) {
  const BpPage *page = p->page;
  const int to = reference_of(page, i);
  const char *name = page->summary[i].name;
  if (to < 0) {
    bp_html_put(p->out, "li",
                "%s: not known, no case without a ring has these annuli at the same place.", name);
    return;
  }
  const double inner = work(page, i, INNER) / work(page, to, INNER),
               rim = work(page, i, RIM) / work(page, to, RIM);
  if (isfinite(inner) && isfinite(rim))
    bp_html_put(p->out, "li", "%s over %s: %.4f inside the ring, %.4f at the rim; %s.", name,
                page->summary[to].name, inner, rim, judge(inner, rim));
  else
    bp_html_put(p->out, "li", "%s over %s: not known, one of them has no such numbers.", name,
                page->summary[to].name);
}

static int is_stored(const BpPage *page) {
  for (int i = 0; i < page->count; i++)
    for (int part = 0; part < PARTS; part++)
      if (isfinite(work(page, i, part)))
        return 1;
  return 0;
}

void bp_page_shield(const BpPrinter *p) {
  int rings = 0;
  fputs("<h3>Does the ring shield what it surrounds?</h3>\n", p->out);
  if (!is_stored(p->page)) {
    fputs("<p class=\"missing\">Not known: averages by annulus are not stored with these runs, or "
          "none has a full cycle.</p>\n",
          p->out);
    return;
  }
  fputs("<p>The common region of the package side in three annuli, with the radii of the ring that "
        "each case names, whether its pad has one or not. A ring that shields takes more from the "
        "work inside of it than from that of the rim, against the same pad without the ring.</p>\n",
        p->out);
  put_table(p);
  put_sectors(p);
  fputs("<ul>\n", p->out);
  for (int i = 0; i < p->page->count; i++)
    if (p->page->of[i].has_ring && ++rings)
      put_answer(p, i);
  if (!rings)
    fputs("<li>No case has a pad with a ring.</li>\n", p->out);
  fputs("</ul>\n", p->out);
}

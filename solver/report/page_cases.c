/* What was compared: the cases side by side, and where they differ. */
#include "page_impl.h"

#include "programme.h"

#include <stdlib.h>
#include <string.h>

static const double celsius = 273.15;

enum { CELL = BP_PATH }; /* bytes */

/* ---- values of a case as text; "" where it has none */

static void put_shape(const BpPage *page, int i, char *text) {
  snprintf(text, CELL, "%s: %s", page->summary[i].pad, page->of[i].shape);
}

static void put_ring(const BpPage *page, int i, char *text) {
  const BpRing *ring = &page->of[i].bp->package.pad.ring;
  const BpDimples *dimples = &page->of[i].bp->package.pad.dimples;
  double at[2];
  int n = 0;
  while (bp_case_dimple(&page->of[i].bp->package, n, at))
    n++;
  if (page->of[i].has_ring && n > 0)
    snprintf(text, CELL, "%d dimples of radius %g \u00b5m, %g \u00b5m high", n,
             dimples->radius / BP_UM, dimples->height / BP_UM);
  else if (page->of[i].has_ring)
    snprintf(text, CELL, "%g to %g \u00b5m, %g \u00b5m high", ring->inner_radius / BP_UM,
             ring->outer_radius / BP_UM, ring->height / BP_UM);
}

static void put_gaps(const BpPage *page, int i, char *text) {
  const BpGaps *gaps = &page->of[i].bp->package.pad.ring.gaps;
  if (page->of[i].bp->package.pad.dimples.circle.count > 0)
    return;
  if (page->of[i].has_ring && gaps->count > 0)
    snprintf(text, CELL, "%d of %.4g\u00b0", gaps->count, 180.0 / M_PI * gaps->angle);
  else if (page->of[i].has_ring)
    snprintf(text, CELL, "none");
}

static void put_well(const BpPage *page, int i, char *text) {
  if (page->of[i].has_well)
    snprintf(text, CELL, "%g \u00b5m", page->of[i].bp->package.pad.concave_radius / BP_UM);
}

static void put_films(const BpPage *page, int i, char *text) {
  const BpPackage *p = &page->of[i].bp->package;
  snprintf(text, CELL, "%g, %g, %g \u00b5m; copper %g \u00b5m", p->dielectrics.first / BP_UM,
           p->dielectrics.second / BP_UM, p->dielectrics.third / BP_UM,
           p->wiring.thickness / BP_UM);
}

static void put_pads(const BpPage *page, int i, char *text) {
  const BpPackage *p = &page->of[i].bp->package;
  snprintf(text, CELL, "%g \u00b5m, %g \u00b5m", 2.0 * p->dielectrics.hole_radius / BP_UM,
           2.0 * p->board.pad_radius / BP_UM);
}

static void put_ball(const BpPage *page, int i, char *text) {
  const BpPackage *p = &page->of[i].bp->package;
  snprintf(text, CELL, "%g \u00b5m at a pitch of %g \u00b5m", p->ball.diameter / BP_UM,
           p->pitch / BP_UM);
}

static void put_place(const BpPage *page, int i, char *text) {
  snprintf(text, CELL, "%.5g mm", 1e3 * page->of[i].bp->model.neutral_distance);
}

static void put_start(const BpPage *page, int i, char *text) {
  const BpLoad *load = &page->of[i].bp->load;
  snprintf(text, CELL, "%.4g \u00b0C, then cooled to %.4g \u00b0C", load->start - celsius,
           load->cool_to - celsius);
}

/* Seconds between the ends of the last two cycles, or of the last one and what came before. */
static double period(const BpProgramme *programme) {
  double end[2] = {NAN, NAN};
  for (int i = 0; i < programme->count; i++)
    if (programme->corner[i].closes_cycle ||
        (programme->corner[i].cycle < 0 && isnan(end[0]) && i + 1 < programme->count &&
         programme->corner[i + 1].cycle >= 0)) {
      end[0] = end[1];
      end[1] = programme->corner[i].time;
    }
  return end[1] - end[0];
}

static void put_cycle(const BpPage *page, int i, char *text) {
  const BpLoad *load = &page->of[i].bp->load;
  BpProgramme *programme = bp_programme_build(load);
  double low = INFINITY, high = -INFINITY;
  for (int k = 0; k < programme->count; k++)
    if (programme->corner[k].cycle >= 0) {
      low = fmin(low, programme->corner[k].temperature);
      high = fmax(high, programme->corner[k].temperature);
    }
  snprintf(text, CELL, "%.4g to %.4g \u00b0C in %.4g min; full cycles: %d", low - celsius,
           high - celsius, period(programme) / 60.0, load->cycles);
  bp_programme_free(programme);
}

static void put_mesh(const BpPage *page, int i, char *text) {
  const BpSummary *s = &page->summary[i];
  snprintf(text, CELL, "level %d, %d cells, %d free unknowns", page->of[i].bp->mesh.level,
           s->mesh.cells, s->mesh.dofs);
}

static void put_steps(const BpPage *page, int i, char *text) {
  const BpSummary *s = &page->summary[i];
  snprintf(text, CELL, "%d, aimed at an error of %g %% in the work per cycle", s->steps.accepted,
           100.0 * page->of[i].bp->solver.time_tolerance);
}

static void put_solder(const BpPage *page, int i, char *text) {
  const BpPageCard *card = &page->of[i].card[BP_REGION_SOLDER];
  snprintf(text, CELL, "%s (%s)", card->name, card->law);
}

static void put_file(const BpPage *page, int i, char *text) {
  snprintf(text, CELL, "%s", page->summary[i].case_file);
}

static const struct {
  const char *label;
  void (*put)(const BpPage *page, int i, char *text);
} lines[] = {
    {"case file", put_file},
    {"pad", put_shape},
    {"ring, radii and height", put_ring},
    {"gaps of the ring", put_gaps},
    {"well, radius", put_well},
    {"dielectrics D1, D2, D3", put_films},
    {"wetted diameter, package and board", put_pads},
    {"ball", put_ball},
    {"from the neutral point", put_place},
    {"solder", put_solder},
    {"joined at", put_start},
    {"thermal cycle", put_cycle},
    {"mesh", put_mesh},
    {"time steps", put_steps},
};

/* ---- the table */

static void put_line(const BpPrinter *p, int line) {
  const int n = p->page->count;
  char(*cell)[CELL] = bp_alloc((size_t)n, sizeof *cell);
  int differs = 0;
  for (int i = 0; i < n; i++) {
    lines[line].put(p->page, i, cell[i]);
    differs |= strcmp(cell[i], cell[0]) != 0;
  }
  fputs(differs && lines[line].put != put_file ? "<tr class=\"differs\">" : "<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", lines[line].label);
  for (int i = 0; i < n; i++)
    bp_html_put(p->out, "td class=\"case\"", "%s", cell[i][0] ? cell[i] : "\u2013");
  fputs("</tr>\n", p->out);
  free(cell);
}

void bp_page_cases(const BpPrinter *p) {
  static const char *const label[] = {""};
  const char **head = bp_page_head(p->page, label, 1);
  fputs("<p>Each case is one solder joint with its share of die and board, modelled as a half "
        "(mirror plane through the neutral point) where it is its own mirror image. All have the "
        "circles, film levels and, under "
        "the same load, the time steps of all of them, so that errors of mesh and time largely "
        "cancel in the ratios.</p>\n",
        p->out);
  bp_html_table(p->out, "The cases; what is not the same in all is shaded",
                &(BpHtmlHead){head, 1 + p->page->count, 0, 0});
  for (int i = 0; i < BP_COUNT(lines); i++)
    put_line(p, i);
  bp_html_table_end(p->out);
  free(head);
  bp_page_sections(p);
}

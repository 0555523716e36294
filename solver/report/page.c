#include "page_impl.h"

#include <stdlib.h>
#include <string.h>

/* A further part of the page, such as a view in three dimensions, is a line here. */
static const struct {
  const char *id, *title;
  void (*put)(const BpPrinter *p);
} parts[] = {
    {"short", "In short", bp_page_short},
    {"cases", "What was compared", bp_page_cases},
    {"answers", "Three questions", bp_page_answers},
    {"ensemble", "Does the sign hold?", bp_page_ensemble},
    {"numbers", "Side by side", bp_page_numbers},
    {"pictures", "Pictures", bp_page_pictures},
    {"plots", "Course of the runs", bp_page_plots},
    {"layer", "What is averaged over", bp_page_layer},
    {"materials", "Material data", bp_page_data},
    {"life", "Life", bp_page_life},
    {"provenance", "Provenance", bp_page_origin},
};

const char *bp_page_error(double error, char *text, size_t size) {
  if (isfinite(error))
    snprintf(text, size, "%.2g %%", 100.0 * error);
  else
    snprintf(text, size, "not estimated");
  return text;
}

const char **bp_page_head(const BpPage *page, const char *const *label, int labels) {
  const char **head = BP_NEW(const char *, labels + page->count);
  for (int i = 0; i < labels; i++)
    head[i] = label[i];
  for (int i = 0; i < page->count; i++)
    head[labels + i] = page->summary[i].name;
  return head;
}

/* ---- in short */

static int any_unverified(const BpPage *page) {
  for (int i = 0; i < page->count; i++)
    for (int r = 0; r < BP_REGIONS; r++)
      if (page->of[i].card[r].name && page->of[i].card[r].unverified[0])
        return 1;
  return 0;
}

static void put_steadiness(const BpPrinter *p) {
  for (int i = 0; i < p->page->count; i++) {
    const BpSummary *s = &p->page->summary[i];
    if (!isfinite(s->joint.cycle_change))
      bp_html_put(p->out, "li class=\"flag\"",
                  "%s: not known to be steady, it takes two full cycles to tell.", s->name);
    else if (!s->joint.steady)
      bp_html_put(p->out, "li class=\"flag\"",
                  "%s: NOT STEADY, the work of its last cycle differs by %.2g %% from the one "
                  "before.",
                  s->name, 100.0 * s->joint.cycle_change);
    if (!s->converged)
      bp_html_put(p->out, "li class=\"flag\"", "%s: the run did not come to its end.", s->name);
  }
}

void bp_page_short(const BpPrinter *p) {
  const BpPage *page = p->page;
  fputs("<ul>\n", p->out);
  for (int i = 0; i < page->nratios; i++) {
    const BpRatio *r = &page->ratio[i];
    char sentence[512];
    if (strcmp(r->quantity, "joint.delta_w_MPa") != 0)
      continue;
    bp_ratio_sentence(page->summary, page->ratio, page->nratios, i, sentence, sizeof sentence);
    fputs("<li>", p->out);
    bp_html_put(p->out, "strong", "%s over %s", page->summary[r->summary].name,
                page->summary[r->reference].name);
    bp_html_say(p->out, ", work per cycle on the worse side: %s.", sentence);
    fputs("</li>\n", p->out);
  }
  put_steadiness(p);
  if (page->nratios > 0 && !isfinite(page->ratio[0].error_mesh))
    bp_html_put(p->out, "li class=\"flag\"",
                "Errors of the ratios from mesh and time steps are not estimated.");
  if (any_unverified(page))
    fputs("<li class=\"flag\">Some of the <a href=\"#materials\">material data</a> are "
          "unverified.</li>\n",
          p->out);
  fputs("</ul>\n", p->out);
}

/* ---- the page */

static void put_title(const BpPrinter *p) {
  for (int i = 0; i < p->page->count; i++)
    bp_html_say(p->out, "%s%s", i > 0 ? ", " : "", p->page->summary[i].name);
}

static void put_head(const BpPrinter *p) {
  fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
        "style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"generator\" content=\"ballpad\">\n<title>Solder joints compared: ",
        p->out);
  put_title(p);
  fprintf(p->out, "</title>\n<style>\n%s", bp_page_style);
  if (p->page->count > 3) /* on paper a wide table needs the long side */
    fputs("@page { size: A4 landscape }\n", p->out);
  fputs("</style>\n</head>\n<body>\n<header>\n<h1>Solder joints compared: ", p->out);
  put_title(p);
  fputs("</h1>\n<p>Inelastic work and strain that one thermal cycle costs the solder at each "
        "interface, by finite elements. Less is better. ",
        p->out);
  bp_html_say(p->out, "Ratios are to the first case, %s.",
              p->page->count > 0 ? p->page->summary[0].name : "");
  fputs("</p>\n<nav aria-label=\"Parts\">\n<ul>\n", p->out);
}

char *bp_page_html(const BpPage *page, BpProblems *problems) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    abort(); /* out of memory */
  const BpPrinter p = {out, page, problems};
  put_head(&p);
  for (int i = 0; i < BP_COUNT(parts); i++)
    fprintf(out, "<li><a href=\"#%s\">%s</a></li>\n", parts[i].id, parts[i].title);
  fputs("</ul>\n</nav>\n</header>\n<main>\n", out);
  for (int i = 0; i < BP_COUNT(parts); i++) {
    fprintf(out, "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">%s</h2>\n",
            parts[i].id, parts[i].id, parts[i].id, parts[i].title);
    parts[i].put(&p);
    fputs("</section>\n", out);
  }
  fputs("</main>\n</body>\n</html>\n", out);
  if (fclose(out) != 0)
    abort(); /* out of memory */
  return text;
}

/* Where everything comes from: materials, pictures made by others, runs, the page itself. */
#include "page_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- material data */

static int same_card(const BpPageCard *a, const BpPageCard *b) {
  return a->name && b->name && strcmp(a->name, b->name) == 0 && strcmp(a->source, b->source) == 0;
}

/* 1 if a case before has the same card for the region. */
static int is_repeated(const BpPage *page, int i, int region) {
  for (int k = 0; k < i; k++)
    if (same_card(&page->of[k].card[region], &page->of[i].card[region]))
      return 1;
  return 0;
}

/* Names of the cases with a card, "all" where all have it. */
static void put_users(const BpPrinter *p, int i, int region) {
  const BpPage *page = p->page;
  int users = 0, said = 0;
  for (int k = 0; k < page->count; k++)
    users += same_card(&page->of[k].card[region], &page->of[i].card[region]);
  fputs("<td>", p->out);
  if (users == page->count)
    fputs("all", p->out);
  else
    for (int k = 0; k < page->count; k++)
      if (same_card(&page->of[k].card[region], &page->of[i].card[region]))
        bp_html_say(p->out, "%s%s", said++ ? ", " : "", page->summary[k].name);
  fputs("</td>", p->out);
}

static void put_card(const BpPrinter *p, int i, int region) {
  const BpPageCard *card = &p->page->of[i].card[region];
  fputs("<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", bp_region_name(region));
  put_users(p, i, region);
  bp_html_put(p->out, "td", "%s", card->name);
  bp_html_put(p->out, "td", "%s", card->law);
  bp_html_put(p->out, "td", "%s", card->trust);
  if (card->unverified[0])
    bp_html_put(p->out, "td class=\"flag\"", "%s", card->unverified);
  else
    bp_html_put(p->out, "td", "\u2013");
  bp_html_put(p->out, "td class=\"words\"", "%s", card->source);
  fputs("</tr>\n", p->out);
}

static void put_warnings(const BpPrinter *p) {
  BpProblems all = {0};
  for (int i = 0; i < p->page->count; i++)
    for (int k = 0; k < p->page->summary[i].nwarnings; k++)
      bp_warning(&all, "%s", p->page->summary[i].warning[k]);
  if (all.count > 0) {
    fputs("<h3>Warnings of the runs</h3>\n<ul>\n", p->out);
    for (int i = 0; i < all.count; i++)
      bp_html_put(p->out, "li", "%s", all.item[i].text);
    fputs("</ul>\n", p->out);
  }
  bp_problems_free(&all);
}

void bp_page_data(const BpPrinter *p) {
  static const char *const head[] = {"region", "case",       "card",  "law",
                                     "trust",  "unverified", "source"};
  fputs(
      "<p>Trust: V primary source read, S secondary source, C computed, M unverified. What a card "
      "holds of unverified data is named.</p>\n",
      p->out);
  bp_html_table(p->out, "The card of every region", &(BpHtmlHead){head, BP_COUNT(head), 0, 0});
  for (int region = 0; region < BP_REGIONS; region++)
    for (int i = 0; i < p->page->count; i++)
      if (p->page->of[i].card[region].name && !is_repeated(p->page, i, region))
        put_card(p, i, region);
  bp_html_table_end(p->out);
  put_warnings(p);
}

/* ---- pictures */

/* They show the cases beside each other, each at least as many pixels wide. */
enum { SMALLEST = 220 };

void bp_page_pictures(const BpPrinter *p) {
  if (p->page->npictures == 0)
    fputs("<p>None: the directory of the comparison held no <code>picture_*.png</code>, which "
          "<code>scripts/render</code> makes, when this page was written.</p>\n",
          p->out);
  for (int i = 0; i < p->page->npictures; i++) {
    const BpPicture *picture = &p->page->picture[i];
    fputs("<figure>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", p->out);
    bp_html_text(p->out, picture->title);
    fprintf(p->out, "\"><img style=\"min-width: %dpx\" alt=\"", SMALLEST * p->page->count);
    bp_html_text(p->out, picture->title);
    fputs("\" src=\"", p->out);
    bp_html_data(p->out, "image/png", picture->png, picture->size);
    fputs("\"></div>\n", p->out);
    bp_html_put(p->out, "figcaption", "%s", picture->title);
    fputs("\n</figure>\n", p->out);
  }
}

/* ---- provenance */

static const char *fact_of(const BpPageCase *of, const char *name) {
  for (int i = 0; i < of->nfacts; i++)
    if (strcmp(of->fact[i].name, name) == 0)
      return of->fact[i].value;
  return "";
}

/* A row with one cell for all cases where they agree. */
static void put_fact(const BpPrinter *p, const char *name) {
  const BpPage *page = p->page;
  const char *first = fact_of(&page->of[0], name);
  int differs = 0;
  for (int i = 1; i < page->count; i++)
    differs |= strcmp(fact_of(&page->of[i], name), first) != 0;
  fputs("<tr>", p->out);
  bp_html_put(p->out, "th scope=\"row\"", "%s", name);
  if (differs)
    for (int i = 0; i < page->count; i++)
      bp_html_put(p->out, "td class=\"code\"", "%s", fact_of(&page->of[i], name));
  else {
    fprintf(p->out, "<td class=\"code\" colspan=\"%d\">", page->count);
    bp_html_text(p->out, first);
    fputs("</td>", p->out);
  }
  fputs("</tr>\n", p->out);
}

/* 1 if a case before has a fact of that name. */
static int is_listed(const BpPage *page, int i, const char *name) {
  for (int k = 0; k < i; k++)
    if (fact_of(&page->of[k], name)[0])
      return 1;
  return 0;
}

void bp_page_origin(const BpPrinter *p) {
  static const char *const label[] = {""}, *const own[] = {"", "this page"};
  const char **head = bp_page_head(p->page, label, 1);
  bp_html_table(p->out, "The runs", &(BpHtmlHead){head, 1 + p->page->count, 0, 0});
  for (int i = 0; i < p->page->count; i++)
    for (int k = 0; k < p->page->of[i].nfacts; k++)
      if (!is_listed(p->page, i, p->page->of[i].fact[k].name))
        put_fact(p, p->page->of[i].fact[k].name);
  bp_html_table_end(p->out);
  free(head);
  bp_html_table(p->out, "This page", &(BpHtmlHead){own, BP_COUNT(own), 0, 0});
  for (int i = 0; i < p->page->nfacts; i++) {
    fputs("<tr>", p->out);
    bp_html_put(p->out, "th scope=\"row\"", "%s", p->page->fact[i].name);
    bp_html_put(p->out, "td class=\"code\"", "%s", p->page->fact[i].value);
    fputs("</tr>\n", p->out);
  }
  bp_html_table_end(p->out);
  fputs("<p>The complete case of each run, every default filled in, with the hashes and sources of "
        "its cards, is in its <code>results.h5</code> under <code>/provenance</code>.</p>\n",
        p->out);
}

/* Lives by every model, what must be known before they are used, and what was left out. */
#include "life_impl.h"
#include "page_impl.h"

#include <stdlib.h>
#include <string.h>

static const char *side_text(const char *side) {
  return strcmp(side, "worse") == 0 ? "worse side" : side;
}

/* ---- lives */

/* The life where it may be stated, and its ratio to the first case. */
static void put_cell(const BpPrinter *p, int i, const BpLifeKey *key) {
  const BpLifeRow *row = bp_life_row_of(&p->page->life[i], key);
  const double ratio = bp_life_ratio(p->page->life, i, key);
  char N[64] = "", times[32] = "";
  if (row && row->absolute)
    snprintf(N, sizeof N, "%.4g%s%s", row->N, strcmp(row->unit, "cycles") == 0 ? "" : " ",
             strcmp(row->unit, "cycles") == 0 ? "" : row->unit);
  if (row && isfinite(ratio))
    snprintf(times, sizeof times, "\u00d7%.4g", ratio);
  bp_html_put(p->out, "td class=\"number\"", "%s%s%s", N, N[0] && times[0] ? ", " : "",
              N[0] || times[0] ? times : "\u2013");
}

/* Rows of a model, whose first key is number first. */
static void put_model(const BpPrinter *p, const BpLifeKey *key, int nkeys, int first) {
  int rows = 0;
  for (int k = first; k < nkeys; k++)
    rows += strcmp(key[k].model, key[first].model) == 0;
  for (int k = first; k < nkeys; k++) {
    if (strcmp(key[k].model, key[first].model) != 0)
      continue;
    fputs("<tr>", p->out);
    if (k == first) {
      fprintf(p->out, "<th scope=\"rowgroup\" rowspan=\"%d\">", rows);
      bp_html_text(p->out, key[k].model);
      fputs("</th>", p->out);
    }
    bp_html_put(p->out, "td", "%s", side_text(key[k].side));
    for (int i = 0; i < p->page->count; i++)
      put_cell(p, i, &key[k]);
    fputs("</tr>\n", p->out);
  }
}

static int is_first(const BpLifeKey *key, int k) {
  for (int i = 0; i < k; i++)
    if (strcmp(key[i].model, key[k].model) == 0)
      return 0;
  return 1;
}

static void put_lives(const BpPrinter *p, const BpLifeKey *key, int nkeys) {
  static const char *const label[] = {"model", "side"};
  const char **head = bp_page_head(p->page, label, 2);
  bp_html_table(p->out, "Life in cycles where it may be stated, and times that of the first case",
                &(BpHtmlHead){head, 2 + p->page->count, 2, 2 + p->page->count});
  for (int k = 0; k < nkeys; k++)
    if (is_first(key, k))
      put_model(p, key, nkeys, k);
  bp_html_table_end(p->out);
  free(head);
}

/* ---- texts of rows, each once */

typedef const char *(*TextOf)(const BpLifeRow *row, int n);

static const char *warning_of(const BpLifeRow *row, int n) {
  return n < row->nwarnings ? row->warning[n] : NULL;
}

static const char *reason_of(const BpLifeRow *row, int n) {
  return n == 0 && row->reason[0] ? row->reason : NULL;
}

static int has_text(const BpLifeRow *row, TextOf of, const char *text) {
  const char *found;
  for (int n = 0; (found = of(row, n)); n++)
    if (strcmp(found, text) == 0)
      return 1;
  return 0;
}

/* Row number n of all runs, NULL past the last one. */
static const BpLifeRow *row_at(const BpPage *page, int n) {
  for (int i = 0; i < page->count; i++) {
    if (n < page->life[i].nlife)
      return &page->life[i].life[n];
    n -= page->life[i].nlife;
  }
  return NULL;
}

/* 1 if a row before number n has the text, of that model if it is given. */
static int is_said(const BpPage *page, int n, TextOf of, const char *model, const char *text) {
  for (int i = 0; i < n; i++) {
    const BpLifeRow *row = row_at(page, i);
    if ((!model || strcmp(row->model, model) == 0) && has_text(row, of, text))
      return 1;
  }
  return 0;
}

/* A text, and the models that it is about. */
static void put_text(const BpPrinter *p, int n, TextOf of, const char *text) {
  const BpLifeRow *row;
  fputs("<li>", p->out);
  bp_html_say(p->out, "%s (", text);
  for (int k = n; (row = row_at(p->page, k)); k++)
    if (has_text(row, of, text) && !is_said(p->page, k, of, row->model, text))
      bp_html_say(p->out, "%s%s", k > n ? ", " : "", row->model);
  fputs(")</li>\n", p->out);
}

static void put_texts(const BpPrinter *p, TextOf of, const char *title) {
  const BpLifeRow *row;
  const char *text;
  int any = 0;
  for (int n = 0; (row = row_at(p->page, n)); n++)
    for (int w = 0; (text = of(row, w)); w++)
      if (!is_said(p->page, n, of, NULL, text)) {
        if (!any++)
          fprintf(p->out, "<h3>%s</h3>\n<ul>\n", title);
        put_text(p, n, of, text);
      }
  if (any)
    fputs("</ul>\n", p->out);
}

void bp_page_life(const BpPrinter *p) {
  BpLifeKey *key;
  const int nkeys = bp_life_keys(p->page->life, p->page->count, &key);
  if (nkeys > 0) {
    fputs("<p>A number of cycles stands only where the solder has the constants that the model was "
          "fitted with, and is good to a factor of two at best; elsewhere the model gives ratios "
          "alone. Lives are of the interface layer; the common region may say otherwise.</p>\n",
          p->out);
    put_lives(p, key, nkeys);
  } else
    fputs("<p>No life model has a result for these runs.</p>\n", p->out);
  put_texts(p, warning_of, "To be known before use");
  put_texts(p, reason_of, "Left out");
  free(key);
}

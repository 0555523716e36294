/* Parts of an HTML page. Every text that is not markup goes through here and is escaped, whatever
 * it holds. Internal to this folder. */
#ifndef BP_HTML_H
#define BP_HTML_H

#include "base.h"

#include <stdio.h>

/* A text as content, or as the value of an attribute between double quotes: what could be markup
 * becomes a reference, what is no character a blank, a text that is not UTF-8 loses its other
 * bytes to '?'. */
void bp_html_text(FILE *out, const char *text);

/* The same of a formatted text. */
void bp_html_say(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* <TAG>formatted text</TAG>; tag may hold attributes: "td class=\"number\"". */
void bp_html_put(FILE *out, const char *tag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Cell of a number in a printf format for one double, a dash where it is not finite. */
void bp_html_number(FILE *out, const char *format, double value);

/* Unit as people write it: "um" is a micrometre with its letter, "mm2" has its exponent. */
const char *bp_html_unit(const char *unit);

/* Bytes as the value of an attribute that wants an address: "data:TYPE;base64,..." */
void bp_html_data(FILE *out, const char *type, const void *data, size_t size);

typedef struct {
  const char *const *title; /* [count] of the columns */
  int count;
  int first, last; /* columns first to last - 1 hold numbers, which stand on the right */
} BpHtmlHead;

/* A box that a table wider than the screen scrolls in, and the table's head: caption, then cells.
 * bp_html_table_end() closes what is open. */
void bp_html_table(FILE *out, const char *caption, const BpHtmlHead *head);
void bp_html_table_end(FILE *out);

#endif

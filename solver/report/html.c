#include "html.h"

#include "json.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts */

static void put_character(FILE *out, char c) {
  switch (c) {
  case '&':
    fputs("&amp;", out);
    break;
  case '<':
    fputs("&lt;", out);
    break;
  case '>':
    fputs("&gt;", out);
    break;
  case '"':
    fputs("&quot;", out);
    break;
  case '\'':
    fputs("&#39;", out);
    break;
  default:
    fputc((unsigned char)c < ' ' || c == 127 ? ' ' : c, out);
  }
}

void bp_html_text(FILE *out, const char *text) {
  json_t *valid = bp_json_text(text);
  for (const char *c = json_string_value(valid); *c; c++)
    put_character(out, *c);
  json_decref(valid);
}

static void say(FILE *out, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  const size_t size = (size_t)vsnprintf(NULL, 0, format, again) + 1;
  va_end(again);
  char *text = bp_alloc(size, 1);
  vsnprintf(text, size, format, arguments);
  bp_html_text(out, text);
  free(text);
}

void bp_html_say(FILE *out, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(out, format, arguments);
  va_end(arguments);
}

void bp_html_put(FILE *out, const char *tag, const char *format, ...) {
  va_list arguments;
  fprintf(out, "<%s>", tag);
  va_start(arguments, format);
  say(out, format, arguments);
  va_end(arguments);
  fprintf(out, "</%.*s>", (int)strcspn(tag, " "), tag);
}

/* ---- numbers */

void bp_html_number(FILE *out, const char *format, double value) {
  char text[40] = "\u2013";
  if (isfinite(value))
    snprintf(text, sizeof text, format, value);
  bp_html_put(out, "td class=\"number\"", "%s", text);
}

const char *bp_html_unit(const char *unit) {
  static const char *const pairs[][2] = {
      {"um", "\u00b5m"}, {"mm2", "mm\u00b2"}, {"mm3", "mm\u00b3"}, {"degC", "\u00b0C"}};
  for (int i = 0; i < BP_COUNT(pairs); i++)
    if (strcmp(unit, pairs[i][0]) == 0)
      return pairs[i][1];
  return unit;
}

/* ---- data */

void bp_html_data(FILE *out, const char *type, const void *data, size_t size) {
  static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *byte = data;
  fprintf(out, "data:%s;base64,", type);
  for (size_t i = 0; i < size; i += 3) {
    const size_t n = size - i < 3 ? size - i : 3;
    unsigned bits = (unsigned)byte[i] << 16;
    bits |= n > 1 ? (unsigned)byte[i + 1] << 8 : 0u;
    bits |= n > 2 ? byte[i + 2] : 0u;
    for (size_t k = 0; k < 4; k++)
      fputc(k <= n ? digit[bits >> (18 - 6 * k) & 63u] : '=', out);
  }
}

/* ---- tables */

void bp_html_table(FILE *out, const char *caption, const BpHtmlHead *head) {
  fputs("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", out);
  bp_html_text(out, caption);
  fputs("\">\n<table>\n", out);
  bp_html_put(out, "caption", "%s", caption);
  fputs("\n<thead><tr>", out);
  for (int i = 0; i < head->count; i++)
    bp_html_put(out,
                !head->title[i][0]                   ? "td"
                : i >= head->first && i < head->last ? "th scope=\"col\" class=\"number\""
                                                     : "th scope=\"col\"",
                "%s", head->title[i]);
  fputs("</tr></thead>\n<tbody>\n", out);
}

void bp_html_table_end(FILE *out) {
  fputs("</tbody>\n</table>\n</div>\n", out);
}

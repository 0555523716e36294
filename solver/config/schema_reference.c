/* The table of all keys as Markdown. */
#include "schema_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

FILE *bp_schema_open_text(char **text, size_t *size) {
  FILE *out = open_memstream(text, size);
  if (!out)
    abort(); /* out of memory */
  return out;
}

static void write_cell(FILE *out, const char *text) {
  for (; *text; text++) {
    if (*text == '|')
      fputc('\\', out);
    fputc(*text, out);
  }
}

static void write_kind(FILE *out, const BpField *field) {
  const char *si = field->si ? field->si : "";
  if (strcmp(si, "delta_K") == 0)
    si = "K";
  switch (field->type) {
  case BP_FIELD_QUANTITY:
    fputs(si[0] ? si : "number", out);
    break;
  case BP_FIELD_COUNT:
    fputs("count", out);
    break;
  case BP_FIELD_QUANTITIES:
    fprintf(out, "list of %s", si);
    break;
  case BP_FIELD_WORDS:
    fputs("list of words", out);
    break;
  case BP_FIELD_RECORDS:
    fputs("list", out);
    break;
  case BP_FIELD_MAPPING:
    fputs("map", out);
    break;
  default:
    fputs("text", out);
  }
}

static void write_row(FILE *out, const char *prefix, const BpField *field) {
  char range[128] = "";
  const char *preset = field->standard ? field->standard : "";
  if (field->type == BP_FIELD_REFUSED)
    return;
  if (field->si)
    bp_schema_range(field, range, sizeof range);
  fprintf(out, "| `%s%s` | ", prefix, field->key);
  write_kind(out, field);
  if (preset[0] == '=')
    fprintf(out, " | `%s`", preset + strspn(preset, "= "));
  else
    fprintf(out, " | %s", preset);
  fputs(" | ", out);
  write_cell(out, field->values ? field->values : range);
  fputs(" | ", out);
  write_cell(out, field->help);
  fputs(" |\n", out);
  for (int i = 0; i < field->record.count; i++) {
    char *inner = bp_format("%s%s[].", prefix, field->key);
    write_row(out, inner, &field->record.field[i]);
    free(inner);
  }
}

char *bp_schema_reference(const BpSchema *schema) {
  char *text = NULL;
  size_t size;
  FILE *out = bp_schema_open_text(&text, &size);
  const BpField *field;
  fputs("| key | unit | default | range | meaning |\n|---|---|---|---|---|\n", out);
  for (int i = 0; (field = bp_schema_at(schema, i)); i++)
    write_row(out, "", field);
  fclose(out);
  return text;
}

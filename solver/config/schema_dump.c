#include "schema_impl.h"

#include "units.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts */

static int is_plain(const char *text) {
  if (!isalpha((unsigned char)text[0]) || strcmp(text, "null") == 0)
    return 0;
  for (const char *p = text; *p; p++)
    if ((unsigned char)*p >= 0x80 || (!isalnum((unsigned char)*p) && !strchr("_./-", *p)))
      return 0;
  return 1;
}

/* Code point of the UTF-8 sequence at p and its length; libyaml has checked that it is one. */
static unsigned decode(const unsigned char *p, int *length) {
  static const unsigned char first_bits[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  *length = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
  unsigned code = p[0] & first_bits[*length];
  for (int i = 1; i < *length && p[i]; i++)
    code = code << 6 | (p[i] & 0x3fu);
  return code;
}

/* What YAML neither forbids nor takes for a line break. */
static int is_printable(unsigned code) {
  if (code < 0xa0)
    return code >= 0x20 && code <= 0x7e;
  return code != 0x2028 && code != 0x2029 && code != 0xfeff && (code < 0xfffe || code >= 0x10000);
}

static void write_quoted(FILE *out, const char *text) {
  int length;
  fputc('"', out);
  for (const char *p = text; *p; p += length) {
    const unsigned code = decode((const unsigned char *)p, &length);
    if (code == '"' || code == '\\')
      fprintf(out, "\\%c", (int)code);
    else if (code == '\n')
      fputs("\\n", out);
    else if (is_printable(code))
      fwrite(p, 1, (size_t)length, out);
    else
      fprintf(out, "\\U%08X", code);
  }
  fputc('"', out);
}

static void write_text(FILE *out, const char *text) {
  if (is_plain(text))
    fputs(text, out);
  else
    write_quoted(out, text);
}

/* ---- values */

static void write_quantity(FILE *out, const BpField *field, double value) {
  char text[80];
  bp_units_write(value, field->si, text, sizeof text);
  fputs(text, out);
}

static void *memory_of(const char *member) {
  void *memory;
  memcpy(&memory, member, sizeof memory);
  return memory;
}

static int count_of(const BpField *field, const char *object) {
  int count;
  memcpy(&count, object + field->count_offset, sizeof count);
  return count;
}

static void write_quantities(FILE *out, const BpField *field, const char *object) {
  const double *value = memory_of(object + field->offset);
  const int n = count_of(field, object);
  fputc('[', out);
  for (int i = 0; i < n; i++) {
    fputs(i > 0 ? ", " : "", out);
    write_quantity(out, field, value[i]);
  }
  fputc(']', out);
}

static void write_words(FILE *out, const BpField *field, const char *object) {
  const char *word = memory_of(object + field->offset);
  const int n = count_of(field, object);
  fputc('[', out);
  for (int i = 0; i < n; i++, word += field->size) {
    fputs(i > 0 ? ", " : "", out);
    write_text(out, word);
  }
  fputc(']', out);
}

static void write_node(FILE *out, const BpYamlNode *node) {
  char *text = node ? bp_yaml_flow(node) : bp_copy_text("");
  fputs(text, out);
  free(text);
}

static void write_value(FILE *out, const BpField *field, const char *object, int indent);

/* An optional quantity of 0, an optional text or list that is empty was not given. */
static int is_left_out(const BpField *field, const char *record) {
  double value = 0.0;
  if (field->standard)
    return 0;
  switch (field->type) {
  case BP_FIELD_QUANTITY:
    memcpy(&value, record + field->offset, sizeof value);
    return !(fabs(value) > 0.0);
  case BP_FIELD_TEXT:
    return record[field->offset] == '\0';
  case BP_FIELD_WORDS:
  case BP_FIELD_QUANTITIES:
  case BP_FIELD_MAPPING:
    return count_of(field, record) == 0;
  default:
    return 0;
  }
}

static void write_record(FILE *out, const BpField *field, const char *record, int indent) {
  const char *separator = "";
  fputc('{', out);
  for (int k = 0; k < field->record.count; k++) {
    const BpField *row = &field->record.field[k];
    if (is_left_out(row, record))
      continue;
    fprintf(out, "%s%s: ", separator, row->key);
    write_value(out, row, record, indent + 2);
    separator = ", ";
  }
  fputc('}', out);
}

static void write_mapping(FILE *out, const BpField *field, const char *object, int indent) {
  const char *record = memory_of(object + field->offset);
  const int n = count_of(field, object);
  for (int i = 0; i < n; i++, record += field->size) {
    fprintf(out, "\n%*s", indent + 2, "");
    write_text(out, record + field->name_offset);
    fputs(": ", out);
    write_record(out, field, record, indent);
  }
}

static void write_records(FILE *out, const BpField *field, const char *object, int indent) {
  const char *record = memory_of(object + field->offset);
  const int n = count_of(field, object);
  if (n == 0)
    fputs("[]", out);
  for (int i = 0; i < n; i++, record += field->size) {
    fprintf(out, "\n%*s- ", indent + 2, "");
    write_record(out, field, record, indent);
  }
}

static void write_value(FILE *out, const BpField *field, const char *object, int indent) {
  const char *member = object + field->offset;
  double quantity;
  int count;
  switch (field->type) {
  case BP_FIELD_QUANTITY:
    memcpy(&quantity, member, sizeof quantity);
    write_quantity(out, field, quantity);
    break;
  case BP_FIELD_COUNT:
    memcpy(&count, member, sizeof count);
    fprintf(out, "%d", count);
    break;
  case BP_FIELD_TEXT:
    write_text(out, member);
    break;
  case BP_FIELD_WORDS:
    write_words(out, field, object);
    break;
  case BP_FIELD_BLOCK:
    write_quoted(out, memory_of(member) ? memory_of(member) : "");
    break;
  case BP_FIELD_QUANTITIES:
    write_quantities(out, field, object);
    break;
  case BP_FIELD_RECORDS:
    write_records(out, field, object, indent);
    break;
  case BP_FIELD_MAPPING:
    write_mapping(out, field, object, indent);
    break;
  case BP_FIELD_NODE:
    write_node(out, memory_of(member));
    break;
  case BP_FIELD_REFUSED:
    break;
  }
}

/* Writes the headings of a key that the key before it did not stand under, and the key's last word;
 * returns its indentation. */
static int write_key(FILE *out, const char *before, const char *key) {
  size_t same = 0; /* end of the common sections */
  for (size_t i = 0; before[i] && before[i] == key[i]; i++)
    if (key[i] == '.')
      same = i + 1;
  int indent = 0;
  for (size_t i = 0; i < same; i++)
    indent += key[i] == '.' ? 2 : 0;
  for (const char *word = key + same;; indent += 2) {
    const size_t n = strcspn(word, ".");
    fprintf(out, "%*s%.*s:", indent, "", (int)n, word);
    if (word[n] == '\0')
      return indent;
    fputc('\n', out);
    word += n + 1;
  }
}

char *bp_schema_dump(const BpSchema *schema, const void *object) {
  char *text = NULL;
  size_t size;
  FILE *out = bp_schema_open_text(&text, &size);
  const char *before = "";
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(schema, i)); i++) {
    if (field->type == BP_FIELD_REFUSED ||
        (is_left_out(field, object) && field->type != BP_FIELD_QUANTITY))
      continue;
    const int indent = write_key(out, before, field->key);
    if (field->type != BP_FIELD_MAPPING &&
        (field->type != BP_FIELD_RECORDS || count_of(field, object) == 0))
      fputc(' ', out);
    write_value(out, field, object, indent);
    fputc('\n', out);
    before = field->key;
  }
  fclose(out);
  return text;
}

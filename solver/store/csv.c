/* The history as text: one header line with the units, one line for each row. Nothing else, so that
 * spreadsheets and ParaView read it as it is. */
#include "results_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  char *text;
  size_t n, room;
} Text;

static void add(Text *text, const char *piece) {
  const size_t n = strlen(piece);
  if (text->n + n + 1 > text->room) {
    text->room = 2 * (text->n + n + 1);
    BP_GROW(text->text, text->room);
  }
  memcpy(text->text + text->n, piece, n + 1);
  text->n += n;
}

/* "work" in "J/m3" becomes work_J_per_m3; pure numbers have no unit in their name. */
static void add_name(Text *text, const BpResultsColumn *column) {
  add(text, column->name);
  if (strcmp(column->unit, "1") == 0)
    return;
  add(text, "_");
  for (const char *c = column->unit; *c; c++)
    add(text, *c == '/' ? "_per_" : (char[2]){*c, '\0'});
}

/* As few digits as give the same number back. */
static void add_number(Text *text, double value) {
  char number[32];
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(number, sizeof number, "%.*g", digits, value);
    if (strtod(number, NULL) == value)
      break;
  }
  add(text, number);
}

static void add_row(Text *text, const BpResults *results, int row) {
  for (int i = 0; i < results->ncolumns; i++) {
    if (i > 0)
      add(text, ",");
    add_number(text, results->row[(size_t)row * (size_t)results->ncolumns + (size_t)i]);
  }
  add(text, "\n");
}

void bp_csv_write(BpResults *results, BpStoreError *error) {
  char *path = bp_format("%s/history.csv", results->dir);
  Text text = {0};
  for (int i = 0; i < results->ncolumns; i++) {
    if (i > 0)
      add(&text, ",");
    add_name(&text, &results->column[i]);
  }
  add(&text, "\n");
  bp_file_replace(path, text.text, text.n, error);
  results->csv_rows = 0;
  free(text.text);
  free(path);
}

void bp_csv_append(BpResults *results, BpStoreError *error) {
  char *path = bp_format("%s/history.csv", results->dir);
  Text text = {0};
  for (int i = results->csv_rows; i < results->nrows; i++)
    add_row(&text, results, i);
  if (text.n > 0)
    bp_file_append(path, text.text, text.n, error);
  if (error->status == BP_OK)
    results->csv_rows = results->nrows;
  free(text.text);
  free(path);
}

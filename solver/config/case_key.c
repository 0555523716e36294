/* Single keys of the case and their values, for what varies them. */
#include "case_impl.h"
#include "schema_impl.h"

#include "nearest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 1 if path is the section of a row that can stand alone, "materials.solder". */
static int is_short_form(const BpField *field, const char *path) {
  const size_t n = strlen(path);
  return field->alone && strncmp(field->key, path, n) == 0 && field->key[n] == '.' &&
         !strchr(field->key + n + 1, '.');
}

static const BpField *find(const char *path) {
  const BpField *field;
  for (int i = 0; (field = bp_schema_at(&bp_case_schema, i)); i++)
    if (field->type != BP_FIELD_REFUSED &&
        (strcmp(field->key, path) == 0 || is_short_form(field, path)))
      return field;
  return NULL;
}

int bp_case_is_key(const char *path) {
  return find(path) != NULL;
}

BpCaseKey bp_case_key(const char *path) {
  const BpField *field = find(path);
  if (!field)
    return (BpCaseKey){BP_KEY_NONE, ""};
  if (field->type == BP_FIELD_QUANTITY)
    return (BpCaseKey){BP_KEY_NUMBER, field->si};
  return (BpCaseKey){field->type == BP_FIELD_COUNT ? BP_KEY_COUNT : BP_KEY_OTHER, ""};
}

const char *bp_case_key_nearest(const char *path) {
  const BpField *field;
  int n = 0;
  while (bp_schema_at(&bp_case_schema, n))
    n++;
  const char **known = BP_NEW(const char *, n);
  for (int i = 0; (field = bp_schema_at(&bp_case_schema, i)); i++)
    known[i] = field->key;
  const char *nearest = bp_nearest_word(path, known, n);
  free(known);
  return nearest;
}

BpStatus bp_case_key_value(const char *path, const char *file, const BpYamlNode *node,
                           double *number, BpProblems *problems) {
  const BpField *field = find(path);
  const int before = problems->count;
  BpCase *scratch = BP_NEW(BpCase, 1);
  const BpYaml tree = {.file = bp_copy_text(file)};
  const BpSchemaReader reader = {&tree, problems};
  *number = (double)NAN;
  bp_schema_value(&reader, field, node, path, (char *)scratch);
  if (field->type == BP_FIELD_QUANTITY)
    memcpy(number, (const char *)scratch + field->offset, sizeof *number);
  else if (field->type == BP_FIELD_COUNT)
    *number = *(const int *)(const void *)((const char *)scratch + field->offset);
  bp_schema_free(&bp_case_schema, scratch);
  free(scratch);
  free(tree.file);
  return problems->count == before ? BP_OK : BP_BAD;
}

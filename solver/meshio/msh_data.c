/* Values at nodes, $NodeData: those of one component are kept. */
#include "msh_impl.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The first of the section's texts, which is the field's name. */
static void read_field_name(BpMshText *text, char name[BP_MESH_NAME]) {
  const int count = bp_msh_count(text, "the number of texts");
  name[0] = '\0';
  for (int i = 0; i < count && !text->failed; i++) {
    char another[BP_MESH_NAME];
    text->at += strspn(text->at, " \t\r\n");
    bp_msh_name(text, i == 0 ? name : another);
  }
  if (!text->failed && !name[0])
    bp_msh_fail(text, "values at nodes without a name; write \"temperature\" as their first text");
}

static void read_value(BpMshText *text, BpMshValues *to, int components) {
  const long long tag = bp_msh_integer(text, 1, LLONG_MAX, "the number of a node");
  double value = 0.0;
  for (int k = 0; k < components && !text->failed; k++)
    value = bp_msh_number(text, "a value at a node");
  if (!text->failed && components == 1)
    to->value[to->count++] = (BpMshValue){tag, value};
}

void bp_msh_node_data(BpMshText *text, BpMshRaw *raw) {
  BpMshValues values = {.line = text->line};
  int number[3] = {0};
  read_field_name(text, values.name);
  const int nreals = bp_msh_count(text, "the number of real numbers");
  for (int i = 0; i < nreals && !text->failed; i++)
    bp_msh_number(text, "a real number");
  const int n = bp_msh_count(text, "the number of whole numbers");
  for (int i = 0; i < n && !text->failed; i++) {
    const long long next = bp_msh_integer(text, 0, INT_MAX, "a whole number");
    if (i < 3)
      number[i] = (int)next;
  }
  if (!text->failed && (n < 3 || number[1] < 1))
    bp_msh_fail(text, "values at nodes whose components and number are not given; write time step, "
                      "components and number of nodes as three whole numbers");
  for (int i = 0; i < raw->nvalues; i++)
    if (!text->failed && number[1] == 1 && strcmp(raw->values[i].name, values.name) == 0)
      bp_msh_fail(text, "a second field '%s' at the nodes; keep one time step", values.name);
  if (text->failed)
    return;
  values.value = BP_NEW(BpMshValue, number[2]);
  for (int i = 0; i < number[2] && !text->failed; i++)
    read_value(text, &values, number[1]);
  if (text->failed || number[1] > 1) {
    free(values.value);
    return;
  }
  BP_GROW(raw->values, raw->nvalues + 1);
  raw->values[raw->nvalues++] = values;
}

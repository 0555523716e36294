/* From the file's numbers to indices. */
#include "counts.h"
#include "msh_impl.h"

#include <stdlib.h>
#include <string.h>

static int by_node_tag(const void *a, const void *b) {
  const BpMshNode *x = a, *y = b;
  return (x->tag > y->tag) - (x->tag < y->tag);
}

static int by_cell_tag(const void *a, const void *b) {
  const BpMshCell *x = a, *y = b;
  if (x->tag != y->tag)
    return x->tag > y->tag ? 1 : -1;
  return x->group - y->group;
}

static void sort_nodes(BpMshText *text, BpMshRaw *raw) {
  if (raw->nnodes > 0)
    qsort(raw->node, (size_t)raw->nnodes, sizeof raw->node[0], by_node_tag);
  for (int i = 1; i < raw->nnodes; i++)
    if (raw->node[i].tag == raw->node[i - 1].tag)
      bp_msh_fail(text, "node %lld is there twice", raw->node[i].tag);
}

/* Position of a node tag in the sorted nodes, -1 if there is none. */
static int find_node(const BpMshRaw *raw, long long tag) {
  const BpMshNode key = {.tag = tag};
  const BpMshNode *at = raw->nnodes > 0 ? bsearch(&key, raw->node, (size_t)raw->nnodes,
                                                  sizeof raw->node[0], by_node_tag)
                                        : NULL;
  return at ? (int)(at - raw->node) : -1;
}

static void link_cells(BpMshText *text, const BpMshRaw *raw, BpMshCells *list) {
  if (list->count > 0)
    qsort(list->cell, (size_t)list->count, sizeof list->cell[0], by_cell_tag);
  for (int c = 0; c < list->count; c++) {
    BpMshCell *cell = &list->cell[c];
    for (int i = 0; i < bp_cell_info((BpCellType)cell->type)->nnodes; i++) {
      const int at = find_node(raw, cell->node[i]);
      if (at < 0) {
        text->line = cell->line;
        bp_msh_fail(text, "element %lld uses node %lld, which the file does not have", cell->tag,
                    cell->node[i]);
        return;
      }
      cell->node[i] = at;
    }
  }
}

/* Index in the mesh of every node that a cell uses, -1 for the others. */
static int *number_nodes(const BpMshRaw *raw) {
  int *number = BP_NEW(int, raw->nnodes), count = 0;
  for (int c = 0; c < raw->cells.count; c++)
    for (int i = 0; i < bp_cell_info((BpCellType)raw->cells.cell[c].type)->nnodes; i++)
      number[raw->cells.cell[c].node[i]] = 1;
  for (int n = 0; n < raw->nnodes; n++)
    number[n] = number[n] ? count++ : -1;
  raw->mesh->nnodes = count;
  raw->mesh->xyz = BP_NEW(double, 3 * (size_t)count);
  for (int n = 0; n < raw->nnodes; n++)
    if (number[n] >= 0)
      memcpy(raw->mesh->xyz + 3 * (size_t)number[n], raw->node[n].x, sizeof raw->node[n].x);
  return number;
}

static void add_cells(BpMshText *text, const BpMshCells *list, const int *number, BpCellList *to) {
  for (int c = 0; c < list->count && !text->failed; c++) {
    const BpMshCell *cell = &list->cell[c];
    int node[BP_CELL_MAX_NODES] = {0}, outside = 0;
    for (int i = 0; i < bp_cell_info((BpCellType)cell->type)->nnodes; i++) {
      node[i] = number[cell->node[i]];
      outside |= node[i] < 0;
    }
    text->line = cell->line;
    if (outside)
      bp_msh_fail(text, "face %lld has a node that belongs to no cell", cell->tag);
    else
      bp_cells_add(to, (BpCellType)cell->type, node, cell->group);
  }
}

/* Nodes of a mesh are on vertices, or on vertices and edges everywhere. */
static void check_order(BpMshText *text, const BpMshCells *list, int order) {
  for (int c = 0; c < list->count && !text->failed; c++) {
    const BpCellInfo *info = bp_cell_info((BpCellType)list->cell[c].type);
    if (info->order == order)
      continue;
    text->line = list->cell[c].line;
    bp_msh_fail(text,
                "element %lld (%s) is of another order than the first cell; mesh all of first or "
                "all of second order (Mesh.ElementOrder)",
                list->cell[c].tag, info->name);
  }
}

static void add_marks(BpMshText *text, const BpMshRaw *raw, const int *number) {
  for (int i = 0; i < raw->nmarks && !text->failed; i++) {
    const int at = find_node(raw, raw->mark[i].tag), node = at < 0 ? -1 : number[at];
    if (node < 0)
      bp_msh_fail(text, "node %lld of '%s' belongs to no cell; remesh volumes and curves together",
                  raw->mark[i].tag, raw->mesh->boundary[raw->mark[i].group]);
    else
      bp_mesh_add_mark(raw->mesh, node, raw->mark[i].group);
  }
}

/* Values at nodes that no cell uses are left out. */
static void add_fields(BpMshText *text, const BpMshRaw *raw, const int *number) {
  for (int i = 0; i < raw->nvalues && !text->failed; i++) {
    const BpMshValues *from = &raw->values[i];
    double *to = bp_mesh_add_field(raw->mesh, from->name);
    for (int k = 0; k < from->count && !text->failed; k++) {
      const int at = find_node(raw, from->value[k].tag);
      text->line = from->line;
      if (at < 0)
        bp_msh_fail(text, "field '%s' has a value at node %lld, which the file does not have",
                    from->name, from->value[k].tag);
      else if (number[at] >= 0)
        to[number[at]] = from->value[k].value;
    }
  }
}

static void check_counts(BpMshText *text, const BpMshRaw *raw) {
  BpCounts counts = {.nodes = raw->nnodes};
  for (int c = 0; c < raw->cells.count; c++)
    bp_counts_add(&counts, 1, (BpCellType)raw->cells.cell[c].type);
  if (bp_counts_fit(&counts, text->file, "mesh coarser", text->problems) != BP_OK)
    text->failed = 1;
}

void bp_msh_build(BpMshText *text, BpMshRaw *raw) {
  if (!text->failed && raw->cells.count == 0)
    bp_msh_fail(text, "the mesh has no cells in a named physical volume");
  if (!text->failed) {
    const int order = bp_cell_info((BpCellType)raw->cells.cell[0].type)->order;
    check_order(text, &raw->cells, order);
    check_order(text, &raw->faces, order);
  }
  if (!text->failed)
    check_counts(text, raw);
  sort_nodes(text, raw);
  if (!text->failed)
    link_cells(text, raw, &raw->cells);
  if (!text->failed)
    link_cells(text, raw, &raw->faces);
  if (text->failed)
    return;
  int *number = number_nodes(raw);
  add_cells(text, &raw->cells, number, &raw->mesh->cells);
  add_cells(text, &raw->faces, number, &raw->mesh->faces);
  add_marks(text, raw, number);
  add_fields(text, raw, number);
  free(number);
}

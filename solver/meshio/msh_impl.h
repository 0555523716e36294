/* Reading MSH files, stage by stage: text -> tokens -> sections as they stand -> mesh -> checked
 * mesh. Internal to this folder. */
#ifndef BP_MSH_IMPL_H
#define BP_MSH_IMPL_H

#include "meshio.h"

/* A text that is read word by word. The first problem ends the reading: every later call returns 0.
 */
typedef struct {
  const char *file; /* name for messages */
  const char *at;   /* rest of the text, which ends with a zero byte */
  const char *end;
  int line;   /* of the last word */
  int failed; /* a problem was found */
  BpProblems *problems;
} BpMshText;

void bp_msh_fail(BpMshText *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Next word, cut to size - 1 bytes. 0 at the end of the text. */
int bp_msh_word(BpMshText *text, char *word, size_t size);

/* Next word as a whole number from low to high; `what` is its name in messages. */
long long bp_msh_integer(BpMshText *text, long long low, long long high, const char *what);

/* The same for a number of things still to come, which cannot be more than bytes left / 2. */
int bp_msh_count(BpMshText *text, const char *what);

/* Next word as a finite number. */
double bp_msh_number(BpMshText *text, const char *what);

/* A name in double quotes on the same line. */
void bp_msh_name(BpMshText *text, char name[BP_MESH_NAME]);

/* Moves behind the next word that begins with "$End". */
void bp_msh_skip_section(BpMshText *text);

/* Moves behind `word`, which must come next. */
void bp_msh_expect(BpMshText *text, const char *word);

typedef struct {
  int dim, tag;
  int index; /* into the mesh's regions (dim 3) or boundaries (others) */
} BpMshGroup;

typedef struct {
  int dim, tag;
  int nphysical, *physical; /* tags of groups */
} BpMshEntity;

typedef struct {
  long long tag;
  double x[3];
} BpMshNode;

typedef struct {
  long long tag;
  int type, group; /* BpCellType; index of its region or boundary */
  int line;
  long long node[BP_CELL_MAX_NODES]; /* tags, in own order */
} BpMshCell;

typedef struct {
  BpMshCell *cell; /* [count] */
  int count;
} BpMshCells;

/* A node of a named curve or point. */
typedef struct {
  long long tag;
  int group;
} BpMshMark;

/* Values of one component at nodes. */
typedef struct {
  long long tag;
  double value;
} BpMshValue;

typedef struct {
  char name[BP_MESH_NAME];
  int line;
  BpMshValue *value; /* [count] */
  int count;
} BpMshValues;

/* What a file holds, by the file's own numbers. */
typedef struct {
  BpMesh *mesh; /* names only */
  BpMshGroup *group;
  BpMshEntity *entity;
  BpMshNode *node;
  BpMshCells cells, faces;
  BpMshMark *mark;
  BpMshValues *values;
  int ngroups, nentities, nnodes, nmarks, nvalues;
  int saw_nodes, saw_elements;
} BpMshRaw;

/* Index of the name of a physical group, -1 if it has none. */
int bp_msh_find_group(const BpMshRaw *raw, int dim, int tag);

/* Sections behind their first word. */
void bp_msh_names(BpMshText *text, BpMshRaw *raw);
void bp_msh_entities(BpMshText *text, BpMshRaw *raw);
void bp_msh_nodes_41(BpMshText *text, BpMshRaw *raw);
void bp_msh_nodes_22(BpMshText *text, BpMshRaw *raw);
void bp_msh_elements_41(BpMshText *text, BpMshRaw *raw);
void bp_msh_elements_22(BpMshText *text, BpMshRaw *raw);
void bp_msh_node_data(BpMshText *text, BpMshRaw *raw);

/* Fills raw->mesh: nodes and cells in the order of their tags, nodes that no cell uses left out. */
void bp_msh_build(BpMshText *text, BpMshRaw *raw);

#endif

/* Tables of keys: a row says what a key is called, what it takes and where its value goes. One
 * parser reads files, --set and the defaults; the same rows give the complete case and the
 * reference page. A new key is a new row, a new section a new table.
 *
 *   static const BpField rows[] = {
 *     BP_ROW("ball.diameter", "free ball", BP_QUANTITY(Case, diameter, "m", "300 um"),
 * BP_ABOVE(0)),
 *   };
 *
 * Rows that share a section ("ball.") stand together. */
#ifndef BP_SCHEMA_H
#define BP_SCHEMA_H

#include "base.h"
#include "yaml_tree.h"

#include <math.h>
#include <stddef.h>

typedef enum {
  BP_FIELD_QUANTITY,   /* double, SI; a number with a unit, or none where si is "" */
  BP_FIELD_COUNT,      /* int; a whole number without a unit */
  BP_FIELD_TEXT,       /* char [size]; a word or a line, not empty */
  BP_FIELD_WORDS,      /* char (*)[size] and its int count; a list of words, or one without [] */
  BP_FIELD_BLOCK,      /* char *; a text of any length */
  BP_FIELD_QUANTITIES, /* double * and its int count */
  BP_FIELD_RECORDS,    /* struct * and its int count; a list of maps with the keys of `record` */
  BP_FIELD_MAPPING,    /* the same as a map from names to such maps; the name goes to a text member
                          of BP_SCHEMA_NAME bytes. The value alone stands for the first key's */
  BP_FIELD_NODE,   /* const BpYamlNode *; anything, as it stands in the tree, which must live on */
  BP_FIELD_REFUSED /* a key that must not be given; help says why and what to do */
} BpFieldType;

enum { BP_SCHEMA_NAME = 64 };
enum { BP_OPEN_MIN = 1, BP_OPEN_MAX = 2 }; /* the bound itself is not allowed */

typedef struct BpField BpField;

typedef struct {
  const BpField *field;
  int count;
} BpFieldTable;

struct BpField {
  const char *key;  /* "package.pad.shape"; in a record "to" */
  const char *help; /* one sentence without a full stop */
  BpFieldType type;
  size_t offset, count_offset; /* of the member, of the count of a list */
  size_t size;                 /* bytes of a text member, of a record */
  const char *si;              /* as in units.h */
  const char *standard; /* default as in a file; "= other.key" takes the value of that quantity;
                           NULL: optional, 0 */
  const char *values;   /* "a|b|c" where only these texts are allowed */
  double min, max;      /* SI, both 0: any */
  int open;             /* BP_OPEN_MIN | BP_OPEN_MAX */
  int alone; /* 1: "section: text" is short for "section: {key: text}", see bp_schema_expand() */
  BpFieldTable record;
  size_t name_offset; /* of the name in a record of a mapping */
};

#define BP_ROW(path, text, ...)                                                                    \
  { .key = (path), .help = (text), __VA_ARGS__ }

#define BP_QUANTITY(object, member, unit, preset)                                                  \
  .type = BP_FIELD_QUANTITY, .offset = offsetof(object, member), .si = (unit), .standard = (preset)
#define BP_INTEGER(object, member, preset)                                                         \
  .type = BP_FIELD_COUNT, .offset = offsetof(object, member), .si = "", .standard = (preset)
#define BP_TEXT(object, member, preset)                                                            \
  .type = BP_FIELD_TEXT, .offset = offsetof(object, member),                                       \
  .size = sizeof(((object *)NULL)->member), .standard = (preset)
#define BP_WORDS(object, member, number, preset)                                                   \
  .type = BP_FIELD_WORDS, .offset = offsetof(object, member),                                      \
  .count_offset = offsetof(object, number), .size = sizeof(*((object *)NULL)->member),             \
  .standard = (preset)
#define BP_BLOCK(object, member)                                                                   \
  .type = BP_FIELD_BLOCK, .offset = offsetof(object, member), .standard = ""
#define BP_NODE(object, member) .type = BP_FIELD_NODE, .offset = offsetof(object, member)
#define BP_QUANTITIES(object, member, number, unit, preset)                                        \
  .type = BP_FIELD_QUANTITIES, .offset = offsetof(object, member),                                 \
  .count_offset = offsetof(object, number), .si = (unit), .standard = (preset)
#define BP_RECORDS(object, member, number, rows)                                                   \
  .type = BP_FIELD_RECORDS, .offset = offsetof(object, member),                                    \
  .count_offset = offsetof(object, number), .size = sizeof(*((object *)NULL)->member),             \
  .standard = "[]", .record = {(rows), BP_COUNT(rows)}

#define BP_MAPPING(object, member, number, rows, record_type, name)                                \
  .type = BP_FIELD_MAPPING, .offset = offsetof(object, member),                                    \
  .count_offset = offsetof(object, number), .size = sizeof(record_type), .standard = NULL,         \
  .record = {(rows), BP_COUNT(rows)}, .name_offset = offsetof(record_type, name)

#define BP_ABOVE(x)      .min = (x), .max = HUGE_VAL, .open = BP_OPEN_MIN
#define BP_AT_LEAST(x)   .min = (x), .max = HUGE_VAL
#define BP_BETWEEN(a, b) .min = (a), .max = (b)
#define BP_INSIDE(a, b)  .min = (a), .max = (b), .open = BP_OPEN_MIN | BP_OPEN_MAX

typedef struct {
  const BpFieldTable *const *table; /* [count] sections, in the order of the dump */
  int count;
} BpSchema;

/* Row number i of all tables, NULL past the last one. */
const BpField *bp_schema_at(const BpSchema *schema, int i);

/* Row of a key by its dotted path, NULL if there is none. */
const BpField *bp_schema_find(const BpSchema *schema, const char *path);

/* Writes out the short form "section: text" of rows that stand alone. */
void bp_schema_expand(const BpSchema *schema, BpYaml *tree);

/* Fills object (all zero before) from the defaults and then the tree. Every problem is added with
 * BP_EXIT_CASE and the line of its key. A quantity that was refused is NaN and a text "", so that
 * comparisons with it fail and no further problem follows from it. */
void bp_schema_read(const BpSchema *schema, const BpYaml *tree, void *object, BpProblems *problems);

/* Frees what reading allocated in object. */
void bp_schema_free(const BpSchema *schema, void *object);

/* The complete object as YAML that reads back to the same values. Free with free(). */
char *bp_schema_dump(const BpSchema *schema, const void *object);

/* Every key with its unit, default, range and help as a Markdown table. Free with free(). */
char *bp_schema_reference(const BpSchema *schema);

/* "greater than 0", "from 0 to 4", with units; "" where everything is allowed. */
void bp_schema_range(const BpField *field, char *text, size_t size);

#endif

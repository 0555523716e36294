/* Reading the parts of a card. Every problem is added with the card's file and line; reading goes
 * on after it. Internal to this folder. */
#ifndef BP_CARD_IMPL_H
#define BP_CARD_IMPL_H

#include "materials_impl.h"

#include "yaml_tree.h"

typedef struct {
  const char *file;
  BpProblems *problems;
} BpCardReader;

/* Adds a problem with BP_EXIT_CASE. */
void bp_card_problem(BpCardReader *reader, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a warning with the card's file and line. */
void bp_card_warning(BpCardReader *reader, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Number of problems that fail the card so far. */
int bp_card_problems(const BpCardReader *reader);

/* Says which keys of a map are unknown, with the nearest known one. what: name of the map for
 * messages, "" for the card itself. */
void bp_card_keys(BpCardReader *reader, const BpYamlNode *map, const char *what,
                  const char *const *known, int count);

/* Child of a map; NULL with a problem if it is not there. help: what the card should say. */
const BpYamlNode *bp_card_need(BpCardReader *reader, const BpYamlNode *map, const char *key,
                               const char *help);

/* Unit to read a law's constant in. "K" is not a temperature on a scale, Q/R in degC is a mistake;
 * "kelvin" is. */
const char *bp_card_unit(const BpParamInfo *info);

/* 1 if the node is of this kind; a problem and 0 if not. */
int bp_card_is(BpCardReader *reader, const BpYamlNode *node, const char *what, BpYamlKind kind);

/* One number with its unit, SI; NAN with a problem. unit as in units.h; "K" is taken for a
 * temperature, "delta_K" for a difference. */
double bp_card_number(BpCardReader *reader, const BpYamlNode *node, const char *what,
                      const char *unit);

/* Index of a scalar's text in a list of words, -1 with a problem. */
int bp_card_word(BpCardReader *reader, const BpYamlNode *node, const char *what,
                 const char *const *words, int count);

/* A number, {table: [[T, value], ...], extrapolate:, floor:} or {polynomial: [c0, c1, ...], in:,
 * floor:}. param is left empty (n = 0) with a problem where it cannot be read. */
void bp_card_param(BpCardReader *reader, const BpYamlNode *node, const char *what, const char *unit,
                   BpParam *param);

/* What the card says about itself: name, title, class, source, trust, what is unverified. The law
 * has been read. */
void bp_card_identity(BpCardReader *reader, const BpYamlNode *root, BpMaterial *material);

/* The classes of material: [bp_card_nclass] words. */
extern const char *const bp_card_classes[];
extern const int bp_card_nclass;

/* Warns of values that are unusual for the card's class by what looks like a mistaken unit. */
void bp_card_usual(BpCardReader *reader, const BpYamlNode *root, const BpMaterial *material);

/* The list of published points (key `check`). */
void bp_card_points(BpCardReader *reader, const BpYamlNode *list, BpMaterial *material);

/* Constants within the law's bounds, and its rules between them, over the card's hard range. */
void bp_card_validate(BpCardReader *reader, const BpYamlNode *params, const BpMaterial *material);

#endif

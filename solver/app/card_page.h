/* Cards for people and programs: the list, one card in full. */
#ifndef BP_CARD_PAGE_H
#define BP_CARD_PAGE_H

#include "json.h"
#include "materials.h"

#include <stdio.h>

/* The list of cards, one line each. */
void bp_card_list(FILE *out, BpMaterial *const *material, int count);

/* Everything that a card says, its published points computed anew. */
void bp_card_page(FILE *out, const BpMaterial *material);

/* What the list says of a card; with the rest of its page where full is 1. */
json_t *bp_card_object(const BpMaterial *material, int full);

/* "unverified", "E, density unverified", "" */
char *bp_card_mark(const BpMaterial *material);

#endif

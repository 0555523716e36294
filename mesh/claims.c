/* The claims as a table: each is a list of conditions. */
#include "claims_impl.h"

#include <stdarg.h>
#include <string.h>

/* Where more is to be said in a text. */
static size_t end_of(char text[BP_CLAIM_TEXT]) {
  size_t used = strlen(text);
  if (used > 0 && used + 2 < BP_CLAIM_TEXT)
    used += (size_t)snprintf(text + used, BP_CLAIM_TEXT - used, "; ");
  return used;
}

void bp_claim_need(BpTrial *t, BpTruth truth, const char *format, ...) {
  va_list list;
  if (truth == BP_TRUTH_YES)
    return;
  if (t->claim->holds != BP_TRUTH_NO)
    t->claim->holds = truth;
  char *text = truth == BP_TRUTH_NO ? t->claim->text : t->unknown;
  const size_t used = end_of(text);
  va_start(list, format);
  /* clang-tidy 14 knows no va_start() in files that are not the first one of its list.
   * NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
  vsnprintf(text + used, BP_CLAIM_TEXT - used, format, list);
  va_end(list);
}

BpTruth bp_truth_of(int is_so) {
  return is_so ? BP_TRUTH_YES : BP_TRUTH_NO;
}

void bp_claim_number(BpTrial *t, const char *key, double value) {
  BpClaim *c = t->claim;
  for (int i = 0; i < c->nnumbers; i++)
    if (strcmp(c->number[i].key, key) == 0)
      return;
  if (c->nnumbers < BP_CLAIM_NUMBERS)
    c->number[c->nnumbers++] = (BpClaimNumber){key, value};
}

/* ---- the table */

enum { CONDITIONS = 12 };

static const struct {
  int claim, parent;
  const char *title;
  BpCondition condition[CONDITIONS];
} table[BP_CLAIMS] = {
    {1,
     0,
     "concave portion down to the passivation, convex portion of D2, metal on D1, D2 and "
     "passivation",
     {bp_claim_has_scribe_lines, bp_claim_opens_chip_pads, bp_claim_has_well,
      bp_claim_exposes_passivation, bp_claim_is_formed_of_d2, bp_claim_lies_on_all_three,
      bp_claim_is_connected, bp_claim_has_hole}},
    {3,
     1,
     "concave portion cylindrical, convex portion annular",
     {bp_claim_is_round_well, bp_claim_is_annular}},
    {4, 1, "convex portion a single discontinuous ring", {bp_claim_is_one_broken_ring}},
    {5,
     1,
     "area of the concave portion inside the convex portion",
     {bp_claim_is_of_rings, bp_claim_encloses_floor}},
    {7,
     1,
     "solder ball; wafer cut along the scribe lines",
     {bp_claim_has_ball, bp_claim_has_scribe_lines, bp_claim_is_cut}},
    {9, 3, "D1 exposed inside the annular convex portion", {bp_claim_bares_d1_inside}},
    {10,
     0,
     "as claim 1, without scribe lines",
     {bp_claim_opens_chip_pads, bp_claim_has_well, bp_claim_exposes_passivation,
      bp_claim_is_formed_of_d2, bp_claim_lies_on_all_three, bp_claim_is_connected,
      bp_claim_has_hole}},
    {12, 10, "solder ball on the ball pad", {bp_claim_has_ball}},
    {13,
     0,
     "package: concave portion that exposes D1, convex portion of D2",
     {bp_claim_opens_chip_pads, bp_claim_has_well, bp_claim_exposes_d1, bp_claim_is_formed_of_d2}},
    {14,
     13,
     "concave portion a circle, convex portion a smaller ring",
     {bp_claim_is_round_well, bp_claim_note_rings, bp_claim_is_of_rings, bp_claim_is_within_well}},
    {15, 13, "convex portion a discontinuous ring", {bp_claim_is_one_broken_ring}},
    {16,
     13,
     "areas inside the convex portion and of it approximately equal",
     {bp_claim_is_of_rings, bp_claim_has_equal_areas}},
    {17,
     0,
     "as claim 1, concave portion substantially cylindrical, convex portion annular",
     {bp_claim_has_scribe_lines, bp_claim_opens_chip_pads, bp_claim_has_well,
      bp_claim_is_round_well, bp_claim_is_annular, bp_claim_exposes_passivation,
      bp_claim_is_formed_of_d2, bp_claim_lies_on_all_three, bp_claim_is_connected,
      bp_claim_has_hole}},
    {18, 3, "convex portion within the concave portion", {bp_claim_is_within_well}},
    {19,
     18,
     "substantially vertical side walls; ball pad on both portions and the walls",
     {bp_claim_has_vertical_walls, bp_claim_exposes_all_of_ring}},
    {21,
     5,
     "areas inside the convex portion and of it approximately equal",
     {bp_claim_has_equal_areas}},
};

static const BpClaim *find(const BpClaim *claim, int count, int number) {
  for (int i = 0; i < count; i++)
    if (claim[i].claim == number)
      return &claim[i];
  return NULL;
}

void bp_claims(const BpClaimFacts *facts, BpClaim claim[BP_CLAIMS]) {
  for (int i = 0; i < BP_CLAIMS; i++) {
    BpTrial t = {.facts = facts, .claim = &claim[i]};
    claim[i] = (BpClaim){.claim = table[i].claim,
                         .parent = table[i].parent,
                         .title = table[i].title,
                         .holds = BP_TRUTH_YES};
    const BpClaim *parent = find(claim, i, table[i].parent);
    if (parent)
      bp_claim_need(&t, parent->holds,
                    parent->holds == BP_TRUTH_NO ? "claim %d does not hold"
                                                 : "claim %d is not known to hold",
                    parent->claim);
    for (int k = 0; k < CONDITIONS && table[i].condition[k]; k++)
      table[i].condition[k](&t);
    if (claim[i].holds != BP_TRUTH_NO)
      snprintf(claim[i].text, sizeof claim[i].text, "%s",
               claim[i].holds == BP_TRUTH_YES ? table[i].title : t.unknown);
  }
}

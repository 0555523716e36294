/* Inside the mesh layer: the conditions that claims are made of. */
#ifndef BP_CLAIMS_IMPL_H
#define BP_CLAIMS_IMPL_H

#include "claims.h"

#define UM(x)  (1e6 * (x))
#define UM2(x) (1e12 * (x))
#define DEG(x) (180.0 / M_PI * (x))

typedef struct {
  const BpClaimFacts *facts;
  BpClaim *claim;
  char unknown[BP_CLAIM_TEXT]; /* what is not known, said where nothing stands against the claim */
} BpTrial;

/* Takes the truth of a condition; the words are those of one that is not met. */
void bp_claim_need(BpTrial *t, BpTruth truth, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes a measured number, once for each key. */
void bp_claim_number(BpTrial *t, const char *key, double value);

BpTruth bp_truth_of(int is_so);

/* A condition measures, and says what it finds where it is not met. */
typedef void (*BpCondition)(BpTrial *t);

/* claim_shape.c: concave and convex portion */
void bp_claim_has_well(BpTrial *t), bp_claim_exposes_passivation(BpTrial *t),
    bp_claim_exposes_d1(BpTrial *t), bp_claim_is_round_well(BpTrial *t),
    bp_claim_has_convex(BpTrial *t), bp_claim_is_formed_of_d2(BpTrial *t),
    bp_claim_note_rings(BpTrial *t), bp_claim_is_annular(BpTrial *t),
    bp_claim_is_of_rings(BpTrial *t), bp_claim_is_one_broken_ring(BpTrial *t),
    bp_claim_encloses_floor(BpTrial *t), bp_claim_bares_d1_inside(BpTrial *t),
    bp_claim_is_within_well(BpTrial *t), bp_claim_has_equal_areas(BpTrial *t),
    bp_claim_has_vertical_walls(BpTrial *t);

/* claim_process.c: wafer, chip, metal, third dielectric, ball */
void bp_claim_has_scribe_lines(BpTrial *t), bp_claim_is_cut(BpTrial *t),
    bp_claim_opens_chip_pads(BpTrial *t), bp_claim_is_connected(BpTrial *t),
    bp_claim_lies_on_all_three(BpTrial *t), bp_claim_has_hole(BpTrial *t),
    bp_claim_exposes_all_of_ring(BpTrial *t), bp_claim_has_ball(BpTrial *t);

#endif

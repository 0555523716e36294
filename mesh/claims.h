/* Which claims of US 7,196,000 B2 a package meets, by what is measured on its mesh. docs/claims.md
 * says what each one is taken to mean. */
#ifndef BP_CLAIMS_H
#define BP_CLAIMS_H

#include "measure.h"

/* What is not known is neither: a claim then holds only where nothing else stands against it. */
typedef enum { BP_TRUTH_NO, BP_TRUTH_YES, BP_TRUTH_UNKNOWN } BpTruth;

/* What the claims ask of the way from the chip to the ball pad. */
typedef struct {
  BpTruth pads_open; /* D1 and D2 leave the chip pad free */
  BpTruth connected; /* metal leads from there to the ball pad */
} BpConnection;

typedef struct {
  const BpCase *bp;
  BpPadMeasure pad;
  BpConnection connection;
} BpClaimFacts;

enum { BP_CLAIM_NUMBERS = 24, BP_CLAIM_TEXT = 640 };

typedef struct {
  const char *key; /* with its unit, "convex_area_um2" */
  double value;    /* in that unit; NAN: there is none */
} BpClaimNumber;

typedef struct {
  int claim, parent; /* parent: the claim that it depends on, 0 if none */
  const char *title;
  BpClaimNumber number[BP_CLAIM_NUMBERS];
  int nnumbers;
  BpTruth holds;
  char text[BP_CLAIM_TEXT]; /* what stands against it, or that nothing does */
} BpClaim;

/* The claims in force (1, 3, 4, 5, 7, 9, 10, 12-19, 21): a dependent one fails with its parent. */
enum { BP_CLAIMS = 16 };
void bp_claims(const BpClaimFacts *facts, BpClaim claim[BP_CLAIMS]);

/* 1 for the metals that lead from the chip to the solder: wiring, chip pad and the films on them.
 */
int bp_claim_conducts(int region);

/* What the geometry and its mesh say of the way from chip to ball pad. */
BpConnection bp_claim_connection(const BpGeometry *geometry, const BpMesh *mesh);

#endif

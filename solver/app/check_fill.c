#include "check_fill.h"

static const char *const rule_name[BP_SOLDER_RULES] = {
    [BP_EQUAL_VOLUME] = "equal_volume", [BP_EQUAL_STANDOFF] = "equal_standoff"};

void bp_check_fill_solder(const BpGeometry *g, BpCheckSummary *check) {
  snprintf(check->rule, sizeof check->rule, "%s", g->bp->package.ball.rule);
  for (int i = 0; i < BP_SOLDER_RULES; i++) {
    BpSolderRow *row = &check->solder[i];
    snprintf(row->rule, sizeof row->rule, "%s", rule_name[i]);
    row->volume = g->rule[i].volume;
    row->standoff = g->rule[i].standoff;
  }
}

static void fill_row(const BpClaim *claim, BpClaimRow *row) {
  row->claim = claim->claim;
  row->holds = claim->holds == BP_TRUTH_UNKNOWN ? -1 : claim->holds == BP_TRUTH_YES;
  snprintf(row->text, sizeof row->text, "%s", claim->text);
  row->nnumbers = claim->nnumbers;
  for (int i = 0; i < claim->nnumbers; i++) {
    snprintf(row->number[i].key, sizeof row->number[i].key, "%s", claim->number[i].key);
    row->number[i].value = claim->number[i].value;
  }
}

void bp_check_fill_claims(const BpGeometry *g, const BpMesh *mesh, BpCheckSummary *check) {
  BpClaimFacts facts = {.bp = g->bp, .connection = bp_claim_connection(g, mesh)};
  BpClaim claim[BP_CLAIMS];
  bp_pad_measure(mesh, g, &facts.pad);
  bp_claims(&facts, claim);
  check->claim = BP_NEW(BpClaimRow, BP_CLAIMS);
  check->nclaims = BP_CLAIMS;
  for (int i = 0; i < BP_CLAIMS; i++)
    fill_row(&claim[i], &check->claim[i]);
  check->equal_area = g->bp->claims.equal_area;
  check->vertical = g->bp->claims.vertical;
  check->cylindrical = g->bp->claims.cylindrical;
}

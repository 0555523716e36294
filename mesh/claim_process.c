/* What the claims ask of wafer, chip, metal, third dielectric and ball. */
#include "claims_impl.h"

/* ---- wafer and chip */

void bp_claim_has_scribe_lines(BpTrial *t) {
  const double width = t->facts->bp->package.scribe_width;
  bp_claim_number(t, "scribe_width_um", UM(width));
  bp_claim_need(t, bp_truth_of(width > 0.0),
                "there are no scribe lines between the chips (package.scribe.width)");
}

void bp_claim_is_cut(BpTrial *t) {
  const BpPackage *p = &t->facts->bp->package;
  bp_claim_number(t, "kerf_um", UM(p->kerf));
  bp_claim_number(t, "chip_step_um", UM(p->die.size + p->kerf));
  bp_claim_need(t, bp_truth_of(p->kerf > 0.0 && p->kerf < p->scribe_width),
                "the wafer is not cut along its scribe lines (package.dicing.kerf is %g um)",
                UM(p->kerf));
}

void bp_claim_opens_chip_pads(BpTrial *t) {
  const BpTruth truth = t->facts->connection.pads_open;
  bp_claim_need(t, truth,
                truth == BP_TRUTH_NO ? "D1 and D2 do not leave the chip pads free"
                                     : "the case models no chip pad that D1 and D2 leave free");
}

void bp_claim_is_connected(BpTrial *t) {
  const BpTruth truth = t->facts->connection.connected;
  bp_claim_need(t, truth,
                truth == BP_TRUTH_NO
                    ? "no way through copper leads from the chip pads to the ball pad"
                    : "whether the wiring is connected to the chip pads is not known: the "
                      "case models no trace");
}

/* ---- metal, third dielectric, ball */

void bp_claim_lies_on_all_three(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "metal_on_d1_um2", UM2(m->on_d1));
  bp_claim_number(t, "metal_on_d2_um2", UM2(m->on_d2));
  bp_claim_number(t, "metal_on_passivation_um2", UM2(m->on_passivation));
  bp_claim_need(t, bp_truth_of(m->on_d1 > 0.0),
                "the metal does not touch D1 in the embossed region");
  bp_claim_need(t, bp_truth_of(m->on_d2 > 0.0),
                "the metal does not touch D2 in the embossed region");
  bp_claim_need(t, bp_truth_of(m->on_passivation > 0.0),
                "the metal does not touch the passivation in the embossed region");
}

void bp_claim_has_hole(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "d3_um3", 1e18 * m->third_dielectric);
  bp_claim_number(t, "metal_exposed_um2", UM2(m->exposed));
  bp_claim_need(t, bp_truth_of(m->third_dielectric > 0.0 && m->exposed > 0.0),
                "no connection hole in D3 exposes metal over the embossed region");
}

void bp_claim_exposes_all_of_ring(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "exposed_floor_um2", UM2(m->exposed_floor));
  bp_claim_number(t, "exposed_convex_um2", UM2(m->exposed_convex));
  bp_claim_number(t, "exposed_inner_wall_um2", UM2(m->exposed_inner_wall));
  bp_claim_number(t, "exposed_outer_wall_um2", UM2(m->exposed_outer_wall));
  if (m->rings > 0)
    bp_claim_need(t,
                  bp_truth_of(m->exposed_floor > 0.0 && m->exposed_convex > 0.0 &&
                              m->exposed_inner_wall > 0.0 && m->exposed_outer_wall > 0.0),
                  "the ball pad is not on floor, convex portion and both of its walls");
}

void bp_claim_has_ball(BpTrial *t) {
  const double ball = t->facts->bp->package.ball.diameter;
  bp_claim_number(t, "ball_diameter_um", UM(ball));
  bp_claim_number(t, "solder_um3", 1e18 * t->facts->pad.solder);
  bp_claim_need(t, bp_truth_of(ball > 0.0 && t->facts->pad.solder > 0.0),
                "no solder ball is formed: the joint is of paste alone (package.ball.diameter)");
}

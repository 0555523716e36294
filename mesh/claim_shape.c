/* What the claims ask of the concave and the convex portion. */
#include "claims_impl.h"

/* ---- concave portion */

void bp_claim_has_well(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "well_wall_um2", UM2(m->well_wall));
  bp_claim_number(t, "well_depth_um", UM(m->well_depth));
  bp_claim_need(t, bp_truth_of(m->well_wall > 0.0),
                "there is no concave portion: no wall of dielectric surrounds the pad");
}

void bp_claim_exposes_passivation(BpTrial *t) {
  const double area = t->facts->pad.floor_passivation;
  bp_claim_number(t, "passivation_exposed_um2", UM2(area));
  bp_claim_need(t, bp_truth_of(area > 0.0), "no passivation is exposed in the embossed region");
}

void bp_claim_exposes_d1(BpTrial *t) {
  const double area = t->facts->pad.floor_d1;
  bp_claim_number(t, "d1_exposed_um2", UM2(area));
  bp_claim_need(t, bp_truth_of(area > 0.0), "no D1 is exposed in the embossed region");
}

void bp_claim_is_round_well(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  const double most = t->facts->bp->claims.cylindrical;
  const double deviation =
      m->well_wall > 0.0 ? m->well_radius_most / m->well_radius_least - 1.0 : (double)NAN;
  bp_claim_number(t, "well_radius_um", UM(m->well_radius_most));
  bp_claim_number(t, "well_radius_deviation", deviation);
  if (m->well_wall > 0.0)
    bp_claim_need(
        t, bp_truth_of(deviation <= most),
        "the concave portion is not substantially cylindrical: its radius varies by %.3g (at most "
        "%g)",
        deviation, most);
}

/* ---- convex portion; what is not there has no shape, and the claim that asks for it says so */

void bp_claim_has_convex(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "convex_area_um2", UM2(m->convex));
  bp_claim_need(t, bp_truth_of(m->rings > 0),
                "there is no convex portion of D2 in the embossed region");
}

/* A film is of one thickness: what is higher or lower than D2 was not formed from D2 alone. */
void bp_claim_is_formed_of_d2(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  const double thickness = t->facts->bp->package.dielectrics.second, same = 0.01;
  bp_claim_has_convex(t);
  bp_claim_number(t, "convex_height_um", UM(m->convex_height));
  bp_claim_number(t, "d2_thickness_um", UM(thickness));
  if (m->rings > 0)
    bp_claim_need(
        t, bp_truth_of(fabs(m->convex_height / thickness - 1.0) < same),
        "the convex portion is not formed from D2 alone: it is %.4g um high and D2 %.4g um thick",
        UM(m->convex_height), UM(thickness));
}

void bp_claim_note_rings(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "rings", m->rings);
  bp_claim_number(t, "gaps", m->gaps);
  bp_claim_number(t, "convex_inner_radius_um", m->rings > 0 ? UM(m->convex_inner) : (double)NAN);
  bp_claim_number(t, "convex_outer_radius_um", m->rings > 0 ? UM(m->convex_outer) : (double)NAN);
}

void bp_claim_is_annular(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  const double most = t->facts->bp->claims.cylindrical;
  bp_claim_note_rings(t);
  bp_claim_number(t, "annulus_deviation", m->annulus_deviation);
  if (m->rings > 0)
    bp_claim_need(
        t,
        bp_truth_of(m->rings > 0 && m->gaps == 0 && m->convex_inner > 0.0 &&
                    m->annulus_deviation <= most),
        "the convex portion is not annular: rings %d, gaps %d, area off that of an annulus by "
        "%.3g (at most %g)",
        m->rings, m->gaps, m->annulus_deviation, most);
}

void bp_claim_is_one_broken_ring(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_note_rings(t);
  bp_claim_is_of_rings(t);
  if (m->rings > 0)
    bp_claim_need(t, bp_truth_of(m->rings == 1 && m->gaps > 0),
                  "the convex portion is not a single discontinuous ring: rings %d, gaps %d",
                  m->rings, m->gaps);
}

/* What is no annulus, but for its gaps, is a number of bumps: they have no inside. */
void bp_claim_is_of_rings(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  const double most = t->facts->bp->claims.cylindrical;
  bp_claim_number(t, "annulus_deviation", m->annulus_deviation);
  if (m->rings > 0)
    bp_claim_need(t, bp_truth_of(m->annulus_deviation <= most),
                  "the convex portion is no ring: its area is off that of an annulus without its "
                  "gaps by %.3g (at most %g)",
                  m->annulus_deviation, most);
}

void bp_claim_encloses_floor(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  const double inside = m->inside_passivation + m->inside_d1;
  bp_claim_number(t, "floor_inside_um2", UM2(inside));
  if (m->rings > 0)
    bp_claim_need(t, bp_truth_of(inside > 0.0),
                  "no area of the concave portion is inside the convex portion");
}

void bp_claim_bares_d1_inside(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "d1_inside_um2", UM2(m->inside_d1));
  bp_claim_need(t, bp_truth_of(m->inside_d1 > 0.0),
                "no D1 is free of D2 inside the convex portion");
}

void bp_claim_is_within_well(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  bp_claim_number(t, "convex_outer_radius_um", m->rings > 0 ? UM(m->convex_outer) : (double)NAN);
  bp_claim_number(t, "well_radius_least_um", UM(m->well_radius_least));
  if (m->rings > 0)
    bp_claim_need(t, bp_truth_of(m->rings > 0 && m->convex_outer < m->well_radius_least),
                  "the convex portion is not smaller than the concave portion");
}

void bp_claim_has_equal_areas(BpTrial *t) {
  const BpPadMeasure *m = &t->facts->pad;
  const double inside = m->inside_passivation + m->inside_d1, off = t->facts->bp->claims.equal_area;
  const double ratio = m->rings > 0 ? inside / m->convex : (double)NAN;
  bp_claim_number(t, "floor_inside_um2", UM2(inside));
  bp_claim_number(t, "convex_area_um2", UM2(m->convex));
  bp_claim_number(t, "area_ratio", ratio);
  if (m->rings > 0)
    bp_claim_need(t, bp_truth_of(fabs(ratio - 1.0) <= off),
                  "the area of the concave portion inside the convex portion is %.4g of the convex "
                  "portion's: "
                  "off 1 by more than %g",
                  ratio, off);
}

void bp_claim_has_vertical_walls(BpTrial *t) {
  const BpSlope *slope = &t->facts->pad.convex_wall;
  const double most = t->facts->bp->claims.vertical;
  bp_claim_number(t, "wall_angle_least_deg", DEG(slope->least));
  bp_claim_number(t, "wall_angle_most_deg", DEG(slope->most));
  if (slope->least <= slope->most)
    bp_claim_need(
        t, bp_truth_of(0.5 * M_PI - slope->least <= most),
        "the side walls of the convex portion are not substantially vertical: %.3g deg (90 +- %g "
        "deg)",
        DEG(slope->least), DEG(most));
}

#include "law_point.h"

#include <math.h>

void bp_test_point(BpTestPoint *p, const BpMaterial *material, double T) {
  memset(p, 0, sizeof *p);
  p->material = material;
  p->law = bp_material_law(material);
  p->T0 = p->T1 = T;
  p->dt = 1.0;
  assert_in_range(bp_law_state_size(p->law), 0, BP_TEST_STATES);
  assert_in_range(p->law->nparam, 1, BP_TEST_PARAMS);
  bp_material_param(material, T, p->param);
  bp_law_start(p->law, p->param, p->state0);
}

void bp_test_point_of(BpTestPoint *p, const char *law, const char *params, double T) {
  BpMaterial *material = bp_test_material(law, params);
  bp_test_point(p, material, T);
  p->material = NULL;
  bp_material_free(material);
}

static double dissipation(const BpLaw *law, const BpLawIn *in, const BpLawOut *out) {
  const int inelastic = bp_law_state_offset(law, BP_STATE_INELASTIC);
  if (law->dissipation || inelastic < 0)
    return law->dissipation ? law->dissipation(in, out) : 0.0;
  double sum = 0.0;
  for (int i = 0; i < 6; i++)
    sum += out->stress1[i] * (out->state1[inelastic + i] - in->state0[inelastic + i]);
  return sum;
}

BpStatus bp_test_update(BpTestPoint *p, int with_tangent) {
  if (p->material)
    bp_material_param(p->material, p->T1, p->param);
  const BpLawIn in = {.param = p->param,
                      .strain0 = p->strain0,
                      .strain1 = p->strain1,
                      .stress0 = p->stress0,
                      .state0 = p->state0,
                      .t0 = p->t0,
                      .dt = p->dt,
                      .T0 = p->T0,
                      .T1 = p->T1,
                      .context = p->law->context};
  BpLawOut out = {.stress1 = p->stress1,
                  .state1 = p->state1,
                  .tangent = with_tangent ? p->tangent : NULL,
                  .reason = "left from the step before"};
  const BpStatus status = p->law->update(&in, &out);
  p->work = out.work_inelastic;
  p->hint = out.dt_hint;
  p->reason = out.reason;
  assert_true((status == BP_OK) == !out.reason); /* law.h: a reason with every refusal, else none */
  assert_true(!out.reason || out.reason[0]);
  if (status == BP_OK)
    p->dissipated = dissipation(p->law, &in, &out);
  return status;
}

void bp_test_accept(BpTestPoint *p) {
  memcpy(p->strain0, p->strain1, sizeof p->strain0);
  memcpy(p->stress0, p->stress1, sizeof p->stress0);
  memcpy(p->state0, p->state1, sizeof p->state0);
  p->t0 += p->dt;
  p->T0 = p->T1;
}

void bp_test_move(BpTestPoint *p, const double strain[6], double dt) {
  memcpy(p->strain1, strain, sizeof p->strain1);
  p->dt = dt;
  assert_int_equal(bp_test_update(p, 1), BP_OK);
  bp_test_accept(p);
}

void bp_test_deviator(double d[6]) {
  for (int i = 0; i < 6; i++)
    d[i] = bp_random(-1.0, 1.0);
  bp_deviator(d, d);
  const double norm = bp_norm6(d);
  for (int i = 0; i < 6; i++)
    d[i] /= norm;
}

double bp_test_random_log(double lo, double hi) {
  return exp(bp_random(log(lo), log(hi)));
}

void bp_test_random_step(BpTestPoint *p, double size) {
  double d[6];
  bp_test_deviator(d);
  const double volume = bp_random(-0.2, 0.2);
  for (int i = 0; i < 6; i++)
    p->strain1[i] = p->strain0[i] + size * (d[i] + (i < 3 ? volume : 0.0));
}

int bp_test_finite(const BpTestPoint *p) {
  double sum = fabs(p->work) + bp_test_norm36(p->tangent);
  for (int i = 0; i < 6; i++)
    sum += fabs(p->stress1[i]);
  for (int i = 0; i < bp_law_state_size(p->law); i++)
    sum += fabs(p->state1[i]);
  return isfinite(sum);
}

double bp_test_norm36(const double A[36]) {
  double sum = 0.0;
  for (int i = 0; i < 36; i++)
    sum += A[i] * A[i];
  return sqrt(sum);
}

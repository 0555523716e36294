#include "soak.h"

#include <math.h>

/* State of a step by name; 0 before, 1 after. */
static const double *state(const BpTestPoint *p, int when, const char *name) {
  const int at = bp_law_state_offset(p->law, name);
  assert_true(at >= 0);
  return (when ? p->state1 : p->state0) + at;
}

static double growth(const BpTestPoint *p, const char *name, int i) {
  return state(p, 1, name)[i] - state(p, 0, name)[i];
}

/* Constant of the law by name. */
static double constant(const BpTestPoint *p, const char *name) {
  for (int i = 0; i < p->law->nparam; i++)
    if (strcmp(p->law->param[i].name, name) == 0)
      return p->param[i];
  fail_msg("no constant %s", name);
  return 0.0;
}

static double shear_modulus(const BpTestPoint *p) {
  return constant(p, "E") / 2.0 / (1.0 + constant(p, "nu"));
}

/* Round-off of a stress, Pa. */
static double stress_noise(const BpTestPoint *p) {
  double size = bp_norm6(p->strain1) + bp_norm6(p->strain0);
  if (bp_law_state_offset(p->law, BP_STATE_INELASTIC) >= 0)
    size += bp_norm6(state(p, 1, BP_STATE_INELASTIC));
  return 4e-15 * constant(p, "E") * size / (1.0 - 2.0 * fmin(constant(p, "nu"), 0.45));
}

/* stress against the elastic strain by Hooke's law, written for the strain. */
static double hooke(const BpTestPoint *p) {
  const double E = constant(p, "E"), nu = constant(p, "nu");
  const double *s = p->stress1, *e = state(p, 1, BP_STATE_INELASTIC);
  double worst = 0.0;
  for (int i = 0; i < 6; i++) {
    const double strain = ((1.0 + nu) * s[i] - (i < 3 ? nu * bp_trace(s) : 0.0)) / E;
    worst = fmax(worst, fabs(strain - (p->strain1[i] - e[i])));
  }
  return worst * E / stress_noise(p);
}

/* Growth of a strain against length d along a stress deviator xi; noise in Pa of xi. */
static double flow_rule(const BpTestPoint *p, const char *name, const double xi[6], double d,
                        double noise) {
  const double norm = bp_norm6(xi);
  double worst = 0.0, size = *state(p, 1, BP_STATE_ACCUMULATED); /* d is a difference of such */
  for (int i = 0; i < 6; i++)
    size = fmax(size, fabs(state(p, 1, name)[i]) + fabs(state(p, 0, name)[i]));
  for (int i = 0; i < 6; i++) {
    const double expected = norm > 0.0 ? sqrt(1.5) * d * xi[i] / norm : 0.0;
    worst = fmax(worst, fabs(growth(p, name, i) - expected));
  }
  return worst / (1e-15 * size + d * (1e-11 + 3.0 * fmin(1.0, noise / norm)) + 1e-300);
}

/* ---- creep: increment at Mises stress q, and its exponent */

typedef struct {
  double d, exponent;
} Creep;

static Creep power(const BpTestPoint *p, const char *A, const char *n, const char *Q, double q) {
  const double x = log(q / constant(p, "sigma0"));
  return (Creep){
      exp(log(p->dt) + log(constant(p, A)) + constant(p, n) * x - constant(p, Q) / p->T1),
      constant(p, n)};
}

static Creep norton(const BpTestPoint *p, double q) {
  return power(p, "A", "n", "Q_over_R", q);
}

static Creep double_power(const BpTestPoint *p, double q) {
  const Creep a = power(p, "A1", "n1", "Q1_over_R", q), b = power(p, "A2", "n2", "Q2_over_R", q);
  return (Creep){a.d + b.d, fmax(a.exponent, b.exponent)};
}

static Creep garofalo(const BpTestPoint *p, double q) {
  const double y = constant(p, "alpha") * q, n = constant(p, "n");
  const double log_sinh = y > 300.0 ? y - log(2.0) : log(sinh(y));
  return (Creep){
      exp(log(p->dt) + log(constant(p, "A")) + n * log_sinh - constant(p, "Q_over_R") / p->T1),
      n * (1.0 + y)};
}

static Creep time_hardening(const BpTestPoint *p, double q) {
  const double m1 = constant(p, "m") + 1.0, unit = constant(p, "time0");
  const double a = p->t0 / unit, b = (p->t0 + p->dt) / unit;
  Creep c = norton(p, q);
  /* (b^m1 - a^m1)/m1, by the mean value of the rate where the difference would cancel */
  const double mean = pow(0.5 * (a + b), m1 - 1.0) * p->dt / unit;
  c.d *= (b - a < 1e-6 * b ? mean : (pow(b, m1) - pow(a, m1)) / m1) * unit / p->dt;
  return c;
}

/* With creep strain e0 before, the time that the present stress would have needed for it. */
static Creep strain_hardening(const BpTestPoint *p, double q) {
  const double m1 = constant(p, "m") + 1.0, unit = constant(p, "time0");
  const double e0 = *state(p, 0, BP_STATE_ACCUMULATED);
  Creep c = norton(p, q);
  const double log_rate = log(c.d) - log(p->dt) + log(unit);    /* per time0 */
  const double log_start = (log(e0) + log(m1) - log_rate) / m1; /* of the virtual time */
  const double step = p->dt / unit, ratio = step * exp(-log_start);
  c.d = e0 * expm1(m1 * log1p(ratio));
  if (!(e0 > 0.0) || ratio > 1e8)
    c.d = exp(log_rate + m1 * log(step + exp(log_start)) - log(m1)) - e0;
  c.exponent /= m1;
  return c;
}

/* How far d is from what the rate makes of q, over what noise in q does to it. */
static double rate_rule(Creep c, double d, double q, double noise, double strain) {
  const double excuse = fmin(0.5, noise / q) * c.exponent;
  if (!(excuse < 0.1)) /* the stress is all noise */
    return 0.0;
  return fabs(c.d - d) / (c.d * (1e-9 + 2.0 * excuse) + 1e-15 * strain + 1e-300);
}

static double check_creep(const BpTestPoint *p, Creep (*rate)(const BpTestPoint *, double)) {
  double s[6];
  bp_deviator(p->stress1, s);
  const double q = bp_mises(p->stress1), d = growth(p, BP_STATE_ACCUMULATED, 0);
  const double noise = stress_noise(p), total = *state(p, 1, BP_STATE_ACCUMULATED);
  const double law = rate_rule(rate(p, q), d, q, noise, total);
  return fmax(hooke(p), fmax(law, flow_rule(p, BP_STATE_INELASTIC, s, d, noise)));
}

static double check_norton(const BpTestPoint *p) {
  return check_creep(p, norton);
}

static double check_garofalo(const BpTestPoint *p) {
  return check_creep(p, garofalo);
}

static double check_double_power(const BpTestPoint *p) {
  return check_creep(p, double_power);
}

static double check_time_hardening(const BpTestPoint *p) {
  return check_creep(p, time_hardening);
}

static double check_strain_hardening(const BpTestPoint *p) {
  return check_creep(p, strain_hardening);
}

/* ---- Anand */

static double check_anand(const BpTestPoint *p) {
  const double q = bp_mises(p->stress1), d = growth(p, BP_STATE_ACCUMULATED, 0);
  const double s0 = *state(p, 0, "resistance"), s = *state(p, 1, "resistance");
  const double noise = stress_noise(p);
  double direction[6];
  bp_deviator(p->stress1, direction);
  const double shape = fmax(hooke(p), flow_rule(p, BP_STATE_INELASTIC, direction, d, noise));
  if (d < 1e-200)
    return shape;
  const double log_z =
      log(d) - log(p->dt) - log(constant(p, "A")) + constant(p, "Q_over_R") / p->T1;
  const double y = constant(p, "m") * log_z;
  const double flow = s / constant(p, "xi") * (y > 300.0 ? y + log(2.0) : asinh(exp(y)));
  const double s_sat = constant(p, "shat") * exp(constant(p, "n") * log_z), gap = 1.0 - s / s_sat;
  const double a = constant(p, "a"), h0 = constant(p, "h0");
  const double hard = h0 * copysign(pow(fabs(gap), a), gap) * d;
  const double stiff = h0 * a * pow(fabs(gap), a - 1.0) * d / s_sat;
  const double slack = 1e-11; /* logarithms of some tens, exponents up to 50 */
  return fmax(shape, fmax(fabs(q - flow) / (slack * flow + noise),
                          fabs(s - s0 - hard) /
                              (slack * (fabs(hard) + s0) + 1e-14 * (1.0 + stiff) * (s + s_sat))));
}

/* ---- plasticity: f <= 0, and = 0 where it flows, along xi */

static double yield_rule(const BpTestPoint *p, const char *name, const double xi[6], double dp,
                         double yield) {
  const double f = sqrt(1.5) * bp_norm6(xi) - yield, noise = stress_noise(p);
  const double excuse = noise + 1e-11 * yield;
  const double law = dp > 0.0 ? fabs(f) / excuse : fmax(f, 0.0) / excuse;
  return fmax(law, flow_rule(p, name, xi, dp, noise));
}

static double linear_modulus(const BpTestPoint *p) {
  return 1.0 / (1.0 / constant(p, "Et") - 1.0 / constant(p, "E"));
}

static double check_plastic(const BpTestPoint *p) {
  const double H = constant(p, "Et") > 0.0 ? linear_modulus(p) : 0.0;
  double xi[6];
  bp_deviator(p->stress1, xi);
  for (int i = 0; i < 6; i++)
    xi[i] -= 2.0 / 3.0 * H * state(p, 1, BP_STATE_INELASTIC)[i];
  return fmax(hooke(p), yield_rule(p, BP_STATE_INELASTIC, xi, growth(p, BP_STATE_ACCUMULATED, 0),
                                   constant(p, "yield")));
}

static double check_chaboche(const BpTestPoint *p) {
  static const char *const name[4][3] = {{"C1", "gamma1", "back_strain1"},
                                         {"C2", "gamma2", "back_strain2"},
                                         {"C3", "gamma3", "back_strain3"},
                                         {"C4", "gamma4", "back_strain4"}};
  const double total = *state(p, 1, BP_STATE_ACCUMULATED);
  const double dp = growth(p, BP_STATE_ACCUMULATED, 0);
  double xi[6], worst = hooke(p);
  bp_deviator(p->stress1, xi);
  for (int b = 0; b < 4; b++)
    for (int i = 0; i < 6; i++) {
      const double a = state(p, 1, name[b][2])[i];
      const double de = growth(p, BP_STATE_INELASTIC, i);
      const double recall = constant(p, name[b][1]) * dp;
      const double left = growth(p, name[b][2], i) - de + recall * a;
      const double noise = 1e-14 * (1.0 + recall) * (fabs(a) + dp) +
                           4e-16 * (fabs(state(p, 1, BP_STATE_INELASTIC)[i]) + 1e-9) +
                           4e-16 * total * constant(p, name[b][1]) * fabs(a) +
                           2e-15 * fabs(state(p, 0, name[b][2])[i]);
      worst = fmax(worst, fabs(left) / noise);
      xi[i] -= 2.0 / 3.0 * constant(p, name[b][0]) * a;
    }
  const double yield = constant(p, "yield") + constant(p, "H_iso") * total +
                       constant(p, "Q_iso") * (1.0 - exp(-constant(p, "b") * total));
  return fmax(worst, yield_rule(p, BP_STATE_INELASTIC, xi, dp, yield));
}

/* Layers: every one at or below its yield stress, and together the stress. */
static double check_multilinear(const BpTestPoint *p) {
  static const char *const name[][3] = {
      {"stress1", NULL, "layer_strain1"},       {"stress2", "plastic2", "layer_strain2"},
      {"stress3", "plastic3", "layer_strain3"}, {"stress4", "plastic4", "layer_strain4"},
      {"stress5", "plastic5", "layer_strain5"}, {"stress6", "plastic6", "layer_strain6"},
      {"stress7", "plastic7", "layer_strain7"}, {"stress8", "plastic8", "layer_strain8"},
      {"stress9", "plastic9", "layer_strain9"}, {"stress10", "plastic10", "layer_strain10"}};
  const double G = shear_modulus(p);
  double strain[6], mean[6] = {0}, before = 1.0, worst = hooke(p);
  bp_deviator(p->strain1, strain);
  for (int k = 0; k < 10 && constant(p, name[k][0]) > 0.0; k++) {
    const double stress = constant(p, name[k][0]);
    const double plastic = k > 0 ? constant(p, name[k][1]) : 0.0;
    const double next = k < 9 ? constant(p, name[k + 1][0]) : 0.0;
    double xi[6], de[6], after = 0.0;
    if (next > 0.0) /* slope over the strain of the layers */
      after = (next - stress) / (next - stress + 3.0 * G * (constant(p, name[k + 1][1]) - plastic));
    for (int i = 0; i < 6; i++) {
      const double e = state(p, 1, name[k][2])[i];
      xi[i] = 2.0 * G * (strain[i] - e);
      de[i] = growth(p, name[k][2], i);
      mean[i] += (before - after) * e;
    }
    before = after;
    worst = fmax(
        worst, yield_rule(p, name[k][2], xi, bp_equivalent_strain(de), stress + 3.0 * G * plastic));
  }
  for (int i = 0; i < 6; i++)
    worst = fmax(worst, fabs(mean[i] - state(p, 1, BP_STATE_INELASTIC)[i]) /
                            (1e-14 * bp_norm6(mean) + 1e-300));
  return worst;
}

static double check_creep_plastic(const BpTestPoint *p,
                                  Creep (*rate)(const BpTestPoint *, double)) {
  const double size =
      bp_norm6(state(p, 1, BP_STATE_CREEP)) + bp_norm6(state(p, 1, BP_STATE_PLASTIC)) + 1e-5;
  double s[6], xi[6], worst = hooke(p);
  bp_deviator(p->stress1, s);
  for (int i = 0; i < 6; i++) {
    const double c = state(p, 1, BP_STATE_CREEP)[i], e = state(p, 1, BP_STATE_PLASTIC)[i];
    xi[i] = s[i] - 2.0 / 3.0 * linear_modulus(p) * e;
    worst = fmax(worst, fabs(c + e - state(p, 1, BP_STATE_INELASTIC)[i]) / (1e-15 * size));
  }
  const double q = bp_mises(p->stress1), d = growth(p, BP_STATE_CREEP_SUM, 0);
  const double total = *state(p, 1, BP_STATE_CREEP_SUM), noise = stress_noise(p);
  worst = fmax(worst, rate_rule(rate(p, q), d, q, noise, total));
  worst = fmax(worst, flow_rule(p, BP_STATE_CREEP, s, d, noise));
  return fmax(worst, yield_rule(p, BP_STATE_PLASTIC, xi, growth(p, BP_STATE_PLASTIC_SUM, 0),
                                constant(p, "yield")));
}

static double check_norton_plastic(const BpTestPoint *p) {
  return check_creep_plastic(p, norton);
}

static double check_garofalo_plastic(const BpTestPoint *p) {
  return check_creep_plastic(p, garofalo);
}

static double check_double_power_plastic(const BpTestPoint *p) {
  return check_creep_plastic(p, double_power);
}

/* ---- viscoelasticity: dashpots by the solution of the differential equation */

static double shift(const BpTestPoint *p, double T) {
  const double above = T - constant(p, "Tref");
  if (above > 0.0)
    return pow(10.0, -constant(p, "C1") * above / (constant(p, "C2") + above));
  return exp(constant(p, "Q_over_R") * (1.0 / T - 1.0 / constant(p, "Tref")));
}

static double check_prony(const BpTestPoint *p) {
  static const char *const name[][4] = {
      {"g1", "k1", "tau1", "dashpot_strain1"}, {"g2", "k2", "tau2", "dashpot_strain2"},
      {"g3", "k3", "tau3", "dashpot_strain3"}, {"g4", "k4", "tau4", "dashpot_strain4"},
      {"g5", "k5", "tau5", "dashpot_strain5"}, {"g6", "k6", "tau6", "dashpot_strain6"},
      {"g7", "k7", "tau7", "dashpot_strain7"}, {"g8", "k8", "tau8", "dashpot_strain8"}};
  const double a0 = shift(p, p->T0), a1 = shift(p, p->T1);
  const double xi = fabs(a1 / a0 - 1.0) < 1e-6 ? p->dt / sqrt(a0 * a1)
                                               : p->dt * (1.0 / a1 - 1.0 / a0) / log(a0 / a1);
  double mean[6] = {0}, worst = hooke(p), size = bp_norm6(p->strain0) + bp_norm6(p->strain1);
  for (int b = 0; b < 8; b++) {
    const double x = xi / constant(p, name[b][2]);
    double volume = 0.0, dashpot[6];
    for (int i = 0; i < 6; i++) {
      const double v0 = state(p, 0, name[b][3])[i], spring = p->strain0[i] - v0;
      const double de = p->strain1[i] - p->strain0[i];
      const double end =
          spring * exp(-x) + (x < 1e-5 ? de * (1.0 - 0.5 * x) : de * (1.0 - exp(-x)) / x);
      dashpot[i] = state(p, 1, name[b][3])[i];
      worst = fmax(worst, fabs(p->strain1[i] - end - dashpot[i]) /
                              (1e-9 * fabs(spring) + 1e-9 * fabs(de) + 1e-14 * (size + fabs(v0))));
      volume += i < 3 ? dashpot[i] / 3.0 : 0.0;
    }
    for (int i = 0; i < 6; i++)
      mean[i] += constant(p, name[b][0]) * (dashpot[i] - (i < 3 ? volume : 0.0)) +
                 (i < 3 ? constant(p, name[b][1]) * volume : 0.0);
  }
  for (int i = 0; i < 6; i++)
    worst = fmax(worst, fabs(mean[i] - state(p, 1, BP_STATE_INELASTIC)[i]) / (1e-14 * size));
  return worst;
}

/* ---- elasticity: the strain that engineering constants give for the stress */

static double against_compliance(const BpTestPoint *p, const double E[3], const double nu[3],
                                 const double G[3]) {
  const double *s = p->stress1; /* nu of 12, 13, 23; G of 23, 13, 12 */
  const double strain[6] = {s[0] / E[0] - nu[0] / E[0] * s[1] - nu[1] / E[0] * s[2],
                            -nu[0] / E[0] * s[0] + s[1] / E[1] - nu[2] / E[1] * s[2],
                            -nu[1] / E[0] * s[0] - nu[2] / E[1] * s[1] + s[2] / E[2],
                            s[3] / (2.0 * G[0]),
                            s[4] / (2.0 * G[1]),
                            s[5] / (2.0 * G[2])};
  double worst = 0.0;
  for (int i = 0; i < 6; i++)
    worst = fmax(worst, fabs(strain[i] - p->strain1[i]));
  return worst / (1e-14 * bp_norm6(p->strain1));
}

static double check_elastic(const BpTestPoint *p) {
  const double E = constant(p, "E"), nu = constant(p, "nu"), G = shear_modulus(p);
  return against_compliance(p, (double[]){E, E, E}, (double[]){nu, nu, nu}, (double[]){G, G, G});
}

static double check_orthotropic(const BpTestPoint *p) {
  return against_compliance(
      p, (double[]){constant(p, "E1"), constant(p, "E2"), constant(p, "E3")},
      (double[]){constant(p, "nu12"), constant(p, "nu13"), constant(p, "nu23")},
      (double[]){constant(p, "G23"), constant(p, "G13"), constant(p, "G12")});
}

static double check_transverse(const BpTestPoint *p) {
  const double E = constant(p, "E1"), nu = constant(p, "nu13"), G = constant(p, "G13");
  return against_compliance(p, (double[]){E, E, constant(p, "E3")},
                            (double[]){constant(p, "nu12"), nu, nu},
                            (double[]){G, G, E / (2.0 + 2.0 * constant(p, "nu12"))});
}

static double check_cubic(const BpTestPoint *p) {
  const double C11 = constant(p, "C11"), C12 = constant(p, "C12"), G = constant(p, "C44");
  const double E = (C11 - C12) * (C11 + 2.0 * C12) / (C11 + C12), nu = C12 / (C11 + C12);
  return against_compliance(p, (double[]){E, E, E}, (double[]){nu, nu, nu}, (double[]){G, G, G});
}

BpSoakCheck bp_soak_check(const BpLaw *law) {
  static const struct {
    const char *law;
    BpSoakCheck check;
  } known[] = {{"elastic", check_elastic},
               {"orthotropic", check_orthotropic},
               {"transverse", check_transverse},
               {"cubic", check_cubic},
               {"plastic", check_plastic},
               {"chaboche", check_chaboche},
               {"multilinear", check_multilinear},
               {"anand", check_anand},
               {"norton", check_norton},
               {"garofalo", check_garofalo},
               {"double_power", check_double_power},
               {"time_hardening", check_time_hardening},
               {"strain_hardening", check_strain_hardening},
               {"norton_plastic", check_norton_plastic},
               {"garofalo_plastic", check_garofalo_plastic},
               {"double_power_plastic", check_double_power_plastic},
               {"prony", check_prony}};
  for (int i = 0; i < BP_COUNT(known); i++)
    if (strcmp(law->name, known[i].law) == 0)
      return known[i].check;
  return NULL;
}

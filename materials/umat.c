/* One call of a UMAT as an update of a law. */
#include "umat.h"

#include <stdlib.h>

enum { E_YOUNG, E_POISSON }; /* the constants that every such law begins with */
enum { S_INELASTIC = 0, S_ACCUMULATED = 6, S_PLASTIC_WORK = 7, S_CREEP_WORK = 8 };

/* Place of a Mandel component in Abaqus' order. */
static const int place[6] = {0, 1, 2, 5, 4, 3};

/* Everything that the subroutine may read and write: it gets copies, so that it cannot harm what is
 * const. */
typedef struct {
  double stress[6], ddsdde[36], sse, spd, scd, rpl, ddsddt[6], drplde[6], drpldt, pnewdt;
  double stran[6], dstran[6], time[2], dtime, temp, dtemp, predef, dpred;
  double props[BP_MAX_PARAMS], coords[3], drot[9], celent, dfgrd0[9], dfgrd1[9];
} Call;

/* Shear: the component itself is Mandel's by sqrt(2), the engineering strain times sqrt(2). */
static void stress_out(const double mandel[6], double unit, double *stress) {
  for (int i = 0; i < 6; i++)
    stress[place[i]] = mandel[i] / (i < 3 ? unit : unit * BP_SQRT2);
}

static void strain_out(const double mandel[6], double *strain) {
  for (int i = 0; i < 6; i++)
    strain[place[i]] = mandel[i] * (i < 3 ? 1.0 : BP_SQRT2);
}

static void stress_in(const double *stress, double unit, double mandel[6]) {
  for (int i = 0; i < 6; i++)
    mandel[i] = stress[place[i]] * (i < 3 ? unit : unit * BP_SQRT2);
}

static void tangent_in(const double *ddsdde, double unit, double tangent[36]) {
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      tangent[6 * i + j] = unit * (i < 3 ? 1.0 : BP_SQRT2) * (j < 3 ? 1.0 : BP_SQRT2) *
                           ddsdde[place[i] + 6 * place[j]];
}

/* Small strain: no rotation, F = 1 + strain. */
static void deformation(const double strain[6], double *F) {
  double e[3][3];
  bp_unmandel(strain, e);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      F[i + 3 * j] = e[i][j] + (i == j);
}

static double elastic_energy(const BpLawIn *in) {
  double sum = 0.0;
  for (int i = 0; i < 6; i++)
    sum += 0.5 * in->stress0[i] * (in->strain0[i] - in->state0[S_INELASTIC + i]);
  return sum;
}

static void prepare(const BpUmat *u, const BpLawIn *in, Call *c) {
  double step[6];
  *c = (Call){.drot = {1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0},
              .celent = 1.0,
              .pnewdt = 1e30, /* large before each call, as the manual has it */
              .time = {in->t0, in->t0},
              .dtime = in->dt,
              .temp = in->T0 - u->zero,
              .dtemp = in->T1 - in->T0,
              .sse = elastic_energy(in) / u->stress_unit,
              .spd = in->state0[S_PLASTIC_WORK] / u->stress_unit,
              .scd = in->state0[S_CREEP_WORK] / u->stress_unit};
  for (int i = 0; i < 6; i++)
    step[i] = in->strain1[i] - in->strain0[i];
  stress_out(in->stress0, u->stress_unit, c->stress);
  strain_out(in->strain0, c->stran);
  strain_out(step, c->dstran);
  deformation(in->strain0, c->dfgrd0);
  deformation(in->strain1, c->dfgrd1);
  for (int k = 0; k < u->nprops; k++)
    c->props[k] = in->param[u->prop[k].constant] / u->prop[k].unit;
}

static void call(const BpUmat *u, Call *c, double *statev) {
  static const int ndi = 3, nshr = 3, ntens = 6, one = 1;
  const int jstep[4] = {1, 1, 0, 0};
  const int kinc = c->time[1] > 0.0 ? 2 : 1; /* 1: some set up their states then */
  u->routine(c->stress, statev, c->ddsdde, &c->sse, &c->spd, &c->scd, &c->rpl, c->ddsddt, c->drplde,
             &c->drpldt, c->stran, c->dstran, c->time, &c->dtime, &c->temp, &c->dtemp, &c->predef,
             &c->dpred, u->cmname, &ndi, &nshr, &ntens, &u->nstatv, c->props, &u->nprops, c->coords,
             c->drot, &c->pnewdt, &c->celent, c->dfgrd0, c->dfgrd1, &one, &one, &one, &one, jstep,
             &kinc, BP_UMAT_NAME);
}

static int is_finite(const double *value, int n) {
  double sum = 0.0;
  for (int i = 0; i < n; i++)
    sum += fabs(value[i]);
  return isfinite(sum);
}

/* The wrapper's own states from what the subroutine made; the work of the step. */
static double close_step(const BpUmat *u, const BpLawIn *in, const Call *c, BpLawOut *out) {
  const double young = in->param[E_YOUNG], poisson = in->param[E_POISSON];
  const double pressure = poisson / young * bp_trace(out->stress1);
  const double own = c->spd - in->state0[S_PLASTIC_WORK] / u->stress_unit + c->scd -
                     in->state0[S_CREEP_WORK] / u->stress_unit; /* 0 exactly if it keeps none */
  double *inelastic = out->state1 + S_INELASTIC, de[6], shape[6], work = 0.0;
  for (int i = 0; i < 6; i++) {
    const double elastic = (1.0 + poisson) / young * out->stress1[i] - (i < 3 ? pressure : 0.0);
    inelastic[i] = in->strain1[i] - elastic;
    de[i] = inelastic[i] - in->state0[S_INELASTIC + i];
    work += 0.5 * (in->stress0[i] + out->stress1[i]) * de[i];
  }
  bp_deviator(de, shape);
  out->state1[S_ACCUMULATED] = in->state0[S_ACCUMULATED] + bp_equivalent_strain(shape);
  out->state1[S_PLASTIC_WORK] = c->spd * u->stress_unit;
  out->state1[S_CREEP_WORK] = c->scd * u->stress_unit;
  return own != 0.0 ? own * u->stress_unit : work;
}

/* What the subroutine asked for by PNEWDT; a quarter where it only failed. */
static BpStatus cut(const BpLawIn *in, double pnewdt, const char *reason, BpLawOut *out) {
  return bp_law_cut(out, in->dt * (pnewdt > 0.0 && pnewdt < 1.0 ? pnewdt : 0.25), reason);
}

BpStatus bp_umat_update(const BpLawIn *in, BpLawOut *out) {
  const BpUmat *u = in->context;
  double *statev = out->state1 + BP_UMAT_FIXED;
  Call c;
  bp_law_begin(out);
  if (!(in->dt >= 0.0 && in->t0 >= 0.0 && in->T0 > 0.0 && in->T1 > 0.0))
    return bp_law_bad(out, BP_REASON_TIME);
  prepare(u, in, &c);
  if (!is_finite(c.dstran, 6)) /* it need not return from that */
    return cut(in, 0.0, "a strain that is not a number", out);
  memcpy(statev, in->state0 + BP_UMAT_FIXED, (size_t)u->nstatv * sizeof statev[0]);
  call(u, &c, statev);
  if (!(c.pnewdt >= 1.0))
    return cut(in, c.pnewdt, "the UMAT asks for a smaller step (PNEWDT)", out);
  stress_in(c.stress, u->stress_unit, out->stress1);
  out->work_inelastic = close_step(u, in, &c, out);
  if (!is_finite(out->stress1, 6) || !is_finite(out->state1, BP_UMAT_FIXED + u->nstatv) ||
      !isfinite(out->work_inelastic) || !is_finite(c.ddsdde, 36))
    return cut(in, 0.0, "the UMAT returns what is not a number", out);
  if (out->tangent)
    tangent_in(c.ddsdde, u->stress_unit, out->tangent);
  return BP_OK;
}

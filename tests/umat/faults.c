/* Routines that are wrong in one way each; one constant, E, with nu = 0.25, and five states. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ARGUMENTS                                                                                  \
  double *stress, double *statev, double *ddsdde, double *sse, double *spd, double *scd,           \
      double *rpl, double *ddsddt, double *drplde, double *drpldt, const double *stran,            \
      const double *dstran, const double *time, const double *dtime, const double *temp,           \
      const double *dtemp, const double *predef, const double *dpred, const char *cmname,          \
      const int *ndi, const int *nshr, const int *ntens, const int *nstatv, const double *props,   \
      const int *nprops, const double *coords, const double *drot, double *pnewdt,                 \
      const double *celent, const double *dfgrd0, const double *dfgrd1, const int *noel,           \
      const int *npt, const int *layer, const int *kspt, const int *jstep, const int *kinc,        \
      size_t length

/* NOLINTBEGIN(misc-unused-parameters,readability-function-size): the arguments are Abaqus' */
#define ROUTINE(name)                                                                              \
  void name(ARGUMENTS);                                                                            \
  void name(ARGUMENTS)

/* Elasticity; nu = 0.25 makes lambda = G = E/2.5. */
static void elastic(double *stress, double *ddsdde, const double *dstran, double E) {
  const double G = E / 2.5;
  memset(ddsdde, 0, 36 * sizeof ddsdde[0]);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      ddsdde[i + 6 * j] = (i < 3 && j < 3 ? G : 0.0) + (i == j ? (i < 3 ? 2.0 : 1.0) * G : 0.0);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      stress[i] += ddsdde[i + 6 * j] * dstran[j];
}

/* Right; keeps what it was told, for the test to look at. */
ROUTINE(records_) {
  elastic(stress, ddsdde, dstran, props[0]);
  *scd += 2.0;
  statev[0] = temp[0];
  statev[1] = dtemp[0];
  statev[2] = time[1];
  statev[3] = kinc[0];
  statev[4] = length == 80 && memcmp(cmname, "CARD      ", 10) == 0 && ndi[0] == 3 &&
              nshr[0] == 3 && ntens[0] == 6 && nstatv[0] == 5 && nprops[0] == 1;
}

ROUTINE(crashes_) {
  abort();
}

ROUTINE(stops_) {
  exit(3);
}

ROUTINE(returns_nan_) {
  elastic(stress, ddsdde, dstran, props[0]);
  stress[4] = (double)NAN;
}

ROUTINE(writes_beyond_) {
  elastic(stress, ddsdde, dstran, props[0]);
  statev[nstatv[0]] = 1.0;
}

ROUTINE(is_soft_) {
  elastic(stress, ddsdde, dstran, 0.5 * props[0]);
}

ROUTINE(is_prestressed_) {
  elastic(stress, ddsdde, dstran, props[0]);
  stress[0] += 1e6;
}

/* Right, but begins with steps of half a second at most. */
ROUTINE(begins_slowly_) {
  elastic(stress, ddsdde, dstran, props[0]);
  if (time[1] < 0.1 && dtime[0] > 0.5)
    *pnewdt = 0.5 / dtime[0];
}

/* Elastic up to 1 % of shear; beyond, a tenth of the step, and NaN beyond 10 %. */
ROUTINE(cuts_) {
  elastic(stress, ddsdde, dstran, props[0]);
  if (fabs(stran[3] + dstran[3]) > 0.01)
    *pnewdt = 0.1;
  if (fabs(stran[3] + dstran[3]) > 0.1) {
    *pnewdt = 1.0;
    ddsdde[0] = (double)NAN;
  }
}

/* Right until 10 s, then not a number, or softening. */
ROUTINE(fails_late_) {
  elastic(stress, ddsdde, dstran, props[0]);
  if (time[1] + dtime[0] > 10.0)
    stress[4] = (double)NAN;
}

ROUTINE(softens_late_) {
  elastic(stress, ddsdde, dstran, props[0]);
  for (int i = 0; i < 36 && time[1] + dtime[0] > 10.0; i++)
    ddsdde[i] *= -1.0;
}
/* NOLINTEND(misc-unused-parameters,readability-function-size) */

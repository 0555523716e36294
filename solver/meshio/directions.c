#include "directions.h"

#include <math.h>
#include <string.h>

static const double flat = 1e-6; /* of its extent that a plane may be off */
static const double same = 1e-9; /* of unit vectors */

static double dot(const double a[3], const double b[3]) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(const double a[3], const double b[3], double c[3]) {
  for (int d = 0; d < 3; d++)
    c[d] = a[(d + 1) % 3] * b[(d + 2) % 3] - a[(d + 2) % 3] * b[(d + 1) % 3];
}

/* The point farthest from the first one, or with `along` from the line in that direction through
 * it. */
static double farthest(const double (*x)[3], int n, const double *along, double from_first[3]) {
  double most = 0.0;
  for (int i = 1; i < n; i++) {
    double v[3], c[3];
    for (int d = 0; d < 3; d++)
      v[d] = x[i][d] - x[0][d];
    if (along)
      cross(v, along, c);
    const double size = along ? sqrt(dot(c, c)) : sqrt(dot(v, v));
    if (size > most) {
      most = size;
      memcpy(from_first, v, sizeof v);
    }
  }
  return most;
}

/* An axis where it is one, and a sign that does not depend on the points. */
static void tidy(double normal[3]) {
  int largest = 0;
  for (int d = 1; d < 3; d++)
    if (fabs(normal[d]) > fabs(normal[largest]) * (1.0 + same))
      largest = d;
  const double sign = normal[largest] < 0.0 ? -1.0 : 1.0;
  for (int d = 0; d < 3; d++)
    normal[d] *= sign;
  for (int d = 0; d < 3; d++)
    if (normal[d] > 1.0 - flat * flat)
      for (int k = 0; k < 3; k++)
        normal[k] = k == d;
}

int bp_plane_normal(const double (*x)[3], int n, double normal[3]) {
  double first[3] = {0}, second[3] = {0};
  const double size = farthest(x, n, NULL, first);
  if (!(size > 0.0))
    return 0;
  for (int d = 0; d < 3; d++)
    first[d] /= size;
  if (!(farthest(x, n, first, second) > flat * size))
    return 0;
  cross(first, second, normal);
  const double area = sqrt(dot(normal, normal));
  for (int d = 0; d < 3; d++)
    normal[d] /= area;
  tidy(normal);
  for (int i = 1; i < n; i++) {
    const double v[3] = {x[i][0] - x[0][0], x[i][1] - x[0][1], x[i][2] - x[0][2]};
    if (fabs(dot(v, normal)) > flat * size)
      return 0;
  }
  return 1;
}

void bp_directions_start(BpDirections *d) {
  *d = (BpDirections){.row = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}},
                      .basis = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}}};
}

int bp_directions_add(BpDirections *d, const double direction[3]) {
  int best = -1;
  for (int i = 0; i < 3; i++)
    if (d->held[i] && fabs(fabs(dot(d->row[i], direction)) - 1.0) < same)
      return i;
  for (int i = 0; i < 3; i++)
    if (!d->held[i] && (best < 0 || fabs(direction[i]) > fabs(direction[best])))
      best = i;
  if (best < 0)
    return -1;
  d->held[best] = 1;
  d->oblique |= !(fabs(direction[best]) > 1.0 - same);
  if (!(fabs(direction[best]) > 1.0 - same))
    memcpy(d->row[best], direction, sizeof d->row[best]);
  return best;
}

int bp_directions_finish(BpDirections *d) {
  double c[3][3];
  for (int i = 0; i < 3; i++)
    cross(d->row[(i + 1) % 3], d->row[(i + 2) % 3], c[i]);
  const double volume = dot(d->row[0], c[0]);
  if (!(fabs(volume) > flat))
    return 0;
  for (int i = 0; i < 3 && d->oblique; i++)
    for (int k = 0; k < 3; k++)
      d->basis[k][i] = c[i][k] / volume;
  return 1;
}

#include "cut.h"

enum { LEAST_PIECES = 3 };

/* A piece by its corners on the lattice; its centre and volume are those in the reference element.
 */
typedef struct {
  int ncorners, corner[8][3];
  double volume;
} Piece;

static int lattice(int n, const int at[3]) {
  return (at[0] * (n + 1) + at[1]) * (n + 1) + at[2];
}

/* Reference coordinates of a place on the lattice. */
static void place(const BpCutCell *cut, const double at[3], double xi[3]) {
  for (int d = 0; d < 3; d++) {
    const int from_minus_one =
        cut->element->shape == BP_HEXAHEDRON || (cut->element->shape == BP_WEDGE && d == 2);
    xi[d] = from_minus_one ? -1.0 + 2.0 * at[d] / cut->n : at[d] / cut->n;
  }
}

static int is_on_lattice(const BpCutCell *cut, int i, int j, int k) {
  switch (cut->element->shape) {
  case BP_TETRAHEDRON:
    return i + j + k <= cut->n;
  case BP_WEDGE:
    return i + j <= cut->n;
  case BP_HEXAHEDRON:
    break;
  }
  return 1;
}

void bp_cut_ball(int nnodes, const double (*xyz)[3], double center[3], double *radius) {
  *radius = 0.0;
  for (int d = 0; d < 3; d++) {
    center[d] = 0.0;
    for (int n = 0; n < nnodes; n++)
      center[d] += xyz[n][d] / nnodes;
  }
  for (int n = 0; n < nnodes; n++) {
    double sum = 0.0;
    for (int d = 0; d < 3; d++)
      sum += (xyz[n][d] - center[d]) * (xyz[n][d] - center[d]);
    *radius = fmax(*radius, sqrt(sum));
  }
}

int bp_cut_pieces(double size, double distance) {
  const int n = (int)ceil(5.0 * size / distance);
  return n < LEAST_PIECES ? LEAST_PIECES : n > BP_CUT_MOST ? BP_CUT_MOST : n;
}

void bp_cut_sample(BpCutCell *cut, double (*distance)(const double x[3], const void *context),
                   const void *context) {
  for (int i = 0; i <= cut->n; i++)
    for (int j = 0; j <= cut->n; j++)
      for (int k = 0; k <= cut->n; k++) {
        double xi[3], x[3];
        if (!is_on_lattice(cut, i, j, k))
          continue;
        place(cut, (const double[3]){i, j, k}, xi);
        bp_element_position(cut->element, cut->xyz, xi, x);
        cut->phi[lattice(cut->n, (const int[3]){i, j, k})] = distance(x, context);
      }
}

/* Share of a piece with phi < 0, from its corners. */
static double inside_share(const double *phi, int n) {
  double low = phi[0], high = phi[0];
  for (int i = 1; i < n; i++) {
    low = fmin(low, phi[i]);
    high = fmax(high, phi[i]);
  }
  if (high <= 0.0)
    return 1.0;
  return low >= 0.0 ? 0.0 : -low / (high - low);
}

/* What the wanted one owns of a piece, by its corners. */
static double owned_share(const BpCutCell *cut, const Piece *piece) {
  double owned = 0.0;
  if (!cut->owners)
    return 1.0;
  for (int i = 0; i < piece->ncorners; i++) {
    const unsigned owners = cut->owners[lattice(cut->n, piece->corner[i])];
    int count = 0;
    for (unsigned rest = owners; rest; rest &= rest - 1)
      count++;
    if (owners & cut->wanted)
      owned += 1.0 / count;
  }
  return owned / piece->ncorners;
}

static void add_piece(const BpCutCell *cut, const Piece *piece, double shift, double *weight) {
  double phi[8] = {0}, at[3] = {0}, xi[3], basis[BP_FE_MAX_POINTS];
  for (int i = 0; i < piece->ncorners; i++) {
    phi[i] = cut->phi[lattice(cut->n, piece->corner[i])] - shift;
    for (int d = 0; d < 3; d++)
      at[d] += piece->corner[i][d] / (double)piece->ncorners;
  }
  const double share = inside_share(phi, piece->ncorners) * owned_share(cut, piece);
  if (share <= 0.0)
    return;
  place(cut, at, xi);
  const double volume =
      share * bp_element_jacobian(cut->element, cut->xyz, xi, NULL) * piece->volume;
  cut->element->point_basis(xi, basis);
  for (int q = 0; q < cut->element->npoints; q++)
    weight[q] += volume * basis[q];
}

/* The pieces of the lattice's box at (i, j, k), by the corners' numbers 4 di + 2 dj + dk. */
typedef struct {
  int ncorners, corner[8];
  double volume; /* times 1/n^3 */
  int reach;     /* lattice steps that the farthest corner is away from (i, j, k) */
} Part;

/* In a tetrahedron: one of the corner, the octahedron beside it, and one of the far corner. */
static const Part tetrahedra[] = {{4, {0, 4, 2, 1}, 1.0 / 6.0, 1},
                                  {6, {4, 2, 1, 6, 5, 3}, 4.0 / 6.0, 2},
                                  {4, {6, 5, 3, 7}, 1.0 / 6.0, 3}};
static const Part wedges[] = {{6, {0, 4, 2, 1, 5, 3}, 1.0, 1}, {6, {4, 6, 2, 5, 7, 3}, 1.0, 2}};
static const Part hexahedra[] = {{8, {0, 1, 2, 3, 4, 5, 6, 7}, 8.0, 0}};

static const Part *parts_of(BpShape shape, int *count) {
  switch (shape) {
  case BP_TETRAHEDRON:
    *count = BP_COUNT(tetrahedra);
    return tetrahedra;
  case BP_WEDGE:
    *count = BP_COUNT(wedges);
    return wedges;
  case BP_HEXAHEDRON:
    break;
  }
  *count = BP_COUNT(hexahedra);
  return hexahedra;
}

static void add_box(const BpCutCell *cut, const int box[3], double shift, double *weight) {
  const int n = cut->n;
  int count;
  const Part *part = parts_of(cut->element->shape, &count);
  const int used = cut->element->shape == BP_TETRAHEDRON ? box[0] + box[1] + box[2]
                   : cut->element->shape == BP_WEDGE     ? box[0] + box[1]
                                                         : 0;
  for (int p = 0; p < count; p++) {
    Piece piece = {.ncorners = part[p].ncorners, .volume = part[p].volume / ((double)n * n * n)};
    if (used + part[p].reach > n)
      continue;
    for (int c = 0; c < piece.ncorners; c++)
      for (int d = 0; d < 3; d++)
        piece.corner[c][d] = box[d] + (part[p].corner[c] >> (2 - d) & 1);
    add_piece(cut, &piece, shift, weight);
  }
}

void bp_cut_add(const BpCutCell *cut, double shift, double *weight) {
  for (int k = 0; k < cut->n; k++)
    for (int i = 0; i < cut->n; i++)
      for (int j = 0; j < cut->n; j++)
        add_box(cut, (const int[3]){i, j, k}, shift, weight);
}

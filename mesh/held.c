#include "held_impl.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TOGETHER = 100 }; /* pieces that hold each other, whose motions are looked at at once */
enum { MOST = 10 };           /* problems */

/* Of the largest eigenvalue: below it a motion is free. Supports on a line to 3e-5 of the size of
 * what they hold do not keep it from turning. */
static const double tiny = 1e-9;

void bp_supports_add(BpSupports *supports, int node, const double direction[3]) {
  const double length = hypot(hypot(direction[0], direction[1]), direction[2]);
  const int n = supports->count++;
  if ((n & (n - 1)) == 0)
    BP_GROW(supports->item, n > 0 ? 2 * (size_t)n : 1);
  supports->item[n].node = node;
  for (int d = 0; d < 3; d++)
    supports->item[n].direction[d] = direction[d] / length;
}

static int root(const BpPieces *p, int piece) {
  while (p->item[piece].body != piece)
    piece = p->item[piece].body = p->item[p->item[piece].body].body;
  return piece;
}

static void add_pin(BpPieces *p, int node, int a, int b) {
  const int n = p->npins++, first = root(p, a), second = root(p, b);
  if ((n & (n - 1)) == 0)
    BP_GROW(p->pin, n > 0 ? 2 * (size_t)n : 1);
  p->pin[n] = (BpPin){node, {a, b}};
  p->item[first > second ? first : second].body = first < second ? first : second;
}

static void add_to_box(BpPiece *piece, const double *x) {
  for (int d = 0; d < 3; d++) {
    piece->low[d] = fmin(piece->low[d], x[d]);
    piece->high[d] = fmax(piece->high[d], x[d]);
  }
}

static void find_pieces(const BpMesh *mesh, const unsigned char *there, BpPieces *p) {
  p->of_cell = BP_NEW(int, mesh->cells.count);
  p->at_node = BP_NEW(int, mesh->nnodes);
  p->npieces = bp_mesh_pieces(mesh, there, p->of_cell);
  p->item = BP_NEW(BpPiece, p->npieces);
  for (int i = 0; i < p->npieces; i++)
    p->item[i] = (BpPiece){.body = i,
                           .low = {HUGE_VAL, HUGE_VAL, HUGE_VAL},
                           .high = {-HUGE_VAL, -HUGE_VAL, -HUGE_VAL}};
  for (int n = 0; n < mesh->nnodes; n++)
    p->at_node[n] = -1;
  for (int c = 0; c < mesh->cells.count; c++) {
    const int piece = p->of_cell[c];
    if (piece < 0)
      continue;
    p->item[piece].ncells++;
    for (int i = mesh->cells.start[c]; i < mesh->cells.start[c + 1]; i++) {
      const int node = mesh->cells.node[i];
      add_to_box(&p->item[piece], mesh->xyz + 3 * (size_t)node);
      if (p->at_node[node] < 0)
        p->at_node[node] = piece;
      else if (p->at_node[node] != piece)
        add_pin(p, node, p->at_node[node], piece);
    }
  }
}

/* The six motions of a piece at a place, along a direction. */
static void motions_at(const BpPiece *piece, const double *at, const double direction[3],
                       double motion[BP_RIGID_MOTIONS]) {
  double x[3];
  for (int d = 0; d < 3; d++)
    x[d] = (at[d] - piece->origin[d]) / piece->size;
  for (int d = 0; d < 3; d++) {
    motion[d] = direction[d];
    motion[3 + d] =
        x[(d + 1) % 3] * direction[(d + 2) % 3] - x[(d + 2) % 3] * direction[(d + 1) % 3];
  }
}

static void set_origins(BpPieces *p) {
  for (int i = 0; i < p->supports->count; i++) {
    const int node = p->supports->item[i].node, piece = p->at_node[node];
    for (int d = 0; d < 3 && piece >= 0; d++)
      p->item[piece].origin[d] += p->mesh->xyz[3 * (size_t)node + (size_t)d];
    if (piece >= 0)
      p->item[piece].nsupports++;
  }
  for (int i = 0; i < p->npieces; i++) {
    BpPiece *piece = &p->item[i];
    for (int d = 0; d < 3; d++) {
      piece->size = fmax(piece->size, 0.5 * (piece->high[d] - piece->low[d]));
      piece->origin[d] = piece->nsupports > 0 ? piece->origin[d] / piece->nsupports
                                              : 0.5 * (piece->low[d] + piece->high[d]);
    }
  }
}

static void add_supports(BpPieces *p) {
  for (int i = 0; i < p->supports->count; i++) {
    const BpSupport *support = &p->supports->item[i];
    double motion[BP_RIGID_MOTIONS];
    if (p->at_node[support->node] < 0)
      continue;
    BpPiece *piece = &p->item[p->at_node[support->node]];
    motions_at(piece, p->mesh->xyz + 3 * (size_t)support->node, support->direction, motion);
    for (int k = 0; k < BP_RIGID_MOTIONS; k++)
      for (int l = 0; l < BP_RIGID_MOTIONS; l++)
        piece->gram[k][l] += motion[k] * motion[l];
  }
}

/* Number of free motions of n/6 pieces with the Gram matrix G [n][n], which is used up. share [n/6]
 * receives the part of each piece in them; largest the largest eigenvalue. */
static int find_free(double *G, int n, double *share, double *largest) {
  gsl_matrix_view matrix = gsl_matrix_view_array(G, (size_t)n, (size_t)n);
  gsl_vector *value = gsl_vector_alloc((size_t)n);
  gsl_matrix *vector = gsl_matrix_alloc((size_t)n, (size_t)n);
  gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc((size_t)n);
  int nfree = 0;
  gsl_eigen_symmv(&matrix.matrix, value, vector, work);
  *largest = gsl_vector_max(value);
  for (int i = 0; i < n; i++) {
    if (gsl_vector_get(value, (size_t)i) > tiny * *largest)
      continue;
    nfree++;
    for (int k = 0; k < n; k++) {
      const double x = gsl_matrix_get(vector, (size_t)k, (size_t)i);
      share[k / BP_RIGID_MOTIONS] += x * x;
    }
  }
  gsl_eigen_symmv_free(work);
  gsl_matrix_free(vector);
  gsl_vector_free(value);
  return nfree;
}

/* ---- the pieces of a body */

static void judge_alone(const BpPieces *p, int piece, const BpHeldText *text,
                        BpProblems *problems) {
  double G[BP_RIGID_MOTIONS * BP_RIGID_MOTIONS], share = 0.0, largest;
  unsigned motions = 0;
  memcpy(G, p->item[piece].gram, sizeof G);
  if (find_free(G, BP_RIGID_MOTIONS, &share, &largest) == 0)
    return;
  for (unsigned m = 0; m < BP_RIGID_MOTIONS; m++)
    if (p->item[piece].gram[m][m] <= tiny * largest)
      motions |= 1u << m;
  bp_held_say_alone(p, piece, motions, text, problems);
}

/* Adds what two pieces of a body of n motions hold of each other. */
static void add_pin_to(const BpPieces *p, const BpPin *pin, const int *place, int n, double *G) {
  for (int d = 0; d < 3; d++) {
    double direction[3] = {0.0}, motion[2][BP_RIGID_MOTIONS];
    direction[d] = 1.0;
    for (int k = 0; k < 2; k++)
      motions_at(&p->item[pin->piece[k]], p->mesh->xyz + 3 * (size_t)pin->node, direction,
                 motion[k]);
    for (int k = 0; k < 2; k++)
      for (int l = 0; l < 2; l++)
        for (int i = 0; i < BP_RIGID_MOTIONS; i++)
          for (int j = 0; j < BP_RIGID_MOTIONS; j++)
            G[(BP_RIGID_MOTIONS * place[pin->piece[k]] + i) * n +
              BP_RIGID_MOTIONS * place[pin->piece[l]] + j] +=
                (k == l ? 1.0 : -1.0) * motion[k][i] * motion[l][j];
  }
}

/* place [npieces] of each of the `count` pieces of a body among them, -1: of another one */
static void judge_together(const BpPieces *p, const int *place, int count, const BpHeldText *text,
                           BpProblems *problems) {
  const int n = BP_RIGID_MOTIONS * count;
  double *G = BP_NEW(double, (size_t)n *(size_t)n), *share = BP_NEW(double, count), largest;
  for (int i = 0; i < p->npieces; i++)
    for (int k = 0; k < BP_RIGID_MOTIONS * BP_RIGID_MOTIONS && place[i] >= 0; k++)
      G[(BP_RIGID_MOTIONS * place[i] + k / BP_RIGID_MOTIONS) * n + BP_RIGID_MOTIONS * place[i] +
        k % BP_RIGID_MOTIONS] = p->item[i].gram[k / BP_RIGID_MOTIONS][k % BP_RIGID_MOTIONS];
  for (int i = 0; i < p->npins; i++)
    if (place[p->pin[i].piece[0]] >= 0)
      add_pin_to(p, &p->pin[i], place, n, G);
  find_free(G, n, share, &largest);
  for (int i = 0; i < p->npieces; i++)
    if (place[i] >= 0 && share[place[i]] > 1e-6)
      bp_held_say_hinged(p, i, text, problems);
  free(G);
  free(share);
}

/* A body of several pieces, the first of which is `body`. */
static void judge_body(const BpPieces *p, int body, const BpHeldText *text, BpProblems *problems) {
  int *place = BP_NEW(int, p->npieces), count = 0;
  for (int i = 0; i < p->npieces; i++)
    place[i] = root(p, i) == body ? count++ : -1;
  if (count <= MOST_TOGETHER)
    judge_together(p, place, count, text, problems);
  else
    bp_problem(problems, BP_EXIT_GEOMETRY, text->file, 0,
               "%s%d parts of the mesh touch at edges or points only; whether they hold each other "
               "is found out for %d at most: let cells share faces with their neighbours",
               text->when, count, MOST_TOGETHER);
  free(place);
}

static void free_pieces(BpPieces *p) {
  free(p->item);
  free(p->pin);
  free(p->of_cell);
  free(p->at_node);
}

BpStatus bp_mesh_held(const BpMesh *mesh, const unsigned char *there, const BpSupports *supports,
                      const BpHeldText *text, BpProblems *problems) {
  const int before = problems->count;
  BpPieces p = {.mesh = mesh, .supports = supports};
  find_pieces(mesh, there, &p);
  set_origins(&p);
  add_supports(&p);
  int *count = BP_NEW(int, p.npieces); /* pieces of the body that each is the first of */
  for (int i = 0; i < p.npieces; i++)
    count[root(&p, i)]++;
  for (int i = 0; i < p.npieces && problems->count - before < MOST; i++)
    if (count[i] == 1)
      judge_alone(&p, i, text, problems);
    else if (count[i] > 1)
      judge_body(&p, i, text, problems);
  free(count);
  free_pieces(&p);
  return problems->count == before ? BP_OK : BP_BAD;
}

BpStatus bp_mesh_exchanges(const BpMesh *mesh, const unsigned char *marked, const char *file,
                           BpProblems *problems) {
  const int before = problems->count;
  unsigned char *there = BP_NEW(unsigned char, mesh->nregions);
  memset(there, 1, (size_t)mesh->nregions);
  BpPieces p = {.mesh = mesh};
  find_pieces(mesh, there, &p);
  unsigned char *has = BP_NEW(unsigned char, p.npieces); /* of the first piece of a body */
  for (int n = 0; n < mesh->nnodes; n++)
    if (marked[n] && p.at_node[n] >= 0)
      has[root(&p, p.at_node[n])] = 1;
  for (int i = 0; i < p.npieces && problems->count - before < MOST; i++)
    if (root(&p, i) == i && !has[i])
      bp_held_say_isolated(&p, i, file, problems);
  free(has);
  free(there);
  free_pieces(&p);
  return problems->count == before ? BP_OK : BP_BAD;
}

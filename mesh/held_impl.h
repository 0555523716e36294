/* Pieces of a mesh that is checked, and what is said of them. */
#ifndef BP_HELD_IMPL_H
#define BP_HELD_IMPL_H

#include "held.h"

enum { BP_RIGID_MOTIONS = 6 }; /* along the axes, then about them */

typedef struct {
  double low[3], high[3]; /* m, box of its nodes */
  double origin[3], size; /* m, that its motions turn about: the middle of its supports */
  double gram[BP_RIGID_MOTIONS]
             [BP_RIGID_MOTIONS]; /* of its supports on its motions, turns in units of 1/size */
  int ncells, nsupports;
  int body; /* a piece of those that it shares nodes with, by way of others: see root() */
} BpPiece;

/* Two pieces share a node. */
typedef struct {
  int node, piece[2];
} BpPin;

typedef struct {
  const BpMesh *mesh;
  const BpSupports *supports;
  int npieces, npins;
  BpPiece *item;
  BpPin *pin;
  int *of_cell, *at_node; /* piece of each cell; one at each node, -1: none */
} BpPieces;

/* A piece that shares no node with others; bits of its free motions where they are along axes or
 * about them. */
void bp_held_say_alone(const BpPieces *p, int piece, unsigned motions, const BpHeldText *text,
                       BpProblems *problems);

/* A piece of a body that has no steady temperature. */
void bp_held_say_isolated(const BpPieces *p, int piece, const char *file, BpProblems *problems);

/* A piece that others do not hold where it touches them. */
void bp_held_say_hinged(const BpPieces *p, int piece, const BpHeldText *text, BpProblems *problems);

#endif

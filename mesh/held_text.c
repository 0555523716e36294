/* What is said of a part of a mesh that is not held. */
#include "held_impl.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES = 256 }; /* bytes of a list of names */

/* "x, y and z" */
static const char *list_axes(unsigned axes) {
  static const char *const list[8] = {"",  "x",       "y",       "x and y",
                                      "z", "x and z", "y and z", "x, y and z"};
  return list[axes];
}

/* "move along x and turn about y and z"; bits of the motions that are free */
static void describe(unsigned motions, char text[3 * NAMES]) {
  const char *along = list_axes(motions & 7u), *about = list_axes(motions >> 3);
  if (!motions)
    snprintf(text, 3 * NAMES, "move or turn");
  else
    snprintf(text, 3 * NAMES, "%s%s%s%s%s", along[0] ? "move along " : "", along,
             along[0] && about[0] ? " and " : "", about[0] ? "turn about " : "", about);
}

/* "'pad', 'land', 12 cells around (1, 2, 3) mm" */
static void describe_piece(const BpPieces *p, int piece, char text[3 * NAMES]) {
  const BpMesh *mesh = p->mesh;
  const BpPiece *at = &p->item[piece];
  unsigned char *has = BP_NEW(unsigned char, mesh->nregions);
  char names[NAMES] = "";
  for (int c = 0; c < mesh->cells.count; c++)
    if (p->of_cell[c] == piece)
      has[mesh->cells.group[c]] = 1;
  for (int i = 0; i < mesh->nregions; i++)
    if (has[i] && strlen(names) + BP_MESH_NAME + 8 < sizeof names)
      snprintf(names + strlen(names), BP_MESH_NAME + 8, "'%s', ", mesh->region[i]);
  snprintf(text, 3 * NAMES, "%s%d cell%s around (%.4g, %.4g, %.4g) mm", names, at->ncells,
           at->ncells == 1 ? "" : "s", 5e2 * (at->low[0] + at->high[0]),
           5e2 * (at->low[1] + at->high[1]), 5e2 * (at->low[2] + at->high[2]));
  free(has);
}

void bp_held_say_alone(const BpPieces *p, int piece, unsigned motions, const BpHeldText *text,
                       BpProblems *problems) {
  char what[3 * NAMES], how[3 * NAMES];
  describe(motions, how);
  describe_piece(p, piece, what);
  if (p->npieces == 1)
    bp_problem(problems, BP_EXIT_GEOMETRY, text->file, 0, "%s%s leave the body (%s) free to %s; %s",
               text->when, text->supports, what, how, text->remedy);
  else
    bp_problem(problems, BP_EXIT_GEOMETRY, text->file, 0,
               "%sa part of the mesh (%s) shares no node with the rest, and %s leave it free to "
               "%s; join it to its neighbours (one node at one place), or %s",
               text->when, what, text->supports, how, text->remedy);
}

void bp_held_say_hinged(const BpPieces *p, int piece, const BpHeldText *text,
                        BpProblems *problems) {
  char what[3 * NAMES];
  describe_piece(p, piece, what);
  bp_problem(problems, BP_EXIT_GEOMETRY, text->file, 0,
             "%sa part of the mesh (%s) touches the rest at edges or points only, and %s leave it "
             "free to turn there; let it share faces with its neighbours, or %s",
             text->when, what, text->supports, text->remedy);
}

void bp_held_say_isolated(const BpPieces *p, int piece, const char *file, BpProblems *problems) {
  char what[3 * NAMES];
  describe_piece(p, piece, what);
  bp_problem(problems, BP_EXIT_GEOMETRY, file, 0,
             "a part of the mesh (%s) shares no node with the rest, and nothing on it has "
             "temperature, convection or radiation, so that it has no steady state; join it to its "
             "neighbours (one node at one place), or give it one",
             what);
}

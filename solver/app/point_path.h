/* The file of `ballpad point --path`: what a material point is made to do, segment by segment. */
#ifndef BP_POINT_PATH_H
#define BP_POINT_PATH_H

#include "config.h"
#include "point.h"

/* Tensor components as they stand in names of keys and columns, in Mandel order: "11" ... "12". */
extern const char *const bp_point_component[6];

typedef struct {
  double duration, temperature;
  double strain[6], stress[6]; /* tensor components at the end of the segment; Pa */
  int steps;
} BpPointSegment;

typedef struct {
  double start;            /* K */
  char strains[BP_NAME];   /* "mechanical" or "total" */
  char component[BP_NAME]; /* of the columns strain and stress */
  int steps, repeat;
  BpPointSegment *segment; /* [nsegments] */
  int nsegments;
  char *file;
  BpYaml *tree;
  BpPathCorner *corner;
  int (*control)[6];
  BpPath path; /* what all of it comes to */
} BpPointPath;

enum { BP_POINT_MOST_STEPS = 1000000 }; /* of a path in all: they are kept in memory */

/* Reads a path.   [not collective]
 * set    [nset] "key=value", applied in order
 * steps  of each segment that does not say, 0: as the file has it
 * Problems are added with BP_EXIT_CASE, BP_EXIT_USAGE for a set without '='; NULL then. */
BpPointPath *bp_point_path_read(const char *file, char *const *set, int nset, int steps,
                                BpProblems *problems);
void bp_point_path_free(BpPointPath *path);

/* Index of the component for the columns strain and stress. */
int bp_point_path_component(const BpPointPath *path);

/* Adds the temperatures of the path that the card refuses, and as warnings those outside its fitted
 * range. */
void bp_point_path_range(const BpPointPath *path, const BpMaterial *material, BpProblems *problems);

#endif

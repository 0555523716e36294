/* Results of pure code, and the exit codes of the program. */
#ifndef BP_STATUS_H
#define BP_STATUS_H

/* "The step is too large" and "this is wrong" are two channels and never mix. */
typedef enum {
  BP_OK = 0, /* done */
  BP_CUT,    /* the step is too large: the stepper cuts it */
  BP_BAD     /* impossible input: the run stops */
} BpStatus;

typedef enum {
  BP_EXIT_OK = 0,
  BP_EXIT_INTERNAL = 1,
  BP_EXIT_USAGE = 2,
  BP_EXIT_CASE = 3,       /* case, schema or unit error */
  BP_EXIT_GEOMETRY = 4,   /* geometry or mesh */
  BP_EXIT_DIVERGED = 5,   /* not converged, last good state saved */
  BP_EXIT_CHECKPOINT = 6, /* no readable checkpoint, or results of another case */
  BP_EXIT_IO = 7,         /* disk full, permission, directory in use */
  BP_EXIT_STOPPED = 75    /* stopped on request with a checkpoint */
} BpExit;

#endif

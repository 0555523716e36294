/* A single material point under a prescribed path: a test machine for laws. Pure, no input or
 * output. Tensors are Mandel 6-vectors (tensor.h). */
#ifndef BP_POINT_H
#define BP_POINT_H

#include "materials.h"

typedef struct {
  double time;        /* s, increasing from corner to corner */
  double temperature; /* K */
  double value[6];    /* of each component: strain, or stress in Pa where it is prescribed */
  const int *stress; /* [6] as BpPath.stress, for the part that ends here; NULL: as the path has it.
                        A component that changes from strain to stress or back begins the part with
                        what it has reached, whatever the corner before says */
  int steps;         /* equal steps of the part that ends here; 0: by max_step */
} BpPathCorner;

typedef struct {
  const BpPathCorner *corner; /* [count >= 2]; all is linear in time between them */
  int count;
  int stress[6];   /* 1: the stress of this component is prescribed, 0: its strain */
  int total;       /* 1: strains contain the thermal strain from the first corner's temperature on;
                      0: they are mechanical */
  double max_step; /* s; not looked at where all corners but the first have steps */
} BpPath;

typedef struct {
  double time, temperature; /* s, K */
  const double *strain;     /* [6] mechanical */
  const double *stress;     /* [6] Pa */
  const double *state;      /* [bp_law_state_size()] */
  double work;              /* J/m3, inelastic, since the start */
  int newton;               /* iterations of this step for the prescribed stresses */
} BpPointRecord;

typedef void (*BpPointObserver)(const BpPointRecord *record, void *context);

/* Follows the path from a virgin state; what its first corner prescribes is applied at once, in no
 * time. Every part between corners is cut into
 * its number of equal steps, or into equal steps no longer than max_step; a step that the law
 * refuses, or in which a strain that is not prescribed changes by more than 1, is halved, down to
 * 2^-20 of it.
 * observe (NULL allowed) is called for the start and after every such equal step. BP_CUT if a step
 * cannot be taken, BP_BAD for a path that makes no sense (count, times, steps); *reason (NULL
 * allowed) then says why, a text that is never freed. */
BpStatus bp_point_run(const BpMaterial *material, const BpPath *path, BpPointObserver observe,
                      void *context, const char **reason);

typedef struct {
  double temperature; /* K */
  double rate;        /* 1/s, of the total strain, > 0 */
  double strain;      /* at the end; < 0 compresses */
  int steps;
} BpTension;

/* Uniaxial stress along axis 1 at constant rate. *stress (NULL allowed) receives that at the end,
 * Pa. Returns and reason as of bp_point_run(). */
BpStatus bp_point_tension(const BpMaterial *material, const BpTension *test,
                          BpPointObserver observe, void *context, double *stress,
                          const char **reason);

#endif

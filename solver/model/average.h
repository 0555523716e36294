/* Volume averages over fixed physical regions that cut through the elements: the interface layers,
 * the common region, the copper near walls and edges. */
#ifndef BP_AVERAGE_H
#define BP_AVERAGE_H

#include "model.h"

typedef struct {
  char name[BP_NAME]; /* "package.25um", "package.common", "rdl.ring_wall" */
  int set;            /* index of the model's point set that it averages over */
  double volume;      /* m3, over all ranks, of the meshed part */
  int count;          /* points of this rank with a weight */
  int *point;         /* [count] point of the set */
  double *weight;     /* [count] m3; they sum to the region's volume */
} BpAverage;

typedef struct {
  BpAverage *item;
  int count;
} BpAverages;

/* Adds averages over the part of a region within each of the given distances of the named faces;
 * names that the mesh does not have are skipped, and without any nothing is added.   [collective]
 * region    BpRegion, whose law is not linear
 * face      [nfaces] names of faces
 * distance  [ndistances] m; the average's name is prefix, or prefix.<distance>um where `label` is
 * set */
typedef struct {
  int region;
  const char *const *face;
  int nfaces;
  const double *distance;
  int ndistances;
  const char *prefix;
  int label;
} BpLayerSpec;

PetscErrorCode bp_averages_add_layers(const BpModel *model, const BpLayerSpec *spec,
                                      BpAverages *averages);

/* The wetted copper of the package side in parts, by where a face is and how it lies. A pad has
 * some of them. */
typedef enum {
  BP_PART_RIM,      /* outside of the well */
  BP_PART_RING_TOP, /* higher than the floor around it */
  BP_PART_FLOOR,    /* of the well, or of a pad without one inside its circle */
  BP_PART_WELL_WALL,
  BP_PART_RING_WALLS, /* also of islands */
  BP_PARTS_OF_PAD
} BpPadPart;

typedef struct {
  const char *face;        /* name of the wetted faces */
  double axis[2];          /* m */
  BpAnnulus ring;          /* m, of the copper's plan: wall copper counts */
  const double (*bump)[2]; /* [nbumps] m, axes of round bumps in place of the ring */
  int nbumps;
  double bump_radius; /* m, with their copper */
  double well;        /* m, radius */
  double distance;    /* m, thickness of the layer */
  const char *prefix;
} BpSectorSpec;

/* Adds the interface layer part by part: the solder within the distance that is nearest to that
 * part of the wetted copper; around an edge that two parts share each has half. What the
 * pad lacks is left out.   [collective] */
PetscErrorCode bp_averages_add_sectors(const BpModel *model, const BpSectorSpec *spec,
                                       BpAverages *averages);

/* Adds the average over the part of the solder between two radii from an axis, an inner radius of 0
 * giving a cylinder, and between two heights.   [collective] */
typedef struct {
  double axis[2]; /* m */
  BpAnnulus radii;
  double low, high; /* m */
} BpTube;

PetscErrorCode bp_averages_add_tube(const BpModel *model, const BpTube *tube, const char *name,
                                    BpAverages *averages);

/* Adds the average over all points of a region, nothing where its law is linear.   [collective] */
PetscErrorCode bp_averages_add_region(const BpModel *model, int region, const char *name,
                                      BpAverages *averages);

void bp_averages_free(BpAverages *averages);

/* Average by name, NULL if there is none. */
const BpAverage *bp_averages_find(const BpAverages *averages, const char *name);

/* Means over the regions, collected in one reduction.   [collective]
 * value(set, point, context) is what is averaged; mean [averages->count] */
PetscErrorCode bp_averages_mean(const BpModel *model, const BpAverages *averages,
                                double (*value)(const BpPointSet *, size_t, const void *),
                                const void *context, double *mean);

/* Ready values: accumulated inelastic work (J/m3) and equivalent strain of the last accepted state.
 */
double bp_value_work(const BpPointSet *set, size_t point, const void *unused);
double bp_value_accumulated(const BpPointSet *set, size_t point, const void *unused);

#endif

/* The case: what the user asked for, as plain data in SI units. Every field has its default in the
 * table of its section (case_<section>.c), which is also what --print-config prints. Angles in rad,
 * temperatures in K. */
#ifndef BP_CONFIG_H
#define BP_CONFIG_H

#include "base.h"
#include "case_package.h"
#include "case_parts.h"
#include "yaml_tree.h"

#include <stdio.h>

/* ---- model and mesh */

typedef struct {
  char kind[BP_NAME]; /* "cell": one joint in a pitch x pitch cell, x axis from the neutral point;
                         "strip", "quarter", "octant": of the array; "mesh": a mesh of the user's */
  BpArrayJoint *detailed; /* the first one is reported; none: the corner joint */
  int ndetailed;
  double neutral_distance; /* m, from the neutral point to the joint's axis */
  char
      symmetry[BP_NAME]; /* of the cell: "half" (y >= 0), "full", or "auto": half where it may be */
  char file[BP_PATH];    /* of kind "mesh": a Gmsh file */
  double unit;           /* m, length of 1 in the file */
  BpMeshMaterial *material; /* [nmaterials] */
  int nmaterials;
  BpBoundaryCase *boundary; /* [nboundary] */
  int nboundary;
} BpModelCase;

typedef struct {
  int level; /* 0..4, each level scales all sizes by 1/sqrt(2) */
  /* further circles (m) and radial lines (rad) of the plan and film levels (m) to conform to, set
   * by compare */
  double *extra_radii, *extra_angles, *extra_levels;
  int nextra_radii, nextra_angles, nextra_levels;
} BpMeshCase;

/* ---- materials: one card for each region */

typedef enum {
  BP_REGION_DIE,
  BP_REGION_PASSIVATION,
  BP_REGION_DIELECTRIC1,
  BP_REGION_DIELECTRIC2,
  BP_REGION_WIRING,
  BP_REGION_DIELECTRIC3,
  BP_REGION_SOLDER,
  BP_REGION_BOARD_PAD,
  BP_REGION_MASK,
  BP_REGION_BOARD,
  BP_REGION_CHIP_PAD,  /* where the wiring has a trace */
  BP_REGION_UNDERBUMP, /* these three where package.films has them */
  BP_REGION_INTERMETALLIC,
  BP_REGION_UNDERFILL,
  BP_REGIONS
} BpRegion;

/* Name of a cell's region in case files, meshes and results ("die", "passivation", ...). */
const char *bp_region_name(int region);

/* Index of a cell's region by its name, -1 if there is none. */
int bp_region_find(const char *name);

/* 1 if a case's package has the region. */
int bp_region_is_there(const BpPackage *package, int region);

typedef struct {
  char name[BP_NAME];
  char card[BP_PATH]; /* card name of the library or path of a card file */
  double stress_free; /* K; default load.start. Not used for what is joined at reflow */
  int joined;         /* 1: becomes part of the body at the joining */
} BpRegionMaterial;

enum { BP_MAX_REGIONS = 64 }; /* of a user's mesh */

/* The regions of the model: of a cell those of BpRegion, of a user's mesh its physical volumes. */
typedef struct {
  BpRegionMaterial region[BP_MAX_REGIONS];
  int count;
} BpMaterialsCase;

/* ---- load */

typedef struct {
  double to, rate; /* K, K/s (magnitude): a ramp, when hold is 0 */
  double hold;     /* s: a dwell, when > 0 */
  double power;    /* W of the package meanwhile, in load.heat.power_region */
} BpSegment;

typedef struct {
  double start;                /* K, joining temperature: solder and board are strain-free there */
  double cool_to;              /* K, after joining */
  double cool_rate, cool_hold; /* K/s (magnitude), s */
  char profile[BP_NAME];       /* named cycle, used when programme is empty */
  double ramp, dwell;          /* s, of the named cycle */
  int soak_mode;               /* of JESD22-A104, 1 to 4; 0: dwell says it */
  char mission[BP_PATH];       /* CSV of a cycle, used when programme is empty; "": none */
  BpSegment *programme;        /* one cycle; filled from the profile when the file gives none */
  int nprogramme;
  int cycles;           /* full cycles after the first, partial one; at most */
  double steady_change; /* relative change of a cycle's work that ends the run; 0: none does */
  BpHeatCase heat;
} BpLoad;

/* ---- solver and output */

typedef struct {
  char linear[BP_NAME];        /* "pmultigrid" or "direct" */
  char coarse[BP_NAME];        /* "auto", "factor" or "aggregates" */
  char deterministic[BP_NAME]; /* "true": the same bits from run to run, or "false" */
  double newton_tolerance;     /* residual relative to the internal force */
  int newton_iterations;       /* at most, then the step is cut */
  double time_tolerance;       /* aimed relative error of the work per cycle from the time steps */
  double first_step, min_step, max_step; /* s */
  double *times; /* s, prescribed step ends (set by compare); empty: automatic */
  int ntimes;
} BpSolverCase;

typedef struct {
  char fields[BP_NAME];        /* "dwells" (end of every dwell), "steps" or "none" */
  char (*quantities)[BP_NAME]; /* [nquantities] what the fields hold; "all" among them: all */
  int nquantities;
  char (*states)[BP_NAME]; /* [nstates] states of laws in the fields; "all" among them: all */
  int nstates;
  int compression; /* of the fields, 0 (none) to 9 */
  double layer;    /* m, interface layer of the reported averages */
  double *layers;  /* m, further layer thicknesses in the history */
  int nlayers;
  double copper_zone;  /* m, copper within this distance of walls and edges */
  double tension_zone; /* m, films within this distance of the relief's edges */
  BpProbeCase *probe;  /* [nprobes] */
  int nprobes;
  BpAverageCase *average; /* [naverages] of a user's mesh */
  int naverages;
  int checkpoint; /* after so many steps, 0: only where a run is stopped */
} BpOutputCase;

/* ---- life */

typedef struct {
  double shape;  /* beta; 0: no scatter is reported */
  int sample;    /* the first failure of so many counts */
  double failed; /* share of the samples, of the reported percentile */
} BpWeibullCase;

typedef struct {
  char models[1024]; /* "fitted", "all", or names of life models with commas between */
  BpWeibullCase weibull;
} BpLifeCase;

/* What the words of the claims take. */
typedef struct {
  double equal_area;  /* "approximately equal": |ratio - 1| */
  double vertical;    /* rad, "substantially vertical": off 90 degrees */
  double cylindrical; /* "substantially cylindrical": largest / least radius - 1 */
} BpClaimCase;

/* ---- the whole */

typedef struct BpCase {
  BpPackage package;
  BpModelCase model;
  BpMeshCase mesh;
  BpMaterialsCase materials;
  BpLoad load;
  BpSolverCase solver;
  BpOutputCase output;
  BpLifeCase life;
  BpClaimCase claims;
  char *petsc;  /* options passed to PETSc as they are; "" if none */
  char *file;   /* path it was read from */
  BpYaml *tree; /* the text it came from, for line numbers */
} BpCase;

/* Reads, completes and checks a case file.   [not collective, no MPI]
 * overrides  [noverrides] "path.to.key=value", applied in order with the file's own parser and
 *            units
 * problems   receives every problem found (code BP_EXIT_CASE, BP_EXIT_USAGE for an override
 *            without '=', BP_EXIT_IO for a file that resists reading)
 * Returns a case to be freed with bp_case_free(), NULL when it cannot be used. */
BpCase *bp_case_read(const char *path, char *const *overrides, int noverrides,
                     BpProblems *problems);

/* The same from a text; name stands for the file in messages. */
BpCase *bp_case_read_text(const char *name, const char *text, char *const *overrides,
                          int noverrides, BpProblems *problems);

void bp_case_free(BpCase *bp);

/* 1 for a model that is a mesh of the user's. */
int bp_case_is_mesh(const BpCase *bp);

/* 1 where heat is solved for, and 1 where nothing but heat is. */
int bp_case_has_heat(const BpCase *bp);
int bp_case_is_heat_alone(const BpCase *bp);

/* 1 where a field of the mesh gives the temperatures. */
int bp_case_has_field(const BpCase *bp);

/* Angle of the die's edge from the model's x axis about z, rad: the x axis of a cell runs along the
 * die's diagonal, those of an array and of a user's mesh are the die's. */
double bp_case_edge_angle(const BpCase *bp);

/* Index of a region of the model by its name, -1 if there is none. */
int bp_case_region(const BpCase *bp, const char *name);

/* Dotted path of a region's material, "materials.solder". */
void bp_case_region_key(const BpCase *bp, int region, char *key, size_t size);

/* First time after t at which loads change their rate, or a probe is read; infinite if none. */
double bp_case_next_time(const BpCase *bp, double t);

/* The complete case as YAML, every default filled in, numbers that read back to the same value; it
 * is itself a valid case file. Returns text to be freed with free(). */
char *bp_case_dump(const BpCase *bp);

/* 1 if a dotted path ("package.pad.ring.height") is a key of the case, 0 if not. */
int bp_case_is_key(const char *path);

/* What a key of the case takes, for those who vary keys. */
typedef enum {
  BP_KEY_NONE,   /* no key of the case */
  BP_KEY_NUMBER, /* a quantity */
  BP_KEY_COUNT,  /* a whole number */
  BP_KEY_OTHER   /* a word, a list */
} BpKeyKind;

typedef struct {
  BpKeyKind kind;
  const char *si; /* unit of a number as in units.h, "" otherwise */
} BpCaseKey;

/* A key by its dotted path, or by the short form of it that files take. */
BpCaseKey bp_case_key(const char *path);

/* The key nearest to a mistyped path, NULL where none is near enough. */
const char *bp_case_key_nearest(const char *path);

/* Reads the value of a key that stands in another file, with unit and range; number receives that
 * of a number or a count, NAN otherwise. BP_BAD with problems at the line of the node. */
BpStatus bp_case_key_value(const char *path, const char *file, const BpYamlNode *node,
                           double *number, BpProblems *problems);

/* Every key with its unit, default, range and meaning as a Markdown table. Returns text to be freed
 * with free(). */
char *bp_case_reference(void);

/* Adds a problem at the line of a key ("package.pad.ring.height"), or of the nearest section above
 * it that the file has. */
void bp_case_problem(const BpCase *bp, BpProblems *problems, BpExit code, const char *key,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Finds a file of the program's data ("materials/cards/x.yaml"): $BALLPAD_DATA, then the installed
 * share, then the source tree. Writes the path and returns BP_OK, or BP_BAD when there is none. */
BpStatus bp_data_file(const char *relative, char *path, size_t size);

/* 1 if a card is named by its file ("mine.yaml", "./mine"), 0 if by its name in the library. */
int bp_is_card_file(const char *card);

/* Makes the path of a file that a case names absolute: a relative one counts from the case's
 * directory or, where nothing is there, from the working directory. Stays as it is where there is
 * nothing either.
 * path [size]  in and out */
void bp_find_beside(const char *case_file, char *path, size_t size);

#endif

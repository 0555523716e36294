/* Studies: which keys of a case vary, the points of a design, the plan of their runs, and what
 * comes out of their summaries. Pure: runs and directories are the program's business. Numbers are
 * SI. */
#ifndef BP_STUDY_H
#define BP_STUDY_H

#include "base.h"
#include "config.h"

typedef enum {
  BP_DESIGN_GRID,     /* every value with every other one; the last factor runs fastest */
  BP_DESIGN_ONE,      /* the first values, then one factor at a time through its other ones */
  BP_DESIGN_LATIN,    /* Latin hypercube */
  BP_DESIGN_SOBOL,    /* Sobol's sequence */
  BP_DESIGN_SALTELLI, /* Sobol's sequence twice and crossed, for sensitivity indices */
  BP_DESIGN_LIST      /* the first values of all factors, the second ones, ... */
} BpDesign;

enum {
  BP_STUDY_SOBOL_FACTORS = 40, /* dimensions of GSL's sequence; Saltelli's points take two each */
  BP_STUDY_POINTS = 20000      /* at most */
};

/* Keys that vary together. */
typedef struct {
  char **key; /* [nkeys] */
  BpCaseKey *takes;
  int nkeys;
  int is_range, is_log; /* level 0 and 1 are the ends of a range */
  int npoints;          /* values of a range in a design that counts them, else 0 */
  int nlevels;
  char **text;    /* [nlevels][nkeys] as in a case file */
  double *number; /* [nlevels][nkeys] SI, NAN: no number */
} BpFactor;

/* Keys of a case, each with one value. */
typedef struct {
  char **key, **text; /* [n] text as in a case file */
  BpCaseKey *takes;
  double *number; /* [n] SI, NAN: no number */
  int n;
} BpStudyKeys;

typedef struct {
  char *file;
  char case_file[BP_PATH]; /* as the program finds it from its working directory */
  BpDesign design;
  int samples; /* 0 where the design counts its values */
  unsigned long seed;
  BpFactor *factor; /* [nfactors] */
  int nfactors;
  BpStudyKeys set;       /* values of all points, in place of the case's */
  BpStudyKeys reference; /* what a point is compared with */
} BpStudy;

/* Reads a study file. Every problem (BP_EXIT_CASE, BP_EXIT_IO) is added with its line; NULL then.
 */
BpStudy *bp_study_read(const char *path, BpProblems *problems);
void bp_study_free(BpStudy *study);

/* "grid", "latin_hypercube", ... */
const char *bp_design_name(BpDesign design);

/* ---- designs */

/* Number of points, before references; more than BP_STUDY_POINTS is said as that number + 1. */
int bp_design_size(const BpStudy *study);

/* Where a point stands on each factor. */
typedef struct {
  double place; /* 0 to 1 */
  int level;    /* of a list or of a counted range; -1 in between */
} BpPlace;

/* place [bp_design_size()][nfactors]. */
void bp_design_places(const BpStudy *study, BpPlace *place);

/* ---- the plan */

typedef struct {
  char **text;    /* [nkeys] as in a case file; NULL: as in the base case */
  double *number; /* [nkeys] SI; NAN: no number */
  BpPlace *place; /* [nfactors]; place NAN for a point that is a reference only */
  int reference;  /* point that it is compared with, -1: none */
  char directory[BP_NAME];
  char hash[BP_HASH_SIZE]; /* of the complete case with its cards; "" where it cannot be built */
  char *reason;            /* why it cannot be built, NULL if it can */
} BpStudyPoint;

typedef struct {
  char *study_file;
  char study_hash[BP_HASH_SIZE]; /* of the study file and the base case */
  char case_file[BP_PATH], design[BP_NAME], version[BP_NAME], build[2 * BP_NAME];
  int samples;
  unsigned long seed;
  char *set;  /* what all points have in place of the base case's, "key=value" by line: of the
               * study file, behind it of the command line, which counts */
  char **key; /* [nkeys] those of the factors, then those of references alone */
  char **si;  /* [nkeys] unit of a number, "" otherwise */
  int *owner; /* [nkeys] factor, -1: of references alone */
  int nkeys, nfactors;
  BpStudyPoint *point; /* [npoints] those of the design, then those that are references only */
  int npoints, ndesign;
} BpStudyPlan;

/* The points of a study with values, places, references and names of directories. */
BpStudyPlan *bp_study_plan(const BpStudy *study);
void bp_study_plan_free(BpStudyPlan *plan);

/* manifest.json as text, to be freed with free(). */
char *bp_study_plan_json(const BpStudyPlan *plan);

/* Reads it; problems (BP_EXIT_IO: none there or not readable, BP_EXIT_CHECKPOINT: of another schema
 * or changed) begin with the path; NULL then. */
BpStudyPlan *bp_study_plan_read(const char *path, BpProblems *problems);

/* ---- what came out */

typedef enum {
  BP_POINT_PLANNED,  /* not run yet, or to be gone on with */
  BP_POINT_FINISHED, /* values are there */
  BP_POINT_FAILED    /* reason says why */
} BpPointState;

typedef struct {
  const BpStudyPlan *plan;
  BpPointState *state; /* [npoints] */
  char **reason;       /* [npoints] NULL: none */
  char **name;         /* [ncolumns] "joint.delta_w_MPa" */
  char **unit;         /* [ncolumns] of the values, as the name says it; "" for a pure number */
  double **value;      /* [ncolumns][npoints] NAN: none */
  int ncolumns;
} BpStudyTable;

BpStudyTable *bp_study_table_new(const BpStudyPlan *plan);
void bp_study_table_free(BpStudyTable *table);

/* Sets a value, in a new column where there is none of that name. */
void bp_study_table_set(BpStudyTable *table, int point, const char *name, const char *unit,
                        double value);

/* Index of a column, -1 if there is none. */
int bp_study_table_find(const BpStudyTable *table, const char *name);

/* Adds the columns "NAME.ratio" of work, strains and lives: each value over that of the point's
 * reference. */
void bp_study_table_ratios(BpStudyTable *table);

/* The table as CSV, one line for each point; to be freed with free(). */
char *bp_study_csv(const BpStudyTable *table);

/* Name of a column for the value of a key: "package.pad.ring.height_m"; free with free(). */
char *bp_study_key_column(const BpStudyPlan *plan, int key);

/* ---- effects */

typedef struct {
  int factor;
  double place;           /* mean of the points' places */
  double x;               /* mean of the first key's number; NAN where it is none */
  const char *text;       /* of a level, NULL between levels */
  double mean, deviation; /* of the column; deviation NAN for one point */
  int count;
} BpEffect;

/* Means of a column over the finished points of the design at each level of each factor, or in up
 * to BP_EFFECT_BINS equal parts of a range that is sampled. Returns their number; *effect is to be
 * freed with free(). */
int bp_study_effects(const BpStudyTable *table, int column, BpEffect **effect);

enum { BP_EFFECT_BINS = 8 };

/* Sobol's indices of each factor, first order and total: shares of the variance of a column.
 * A complete grid: exactly, by the means over its points. Saltelli's points: first order as
 * Saltelli et al., Comput. Phys. Commun. 181 (2010) 259, table 2 (b), total as Jansen, ibid. (f).
 * first, total [nfactors]. BP_BAD where the design or missing points do not permit it, or nothing
 * varies. */
BpStatus bp_study_indices(const BpStudyTable *table, int column, double *first, double *total);

/* ---- contours */

typedef struct {
  const double *x, *y; /* [nx], [ny] */
  int nx, ny;
  const double *z; /* [nx][ny], NAN: none */
} BpStudyGrid;

/* Pieces of the line z = level, which is linear within triangles; segment [n][4] has x, y of both
 * ends and is to be freed with free(). Returns n. */
int bp_study_contour(const BpStudyGrid *grid, double level, double (**segment)[4]);

/* ---- in short */

/* Counts, failures, effects and indices as JSON text; free with free(). */
char *bp_study_json(const BpStudyTable *table);

#endif

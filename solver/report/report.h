/* Summaries of runs and their comparison: JSON files and tables. Pure but for jansson. Values are
 * SI here and carry the unit of their key in JSON. Work per volume: J/m3, which is 1e-6 MPa.
 * Volumes and areas are those of the whole joint, of which the model is a half. */
#ifndef BP_REPORT_H
#define BP_REPORT_H

#include "base.h"
#include "heat_result.h"
#include "config.h"

enum { BP_REPORT_REGIONS = BP_MAX_REGIONS, BP_REPORT_ZONES = 9, BP_LIFE_NUMBERS = 16 };
enum { BP_CLAIM_ROW_TEXT = 640, BP_CLAIM_ROW_NUMBERS = 24 };

/* ---- summary.json, schema 1 (the keys are a contract, see docs/cli.md). Numbers that do not apply
 * are NAN and become null. */

typedef struct {
  double delta_w, delta_eps; /* J/m3, 1: per cycle, averaged */
} BpSideResult;

typedef struct {
  char name[BP_NAME];   /* "ring_wall" */
  double range, volume; /* 1, m3 */
} BpZoneResult;

typedef struct {
  char name[BP_NAME];     /* "passivation", "passivation.ring_edge" */
  double tension, volume; /* Pa: largest in the cycle; m3 */
} BpFilmResult;

typedef struct {
  int index;                                 /* 0: the partial cycle before the first full one */
  BpSideResult package, board;               /* reported layer */
  BpSideResult package_common, board_common; /* common region */
  double rdl_range;                          /* plastic strain range, 1 */
  BpZoneResult zone[BP_REPORT_ZONES];        /* each of its zones */
  int nzones;
  BpFilmResult film[BP_REPORT_ZONES]; /* zones of passivation and dielectrics */
  int nfilms;
} BpCycleResult;

typedef struct {
  double layer, common; /* m3 of the reported layer and of the common region */
} BpSideVolume;

/* What life models need of a run beside its cycles. */
typedef struct {
  char card[BP_NAME], law[BP_NAME];        /* of the solder, "" where not known */
  double package_diameter, board_diameter; /* m, of the wetted copper in the plan */
  double temp_mean,
      dwell;            /* K, s: middle of the cycle's temperatures, mean dwell of a half cycle */
  double shape, failed; /* Weibull, as in the case; shape NAN: no scatter wanted */
  int sample;
} BpLifeBasis;

typedef struct {
  char name[24], unit[24]; /* unit of the value here and in JSON */
  double value;
} BpLifeNumber;

/* What a life model says of one side of the joint, or of the joint as a whole. */
typedef struct {
  char model[BP_NAME], source[BP_PATH], unit[16], statistic[BP_NAME], side[BP_NAME];
  double N;                         /* NAN: no result, see reason */
  int absolute;                     /* 0: exponent only, N is good for ratios between runs alone */
  double layer, crack, wetted_path; /* m: averages, crack length, never mixed with the path */
  double first_failure, percentile; /* in the unit of N; NAN where not wanted */
  BpLifeNumber number[BP_LIFE_NUMBERS]; /* [nnumbers] metrics, parts of N, constants */
  int nnumbers;
  char **warning; /* [nwarnings] */
  int nwarnings;
  char reason[BP_PATH]; /* "" where there is a result */
} BpLifeRow;

/* A value at a point. */
typedef struct {
  char name[BP_NAME], quantity[BP_NAME], unit[16];
  double time, value; /* s; in the unit */
} BpProbeResult;

/* Where the results come from, by name: "command", "case", ... */
typedef struct {
  char *name, *value;
} BpSummaryFact;

typedef struct {
  char name[BP_NAME]; /* short name for tables, "embossed" */
  char case_file[BP_PATH], pad[BP_NAME], version[BP_NAME], git[BP_NAME], case_hash[BP_HASH_SIZE];
  char build[2 * BP_NAME];     /* what was built: version, git, hash of a changed program */
  char petsc_options[BP_PATH]; /* of the command line, "" if none */
  int ranks, converged, nfacts;
  double wall_time, memory_per_rank; /* s; bytes, the largest of all ranks */
  struct {
    double fields, history, checkpoints; /* s, of this process */
  } writing;
  BpSummaryFact *fact; /* [nfacts] */
  struct {
    int nodes, cells, dofs;
    double volume_error, min_quality;
    double share; /* of the reported joint that is meshed */
  } mesh;
  struct {
    int accepted, rejected;
    long newton, linear;
    double *end; /* [nends] s, ends of the accepted steps */
    int nends;
  } steps;
  BpCycleResult *cycle; /* [ncycles] */
  int ncycles;
  BpSideVolume package_volume, board_volume;
  struct {
    char critical[BP_NAME]; /* "package" or "board"; "" while no full cycle is complete */
    double delta_w, delta_eps, layer_thickness, layer_volume, cycle_change; /* SI */
    double standoff, solder_volume, wetted_area, wetted_path; /* m, m3; package side: m2, m */
    int steady;                                               /* cycle_change <= 1 % */
  } joint;
  double error_mesh, error_time; /* relative, NAN: not estimated */
  BpLifeBasis basis;             /* of the life models */
  BpLifeRow *life;               /* [nlife] */
  int nlife;
  BpProbeResult *probe; /* [nprobes] */
  int nprobes;
  BpHeatResult heat;
  char **warning; /* [nwarnings] extrapolated or unverified data that the run used */
  int nwarnings;
} BpSummary;

/* An empty summary: every number that may be unknown is NAN. */
void bp_summary_init(BpSummary *summary);
void bp_summary_free(BpSummary *summary);

/* Adds a copy of a fact. */
void bp_summary_add_fact(BpSummary *summary, const char *name, const char *value);

/* Fills what `joint` takes from the cycles and volumes: the worse side of the last full cycle (the
 * larger work), its values, and their change since the full cycle before on the same side. */
void bp_summary_conclude(BpSummary *summary);

/* As JSON text (to be freed with free()), numbers in 17 digits. */
char *bp_summary_json(const BpSummary *summary);

/* Writes bp_summary_json to a file as bp_report_write does. */
BpStatus bp_summary_write(const BpSummary *summary, const char *path);

/* Reads what bp_summary_write wrote; free with bp_summary_free(), also after a failure. Problems
 * (BP_EXIT_IO, or BP_EXIT_CHECKPOINT for another schema) begin with the path; BP_BAD then. */
BpStatus bp_summary_read(const char *path, BpSummary *summary, BpProblems *problems);

/* ---- comparison */

typedef struct {
  char quantity[BP_NAME]; /* "joint.delta_w_MPa", "package.delta_w_MPa.common", "rdl.delta_eps_p",
                             ... */
  int summary, reference; /* indices into the summaries */
  double ratio, error_mesh, error_time; /* NAN where not known */
  char side[BP_NAME], side_reference[BP_NAME];
} BpRatio;

/* Ratios of every summary but the first to the first one, of the last full cycle,
 * joint.delta_w_MPa first. joint.*.common is the common region on the critical side. Returns their
 * number; *ratio is to be freed with free(). */
int bp_compare(const BpSummary *summary, int count, BpRatio **ratio);

/* Value of a quantity of bp_compare() in the last full cycle, SI; NAN where there is none. */
double bp_quantity_value(const BpSummary *summary, const char *quantity);

/* What one part of the embossed pad does to a quantity: a ratio of runs whose pads differ in that
 * part alone. */
enum { BP_PAD_FACTORS = 6 };

typedef struct {
  const char *name, *formula, *meaning; /* "cushion", "flat_bare / flat" */
  double ratio;                         /* NAN: a pad is missing, or a run has no full cycle */
  double error_mesh, error_time;        /* relative, NAN where not known */
  char missing[4 * BP_NAME];            /* pads that no run has: "concave, convex" */
} BpPadFactor;

/* The parts one by one and all together, each from the first run of every pad that it needs. */
void bp_pad_factors(const BpSummary *summary, int count, const char *quantity,
                    BpPadFactor factor[BP_PAD_FACTORS]);

/* What the parts do to these quantities is reported. */
enum { BP_PAD_QUANTITIES = 4 };
extern const struct BpPadQuantity {
  const char *quantity, *title; /* of bp_compare(), for people */
} bp_pad_quantities[BP_PAD_QUANTITIES];

/* Their ratios for people; nothing where no two pads differ in one part alone. */
void bp_pad_factors_table(FILE *out, const BpSummary *summary, int count);

/* compare.json as text, to be freed with free(). */
char *bp_compare_json(const BpSummary *summary, int count, const BpRatio *ratio, int nratios);

/* -1: less than the reference, a gain; 1: more; 0: the same to 1e-3, also of NAN. */
int bp_ratio_direction(double ratio);

/* What a ratio says, in one sentence without a full stop: less, more or the same, and whether
 * interface layer and common region agree. */
void bp_ratio_sentence(const BpSummary *summary, const BpRatio *ratio, int nratios, int which,
                       char *text, size_t size);

/* Side-by-side table for people; with one summary a table of that run. */
void bp_compare_table(FILE *out, const BpSummary *summary, int count, const BpRatio *ratio,
                      int nratios);

/* ---- life */

/* Adds an empty row, every number NAN. */
BpLifeRow *bp_life_row_add(BpSummary *summary);

/* Adds a warning to a row. */
void bp_life_row_warn(BpLifeRow *row, const char *text);

/* Frees the rows. */
void bp_life_rows_free(BpSummary *summary);

/* What the models say of each run, side by side, with the ratios of lives to the first run, then
 * what must be known before use. all: also the models that were left out, with the reason. */
void bp_life_table(FILE *out, const BpSummary *summary, int count, int all);

/* life.json as text, to be freed with free(): of one run, or of several with their ratios. */
char *bp_life_json(const BpSummary *summary, int count, int is_comparison);

/* Names of the cases in a compare.json, which are those of their directories. Returns BP_BAD with
 * problems as bp_summary_read(); *name [*count] and each of them are to be freed with free(). */
BpStatus bp_compare_names(const char *path, char ***name, int *count, BpProblems *problems);

/* ---- mesh.json */

typedef struct {
  char name[BP_NAME];
  double volume, exact; /* m3 of what is meshed; exact 0: no closed form */
} BpRegionResult;

typedef struct {
  char case_file[BP_PATH];
  char hash[BP_HASH_SIZE]; /* of what the mesh depends on */
  int nodes, cells, dofs;
  double min_quality, volume_error;
  double share; /* of the joint that is meshed */
  BpRegionResult region[BP_REPORT_REGIONS];
  int nregions;
  const BpSummaryFact *fact; /* [nfacts] */
  int nfacts;
} BpMeshSummary;

/* mesh.json as text, to be freed with free(). */
char *bp_mesh_json(const BpMeshSummary *mesh);

/* The same for people: volumes against closed forms, worst cell. */
void bp_mesh_table(FILE *out, const BpMeshSummary *mesh);

/* ---- check --json */

/* What is found of one claim. */
typedef struct {
  int claim, holds;             /* 1, 0; -1: not known, or not applicable */
  char text[BP_CLAIM_ROW_TEXT]; /* what stands against it, or what it says */
  struct {
    char key[BP_NAME]; /* with the unit of the value */
    double value;
  } number[BP_CLAIM_ROW_NUMBERS];
  int nnumbers;
} BpClaimRow;

/* Solder and stand-off by a rule of package.ball.rule, whole joint: m3, m; NAN: no such joint. */
typedef struct {
  char rule[BP_NAME];
  double volume, standoff;
} BpSolderRow;

enum { BP_SOLDER_ROWS = 2 };

/* The way from the chip to the ball pad. */
typedef struct {
  int is_there;            /* 0: the package has no trace, the rest is not filled in */
  int connected;           /* through the metal of the mesh, from face to face */
  double resistance;       /* ohm, whole joint; NAN: not connected, or not known */
  double end[3], other[3]; /* m, where it is not connected: where the metal from the chip pad ends
                              and that of the ball pad begins; NAN: there is none */
} BpWiringSummary;

typedef struct {
  char case_file[BP_PATH], pad[BP_NAME];
  int valid; /* 0: numbers are not filled in */
  int nodes, cells, dofs, steps, ranks;
  double min_quality, volume_error;
  double memory, time; /* expected: bytes over all ranks, s */
  char rule[BP_NAME];  /* the case's own */
  BpSolderRow solder[BP_SOLDER_ROWS];
  BpWiringSummary wiring;
  BpClaimRow *claim;                        /* [nclaims] */
  int nclaims;                              /* 0: not asked for */
  double equal_area, vertical, cylindrical; /* what the claims' words take: 1, rad, 1 */
} BpCheckSummary;

/* What `check` found as JSON text, to be freed with free(); problems are listed by their text. */
char *bp_check_json(const BpCheckSummary *check, const BpProblems *problems);

/* The same for people. */
void bp_check_table(FILE *out, const BpCheckSummary *check);

/* The claims for people: which hold, why, and what was measured. */
void bp_claims_table(FILE *out, const BpCheckSummary *check);

/* ---- files */

/* Replaces a file by a text: written under another name, flushed to disk, renamed. BP_BAD if that
 * fails (errno tells); the old file then stands as it was. */
BpStatus bp_report_write(const char *path, const char *text);

/* Text of a top-level key of a JSON file; BP_BAD where file or key are not there. */
BpStatus bp_report_read_text(const char *path, const char *key, char *value, size_t size);

/* A text as a JSON string with its quotes; to be freed with free(). */
char *bp_json_quote(const char *text);

#endif

/* Summaries of runs and their comparison: JSON files and tables. Pure but for jansson. */
#ifndef BP_REPORT_H
#define BP_REPORT_H

#include "base.h"
#include "config.h"

#include <stdio.h>

enum { BP_REPORT_REGIONS = 16, BP_REPORT_ZONES = 8 };

/* summary.json, schema 1 (the keys are a contract, see docs/cli.md). Numbers that do not apply are
 * NAN and become null. */
typedef struct {
  double delta_w, delta_eps; /* J/m3, 1: per cycle, averaged */
} BpSideResult;

typedef struct {
  char name[BP_NAME];   /* "ring_wall" */
  double range, volume; /* 1, m3 */
} BpZoneResult;

typedef struct {
  int index;
  BpSideResult package, board;               /* reported layer */
  BpSideResult package_common, board_common; /* common region */
  double rdl_range;                          /* plastic strain range, 1 */
  BpZoneResult zone[BP_REPORT_ZONES];        /* each of its zones */
  int nzones;
} BpCycleResult;

typedef struct {
  char case_file[BP_PATH], pad[BP_NAME], version[BP_NAME], git[BP_NAME], case_hash[BP_HASH_SIZE];
  int ranks, converged;
  double wall_time; /* s */
  struct {
    int nodes, cells, dofs;
    double volume_error, min_quality;
  } mesh;
  struct {
    int accepted, rejected;
    long newton, linear;
  } steps;
  BpCycleResult *cycle; /* [ncycles] */
  int ncycles;
  struct {
    char critical[BP_NAME]; /* "package" or "board" */
    double delta_w, delta_eps, layer_thickness, layer_volume, cycle_change, standoff,
        solder_volume; /* SI */
    int steady;        /* cycle_change <= 1 % */
  } joint;
  double error_mesh, error_time; /* relative, NAN: not estimated */
  char **warning;                /* [nwarnings] extrapolated or unverified data that the run used */
  int nwarnings;
} BpSummary;

void bp_summary_free(BpSummary *summary);

/* As JSON text (to be freed with free()), numbers in 17 digits. */
char *bp_summary_json(const BpSummary *summary);

/* Writes DIR/summary.json through a temporary file. BP_BAD if it cannot (errno tells). */
BpStatus bp_summary_write(const BpSummary *summary, const char *path);

/* Reads what bp_summary_write wrote. Problems (BP_EXIT_IO, or BP_EXIT_CHECKPOINT for another
 * schema). */
BpStatus bp_summary_read(const char *path, BpSummary *summary, BpProblems *problems);

/* ---- comparison
 * ------------------------------------------------------------------------------------------------
 */

typedef struct {
  char quantity[BP_NAME]; /* "joint.delta_w_MPa", "package.delta_w_MPa.common", "rdl.delta_eps_p",
                             ... */
  int summary, reference; /* indices into the summaries */
  double ratio, error_mesh, error_time; /* NAN where not known */
  char side[BP_NAME], side_reference[BP_NAME];
} BpRatio;

/* Ratios of every summary but the first to the first one, joint.delta_w_MPa first. Returns their
 * number; *ratio is to be freed with free(). */
int bp_compare(const BpSummary *summary, int count, BpRatio **ratio);

/* compare.json as text, to be freed with free(). */
char *bp_compare_json(const BpSummary *summary, int count, const BpRatio *ratio, int nratios);

/* Side-by-side table for people. */
void bp_compare_table(FILE *out, const BpSummary *summary, int count, const BpRatio *ratio,
                      int nratios);

/* ---- mesh.json
 * ---------------------------------------------------------------------------------------------------
 */

typedef struct {
  char name[BP_NAME];
  double volume, exact; /* m3; exact 0: no closed form */
} BpRegionResult;

typedef struct {
  int nodes, cells, dofs;
  double min_quality, volume_error;
  BpRegionResult region[BP_REPORT_REGIONS];
  int nregions;
} BpMeshSummary;

char *bp_mesh_json(const BpMeshSummary *mesh);

#endif

/* A study's directory: the plan in it, and what its points have come to, as their files say. No
 * MPI. */
#ifndef BP_STUDY_STATE_H
#define BP_STUDY_STATE_H

#include "args.h"
#include "report.h"
#include "study.h"

typedef struct {
  const char *dir;
  BpStudyPlan *plan;
  char *build; /* of this program */
} BpStudyJob;

/* The study file of a path, or of a shipped name ("ring_radius"). */
void bp_study_find(const char *given, char path[BP_PATH]);

/* Hash of a study file and its base case; problems (BP_EXIT_IO) where one cannot be read. */
BpStatus bp_study_hash(const char *study, const char *case_file, char hash[BP_HASH_SIZE],
                       BpProblems *problems);

/* Reads the plan of DIR for a study that must be as it was when it was planned (BP_EXIT_CHECKPOINT,
 * BP_EXIT_IO), and checks that the points asked for are in it (BP_EXIT_USAGE). Free with
 * bp_study_close(), also after BP_BAD. */
BpStatus bp_study_open(const BpArgs *args, BpStudyJob *job, BpProblems *problems);
void bp_study_close(BpStudyJob *job);

/* First and last point that the command line asks for. */
void bp_study_selected(const BpArgs *args, const BpStudyJob *job, int point[2]);

typedef struct {
  BpPointState state;
  int is_final;   /* failed: the case itself cannot be run, so that it is not tried again */
  int is_foreign; /* finished: results of another case or by another build of the program */
  char *reason;   /* of what failed or is foreign, else NULL; free with free() */
} BpStudyLook;

/* What a point has come to. summary receives that of a finished one; free it with
 * bp_summary_free(); NULL: it is not wanted. */
BpStudyLook bp_study_look(const BpStudyJob *job, int point, BpSummary *summary);

/* "DIR/point_0003/name", of the directory itself with NULL; free with free(). */
char *bp_study_path(const BpStudyJob *job, int point, const char *name);

/* 1 if anything was run, or runs, in the directory of a point. */
int bp_study_has_begun(const char *dir, const char *point);

/* Keeps the reason of a failure with the point, or forgets it (text NULL). */
BpStatus bp_study_keep_failure(const BpStudyJob *job, int point, BpExit code, const char *text);

typedef struct {
  int finished, failed, foreign, running, left;
} BpStudyCount;

/* What the selected points have come to. */
BpStudyCount bp_study_count(const BpStudyJob *job, const int point[2]);

/* What a point has come to now, as a line. */
void bp_study_print_end(FILE *out, const BpStudyJob *job, int point);

/* The count as a line. */
void bp_study_print_count(FILE *out, const BpStudyCount *count);

/* The same as JSON. */
void bp_study_print_json(FILE *out, const BpStudyCount *count);

/* What a study run ends with: BP_EXIT_STOPPED where it was stopped with points left, _DIVERGED
 * where points failed, _CHECKPOINT where some are foreign, _IO where some are left to others. */
BpExit bp_study_exit(const BpStudyCount *count, int stopped);

#endif

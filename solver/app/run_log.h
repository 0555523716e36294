/* What happens in a run, line by line: DIR/run.log to read, DIR/run.log.jsonl for programs, and on
 * standard output. */
#ifndef BP_RUN_LOG_H
#define BP_RUN_LOG_H

#include "stepper.h"

typedef struct {
  FILE *text, *json;
  int print;         /* 1: lines go to standard output too */
  int bar;           /* 1: a bar of progress on standard error, which is a terminal */
  double start;      /* s, when the run began */
  double end;        /* s, of the programme */
  double from, done; /* share of the programme: where this process began, where it is */
  int failed;        /* 1: a line could not be written */
} BpRunLog;

/* Opens both files in a directory, anew or to go on at their end (rank 0; on the others the log
 * stays silent). Problems have the code BP_EXIT_IO. */
BpStatus bp_run_log_open(const char *dir, int go_on, BpRunLog *log, BpProblems *problems);

/* The run goes on after a step of an earlier process, at a time (s). */
void bp_run_log_resumed(BpRunLog *log, int step, double time);

void bp_run_log_step(BpRunLog *log, const BpStep *step);
void bp_run_log_rejected(BpRunLog *log, double time, double dt, double next, const char *reason);

/* Anything else: event is the word for programs, "end". */
void bp_run_log_note(BpRunLog *log, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* BP_BAD if a line was lost (errno tells). */
BpStatus bp_run_log_close(BpRunLog *log);

#endif

/* The command line as data: which command, which options, which files. Pure. */
#ifndef BP_ARGS_H
#define BP_ARGS_H

#include "base.h"

enum {
  BP_OPTION_OUT = 1,
  BP_OPTION_SET = 2,
  BP_OPTION_JSON = 4,
  BP_OPTION_QUIET = 8,
  BP_OPTION_VERBOSE = 16,
  BP_OPTION_HELP = 32,
  BP_OPTION_VERSION = 64,
  BP_OPTION_FORCE = 128,
  BP_OPTION_MESH = 256,
  BP_OPTION_PRINT_CONFIG = 512,
  BP_OPTION_TEMPERATURE = 1024,
  BP_OPTION_RATE = 2048,
  BP_OPTION_STRAIN = 4096,
  BP_OPTION_STEPS = 8192,
  BP_OPTION_PATH = 16384,
  BP_OPTION_CSV = 32768,
  BP_OPTION_COMPARE = 65536,
  BP_OPTION_LAW = 131072,
  BP_OPTION_PLOT = 262144,
  BP_OPTION_LIST = 524288,
  BP_OPTION_MODEL = 1048576,
  BP_OPTION_GIVEN = 2097152,
  BP_OPTION_RESUME = 4194304,
  BP_OPTION_WALLTIME = 8388608,
  BP_OPTION_NO_REPORT = 16777216,
  BP_OPTION_FROM = 33554432,
  BP_OPTION_INDEX = 67108864,
  BP_OPTION_RANGE = 134217728,
  BP_OPTION_JOBS = 268435456,
  BP_OPTION_GROUP = 536870912,
  BP_OPTION_CLAIMS = 1073741824,
  BP_OPTION_BOTH_RULES = 2147483648u,
  BP_OPTION_ENSEMBLE = 4294967296, /* also of --vary */
  BP_OPTIONS_COMMON = 127
};

typedef enum {
  BP_COMMAND_NONE = -1,
  BP_COMMAND_CHECK,
  BP_COMMAND_MESH,
  BP_COMMAND_RUN,
  BP_COMMAND_COMPARE,
  BP_COMMAND_LIFE,
  BP_COMMAND_STUDY,
  BP_COMMAND_POINT,
  BP_COMMAND_MATERIALS,
  BP_COMMANDS
} BpCommandId;

typedef unsigned long BpOptions; /* BP_OPTION_* */

typedef struct {
  const char *name, *title;
  const char *synopsis; /* what follows the name */
  BpOptions options;    /* BP_OPTION_* that it takes */
  int min_files, max_files;
  int needs_out;    /* 1: -o must be given */
  const char *word; /* what it works on: "CASE" */
} BpCommandInfo;

extern const BpCommandInfo bp_commands[BP_COMMANDS];

typedef struct {
  BpCommandId command; /* BP_COMMAND_NONE: none was named */
  BpOptions given;     /* BP_OPTION_* */
  const char *out, *from, *mesh, *csv, *plot, *path, *law, *model;
  const char *temperature, *rate, *strain, *steps, *walltime; /* as they were written */
  const char *index, *range, *jobs, *group;                   /* of a study, as they were written */
  char **set;                                                 /* [nset] "path.to.key=value" */
  int nset;
  char **vary; /* [nvary] "materials.solder.card=NAME,NAME" */
  int nvary;
  char **metric; /* [nmetrics] "delta_w=0.2MPa" */
  int nmetrics;
  int worker;  /* 1: a process that `study run` made for one point */
  char **file; /* [nfiles] */
  int nfiles;
  char **petsc; /* [npetsc] what follows "--" */
  int npetsc;
} BpArgs;

/* Reads a command line; argv [argc] with the program's name first, must outlive args. Mistakes are
 * problems (BP_EXIT_USAGE); BP_BAD if there were any. With --help or --version files may be
 * missing. Free with bp_args_free(). */
BpStatus bp_args_read(int argc, char **argv, BpArgs *args, BpProblems *problems);
void bp_args_free(BpArgs *args);

/* The whole number of a text, -1 where it is none or too large. */
int bp_args_whole(const char *text);

/* First and last point of --index, or of --range, whose end is not among them. BP_BAD where it is
 * neither; without both all that there can be. */
BpStatus bp_args_points(const BpArgs *args, int point[2]);

/* Prints the page of a command, or of the program with BP_COMMAND_NONE. */
void bp_args_help(BpCommandId command, FILE *out);

#endif

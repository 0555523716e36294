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
  BP_OPTIONS_COMMON = 127
};

typedef enum {
  BP_COMMAND_NONE = -1,
  BP_COMMAND_CHECK,
  BP_COMMAND_MESH,
  BP_COMMAND_RUN,
  BP_COMMAND_COMPARE,
  BP_COMMAND_POINT,
  BP_COMMAND_MATERIALS,
  BP_COMMANDS
} BpCommandId;

typedef struct {
  const char *name, *title;
  const char *synopsis; /* what follows the name */
  unsigned options;     /* BP_OPTION_* that it takes */
  int min_files, max_files;
  int needs_out;    /* 1: -o must be given */
  const char *word; /* what it works on: "CASE" */
} BpCommandInfo;

extern const BpCommandInfo bp_commands[BP_COMMANDS];

typedef struct {
  BpCommandId command; /* BP_COMMAND_NONE: none was named */
  unsigned given;      /* BP_OPTION_* */
  const char *out, *mesh, *csv, *path, *law;
  const char *temperature, *rate, *strain, *steps; /* as they were written */
  char **set;                                      /* [nset] "path.to.key=value" */
  int nset;
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

/* Prints the page of a command, or of the program with BP_COMMAND_NONE. */
void bp_args_help(BpCommandId command, FILE *out);

#endif

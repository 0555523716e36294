/* The command line, internal to args.c and args_check.c. */
#ifndef BP_ARGS_IMPL_H
#define BP_ARGS_IMPL_H

#include "args.h"

#define USAGE(problems, ...) bp_problem((problems), BP_EXIT_USAGE, NULL, 0, __VA_ARGS__)

/* Name of an option by its bit, "" if there is none. */
const char *bp_args_option(BpOptions bit);

/* Options that exclude or need each other, files that are missing or too many. */
void bp_args_check(const BpArgs *args, BpProblems *problems);

#endif

/* What an option or a file needs beside it. */
#include "args_impl.h"

#include "plot.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void check_files(const BpArgs *args, const BpCommandInfo *info, BpProblems *problems) {
  const char *word = info->word;
  if (args->from) {
    if (args->nfiles > 0)
      USAGE(problems, "%s: '%s' and --from exclude each other; the results hold their case",
            info->name, args->file[0]);
    return;
  }
  if (args->nfiles < info->min_files)
    USAGE(problems, "%s: %s%s%s missing; write ballpad %s %s", info->name,
          info->min_files > 1 && args->nfiles == 1 ? "a second " : "", word,
          info->min_files > 1 && args->nfiles == 0 ? "s are" : " is", info->name, info->synopsis);
  if (args->nfiles > info->max_files)
    USAGE(problems, "%s: '%s' is one file too many; write ballpad %s %s", info->name,
          args->file[info->max_files], info->name, info->synopsis);
}

static void exclude(const BpArgs *args, BpOptions a, BpOptions b, BpProblems *problems) {
  if ((args->given & a) && (args->given & b))
    USAGE(problems, "--%s and --%s exclude each other; keep one", bp_args_option(a),
          bp_args_option(b));
}

/* A point follows a path, or is pulled: then temperature, rate and strain are all needed. */
static void check_point(const BpArgs *args, BpProblems *problems) {
  static const BpOptions pulled[] = {BP_OPTION_TEMPERATURE, BP_OPTION_RATE, BP_OPTION_STRAIN};
  static const char *const names[] = {"temperature", "rate", "strain"};
  for (int i = 0; i < BP_COUNT(pulled); i++)
    if (args->path)
      exclude(args, BP_OPTION_PATH, pulled[i], problems);
    else if (!(args->given & pulled[i]))
      USAGE(problems,
            "point: --%s is missing; write --temperature 25degC --rate 1e-3/s --strain 0.3, or "
            "--path FILE",
            names[i]);
  if (args->nset > 0 && !args->path)
    USAGE(problems, "--set sets a key of a path; add --path FILE");
}

static void check_vary(const BpArgs *args, BpProblems *problems) {
  for (int i = 0; i < args->nvary; i++) {
    const char *equals = strchr(args->vary[i], '=');
    if (!equals || equals == args->vary[i] || !equals[1])
      USAGE(problems, "--vary '%.60s' varies nothing; write --vary model.kind=cell,octant",
            args->vary[i]);
    for (int k = 0; k < i && equals; k++)
      if (strncmp(args->vary[k], args->vary[i], (size_t)(equals + 1 - args->vary[i])) == 0)
        USAGE(problems, "--vary %.*s is given twice; put its values into one, with commas between",
              (int)(equals - args->vary[i]), args->vary[i]);
  }
}

static void check_materials(const BpArgs *args, BpProblems *problems) {
  const BpOptions both = BP_OPTION_COMPARE | BP_OPTION_LAW;
  if ((args->given & both) == both)
    exclude(args, BP_OPTION_COMPARE, BP_OPTION_LAW, problems);
  else if ((args->given & BP_OPTION_COMPARE) && args->nfiles == 0)
    USAGE(problems, "materials: --compare needs names; write ballpad materials --compare A B");
  else if (args->law && args->nfiles > 0)
    USAGE(problems, "materials: --law compares all cards of a law; leave '%s' out", args->file[0]);
  else if (!(args->given & BP_OPTION_COMPARE) && args->nfiles > 1)
    USAGE(problems, "materials: '%s' is one NAME too many; add --compare for a table of several",
          args->file[1]);
  else if (args->plot && !(args->given & both) && args->nfiles == 0)
    USAGE(problems, "materials: --plot draws one card or a comparison; add NAME, --compare NAME... "
                    "or --law LAW");
}

/* A stored result, the list, or one model with its metrics. */
static void check_life(const BpArgs *args, BpProblems *problems) {
  static const char ways[] = "write ballpad life RESULTS, --list, or --model NAME --given "
                             "delta_w=0.2MPa";
  const int ways_given = (args->nfiles > 0) + ((args->given & BP_OPTION_LIST) != 0) +
                         ((args->given & BP_OPTION_MODEL) != 0);
  if (ways_given == 0)
    USAGE(problems, "life: there is nothing to evaluate; %s", ways);
  else if (ways_given > 1)
    USAGE(problems, "life: RESULTS, --list and --model exclude each other; %s", ways);
  else if (args->nmetrics > 0 && !args->model)
    USAGE(problems, "life: --given gives metrics to one model; add --model NAME");
}

int bp_args_whole(const char *text) {
  const size_t digits = strspn(text, "0123456789");
  return digits > 0 && digits < 10 && text[digits] == '\0' ? atoi(text) : -1;
}

BpStatus bp_args_points(const BpArgs *args, int point[2]) {
  const char *colon = args->range ? strchr(args->range, ':') : NULL;
  point[0] = 0;
  point[1] = INT_MAX - 1;
  if (args->index)
    point[0] = point[1] = bp_args_whole(args->index);
  else if (colon) {
    char *first = bp_format("%.*s", (int)(colon - args->range), args->range);
    point[0] = bp_args_whole(first);
    point[1] = bp_args_whole(colon + 1) - 1;
    free(first);
  } else if (args->range)
    return BP_BAD;
  return point[0] >= 0 && point[0] <= point[1] ? BP_OK : BP_BAD;
}

static void check_number(const char *option, const char *text, BpProblems *problems) {
  if (text && (bp_args_whole(text) < 1 || bp_args_whole(text) > 100000))
    USAGE(problems, "%s: '%.60s' is no number of processes; write %s 2", option, text, option);
}

static void check_study(const BpArgs *args, BpProblems *problems) {
  static const char ways[] = "write ballpad study plan|run|collect STUDY -o DIR";
  const char *action = args->nfiles > 0 ? args->file[0] : "";
  const BpOptions of_run = BP_OPTION_INDEX | BP_OPTION_RANGE | BP_OPTION_JOBS | BP_OPTION_GROUP |
                           BP_OPTION_RESUME | BP_OPTION_WALLTIME;
  const int is_run = strcmp(action, "run") == 0;
  int point[2];
  if (!is_run && strcmp(action, "plan") != 0 && strcmp(action, "collect") != 0) {
    USAGE(problems, "study: '%.60s' is neither plan, run nor collect; %s", action, ways);
    return;
  }
  if (args->nfiles < 2)
    USAGE(problems, "study %s: STUDY is missing; %s", action, ways);
  for (BpOptions bit = 1; bit <= BP_OPTION_GROUP; bit <<= 1)
    if (!is_run && (args->given & of_run & bit))
      USAGE(problems, "study %s: --%s is of study run; leave it out", action, bp_args_option(bit));
  if (args->nset > 0 && strcmp(action, "plan") != 0)
    USAGE(problems, "study %s: the plan says what is run; give --set to study plan", action);
  exclude(args, BP_OPTION_INDEX, BP_OPTION_RANGE, problems);
  exclude(args, BP_OPTION_JOBS, BP_OPTION_GROUP, problems);
  if (args->index && bp_args_whole(args->index) < 0)
    USAGE(problems, "--index: '%.60s' is no number of a point; write --index 0", args->index);
  else if (bp_args_points(args, point) != BP_OK)
    USAGE(problems, "--range: '%.60s' is no range of points; --range 0:4 is 0, 1, 2 and 3",
          args->range);
  check_number("-j", args->jobs, problems);
  check_number("--group-size", args->group, problems);
}

static int ends_with(const char *text, const char *end) {
  const size_t n = strlen(text), m = strlen(end);
  return n > m && strcmp(text + n - m, end) == 0;
}

void bp_args_check(const BpArgs *args, BpProblems *problems) {
  if (args->command == BP_COMMAND_NONE)
    return;
  const BpCommandInfo *info = &bp_commands[args->command];
  check_files(args, info, problems);
  if (info->needs_out && !args->out)
    USAGE(problems, "%s: no directory for the results; add -o DIR", info->name);
  if (args->npetsc > 0 && args->petsc[0][0] != '-')
    USAGE(problems, "'%s' behind -- is no PETSc option; options begin with '-'", args->petsc[0]);
  exclude(args, BP_OPTION_QUIET, BP_OPTION_VERBOSE, problems);
  exclude(args, BP_OPTION_FORCE, BP_OPTION_RESUME, problems);
  exclude(args, BP_OPTION_BOTH_RULES, BP_OPTION_ENSEMBLE, problems);
  check_vary(args, problems);
  if ((args->given & BP_OPTION_PRINT_CONFIG) && (args->given & BP_OPTION_JSON))
    USAGE(problems, "--print-config prints a case file, not JSON; leave --json out");
  exclude(args, BP_OPTION_PRINT_CONFIG, BP_OPTION_CLAIMS, problems);
  if (args->plot && !bp_plot_type_known(args->plot))
    USAGE(problems, "--plot: '%.200s' is no name of a picture; end it with " BP_PLOT_TYPES,
          args->plot);
  else if (args->plot && args->command == BP_COMMAND_CHECK && !ends_with(args->plot, ".svg"))
    USAGE(problems, "--plot: a section is drawn as SVG; end '%.200s' with .svg", args->plot);
  exclude(args, BP_OPTION_PRINT_CONFIG, BP_OPTION_PLOT, problems);
  if (args->command == BP_COMMAND_POINT)
    check_point(args, problems);
  else if (args->command == BP_COMMAND_MATERIALS)
    check_materials(args, problems);
  else if (args->command == BP_COMMAND_LIFE)
    check_life(args, problems);
  else if (args->command == BP_COMMAND_STUDY)
    check_study(args, problems);
}

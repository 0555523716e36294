#include "args_impl.h"

#include "nearest.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_ONLY = 256 }; /* values of options without a letter */

enum {
  VALUE_SET = LONG_ONLY,
  VALUE_JSON,
  VALUE_VERSION,
  VALUE_FORCE,
  VALUE_MESH,
  VALUE_CONFIG,
  VALUE_TEMPERATURE,
  VALUE_RATE,
  VALUE_STRAIN,
  VALUE_STEPS,
  VALUE_PATH,
  VALUE_CSV,
  VALUE_PLOT,
  VALUE_COMPARE,
  VALUE_LAW,
  VALUE_LIST,
  VALUE_MODEL,
  VALUE_GIVEN,
  VALUE_FROM,
  VALUE_RESUME,
  VALUE_WALLTIME,
  VALUE_INDEX,
  VALUE_RANGE,
  VALUE_GROUP,
  VALUE_NO_REPORT,
  VALUE_CLAIMS,
  VALUE_BOTH_RULES,
  VALUE_ENSEMBLE,
  VALUE_VARY
};

static const struct option options[] = {
    {"out", required_argument, NULL, 'o'},
    {"set", required_argument, NULL, VALUE_SET},
    {"json", no_argument, NULL, VALUE_JSON},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, VALUE_VERSION},
    {"force", no_argument, NULL, VALUE_FORCE},
    {"mesh", required_argument, NULL, VALUE_MESH},
    {"print-config", no_argument, NULL, VALUE_CONFIG},
    {"temperature", required_argument, NULL, VALUE_TEMPERATURE},
    {"rate", required_argument, NULL, VALUE_RATE},
    {"strain", required_argument, NULL, VALUE_STRAIN},
    {"steps", required_argument, NULL, VALUE_STEPS},
    {"path", required_argument, NULL, VALUE_PATH},
    {"csv", required_argument, NULL, VALUE_CSV},
    {"plot", required_argument, NULL, VALUE_PLOT},
    {"compare", no_argument, NULL, VALUE_COMPARE},
    {"law", required_argument, NULL, VALUE_LAW},
    {"list", no_argument, NULL, VALUE_LIST},
    {"model", required_argument, NULL, VALUE_MODEL},
    {"given", required_argument, NULL, VALUE_GIVEN},
    {"from", required_argument, NULL, VALUE_FROM},
    {"resume", no_argument, NULL, VALUE_RESUME},
    {"max-walltime", required_argument, NULL, VALUE_WALLTIME},
    {"no-report", no_argument, NULL, VALUE_NO_REPORT},
    {"index", required_argument, NULL, VALUE_INDEX},
    {"range", required_argument, NULL, VALUE_RANGE},
    {"jobs", required_argument, NULL, 'j'},
    {"group-size", required_argument, NULL, VALUE_GROUP},
    {"claims", no_argument, NULL, VALUE_CLAIMS},
    {"both-rules", no_argument, NULL, VALUE_BOTH_RULES},
    {"ensemble", no_argument, NULL, VALUE_ENSEMBLE},
    {"vary", required_argument, NULL, VALUE_VARY},
    {NULL, 0, NULL, 0},
};

/* Of each row of `options`: its bit, and the member of BpArgs that keeps its text, 0 if none. */
static const struct {
  BpOptions bit;
  size_t text;
} kept[] = {
    {BP_OPTION_OUT, offsetof(BpArgs, out)},
    {BP_OPTION_SET, 0},
    {BP_OPTION_JSON, 0},
    {BP_OPTION_QUIET, 0},
    {BP_OPTION_VERBOSE, 0},
    {BP_OPTION_HELP, 0},
    {BP_OPTION_VERSION, 0},
    {BP_OPTION_FORCE, 0},
    {BP_OPTION_MESH, offsetof(BpArgs, mesh)},
    {BP_OPTION_PRINT_CONFIG, 0},
    {BP_OPTION_TEMPERATURE, offsetof(BpArgs, temperature)},
    {BP_OPTION_RATE, offsetof(BpArgs, rate)},
    {BP_OPTION_STRAIN, offsetof(BpArgs, strain)},
    {BP_OPTION_STEPS, offsetof(BpArgs, steps)},
    {BP_OPTION_PATH, offsetof(BpArgs, path)},
    {BP_OPTION_CSV, offsetof(BpArgs, csv)},
    {BP_OPTION_PLOT, offsetof(BpArgs, plot)},
    {BP_OPTION_COMPARE, 0},
    {BP_OPTION_LAW, offsetof(BpArgs, law)},
    {BP_OPTION_LIST, 0},
    {BP_OPTION_MODEL, offsetof(BpArgs, model)},
    {BP_OPTION_GIVEN, 0},
    {BP_OPTION_FROM, offsetof(BpArgs, from)},
    {BP_OPTION_RESUME, 0},
    {BP_OPTION_WALLTIME, offsetof(BpArgs, walltime)},
    {BP_OPTION_NO_REPORT, 0},
    {BP_OPTION_INDEX, offsetof(BpArgs, index)},
    {BP_OPTION_RANGE, offsetof(BpArgs, range)},
    {BP_OPTION_JOBS, offsetof(BpArgs, jobs)},
    {BP_OPTION_GROUP, offsetof(BpArgs, group)},
    {BP_OPTION_CLAIMS, 0},
    {BP_OPTION_BOTH_RULES, 0},
    {BP_OPTION_ENSEMBLE, 0},
    {BP_OPTION_ENSEMBLE, 0},
};

const char *bp_args_option(BpOptions bit) {
  for (int i = 0; i < BP_COUNT(kept); i++)
    if (kept[i].bit == bit)
      return options[i].name;
  return "";
}

static int row_of(int value) {
  for (int i = 0; i < BP_COUNT(kept); i++)
    if (options[i].val == value)
      return i;
  return -1;
}

static const char *name_of(BpCommandId command) {
  return command == BP_COMMAND_NONE ? "" : bp_commands[command].name;
}

static BpOptions options_of(BpCommandId command) {
  return command == BP_COMMAND_NONE ? BP_OPTION_HELP | BP_OPTION_VERSION
                                    : bp_commands[command].options;
}

/* ---- options that are not known */

static void report_unknown(const BpArgs *args, const char *given, BpProblems *problems) {
  const char *known[BP_COUNT(kept)];
  int n = 0;
  const int length = (int)strcspn(given, "=");
  for (int i = 0; i < BP_COUNT(kept); i++)
    if (options_of(args->command) & kept[i].bit)
      known[n++] = options[i].name;
  char *word = bp_format("%.*s", length > 2 ? length - 2 : 0, length > 2 ? given + 2 : "");
  const char *nearest = given[1] == '-' ? bp_nearest_word(word, known, n) : NULL;
  free(word);
  if (nearest)
    USAGE(problems, "unknown option '%.*s'; did you mean '--%s'?", length, given, nearest);
  else
    USAGE(problems, "unknown option '%.*s'; 'ballpad %s%s--help' lists the options", length, given,
          name_of(args->command), args->command == BP_COMMAND_NONE ? "" : " ");
}

/* What getopt refused: it leaves the option's value in optopt, 0 if it does not know it. */
static void report_refused(const BpArgs *args, int missing, const char *given,
                           BpProblems *problems) {
  const int row = row_of(optopt);
  if (optopt == 0)
    report_unknown(args, given, problems);
  else if (row < 0) {
    const char letter[] = {'-', (char)optopt, '\0'};
    report_unknown(args, letter, problems);
  } else if (missing)
    USAGE(problems, "--%s needs a value; 'ballpad %s --help' shows one", options[row].name,
          name_of(args->command));
  else
    USAGE(problems, "--%s takes no value; write --%s", options[row].name, options[row].name);
}

/* ---- the command line */

static void take_option(BpArgs *args, int value, BpProblems *problems) {
  const int row = row_of(value);
  if (!(options_of(args->command) & kept[row].bit)) {
    char *name = bp_format("--%s", options[row].name);
    report_unknown(args, name, problems);
    free(name);
    return;
  }
  args->given |= kept[row].bit;
  if (options[row].has_arg == required_argument && !optarg[0] && value != VALUE_SET)
    USAGE(problems, "--%s needs a value; 'ballpad %s --help' shows one", options[row].name,
          name_of(args->command));
  if (kept[row].text > 0)
    memcpy((char *)args + kept[row].text, &optarg, sizeof optarg);
  else if (value == VALUE_SET)
    args->set[args->nset++] = optarg;
  else if (value == VALUE_VARY)
    args->vary[args->nvary++] = optarg;
  else if (value == VALUE_GIVEN)
    args->metric[args->nmetrics++] = optarg;
}

/* argv [argc] begins with the word before the first option; getopt puts files last. */
static void read_options(int argc, char **argv, BpArgs *args, BpProblems *problems) {
  optind = 0; /* glibc: start anew */
  opterr = 0;
  for (;;) {
    const int at = optind > 0 ? optind : 1;
    const int value = getopt_long(argc, argv, ":o:j:qvh", options, NULL);
    if (value == -1)
      break;
    if (value == '?' || value == ':')
      report_refused(args, value == ':', argv[optind > at ? optind - 1 : at], problems);
    else
      take_option(args, value, problems);
  }
  for (int i = optind; i < argc; i++)
    args->file[args->nfiles++] = argv[i];
}

static BpCommandId find_command(const char *word, BpProblems *problems) {
  const char *known[BP_COMMANDS];
  for (int i = 0; i < BP_COMMANDS; i++) {
    known[i] = bp_commands[i].name;
    if (strcmp(known[i], word) == 0)
      return (BpCommandId)i;
  }
  const char *nearest = bp_nearest_word(word, known, BP_COMMANDS);
  if (nearest)
    USAGE(problems, "unknown command '%s'; did you mean '%s'?", word, nearest);
  else
    USAGE(problems, "unknown command '%s'; 'ballpad --help' lists the commands", word);
  return BP_COMMAND_NONE;
}

/* Index of a bare "--", argc if there is none. */
static int find_dashes(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    if (strcmp(argv[i], "--") == 0)
      return i;
  return argc;
}

BpStatus bp_args_read(int argc, char **argv, BpArgs *args, BpProblems *problems) {
  const int before = problems->count, own = find_dashes(argc, argv);
  *args = (BpArgs){.command = BP_COMMAND_NONE,
                   .set = BP_NEW(char *, argc),
                   .file = BP_NEW(char *, argc),
                   .metric = BP_NEW(char *, argc),
                   .vary = BP_NEW(char *, argc),
                   .petsc = argv + own + 1,
                   .npetsc = own < argc ? argc - own - 1 : 0};
  if (own > 1 && argv[1][0] != '-') {
    args->command = find_command(argv[1], problems);
    if (args->command == BP_COMMAND_NONE)
      return BP_BAD;
    char **words = BP_NEW(char *, own); /* getopt moves them */
    memcpy(words, argv + 1, (size_t)(own - 1) * sizeof *words);
    read_options(own - 1, words, args, problems);
    free(words);
  } else if (own > 1) {
    char **words = BP_NEW(char *, own + 1);
    memcpy(words, argv, (size_t)own * sizeof *words);
    read_options(own, words, args, problems);
    free(words);
    if (problems->count == before && args->nfiles > 0)
      USAGE(problems, "'%s' must come first; write ballpad COMMAND", args->file[0]);
  }
  if (problems->count == before && !(args->given & (BP_OPTION_HELP | BP_OPTION_VERSION)))
    bp_args_check(args, problems);
  return problems->count == before ? BP_OK : BP_BAD;
}

void bp_args_free(BpArgs *args) {
  free(args->set);
  free(args->metric);
  free(args->vary);
  free(args->file);
  *args = (BpArgs){0};
}

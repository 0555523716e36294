/* The table of commands and their pages. */
#include "args.h"
#include "ensemble_default.h"

#include "plot.h"

const BpCommandInfo bp_commands[BP_COMMANDS] = {
    [BP_COMMAND_CHECK] = {"check", "read and validate a case, foresee the effort",
                          "CASE [--claims | --print-config]",
                          BP_OPTIONS_COMMON | BP_OPTION_PRINT_CONFIG | BP_OPTION_CLAIMS |
                              BP_OPTION_PLOT,
                          1, 1, 0, "CASE"},
    [BP_COMMAND_MESH] = {"mesh", "geometry and mesh: DIR/mesh.msh, DIR/mesh.json", "CASE -o DIR",
                         BP_OPTIONS_COMMON | BP_OPTION_FORCE, 1, 1, 1, "CASE"},
    [BP_COMMAND_RUN] = {"run", "mesh and solve: results, history, DIR/summary.json",
                        "CASE | --from RESULTS -o DIR [--mesh FILE] [--resume]",
                        BP_OPTIONS_COMMON | BP_OPTION_FORCE | BP_OPTION_FROM | BP_OPTION_MESH |
                            BP_OPTION_RESUME | BP_OPTION_WALLTIME,
                        1, 1, 1, "CASE"},
    [BP_COMMAND_COMPARE] = {"compare", "run cases and compare them: a table, DIR/report.html",
                            "CASE CASE... -o DIR [--ensemble] [--resume]",
                            BP_OPTIONS_COMMON | BP_OPTION_FORCE | BP_OPTION_RESUME |
                                BP_OPTION_WALLTIME | BP_OPTION_NO_REPORT | BP_OPTION_BOTH_RULES |
                                BP_OPTION_ENSEMBLE,
                            2, 64, 1, "CASE"},
    [BP_COMMAND_LIFE] = {"life", "cycles to failure from stored results, or by one model",
                         "RESULTS | --list | --model NAME --given METRIC=VALUE",
                         (BP_OPTIONS_COMMON & ~BP_OPTION_SET) | BP_OPTION_LIST | BP_OPTION_MODEL |
                             BP_OPTION_GIVEN,
                         0, 1, 0, "RESULTS"},
    [BP_COMMAND_STUDY] = {"study", "parameter studies: plan the points, run them, collect results",
                          "plan|run|collect STUDY -o DIR",
                          BP_OPTIONS_COMMON | BP_OPTION_FORCE | BP_OPTION_RESUME |
                              BP_OPTION_WALLTIME | BP_OPTION_INDEX | BP_OPTION_RANGE |
                              BP_OPTION_JOBS | BP_OPTION_GROUP,
                          0, 2, 1, "STUDY"},
    [BP_COMMAND_POINT] = {"point", "one material point under a prescribed path",
                          "CARD --temperature T --rate R --strain E | --path FILE",
                          BP_OPTIONS_COMMON | BP_OPTION_TEMPERATURE | BP_OPTION_RATE |
                              BP_OPTION_STRAIN | BP_OPTION_STEPS | BP_OPTION_PATH | BP_OPTION_CSV |
                              BP_OPTION_PLOT,
                          1, 1, 0, "CARD"},
    [BP_COMMAND_MATERIALS] = {"materials", "list, show or compare the cards of the library",
                              "[NAME] | --compare NAME... | --law LAW",
                              (BP_OPTIONS_COMMON & ~BP_OPTION_SET) | BP_OPTION_COMPARE |
                                  BP_OPTION_LAW | BP_OPTION_PLOT,
                              0, 256, 0, "NAME"},
};

static const struct {
  BpOptions option;
  const char *text;
} lines[] = {
    {BP_OPTION_OUT, "  -o, --out DIR         directory of the results; made if it is not there\n"},
    {BP_OPTION_TEMPERATURE, "  --temperature T       of a tension test, 25degC\n"},
    {BP_OPTION_RATE, "  --rate R              of its total strain, 1e-3/s\n"},
    {BP_OPTION_STRAIN, "  --strain E            where it ends, 0.3; less than 0 compresses\n"},
    {BP_OPTION_PATH, "  --path FILE           any path of strains, stresses and temperature "
                     "(cases/points)\n"},
    {BP_OPTION_STEPS,
     "  --steps N             steps of the test (1000), of each segment of a path\n"},
    {BP_OPTION_CSV, "  --csv FILE            every step as a line of comma-separated values\n"},
    {BP_OPTION_PLOT, "  --plot FILE           a picture, by its ending: " BP_PLOT_TYPES "\n"},
    {BP_OPTION_COMPARE, "  --compare             saturation stresses of the named cards\n"},
    {BP_OPTION_LAW, "  --law LAW             saturation stresses of all cards of a law\n"},
    {BP_OPTION_LIST,
     "  --list                every life model with its constants and its source\n"},
    {BP_OPTION_MODEL, "  --model NAME          evaluate this model, with the metrics of --given\n"},
    {BP_OPTION_GIVEN, "  --given METRIC=VALUE  delta_w=0.2MPa, crack=0.46mm; repeatable\n"},
    {BP_OPTION_SET, "  --set KEY=VALUE       set a key of the file, \"package.pitch=0.4 mm\"; "
                    "repeatable\n"},
    {BP_OPTION_FROM,
     "  --from RESULTS        repeat the run of a results.h5, or of its directory\n"},
    {BP_OPTION_MESH, "  --mesh FILE           use this mesh (MSH 2.2 or 4.1) of the case\n"},
    {BP_OPTION_CLAIMS,
     "  --claims              which patent claims hold, with what was measured\n"},
    {BP_OPTION_PRINT_CONFIG, "  --print-config        print the complete case, every default "
                             "filled in\n"},
    {BP_OPTION_FORCE, "  --force               replace what another case left in DIR\n"},
    {BP_OPTION_RESUME, "  --resume              go on from the newest checkpoint in DIR, if any\n"},
    {BP_OPTION_WALLTIME, "  --max-walltime T      stop with a checkpoint after this time, 30min\n"},
    {BP_OPTION_NO_REPORT, "  --no-report           leave DIR/report.html as it is\n"},
    {BP_OPTION_BOTH_RULES,
     "  --both-rules          each case also by the other rule of package.ball.rule\n"},
    {BP_OPTION_ENSEMBLE,
     "  --ensemble            also vary what could change the sign, and say whether it holds\n"
     "  --vary KEY=V,V...     the same with these values of a key of the case; repeatable.\n"
     "                        Without: " BP_ENSEMBLE_CARDS "\n"
     "                        and " BP_ENSEMBLE_RULES "\n"},
    {BP_OPTION_INDEX, "  --index I             study run: this point, counted from 0\n"},
    {BP_OPTION_RANGE, "  --range A:B           study run: points A, A+1, ... B-1\n"},
    {BP_OPTION_JOBS, "  -j, --jobs N          study run: N processes of one rank (1)\n"},
    {BP_OPTION_GROUP,
     "  --group-size G        study run under mpirun: G ranks for each point (1)\n"},
    {BP_OPTION_JSON, "  --json                the result as JSON on stdout, nothing else there\n"},
    {BP_OPTION_QUIET, "  -q, --quiet           print errors only, and what --json asks for\n"},
    {BP_OPTION_VERBOSE, "  -v, --verbose         print where results come from\n"},
    {BP_OPTION_HELP, "  -h, --help            this page\n"},
    {BP_OPTION_VERSION, "  --version             versions of the program and its libraries\n"},
};

static void print_program(FILE *out) {
  fputs("ballpad: finite elements for the reliability of solder joints on shaped ball pads\n\n",
        out);
  for (int i = 0; i < BP_COMMANDS; i++)
    fprintf(out, "  ballpad %-9s %-55s %s\n", bp_commands[i].name, bp_commands[i].synopsis,
            bp_commands[i].title);
  fputs("\n'ballpad COMMAND --help' lists the options of a command, 'ballpad --version' the "
        "versions.\nEvery command works alone and under 'mpirun -n N'.\n",
        out);
}

/* What the words of a synopsis are. */
static const char *words_of(BpCommandId command) {
  switch (command) {
  case BP_COMMAND_LIFE:
    return "RESULTS is the directory of a run or of a comparison.\n";
  case BP_COMMAND_STUDY:
    return "STUDY is a study file, or the name of one that is shipped: ring_radius.\n";
  case BP_COMMAND_POINT:
  case BP_COMMAND_MATERIALS:
    return "CARD and NAME are a card of the library, sac305_anand_motalab2012, or a card file.\n";
  default:
    return "CASE is a file, or the name of one that is shipped: cases/flat.yaml, flat.\n";
  }
}

void bp_args_help(BpCommandId command, FILE *out) {
  if (command == BP_COMMAND_NONE) {
    print_program(out);
    return;
  }
  const BpCommandInfo *info = &bp_commands[command];
  fprintf(out, "ballpad %s %s\n  %s\n\n", info->name, info->synopsis, info->title);
  for (int i = 0; i < BP_COUNT(lines); i++)
    if (info->options & lines[i].option)
      fputs(lines[i].text, out);
  fputs("  -- OPTIONS            options for PETSc, as they are\n\n", out);
  fputs(words_of(command), out);
  fputs(
      "exit codes: 0 ok, 1 internal error, 2 usage, 3 case, 4 geometry or mesh, 5 not converged,\n"
      "            6 results or checkpoint of another case, 7 file or directory,\n"
      "            75 stopped on request, go on with --resume\n",
      out);
}

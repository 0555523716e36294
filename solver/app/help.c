/* The table of commands and their pages. */
#include "args.h"

const BpCommandInfo bp_commands[BP_COMMANDS] = {
    [BP_COMMAND_CHECK] = {"check", "read and validate a case, foresee the effort",
                          "CASE [--print-config]", BP_OPTIONS_COMMON | BP_OPTION_PRINT_CONFIG, 1, 1,
                          0, "CASE"},
    [BP_COMMAND_MESH] = {"mesh", "geometry and mesh: DIR/mesh.msh, DIR/mesh.json", "CASE -o DIR",
                         BP_OPTIONS_COMMON | BP_OPTION_FORCE, 1, 1, 1, "CASE"},
    [BP_COMMAND_RUN] = {"run", "mesh and solve: results, history, DIR/summary.json",
                        "CASE -o DIR [--mesh FILE]",
                        BP_OPTIONS_COMMON | BP_OPTION_FORCE | BP_OPTION_MESH, 1, 1, 1, "CASE"},
    [BP_COMMAND_COMPARE] = {"compare", "run cases and compare them: DIR/compare.json, a table",
                            "CASE CASE... -o DIR", BP_OPTIONS_COMMON | BP_OPTION_FORCE, 2, 64, 1,
                            "CASE"},
    [BP_COMMAND_POINT] = {"point", "one material point under a prescribed path",
                          "CARD --temperature T --rate R --strain E | --path FILE",
                          BP_OPTIONS_COMMON | BP_OPTION_TEMPERATURE | BP_OPTION_RATE |
                              BP_OPTION_STRAIN | BP_OPTION_STEPS | BP_OPTION_PATH | BP_OPTION_CSV,
                          1, 1, 0, "CARD"},
    [BP_COMMAND_MATERIALS] = {"materials", "list, show or compare the cards of the library",
                              "[NAME] | --compare NAME... | --law LAW",
                              (BP_OPTIONS_COMMON & ~BP_OPTION_SET) | BP_OPTION_COMPARE |
                                  BP_OPTION_LAW,
                              0, 256, 0, "NAME"},
};

static const struct {
  unsigned option;
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
    {BP_OPTION_COMPARE, "  --compare             saturation stresses of the named cards\n"},
    {BP_OPTION_LAW, "  --law LAW             saturation stresses of all cards of a law\n"},
    {BP_OPTION_SET, "  --set KEY=VALUE       set a key of the file, \"package.pitch=0.4 mm\"; "
                    "repeatable\n"},
    {BP_OPTION_MESH, "  --mesh FILE           use this mesh (MSH 2.2 or 4.1) of the case\n"},
    {BP_OPTION_PRINT_CONFIG, "  --print-config        print the complete case, every default "
                             "filled in\n"},
    {BP_OPTION_FORCE, "  --force               replace what another case left in DIR\n"},
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
  fputs(command == BP_COMMAND_POINT || command == BP_COMMAND_MATERIALS
            ? "CARD and NAME are a card of the library, sac305_anand_motalab2012, or a card file.\n"
            : "CASE is a file, or the name of one that is shipped: cases/flat.yaml, flat.\n",
        out);
  fputs(
      "exit codes: 0 ok, 1 internal error, 2 usage, 3 case, 4 geometry or mesh, 5 not converged,\n"
      "            6 results of another case, 7 file or directory, 75 stopped on request\n",
      out);
}

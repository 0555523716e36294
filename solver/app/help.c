/* The table of commands and their pages. */
#include "args.h"

const BpCommandInfo bp_commands[BP_COMMANDS] = {
    [BP_COMMAND_CHECK] = {"check", "read and validate a case, foresee the effort",
                          "CASE [--print-config]", BP_OPTIONS_COMMON | BP_OPTION_PRINT_CONFIG, 1, 1,
                          0},
    [BP_COMMAND_MESH] = {"mesh", "geometry and mesh: DIR/mesh.msh, DIR/mesh.json", "CASE -o DIR",
                         BP_OPTIONS_COMMON | BP_OPTION_FORCE, 1, 1, 1},
    [BP_COMMAND_RUN] = {"run", "mesh and solve: results, history, DIR/summary.json",
                        "CASE -o DIR [--mesh FILE]",
                        BP_OPTIONS_COMMON | BP_OPTION_FORCE | BP_OPTION_MESH, 1, 1, 1},
    [BP_COMMAND_COMPARE] = {"compare", "run cases and compare them: DIR/compare.json, a table",
                            "CASE CASE... -o DIR", BP_OPTIONS_COMMON | BP_OPTION_FORCE, 2, 64, 1},
};

static const struct {
  unsigned option;
  const char *text;
} lines[] = {
    {BP_OPTION_OUT, "  -o, --out DIR         directory of the results; made if it is not there\n"},
    {BP_OPTION_SET, "  --set KEY=VALUE       set a key of the case, \"package.pitch=0.4 mm\"; "
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
    fprintf(out, "  ballpad %-8s %-28s %s\n", bp_commands[i].name, bp_commands[i].synopsis,
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
  fputs(
      "  -- OPTIONS            options for PETSc, as they are\n\n"
      "CASE is a file, or the name of one that is shipped: cases/flat.yaml, flat.\n"
      "exit codes: 0 ok, 1 internal error, 2 usage, 3 case, 4 geometry or mesh, 5 not converged,\n"
      "            6 results of another case, 7 file or directory, 75 stopped on request\n",
      out);
}

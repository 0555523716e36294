/* The command line: every option and every way to get it wrong. */
#include "close.h"

#include "args.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 16 };

/* Splits a line at single blanks; "|" stands for a blank inside a word. */
static int split(const char *line, char *copy, size_t size, char **word) {
  int n = 0;
  snprintf(copy, size, "%s", line);
  for (char *w = strtok(copy, " "); w; w = strtok(NULL, " ")) {
    for (char *p = w; *p; p++)
      *p = *p == '|' ? ' ' : *p;
    word[n++] = w;
  }
  word[n] = NULL;
  return n;
}

typedef struct {
  char copy[512], *word[MOST + 1];
  BpArgs args;
  BpProblems problems;
  BpStatus status;
} Line;

static Line *read_line(const char *text) {
  Line *line = BP_NEW(Line, 1);
  const int n = split(text, line->copy, sizeof line->copy, line->word);
  line->status = bp_args_read(n, line->word, &line->args, &line->problems);
  return line;
}

static void free_line(Line *line) {
  bp_args_free(&line->args);
  bp_problems_free(&line->problems);
  free(line);
}

static void reads_a_run(void **state) {
  (void)state;
  Line *line =
      read_line("ballpad run --set a.b=5|um case.yaml -o out --set c=1 --force --mesh m.msh "
                "-- -ksp_type cg --out");
  const BpArgs *a = &line->args;
  assert_int_equal(line->status, BP_OK);
  assert_int_equal(a->command, BP_COMMAND_RUN);
  assert_int_equal(a->given, BP_OPTION_SET | BP_OPTION_OUT | BP_OPTION_FORCE | BP_OPTION_MESH);
  assert_string_equal(a->out, "out");
  assert_string_equal(a->mesh, "m.msh");
  assert_int_equal(a->nset, 2);
  assert_string_equal(a->set[0], "a.b=5 um");
  assert_string_equal(a->set[1], "c=1");
  assert_int_equal(a->nfiles, 1);
  assert_string_equal(a->file[0], "case.yaml");
  assert_int_equal(a->npetsc, 3);
  assert_string_equal(a->petsc[0], "-ksp_type");
  assert_string_equal(a->petsc[2], "--out");
  free_line(line);
}

static void reads_the_other_commands(void **state) {
  (void)state;
  Line *run = read_line("ballpad run a -o d --resume --max-walltime 30min");
  assert_int_equal(run->status, BP_OK);
  assert_int_equal(run->args.given, BP_OPTION_OUT | BP_OPTION_RESUME | BP_OPTION_WALLTIME);
  assert_string_equal(run->args.walltime, "30min");
  free_line(run);
  Line *again = read_line("ballpad run --from r.h5 -o d");
  assert_int_equal(again->status, BP_OK);
  assert_int_equal(again->args.given, BP_OPTION_OUT | BP_OPTION_FROM);
  assert_int_equal(again->args.nfiles, 0);
  assert_string_equal(again->args.from, "r.h5");
  free_line(again);
  Line *line = read_line("ballpad compare a b c --json -q --out=d");
  assert_int_equal(line->status, BP_OK);
  assert_int_equal(line->args.command, BP_COMMAND_COMPARE);
  assert_int_equal(line->args.nfiles, 3);
  assert_string_equal(line->args.file[2], "c");
  assert_string_equal(line->args.out, "d");
  assert_int_equal(line->args.given, BP_OPTION_JSON | BP_OPTION_QUIET | BP_OPTION_OUT);
  assert_int_equal(line->args.npetsc, 0);
  free_line(line);
  line = read_line("ballpad compare a b -o d --vary k=1,2 --vary l=3"); /* implies --ensemble */
  assert_int_equal(line->status, BP_OK);
  assert_true(line->args.given == (BP_OPTION_OUT | BP_OPTION_ENSEMBLE));
  assert_int_equal(line->args.nvary, 2);
  assert_string_equal(line->args.vary[1], "l=3");
  free_line(line);
  line = read_line("ballpad check --print-config a -v");
  assert_int_equal(line->status, BP_OK);
  assert_int_equal(line->args.command, BP_COMMAND_CHECK);
  assert_int_equal(line->args.given, BP_OPTION_PRINT_CONFIG | BP_OPTION_VERBOSE);
  free_line(line);
}

static void reads_points_and_materials(void **state) {
  (void)state;
  Line *line = read_line("ballpad point c --temperature 25|degC --rate=1e-3/s --strain -0.3 "
                         "--steps 7 --csv f.csv");
  const BpArgs *a = &line->args;
  assert_int_equal(line->status, BP_OK);
  assert_int_equal(a->command, BP_COMMAND_POINT);
  assert_int_equal(a->given, BP_OPTION_TEMPERATURE | BP_OPTION_RATE | BP_OPTION_STRAIN |
                                 BP_OPTION_STEPS | BP_OPTION_CSV);
  assert_string_equal(a->temperature, "25 degC");
  assert_string_equal(a->rate, "1e-3/s");
  assert_string_equal(a->strain, "-0.3");
  assert_string_equal(a->steps, "7");
  assert_string_equal(a->csv, "f.csv");
  free_line(line);
  line = read_line("ballpad point c --path p.yaml --set steps=3");
  assert_int_equal(line->status, BP_OK);
  assert_string_equal(line->args.path, "p.yaml");
  assert_int_equal(line->args.nset, 1);
  free_line(line);
  line = read_line("ballpad materials --compare a b");
  assert_int_equal(line->status, BP_OK);
  assert_int_equal(line->args.nfiles, 2);
  assert_true(line->args.given & BP_OPTION_COMPARE);
  free_line(line);
  line = read_line("ballpad materials --law anand --plot f.pdf");
  assert_int_equal(line->status, BP_OK);
  assert_string_equal(line->args.plot, "f.pdf");
  assert_string_equal(line->args.law, "anand");
  free_line(line);
  line = read_line("ballpad materials");
  assert_int_equal(line->status, BP_OK);
  free_line(line);
}

static void reads_lives(void **state) {
  (void)state;
  Line *line = read_line("ballpad life --model m --given a=1|MPa --given b=2 --json");
  assert_int_equal(line->status, BP_OK);
  assert_int_equal(line->args.command, BP_COMMAND_LIFE);
  assert_int_equal(line->args.given, BP_OPTION_MODEL | BP_OPTION_GIVEN | BP_OPTION_JSON);
  assert_string_equal(line->args.model, "m");
  assert_int_equal(line->args.nmetrics, 2);
  assert_string_equal(line->args.metric[0], "a=1 MPa");
  assert_string_equal(line->args.metric[1], "b=2");
  free_line(line);
  line = read_line("ballpad life --list");
  assert_int_equal(line->status, BP_OK);
  assert_true(line->args.given & BP_OPTION_LIST);
  free_line(line);
  line = read_line("ballpad life d -o e");
  assert_int_equal(line->status, BP_OK);
  assert_string_equal(line->args.file[0], "d");
  free_line(line);
}

/* Help and versions need nothing else. */
static void needs_no_case_for_help(void **state) {
  (void)state;
  static const struct {
    const char *text;
    BpCommandId command;
    unsigned given;
  } lines[] = {
      {"ballpad", BP_COMMAND_NONE, 0},
      {"ballpad --help", BP_COMMAND_NONE, BP_OPTION_HELP},
      {"ballpad -h", BP_COMMAND_NONE, BP_OPTION_HELP},
      {"ballpad --version", BP_COMMAND_NONE, BP_OPTION_VERSION},
      {"ballpad mesh --help", BP_COMMAND_MESH, BP_OPTION_HELP},
      {"ballpad compare --version", BP_COMMAND_COMPARE, BP_OPTION_VERSION},
  };
  for (int i = 0; i < BP_COUNT(lines); i++) {
    Line *line = read_line(lines[i].text);
    assert_int_equal(line->status, BP_OK);
    assert_int_equal(line->args.command, lines[i].command);
    assert_int_equal(line->args.given, lines[i].given);
    free_line(line);
  }
}

static const struct {
  const char *text, *message;
} mistakes[] = {
    {"ballpad rnu a -o d", "unknown command 'rnu'; did you mean 'run'?"},
    {"ballpad quux a -o d", "unknown command 'quux'; 'ballpad --help' lists the commands"},
    {"ballpad life", "life: there is nothing to evaluate; write ballpad life RESULTS, --list, or "
                     "--model NAME --given delta_w=0.2MPa"},
    {"ballpad life a --list",
     "life: RESULTS, --list and --model exclude each other; write ballpad life RESULTS, --list, or "
     "--model NAME --given delta_w=0.2MPa"},
    {"ballpad life a --given b=1", "life: --given gives metrics to one model; add --model NAME"},
    {"ballpad life a b", "life: 'b' is one file too many; write ballpad life RESULTS | --list | "
                         "--model NAME --given METRIC=VALUE"},
    {"ballpad run a -o d --model b",
     "unknown option '--model'; 'ballpad run --help' lists the options"},
    {"ballpad run a --outt d", "unknown option '--outt'; did you mean '--out'?"},
    {"ballpad run a --jsonn=3 -o d", "unknown option '--jsonn'; did you mean '--json'?"},
    {"ballpad run a -o d -x", "unknown option '-x'; 'ballpad run --help' lists the options"},
    {"ballpad check a --force",
     "unknown option '--force'; 'ballpad check --help' lists the options"},
    {"ballpad mesh a -o d --mesh m",
     "unknown option '--mesh'; 'ballpad mesh --help' lists the options"},
    {"ballpad --json", "unknown option '--json'; 'ballpad --help' lists the options"},
    {"ballpad run a -o", "--out needs a value; 'ballpad run --help' shows one"},
    {"ballpad run a --out=", "--out needs a value; 'ballpad run --help' shows one"},
    {"ballpad run a -o d --set", "--set needs a value; 'ballpad run --help' shows one"},
    {"ballpad check a --json=yes", "--json takes no value; write --json"},
    {"ballpad run a", "run: no directory for the results; add -o DIR"},
    {"ballpad run -o d",
     "run: CASE is missing; write ballpad run CASE | --from RESULTS -o DIR [--mesh FILE] "
     "[--resume]"},
    {"ballpad run a --from r -o d",
     "run: 'a' and --from exclude each other; the results hold their case"},
    {"ballpad compare a b --from r -o d",
     "unknown option '--from'; 'ballpad compare --help' lists the options"},
    {"ballpad compare a -o d", "compare: a second CASE is missing; write ballpad compare CASE "
                               "CASE... -o DIR [--ensemble] [--resume]"},
    {"ballpad compare -o d", "compare: CASEs are missing; write ballpad compare CASE CASE... -o "
                             "DIR [--ensemble] [--resume]"},
    {"ballpad mesh a b -o d", "mesh: 'b' is one file too many; write ballpad mesh CASE -o DIR"},
    {"ballpad check a -- b", "'b' behind -- is no PETSc option; options begin with '-'"},
    {"ballpad check a -q -v", "--quiet and --verbose exclude each other; keep one"},
    {"ballpad run a -o d --resume --force", "--force and --resume exclude each other; keep one"},
    {"ballpad check a --resume",
     "unknown option '--resume'; 'ballpad check --help' lists the options"},
    {"ballpad compare a b -o d --max-walltime",
     "--max-walltime needs a value; 'ballpad compare --help' shows one"},
    {"ballpad check a --print-config --json",
     "--print-config prints a case file, not JSON; leave --json out"},
    {"ballpad point --path p",
     "point: CARD is missing; write ballpad point CARD --temperature T --rate R --strain E | "
     "--path FILE"},
    {"ballpad point c --rate 1/s --strain 1",
     "point: --temperature is missing; write --temperature 25degC --rate 1e-3/s --strain 0.3, "
     "or --path FILE"},
    {"ballpad point c --path p --strain 1", "--path and --strain exclude each other; keep one"},
    {"ballpad point c --temperature 1|K --rate 1/s --strain 1 --set steps=2",
     "--set sets a key of a path; add --path FILE"},
    {"ballpad point c --path p --force",
     "unknown option '--force'; 'ballpad point --help' lists the options"},
    {"ballpad point c --path", "--path needs a value; 'ballpad point --help' shows one"},
    {"ballpad run a -o d --csv f",
     "unknown option '--csv'; 'ballpad run --help' lists the options"},
    {"ballpad point c --path p --plot f.jpg",
     "--plot: 'f.jpg' is no name of a picture; end it with .svg, .png, .pdf or .gp"},
    {"ballpad materials --plot f.svg",
     "materials: --plot draws one card or a comparison; add NAME, --compare NAME... or --law LAW"},
    {"ballpad materials a b",
     "materials: 'b' is one NAME too many; add --compare for a table of several"},
    {"ballpad materials --compare",
     "materials: --compare needs names; write ballpad materials --compare A B"},
    {"ballpad materials --law l a", "materials: --law compares all cards of a law; leave 'a' out"},
    {"ballpad materials --law l --compare a", "--compare and --law exclude each other; keep one"},
    {"ballpad --version run", "'run' must come first; write ballpad COMMAND"},
};

static void names_every_mistake(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(mistakes); i++) {
    Line *line = read_line(mistakes[i].text);
    assert_int_equal(line->status, BP_BAD);
    assert_int_equal(line->problems.count, 1);
    assert_int_equal(bp_problems_exit(&line->problems), BP_EXIT_USAGE);
    assert_string_equal(line->problems.item[0].text, mistakes[i].message);
    free_line(line);
  }
}

static void names_several_mistakes_in_one_go(void **state) {
  (void)state;
  Line *line = read_line("ballpad run a --outt d -y");
  assert_int_equal(line->problems.count, 2);
  assert_string_equal(line->problems.item[0].text,
                      "unknown option '--outt'; did you mean '--out'?");
  assert_string_equal(line->problems.item[1].text,
                      "unknown option '-y'; 'ballpad run --help' lists the options");
  free_line(line);
}

/* Every command has a page with every option that it takes. */
static void has_a_page_for_every_command(void **state) {
  (void)state;
  for (int i = BP_COMMAND_NONE; i < BP_COMMANDS; i++) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    bp_args_help((BpCommandId)i, out);
    fclose(out);
    for (int k = 0; k < BP_COMMANDS; k++)
      if (i == BP_COMMAND_NONE || i == k) {
        assert_non_null(strstr(text, bp_commands[k].name));
        assert_non_null(strstr(text, bp_commands[k].synopsis));
      }
    assert_int_equal(strstr(text, "--force") != NULL,
                     i != BP_COMMAND_NONE && (bp_commands[i].options & BP_OPTION_FORCE));
    assert_int_equal(strstr(text, "--out DIR") != NULL, i != BP_COMMAND_NONE);
    free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_a_run),
      cmocka_unit_test(reads_the_other_commands),
      cmocka_unit_test(reads_points_and_materials),
      cmocka_unit_test(reads_lives),
      cmocka_unit_test(needs_no_case_for_help),
      cmocka_unit_test(names_every_mistake),
      cmocka_unit_test(names_several_mistakes_in_one_go),
      cmocka_unit_test(has_a_page_for_every_command),
  };
  return cmocka_run_group_tests_name("args", tests, NULL, NULL);
}

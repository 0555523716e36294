#include "problem.h"

#include "memory.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static char *format_text(const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  char *text = bp_alloc((size_t)n + 1, 1);
  vsnprintf(text, (size_t)n + 1, format, again);
  va_end(again);
  return text;
}

static void add(BpProblems *problems, BpExit code, char *text) {
  BP_GROW(problems->item, problems->count + 1);
  problems->item[problems->count++] = (BpProblem){code, text};
}

void bp_problem(BpProblems *problems, BpExit code, const char *file, int line, const char *format,
                ...) {
  va_list args;
  va_start(args, format);
  char *what = format_text(format, args);
  va_end(args);
  char *text;
  if (file && line > 0)
    text = bp_format("%s:%d: %s", file, line, what);
  else if (file)
    text = bp_format("%s: %s", file, what);
  else
    text = bp_copy_text(what);
  free(what);
  add(problems, code, text);
}

void bp_warning(BpProblems *problems, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *text = format_text(format, args);
  va_end(args);
  for (int i = 0; i < problems->count; i++)
    if (problems->item[i].code == BP_EXIT_OK && strcmp(problems->item[i].text, text) == 0) {
      free(text);
      return;
    }
  add(problems, BP_EXIT_OK, text);
}

BpExit bp_problems_exit(const BpProblems *problems) {
  for (int i = 0; i < problems->count; i++)
    if (problems->item[i].code != BP_EXIT_OK)
      return problems->item[i].code;
  return BP_EXIT_OK;
}

void bp_problems_print(const BpProblems *problems, FILE *out) {
  for (int i = 0; i < problems->count; i++)
    fprintf(out, "ballpad: %s%s\n", problems->item[i].code == BP_EXIT_OK ? "warning: " : "",
            problems->item[i].text);
}

void bp_problems_free(BpProblems *problems) {
  for (int i = 0; i < problems->count; i++)
    free(problems->item[i].text);
  free(problems->item);
  *problems = (BpProblems){0};
}

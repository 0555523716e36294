#include "msh_impl.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD = 64 };

void bp_msh_fail(BpMshText *text, const char *format, ...) {
  char what[512];
  va_list args;
  if (text->failed)
    return;
  text->failed = 1;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  bp_problem(text->problems, BP_EXIT_GEOMETRY, text->file, text->line, "%s", what);
}

/* Words may hold any byte; a message shows none that moves the cursor. */
static void show(char *word) {
  for (; *word; word++)
    if (!isprint((unsigned char)*word))
      *word = '?';
}

int bp_msh_word(BpMshText *text, char *word, size_t size) {
  size_t n = 0;
  if (!text->failed)
    while (isspace((unsigned char)*text->at))
      text->line += *text->at++ == '\n';
  for (; !text->failed && *text->at && !isspace((unsigned char)*text->at); text->at++)
    if (n + 1 < size)
      word[n++] = *text->at;
  word[n] = '\0';
  return n > 0;
}

long long bp_msh_integer(BpMshText *text, long long low, long long high, const char *what) {
  char word[WORD], *rest;
  if (!bp_msh_word(text, word, sizeof word)) {
    bp_msh_fail(text, "the file ends where %s is due; it is not complete", what);
    return 0;
  }
  errno = 0;
  const long long value = strtoll(word, &rest, 10);
  if (*rest || errno || value < low || value > high) {
    show(word);
    bp_msh_fail(text, "'%s' is not %s (a whole number from %lld to %lld)", word, what, low, high);
    return 0;
  }
  return value;
}

int bp_msh_count(BpMshText *text, const char *what) {
  const long long most = (text->end - text->at) / 2, limit = 1 << 28;
  return (int)bp_msh_integer(text, 0, most < limit ? most : limit, what);
}

double bp_msh_number(BpMshText *text, const char *what) {
  char word[WORD], *rest;
  if (!bp_msh_word(text, word, sizeof word)) {
    bp_msh_fail(text, "the file ends where %s is due; it is not complete", what);
    return 0.0;
  }
  const double value = strtod(word, &rest);
  if (*rest || !isfinite(value)) {
    show(word);
    bp_msh_fail(text, "'%s' is not %s (a finite number)", word, what);
    return 0.0;
  }
  return value;
}

void bp_msh_name(BpMshText *text, char name[BP_MESH_NAME]) {
  name[0] = '\0';
  if (text->failed)
    return;
  while (*text->at == ' ' || *text->at == '\t')
    text->at++;
  const char *first = text->at + 1;
  const size_t n = *text->at == '"' ? strcspn(first, "\"\r\n") : 0;
  if (n == 0 || first[n] != '"') {
    bp_msh_fail(text, "a physical group has no name in double quotes; write one");
    return;
  }
  if (n >= BP_MESH_NAME) {
    bp_msh_fail(text, "a physical group's name is longer than %d bytes; shorten it",
                BP_MESH_NAME - 1);
    return;
  }
  memcpy(name, first, n);
  name[n] = '\0';
  for (size_t i = 0; i < n; i++)
    if (iscntrl((unsigned char)name[i]))
      bp_msh_fail(text, "a physical group's name holds a control character; rename it");
  text->at = first + n + 1;
}

void bp_msh_skip_section(BpMshText *text) {
  char word[WORD];
  while (bp_msh_word(text, word, sizeof word))
    if (strncmp(word, "$End", 4) == 0)
      return;
  bp_msh_fail(text, "the file ends inside a section; it is not complete");
}

void bp_msh_expect(BpMshText *text, const char *expected) {
  char word[WORD];
  const int found = bp_msh_word(text, word, sizeof word);
  if (text->failed || strcmp(word, expected) == 0)
    return;
  show(word);
  bp_msh_fail(text, "%s%s%s where %s is due; the counts of the section do not fit",
              found ? "'" : "the file ends", word, found ? "'" : "", expected);
}

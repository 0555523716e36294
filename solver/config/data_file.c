#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_readable_file(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, R_OK) == 0;
}

BpStatus bp_data_file(const char *relative, char *path, size_t size) {
  const char *const folder[] = {getenv("BALLPAD_DATA"), BALLPAD_SHARE, BALLPAD_SOURCE_DATA};
  for (int i = 0; i < BP_COUNT(folder); i++) {
    if (!folder[i] || !folder[i][0])
      continue;
    const int n = snprintf(path, size, "%s/%s", folder[i], relative);
    if (n > 0 && (size_t)n < size && is_readable_file(path))
      return BP_OK;
  }
  if (size > 0)
    path[0] = '\0';
  return BP_BAD;
}

int bp_is_card_file(const char *card) {
  static const char ending[] = ".yaml";
  const size_t length = strlen(card), tail = sizeof ending - 1;
  return strchr(card, '/') || (length >= tail && strcmp(card + length - tail, ending) == 0);
}

void bp_find_beside(const char *case_file, char *path, size_t size) {
  const char *slash = strrchr(case_file, '/');
  char *beside = bp_format("%.*s%s", slash && path[0] != '/' ? (int)(slash + 1 - case_file) : 0,
                           case_file, path);
  char *whole = realpath(is_readable_file(beside) ? beside : path, NULL);
  if (whole && strlen(whole) < size)
    snprintf(path, size, "%s", whole);
  free(whole);
  free(beside);
}

#include "report_picture.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "picture_", ending[] = ".png";

static int is_picture(const struct dirent *entry) {
  return fnmatch("picture_?*.png", entry->d_name, 0) == 0;
}

/* All bytes of a file, NULL if it cannot be read. */
static void *read_bytes(const char *path, size_t *size) {
  enum { PIECE = 65536 };
  char *bytes = NULL;
  size_t n;
  FILE *file = fopen(path, "rb");
  *size = 0;
  if (!file)
    return NULL;
  do {
    BP_GROW(bytes, *size + PIECE);
    n = fread(bytes + *size, 1, PIECE, file);
    *size += n;
  } while (n == PIECE);
  const int bad = ferror(file);
  (void)fclose(file);
  if (bad) {
    free(bytes);
    return NULL;
  }
  return bytes;
}

static int is_png(const void *bytes, size_t size) {
  static const char signature[] = "\x89PNG\r\n\x1a\n";
  return size > sizeof signature && memcmp(bytes, signature, sizeof signature - 1) == 0;
}

/* What scripts/render draws has a title of its own. */
static const char *const titles[][2] = {
    {"picture_material.png", "Materials in the section through the axis of the joint"},
    {"picture_work.png", "Inelastic work per volume"},
    {"picture_strain.png", "Accumulated equivalent inelastic strain"},
    {"picture_copper.png", "Plastic strain of the copper"}};

static char *title_of(const char *name) {
  for (int i = 0; i < BP_COUNT(titles); i++)
    if (strcmp(name, titles[i][0]) == 0)
      return bp_copy_text(titles[i][1]);
  const size_t n = strlen(name) - (sizeof prefix - 1) - (sizeof ending - 1);
  char *title = bp_format("%.*s", (int)n, name + sizeof prefix - 1);
  for (char *c = title; *c; c++)
    *c = *c == '_' ? ' ' : *c;
  return title;
}

static void add(const char *directory, const char *name, BpPicture **picture, int *count,
                BpProblems *problems) {
  char *path = bp_format("%s/%s", directory, name);
  size_t size;
  void *bytes = read_bytes(path, &size);
  if (bytes && is_png(bytes, size)) {
    BP_GROW(*picture, *count + 1);
    (*picture)[(*count)++] = (BpPicture){title_of(name), bytes, size};
  } else {
    bp_warning(problems, "%s: cannot be read as a PNG picture, report.html leaves it out", path);
    free(bytes);
  }
  free(path);
}

int bp_report_pictures(const char *directory, BpPicture **picture, BpProblems *problems) {
  struct dirent **entry;
  int count = 0;
  const int n = scandir(directory, &entry, is_picture, alphasort);
  *picture = NULL;
  for (int i = 0; i < n; i++) {
    add(directory, entry[i]->d_name, picture, &count, problems);
    free(entry[i]);
  }
  if (n >= 0)
    free(entry);
  return count;
}

void bp_report_pictures_free(BpPicture *picture, int count) {
  for (int i = 0; i < count; i++) {
    free((char *)(uintptr_t)picture[i].title);
    free((char *)(uintptr_t)picture[i].png);
  }
  free(picture);
}

#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(size_t count, size_t size) {
  fprintf(stderr,
          "ballpad: out of memory (%zu x %zu bytes); use a lower mesh.level or more ranks\n", count,
          size);
  abort();
}

void *bp_alloc(size_t count, size_t size) {
  void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
  if (!p)
    out_of_memory(count, size);
  return p;
}

void *bp_resize(void *old, size_t count, size_t size) {
  if (size > 0 && count > (size_t)-1 / size)
    out_of_memory(count, size);
  const size_t bytes = count * size;
  void *p = realloc(old, bytes > 0 ? bytes : 1);
  if (!p)
    out_of_memory(count, size);
  return p;
}

char *bp_copy_text(const char *text) {
  size_t n = strlen(text) + 1;
  return memcpy(bp_alloc(n, 1), text, n);
}

char *bp_format(const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *text = bp_alloc((size_t)n + 1, 1);
  va_start(args, format);
  vsnprintf(text, (size_t)n + 1, format, args);
  va_end(args);
  return text;
}

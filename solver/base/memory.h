/* Allocation that does not fail: without memory the program says so and aborts. */
#ifndef BP_MEMORY_H
#define BP_MEMORY_H

#include <stddef.h>

/* count items of size bytes, all zero. Never NULL; free with free(). */
void *bp_alloc(size_t count, size_t size);

/* Grows or shrinks old (NULL allowed) to count items of size bytes; new bytes are not set. */
void *bp_resize(void *old, size_t count, size_t size);

/* Copy of a string; free with free(). */
char *bp_copy_text(const char *text);

/* Formatted string of its own; free with free(). */
char *bp_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#define BP_NEW(type, count) ((type *)bp_alloc((size_t)(count), sizeof(type)))
#define BP_GROW(pointer, count)                                                                    \
  ((pointer) = bp_resize((pointer), (size_t)(count), sizeof *(pointer)))
#define BP_COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

#endif

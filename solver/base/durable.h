/* Files that hold their old content or all of the new one at every moment, also when the program is
 * killed or the power fails. Functions return 0, or the errno of what failed, after which nothing
 * new is left on the disk. */
#ifndef BP_DURABLE_H
#define BP_DURABLE_H

#include <stddef.h>

/* Name under which a file is written until it is complete, path.tmp; free with free(). */
char *bp_durable_temporary(const char *path);

/* Writes n bytes under the temporary name of a path and to the disk (fsync). */
int bp_durable_write(const char *path, const void *data, size_t n);

/* Puts the temporary file of a path, complete, on the disk, whoever wrote it, and gives it its
 * name. */
int bp_durable_commit(const char *path);

/* Both. */
int bp_durable_replace(const char *path, const void *data, size_t n);

/* Writes n bytes to an open file. */
int bp_durable_write_all(int file, const void *data, size_t n);

#endif

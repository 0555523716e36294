/* A directory for the files of a test, and a limit on their size. */
#ifndef BP_TEST_SCRATCH_H
#define BP_TEST_SCRATCH_H

#include <stddef.h>

/* Makes a directory below $TMPDIR or /tmp. Free with free(). */
char *bp_test_directory(void);

/* Removes a directory of files and directories of files, and frees its name. */
void bp_test_remove(char *directory);

/* Content of a file and its size; fails the test if there is none. Free with free(). */
char *bp_test_read_file(const char *directory, const char *name, size_t *n);

int bp_test_file_exists(const char *directory, const char *name);

/* Files cannot grow beyond that many bytes, as on a disk that is full; 0: no limit. */
void bp_test_limit_files(size_t bytes);

#endif

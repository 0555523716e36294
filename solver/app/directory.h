/* The directory of a command's results: made, held by one job, and never overwritten by another
 * case. */
#ifndef BP_DIRECTORY_H
#define BP_DIRECTORY_H

#include "lock.h"
#include "setup.h"

typedef struct {
  char *path;
  BpLock lock; /* rank 0 */
} BpDirectory;

/* Makes the directory with its parents and locks it.   [collective] */
BpExit bp_directory_open(const BpApp *app, const char *path, BpDirectory *directory);

/* Gives the lock back.   [collective] */
void bp_directory_close(const BpApp *app, BpDirectory *directory);

/* BP_EXIT_CHECKPOINT if the directory holds results or a mesh of another case than the setup and
 * --force was not given.   [collective] */
BpExit bp_directory_protect(const BpApp *app, const BpDirectory *directory, const BpSetup *setup);

/* "DIR/name", to be freed with free(). */
char *bp_directory_file(const BpDirectory *directory, const char *name);

/* Writes a text file on rank 0; BP_EXIT_IO if that fails.   [collective] */
BpExit bp_directory_write(const BpApp *app, const BpDirectory *directory, const char *name,
                          const char *text);

#endif

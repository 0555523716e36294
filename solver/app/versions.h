/* Versions of the program and of the libraries that it runs with. */
#ifndef BP_VERSIONS_H
#define BP_VERSIONS_H

#include <stddef.h>
#include <stdio.h>

/* For --version: one name and version on each line. */
void bp_versions_print(FILE *out);

/* "PETSc 3.18.5" and the like, without starting anything. size >= 64 is enough. */
void bp_version_petsc(char *text, size_t size);
void bp_version_hdf5(char *text, size_t size);
void bp_version_mpi(char *text, size_t size);

/* What was built, for "are these results of this program?": version and git state, and where that
 * state has no name of its own (changed files, no git) the hash of the program file. Free with
 * free(). */
char *bp_version_build(void);

#endif

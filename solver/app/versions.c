#include "versions.h"

#include "base.h"
#include "h5.h"
#include "plan.h"

#include <petscsys.h>

#include <stdlib.h>
#include <string.h>

void bp_version_petsc(char *text, size_t size) {
  PetscInt major = 0, minor = 0, patch = 0, release = 0;
  PetscGetVersionNumber(&major, &minor, &patch, &release);
  snprintf(text, size, "%d.%d.%d", (int)major, (int)minor, (int)patch);
}

void bp_version_hdf5(char *text, size_t size) {
  int part[3];
  bp_h5_version(part);
  snprintf(text, size, "%d.%d.%d", part[0], part[1], part[2]);
}

/* "Open MPI v4.1.4, package: ..." as far as the first comma. */
void bp_version_mpi(char *text, size_t size) {
  char whole[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(whole, &length);
  snprintf(text, size, "%.*s", (int)strcspn(whole, ",\n"), whole);
}

void bp_versions_print(FILE *out) {
  char petsc[64], hdf5[64], mpi[128];
  char *gmsh = bp_gmsh_version();
  bp_version_petsc(petsc, sizeof petsc);
  bp_version_hdf5(hdf5, sizeof hdf5);
  bp_version_mpi(mpi, sizeof mpi);
  fprintf(out, "ballpad %s\ngit %s\nPETSc %s\nGmsh %s\nHDF5 %s\nMPI %s\n", bp_version(),
          bp_version_git(), petsc, gmsh, hdf5, mpi);
  free(gmsh);
}

static int has_own_name(const char *git) {
  const size_t n = strlen(git), tail = strlen("-dirty");
  return strcmp(git, "unknown") != 0 && !(n > tail && strcmp(git + n - tail, "-dirty") == 0);
}

char *bp_version_build(void) {
  char hash[BP_HASH_SIZE];
  if (has_own_name(bp_version_git()))
    return bp_format("%s %s", bp_version(), bp_version_git());
  if (bp_hash_file("/proc/self/exe", hash) != BP_OK)
    snprintf(hash, sizeof hash, "?");
  return bp_format("%s %s %.16s", bp_version(), bp_version_git(), hash);
}

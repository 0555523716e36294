/* forge_checkpoint FILE OLD NEW: a sound checkpoint in which every OLD is NEW, of the same length.
 */
#include "sealed.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  BpStoreError error = {0};
  size_t n = 0;
  int found = 0;
  if (argc != 4 || strlen(argv[2]) != strlen(argv[3]))
    return 2;
  MPI_Init(&argc, &argv);
  char *data = bp_sealed_load(argv[1], "checkpoint", &n, &error);
  const size_t length = strlen(argv[2]);
  for (size_t i = BP_SEAL; data && i + length <= n; i++)
    if (memcmp(data + i, argv[2], length) == 0) {
      memcpy(data + i, argv[3], length);
      found++;
    }
  if (data) {
    BpH5 *file = bp_h5_open_image(argv[1], data + BP_SEAL, n - BP_SEAL, &error);
    bp_sealed_write(argv[1], "checkpoint", &file, &error);
    bp_file_commit(argv[1], &error);
  }
  free(data);
  if (error.status != BP_OK)
    fprintf(stderr, "%s\n", error.text);
  MPI_Finalize();
  return error.status != BP_OK || found == 0;
}

/* Where results come from: facts that go into every result file. */
#ifndef BP_PROVENANCE_H
#define BP_PROVENANCE_H

#include "output.h"
#include "setup.h"

typedef struct {
  BpFact *fact; /* [count] */
  int count;
} BpProvenance;

/* Hash of the nodes and cells themselves: another Gmsh makes another mesh of the same case. */
void bp_provenance_mesh(const BpMesh *mesh, char hash[BP_HASH_SIZE]);

/* Facts of a run that starts now, or of a mesh.   [not collective]
 * mesh  hash of its nodes and cells */
void bp_provenance_collect(const BpApp *app, const BpSetup *setup, const char *mesh,
                           BpProvenance *provenance);

/* Facts of a page that is written now.   [not collective] */
void bp_provenance_page(const BpApp *app, BpProvenance *provenance);
void bp_provenance_free(BpProvenance *provenance);

#endif

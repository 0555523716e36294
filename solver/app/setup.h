/* A case made ready: read, checked with its cards and its geometry, and identified. */
#ifndef BP_SETUP_H
#define BP_SETUP_H

#include "app.h"

#include "mesh.h"
#include "model.h"

typedef struct {
  BpCase *bp;
  BpMaterials materials;
  int nregions_loaded; /* 0: no materials */
  BpGeometry geometry;
  BpProblems problems;          /* errors and warnings of reading */
  char name[BP_NAME];           /* short, for tables and directories: "embossed" */
  char *text;                   /* the complete case */
  char hash[BP_HASH_SIZE];      /* of all that the results depend on */
  char mesh_hash[BP_HASH_SIZE]; /* of all that the mesh depends on */
  char card_hash[BP_MAX_REGIONS][BP_HASH_SIZE];
  char library_hash[BP_MAX_REGIONS]
                   [BP_HASH_SIZE]; /* of a law from outside; "" where there is none */
  const char *mesh_file;           /* given by the user, else NULL */
  char *stored_mesh;               /* its name where stored results have it, else NULL */
  char mesh_file_hash[BP_HASH_SIZE];
} BpSetup;

/* A path that exists, else the shipped file of that name, with or without its ending, in a folder
 * of the program's data ("cases/"), else what was given. [not collective] */
void bp_setup_find(const char *given, const char *folder, char path[BP_PATH]);

/* Reads the case of a path, or of a shipped name ("cases/flat.yaml", "flat"), on every rank alike;
 * what is wrong is in setup->problems. [not collective] */
void bp_setup_read(const BpApp *app, const char *path, BpSetup *setup);

/* The same of the case that stored results hold, of a results.h5 or its directory. That cards,
 * libraries or mesh are not those of the results is a problem. [not collective] */
void bp_setup_from(const BpApp *app, const char *results, BpSetup *setup);

void bp_setup_free(BpSetup *setup);

/* Cards, geometry, text and hashes of a case that was read. */
void bp_setup_load(BpSetup *setup);

/* What the case asks for and these ranks cannot do is a problem. */
void bp_setup_check_ranks(const BpApp *app, BpSetup *setup);

/* "cases/embossed.yaml" -> "embossed" */
void bp_setup_name(const char *path, char name[BP_NAME]);

/* Derives geometry, text and hashes anew after a change of the case. */
void bp_setup_complete(BpSetup *setup);

/* Reports the problems of all setups in one go; the first exit code, alike on every rank. That
 * ranks read different files is a problem too.   [collective] */
BpExit bp_setup_report(const BpApp *app, const BpSetup *setup, int count);

/* Part that is meshed: of an array's plan, of a cell that a half or whole one has; 1 of a user's
 * mesh. */
double bp_setup_part(const BpSetup *setup);

/* The mesh of a setup and its measures on rank 0, NULL elsewhere, and the exit code. Warnings, and
 * the problems where there is no mesh, have been printed and are to be freed. [collective] */
typedef struct {
  BpMesh *mesh;
  BpMeshReport report;
  int unknowns; /* free ones */
  BpProblems warnings;
} BpMeshed;

BpExit bp_setup_mesh(const BpApp *app, const BpSetup *setup, BpMeshed *meshed);

/* Refuses a mesh whose stiffness cannot be counted on these ranks, and frees it then.
 * largest  cells of a rank over the mean of all   [collective] */
BpExit bp_setup_fits_ranks(const BpApp *app, double largest, BpMeshed *meshed);

#endif

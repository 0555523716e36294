/* Gmsh's library is loaded by the first that needs it. Linked, it would double the time that every
 * start of the program takes, of which most need no mesh. A function that is called must be on the
 * list below. */
#ifndef BP_GMSH_LATE_H
#define BP_GMSH_LATE_H

#include "base.h"

#include <gmshc.h>

/* BP_BAD with a problem (BP_EXIT_IO) where there is no such library. */
BpStatus bp_gmsh_load(BpProblems *problems);

typedef void (*BpGmshFunction)(void);

/* After bp_gmsh_load(). A function that the library does not have ends the program. */
BpGmshFunction bp_gmsh_function(const char *name);

#define BP_GMSH_LATE(name) ((__typeof__(&(name)))bp_gmsh_function(#name))

#define gmshFinalize                          BP_GMSH_LATE(gmshFinalize)
#define gmshFree                              BP_GMSH_LATE(gmshFree)
#define gmshInitialize                        BP_GMSH_LATE(gmshInitialize)
#define gmshLoggerGetLastError                BP_GMSH_LATE(gmshLoggerGetLastError)
#define gmshModelAdd                          BP_GMSH_LATE(gmshModelAdd)
#define gmshModelGeoAddCircleArc              BP_GMSH_LATE(gmshModelGeoAddCircleArc)
#define gmshModelGeoAddCurveLoop              BP_GMSH_LATE(gmshModelGeoAddCurveLoop)
#define gmshModelGeoAddLine                   BP_GMSH_LATE(gmshModelGeoAddLine)
#define gmshModelGeoAddPlaneSurface           BP_GMSH_LATE(gmshModelGeoAddPlaneSurface)
#define gmshModelGeoAddPoint                  BP_GMSH_LATE(gmshModelGeoAddPoint)
#define gmshModelGeoMeshSetTransfiniteCurve   BP_GMSH_LATE(gmshModelGeoMeshSetTransfiniteCurve)
#define gmshModelGeoMeshSetTransfiniteSurface BP_GMSH_LATE(gmshModelGeoMeshSetTransfiniteSurface)
#define gmshModelGeoSynchronize               BP_GMSH_LATE(gmshModelGeoSynchronize)
#define gmshModelMeshEmbed                    BP_GMSH_LATE(gmshModelMeshEmbed)
#define gmshModelMeshGenerate                 BP_GMSH_LATE(gmshModelMeshGenerate)
#define gmshModelMeshGetElementsByType        BP_GMSH_LATE(gmshModelMeshGetElementsByType)
#define gmshModelMeshGetNodes                 BP_GMSH_LATE(gmshModelMeshGetNodes)
#define gmshOptionGetString                   BP_GMSH_LATE(gmshOptionGetString)
#define gmshOptionSetNumber                   BP_GMSH_LATE(gmshOptionSetNumber)

#endif

/* Areas of the named faces of a mesh, by a rule of the tests' own. */
#ifndef BP_TEST_AREA_H
#define BP_TEST_AREA_H

#include "meshio.h"

/* Area of the faces of a name, m2; 0 if the mesh does not have it. */
double bp_test_area(const BpMesh *mesh, const char *name);

#endif

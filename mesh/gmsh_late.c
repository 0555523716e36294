#ifdef BALLPAD_GMSH

#include "gmsh_late.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

/* Its own libraries come first in the search for its symbols: the hundred of PETSc cost as long
 * again. The address sanitizer replaces functions and refuses that. */
#ifdef __SANITIZE_ADDRESS__
static const int how = RTLD_LAZY | RTLD_LOCAL;
#else
static const int how = RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND;
#endif

static void *library;

BpStatus bp_gmsh_load(BpProblems *problems) {
  if (!library)
    library = dlopen(BP_GMSH_LIBRARY, how);
  if (library)
    return BP_OK;
  bp_problem(problems, BP_EXIT_IO, NULL, 0,
             "Gmsh cannot be loaded: %s; install it, or give a mesh with --mesh FILE", dlerror());
  return BP_BAD;
}

BpGmshFunction bp_gmsh_function(const char *name) {
  void *symbol = dlsym(library, name);
  BpGmshFunction function;
  if (!symbol) {
    bp_log(BP_LOG_WARNING, "%s has no %s; build ballpad with the Gmsh that it runs with",
           BP_GMSH_LIBRARY, name);
    abort();
  }
  memcpy(&function, &symbol, sizeof function);
  return function;
}

#else

extern int bp_no_gmsh;
int bp_no_gmsh;

#endif

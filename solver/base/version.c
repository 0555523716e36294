#include "version.h"

#include "version_git.h"

const char *bp_version(void) {
  return BP_VERSION;
}

const char *bp_version_git(void) {
  return BP_GIT;
}

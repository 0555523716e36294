#ifndef BP_VERSION_H
#define BP_VERSION_H

/* Version of ballpad, "0.1.0". */
const char *bp_version(void);

/* Git state of the source that was built, "1a2b3c4d5e6f" or "...-dirty"; "unknown" outside git. */
const char *bp_version_git(void);

#endif

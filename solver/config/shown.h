/* A text of the user's as it may stand in a message. Internal to this folder. */
#ifndef BP_SHOWN_H
#define BP_SHOWN_H

#define BP_SHOWN 72

/* Copies text to shown [BP_SHOWN], control characters as '?', cut with "..." when it is long: a
 * message stays one line. Returns shown. */
const char *bp_shown_text(const char *text, char shown[BP_SHOWN]);

#endif

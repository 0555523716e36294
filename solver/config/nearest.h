/* "Did you mean ...?": the known word nearest to a mistyped one. */
#ifndef BP_NEAREST_H
#define BP_NEAREST_H

/* The one of candidate [count] that differs from word by the fewest inserted, removed or replaced
 * letters (capitals do not count) or contains it; NULL where none is near enough to be meant. */
const char *bp_nearest_word(const char *word, const char *const *candidate, int count);

#endif

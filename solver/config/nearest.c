#include "nearest.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#define LONGEST 63 /* longer words are not compared */

static int lower(char c) {
  return tolower((unsigned char)c);
}

/* Levenshtein's distance, one row of its table at a time. */
static int distance(const char *a, const char *b) {
  int row[LONGEST + 1];
  const int na = (int)strlen(a), nb = (int)strlen(b);
  if (na > LONGEST || nb > LONGEST)
    return 2 * LONGEST;
  for (int j = 0; j <= nb; j++)
    row[j] = j;
  for (int i = 1; i <= na; i++) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= nb; j++) {
      int best = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
      best = row[j] + 1 < best ? row[j] + 1 : best;
      best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
      diagonal = row[j];
      row[j] = best;
    }
  }
  return row[nb];
}

static int is_part(const char *word, const char *candidate) {
  return strlen(word) >= 3 && strstr(candidate, word) != NULL;
}

const char *bp_nearest_word(const char *word, const char *const *candidate, int count) {
  const int length = (int)strlen(word);
  int limit = length / 3 > 2 ? length / 3 : 2;
  if (limit >= length) /* every short word would be near to every other one */
    limit = length - 1;
  const char *nearest = NULL, *whole = NULL;
  for (int i = 0; i < count; i++) {
    const int d = distance(word, candidate[i]);
    if (d <= limit) {
      nearest = candidate[i];
      limit = d - 1;
    }
    if (!whole && is_part(word, candidate[i]))
      whole = candidate[i];
  }
  return nearest ? nearest : whole;
}

#include "shown.h"

#include <stdio.h>
#include <string.h>

static int is_control(unsigned char c) {
  return c < 0x20 || c == 0x7f;
}

static int continues_utf8(unsigned char c) {
  return (c & 0xc0) == 0x80;
}

const char *bp_shown_text(const char *text, char shown[BP_SHOWN]) {
  size_t n = strlen(text);
  const int cut = n >= BP_SHOWN;
  if (cut) {
    n = BP_SHOWN - 4;
    while (n > 0 && continues_utf8((unsigned char)text[n]))
      n--;
  }
  for (size_t i = 0; i < n; i++)
    shown[i] = (char)(is_control((unsigned char)text[i]) ? '?' : text[i]);
  snprintf(shown + n, BP_SHOWN - n, "%s", cut ? "..." : "");
  return shown;
}

/* What a ratio says, in words. */
#include "report.h"

#include <string.h>

static const double no_difference = 1e-3;

/* The same quantity of the other region: layer for common and the other way round. NULL: none. */
static const BpRatio *partner(const BpRatio *ratio, int nratios, const BpRatio *of) {
  static const char common[] = ".common";
  char other[BP_NAME + sizeof common];
  const size_t n = strlen(of->quantity), tail = sizeof common - 1;
  if (n > tail && strcmp(of->quantity + n - tail, common) == 0)
    snprintf(other, sizeof other, "%.*s", (int)(n - tail), of->quantity);
  else
    snprintf(other, sizeof other, "%s%s", of->quantity, common);
  for (int i = 0; i < nratios; i++)
    if (ratio[i].summary == of->summary && strcmp(ratio[i].quantity, other) == 0)
      return &ratio[i];
  return NULL;
}

int bp_ratio_direction(double ratio) {
  return ratio < 1.0 - no_difference ? -1 : ratio > 1.0 + no_difference;
}

static void say_change(double ratio, const char *reference, char *text, size_t size) {
  const double percent = 100.0 * fabs(ratio - 1.0);
  if (bp_ratio_direction(ratio) == 0)
    snprintf(text, size, "no difference to %s", reference);
  else
    snprintf(text, size, "%.1f %% %s than %s", percent, ratio < 1.0 ? "less" : "more", reference);
}

static void say_agreement(const BpRatio *this, const BpRatio *other, char *text, size_t size) {
  const int common = strstr(this->quantity, ".common") != NULL;
  const char *here = common ? "common region" : "interface layer",
             *there = common ? "interface layer" : "common region";
  const int mine = bp_ratio_direction(this->ratio), its = bp_ratio_direction(other->ratio);
  if (mine < 0 && its < 0)
    snprintf(text, size, "a gain in the %s and in the %s", here, there);
  else if (mine < 0)
    snprintf(text, size, "a gain that exists only in the %s, not in the %s (ratio %.4f)", here,
             there, other->ratio);
  else if (its < 0)
    snprintf(text, size, "no gain here; the gain exists only in the %s (ratio %.4f)", there,
             other->ratio);
  else
    snprintf(text, size, "no gain, in neither the %s nor the %s", here, there);
}

/* Zones that one of the two has and the other has not, in the last cycle. */
static int zones_differ(const BpSummary *a, const BpSummary *b) {
  const BpCycleResult *x = a->ncycles > 0 ? &a->cycle[a->ncycles - 1] : NULL,
                      *y = b->ncycles > 0 ? &b->cycle[b->ncycles - 1] : NULL;
  if (!x || !y || x->nzones != y->nzones)
    return x && y;
  for (int i = 0; i < x->nzones; i++)
    if (strcmp(x->zone[i].name, y->zone[i].name) != 0)
      return 1;
  return 0;
}

void bp_ratio_sentence(const BpSummary *summary, const BpRatio *ratio, int nratios, int which,
                       char *text, size_t size) {
  const BpRatio *this = &ratio[which], *other = partner(ratio, nratios, this);
  const BpSummary *mine = &summary[this->summary], *reference = &summary[this->reference];
  char change[160], agreement[160] = "", notes[240] = "";
  if (!isfinite(this->ratio)) {
    snprintf(text, size,
             strstr(this->quantity, "tension")
                 ? "not known: one of the two has no full cycle, no such film there or no tension"
                 : "not known: one of the two has no full cycle or no such region");
    return;
  }
  say_change(this->ratio, reference->name, change, sizeof change);
  if (other && isfinite(other->ratio))
    say_agreement(this, other, agreement, sizeof agreement);
  else
    snprintf(agreement, sizeof agreement, "%s",
             bp_ratio_direction(this->ratio) < 0 ? "a gain" : "no gain");
  if (strcmp(this->side, this->side_reference) != 0)
    snprintf(notes, sizeof notes, "; the worse side is %s here and %s in %s", this->side,
             this->side_reference, reference->name);
  if (strncmp(this->quantity, "rdl.", 4) == 0 && zones_differ(mine, reference))
    snprintf(notes, sizeof notes, "; the zones that it averages over are not the same in both");
  snprintf(text, size, "%s, %s%s", change, agreement, notes);
}

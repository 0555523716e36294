/* What cushion, well and ring do one by one, from shapes that differ in one of them. */
#include "report.h"

#include <string.h>

typedef struct {
  const char *name, *formula, *meaning;
  const char *over[2], *under[2]; /* pads; the second ones NULL: none */
} Definition;

static const Definition definitions[BP_PAD_FACTORS] = {
    {"cushion",
     "flat_bare / flat",
     "without the polymer under the pad",
     {"flat_bare", NULL},
     {"flat", NULL}},
    {"well",
     "concave / flat_bare",
     "with the dielectrics back around the bare floor",
     {"concave", NULL},
     {"flat_bare", NULL}},
    {"ring in the well",
     "embossed / concave",
     "with the ring on the floor of the well",
     {"embossed", NULL},
     {"concave", NULL}},
    {"ring on the flat pad",
     "convex / flat",
     "with the ring on the flat pad",
     {"convex", NULL},
     {"flat", NULL}},
    {"interaction of ring and well",
     "embossed \u00d7 flat / (concave \u00d7 convex)",
     "1 where the ring does in the well what it does on the flat pad",
     {"embossed", "flat"},
     {"concave", "convex"}},
    {"all together",
     "embossed / flat",
     "cushion \u00d7 well \u00d7 ring in the well",
     {"embossed", NULL},
     {"flat", NULL}},
};

/* First run of a pad, NULL if there is none. */
static const BpSummary *find(const BpSummary *summary, int count, const char *pad) {
  for (int i = 0; i < count; i++)
    if (strcmp(summary[i].pad, pad) == 0)
      return &summary[i];
  return NULL;
}

/* Multiplies or divides by the quantity of a pad. */
static void take(const BpSummary *s, const char *quantity, int divide, BpPadFactor *to) {
  const double value = bp_quantity_value(s, quantity);
  to->ratio = divide ? (value > 0.0 ? to->ratio / value : (double)NAN) : to->ratio * value;
  to->error_mesh += s->error_mesh;
  to->error_time += s->error_time;
}

void bp_pad_factors(const BpSummary *summary, int count, const char *quantity,
                    BpPadFactor factor[BP_PAD_FACTORS]) {
  for (int f = 0; f < BP_PAD_FACTORS; f++) {
    const Definition *d = &definitions[f];
    const char *const pad[] = {d->over[0], d->over[1], d->under[0], d->under[1]};
    BpPadFactor *to = &factor[f];
    *to =
        (BpPadFactor){.name = d->name, .formula = d->formula, .meaning = d->meaning, .ratio = 1.0};
    for (int i = 0; i < BP_COUNT(pad); i++) {
      const BpSummary *s = pad[i] ? find(summary, count, pad[i]) : NULL;
      const size_t n = strlen(to->missing);
      if (s)
        take(s, quantity, i >= 2, to);
      else if (pad[i])
        snprintf(to->missing + n, sizeof to->missing - n, "%s%s", n > 0 ? ", " : "", pad[i]);
    }
    if (to->missing[0])
      to->ratio = to->error_mesh = to->error_time = NAN;
  }
}

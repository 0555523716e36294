/* What cushion, well and ring do one by one, from shapes that differ in one of them. */
#include "json_impl.h"

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

const struct BpPadQuantity bp_pad_quantities[BP_PAD_QUANTITIES] = {
    {"package.delta_w_MPa", "package, layer"},
    {"package.delta_w_MPa.common", "package, common region"},
    {"board.delta_w_MPa", "board, layer"},
    {"board.delta_w_MPa.common", "board, common region"},
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

json_t *bp_pad_factors_array(const BpSummary *summary, int count) {
  json_t *array = json_array();
  for (int q = 0; q < BP_PAD_QUANTITIES; q++) {
    BpPadFactor factor[BP_PAD_FACTORS];
    bp_pad_factors(summary, count, bp_pad_quantities[q].quantity, factor);
    for (int f = 0; f < BP_PAD_FACTORS; f++) {
      json_t *item = json_object();
      json_object_set_new(item, "name", bp_json_text(factor[f].name));
      json_object_set_new(item, "formula", bp_json_text(factor[f].formula));
      json_object_set_new(item, "quantity", bp_json_text(bp_pad_quantities[q].quantity));
      json_object_set_new(item, "ratio", bp_json_number(factor[f].ratio, 1.0));
      json_object_set_new(item, "error_mesh", bp_json_number(factor[f].error_mesh, 1.0));
      json_object_set_new(item, "error_time", bp_json_number(factor[f].error_time, 1.0));
      json_object_set_new(item, "missing",
                          factor[f].missing[0] ? bp_json_text(factor[f].missing) : json_null());
      json_array_append_new(array, item);
    }
  }
  return array;
}

/* 1 if two of the runs differ in one part alone: embossed over flat is all parts together. */
static int is_of_one_part(const BpSummary *summary, int count) {
  BpPadFactor factor[BP_PAD_FACTORS];
  bp_pad_factors(summary, count, bp_pad_quantities[0].quantity, factor);
  int known = 0;
  for (int f = 0; f + 1 < BP_PAD_FACTORS; f++)
    known += !factor[f].missing[0];
  return known > 0;
}

void bp_pad_factors_table(FILE *out, const BpSummary *summary, int count) {
  BpPadFactor factor[BP_PAD_QUANTITIES][BP_PAD_FACTORS];
  if (!is_of_one_part(summary, count))
    return;
  fputs("\nwhat the parts of the pad do to the work per cycle, below 1 they save it\n", out);
  fprintf(out, "  %-28s", "");
  for (int q = 0; q < BP_PAD_QUANTITIES; q++) {
    bp_pad_factors(summary, count, bp_pad_quantities[q].quantity, factor[q]);
    fprintf(out, " %22s", bp_pad_quantities[q].title);
  }
  fputs("  pads\n", out);
  for (int f = 0; f < BP_PAD_FACTORS; f++) {
    fprintf(out, "  %-28s", factor[0][f].name);
    for (int q = 0; q < BP_PAD_QUANTITIES; q++)
      if (isfinite(factor[q][f].ratio))
        fprintf(out, " %22.4f", factor[q][f].ratio);
      else
        fprintf(out, " %22s", "-");
    fprintf(out, "  %s%s%s\n", factor[0][f].formula,
            factor[0][f].missing[0] ? "; not among the cases: " : "", factor[0][f].missing);
  }
}

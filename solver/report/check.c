/* What `check` finds, as JSON and for people. */
#include "json_impl.h"

#include <string.h>

static const double deg = 3.14159265358979324 / 180.0;

static json_t *numbers_object(const BpClaimRow *row) {
  json_t *object = json_object();
  for (int i = 0; i < row->nnumbers; i++)
    json_object_set_new(object, row->number[i].key, bp_json_number(row->number[i].value, 1.0));
  return object;
}

static json_t *claims_array(const BpCheckSummary *check) {
  json_t *claims = json_array();
  for (int i = 0; i < check->nclaims; i++) {
    const BpClaimRow *row = &check->claim[i];
    json_t *object = json_object();
    json_object_set_new(object, "claim", json_integer(row->claim));
    json_object_set_new(object, "holds", row->holds < 0 ? json_null() : json_boolean(row->holds));
    json_object_set_new(object, "text", bp_json_text(row->text));
    json_object_set_new(object, "measured", numbers_object(row));
    json_array_append_new(claims, object);
  }
  return claims;
}

static json_t *tolerances_object(const BpCheckSummary *check) {
  json_t *object = json_object();
  json_object_set_new(object, "equal_area", bp_json_number(check->equal_area, 1.0));
  json_object_set_new(object, "vertical_deg", bp_json_number(check->vertical, deg));
  json_object_set_new(object, "cylindrical", bp_json_number(check->cylindrical, 1.0));
  return object;
}

static json_t *solder_object(const BpCheckSummary *check) {
  json_t *object = json_object();
  json_object_set_new(object, "rule", bp_json_text(check->rule));
  for (int i = 0; i < BP_SOLDER_ROWS; i++) {
    json_t *row = json_object();
    json_object_set_new(row, "solder_volume_mm3", bp_json_number(check->solder[i].volume, BP_MM3));
    json_object_set_new(row, "standoff_um", bp_json_number(check->solder[i].standoff, BP_UM));
    json_object_set_new(object, check->solder[i].rule, row);
  }
  return object;
}

static json_t *place_array(const double x[3]) {
  json_t *place = json_array();
  if (!(x[0] == x[0])) {
    json_decref(place);
    return json_null();
  }
  for (int d = 0; d < 3; d++)
    json_array_append_new(place, bp_json_number(x[d], BP_UM));
  return place;
}

static json_t *wiring_object(const BpWiringSummary *wiring) {
  json_t *object = json_object();
  json_object_set_new(object, "connected", json_boolean(wiring->connected));
  json_object_set_new(object, "resistance_mohm", bp_json_number(wiring->resistance, 1e-3));
  if (!wiring->connected) {
    json_object_set_new(object, "ends_at_um", place_array(wiring->end));
    json_object_set_new(object, "begins_at_um", place_array(wiring->other));
  }
  return object;
}

static void set_valid(json_t *object, const BpCheckSummary *check) {
  json_object_set_new(object, "pad", bp_json_text(check->pad));
  bp_json_set_size(object, check->nodes, check->cells, check->dofs);
  json_object_set_new(object, "min_quality", bp_json_number(check->min_quality, 1.0));
  json_object_set_new(object, "volume_error", bp_json_number(check->volume_error, 1.0));
  json_object_set_new(object, "expected_steps", json_integer(check->steps));
  json_object_set_new(object, "expected_memory_bytes", bp_json_number(check->memory, 1.0));
  json_object_set_new(object, "expected_time_s", bp_json_number(check->time, 1.0));
  json_object_set_new(object, "ranks", json_integer(check->ranks));
  json_object_set_new(object, "solder", check->pad[0] ? solder_object(check) : json_null());
  json_object_set_new(object, "wiring",
                      check->wiring.is_there ? wiring_object(&check->wiring) : json_null());
  if (check->nclaims > 0) {
    json_object_set_new(object, "claims", claims_array(check));
    json_object_set_new(object, "tolerances", tolerances_object(check));
  }
}

char *bp_check_json(const BpCheckSummary *check, const BpProblems *problems) {
  json_t *object = json_object(), *errors = json_array(), *warnings = json_array();
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set_new(object, "case", bp_json_text(check->case_file));
  json_object_set_new(object, "valid", json_boolean(check->valid));
  if (check->valid)
    set_valid(object, check);
  for (int i = 0; i < problems->count; i++)
    json_array_append_new(problems->item[i].code == BP_EXIT_OK ? warnings : errors,
                          bp_json_text(problems->item[i].text));
  json_object_set_new(object, "problems", errors);
  json_object_set_new(object, "warnings", warnings);
  return bp_json_dump(object);
}

/* ---- for people */

static void put_solder(FILE *out, const BpCheckSummary *check) {
  for (int i = 0; i < BP_SOLDER_ROWS; i++) {
    const BpSolderRow *row = &check->solder[i];
    const int own = strcmp(row->rule, check->rule) == 0;
    if (row->standoff > 0.0)
      fprintf(out, "%-17s stand-off %.2f um with %.6f mm3 of solder%s\n", row->rule,
              row->standoff / BP_UM, row->volume / BP_MM3, own ? "" : " (not this case's rule)");
    else
      fprintf(out, "%-17s no joint\n", row->rule);
  }
}

static void put_wiring(FILE *out, const BpWiringSummary *wiring) {
  const double *a = wiring->end, *b = wiring->other;
  if (wiring->connected && wiring->resistance == wiring->resistance)
    fprintf(out, "wiring            connects chip and ball pad, %.4g mohm at 20 degC\n",
            1e3 * wiring->resistance);
  else if (wiring->connected)
    fprintf(out, "wiring            connects chip and ball pad, resistance not known\n");
  else if (a[0] == a[0])
    fprintf(out,
            "wiring            NOT CONNECTED: from the chip pad to (%.4g, %.4g, %.4g) um, from "
            "(%.4g, %.4g, %.4g) um to the ball pad\n",
            a[0] / BP_UM, a[1] / BP_UM, a[2] / BP_UM, b[0] / BP_UM, b[1] / BP_UM, b[2] / BP_UM);
  else
    fprintf(out, "wiring            NOT CONNECTED\n");
}

void bp_check_table(FILE *out, const BpCheckSummary *check) {
  fprintf(out, "%s: a valid case\n", check->case_file);
  if (check->pad[0])
    fprintf(out, "pad               %s\n", check->pad);
  fprintf(out, "mesh              %d nodes, %d %s, smallest quality %.3f\n", check->nodes,
          check->cells, check->pad[0] ? "wedges" : "cells", check->min_quality);
  if (check->pad[0]) {
    fprintf(out, "volumes           within %.1e of their closed forms\n", check->volume_error);
    put_solder(out, check);
  }
  if (check->wiring.is_there)
    put_wiring(out, &check->wiring);
  fprintf(out, "free unknowns     %d\n", check->dofs);
  fprintf(out, "steps             about %d\n", check->steps);
  fprintf(out, "memory            about %.2g GB on %d rank%s\n", 1e-9 * check->memory, check->ranks,
          check->ranks == 1 ? "" : "s");
  if (check->time < 100.0)
    fprintf(out, "time              about %.0f s\n", check->time);
  else if (check->time < 6000.0)
    fprintf(out, "time              about %.0f min\n", check->time / 60.0);
  else
    fprintf(out, "time              about %.1f h\n", check->time / 3600.0);
}

static void put_claim(FILE *out, const BpClaimRow *row) {
  static const char *const words[] = {"not known", "does not hold", "holds"};
  fprintf(out, "%5d  %-13s  %s\n", row->claim, words[row->holds + 1], row->text);
  for (int i = 0; i < row->nnumbers; i++)
    if (row->number[i].value == row->number[i].value)
      fprintf(out, "%24s%-30s %.6g\n", "", row->number[i].key, row->number[i].value);
}

void bp_claims_table(FILE *out, const BpCheckSummary *check) {
  fprintf(out,
          "\nclaims of US 7,196,000 B2, measured on the mesh; areas are those of the whole joint, "
          "inside the embossed region\n");
  for (int i = 0; i < check->nclaims; i++)
    put_claim(out, &check->claim[i]);
  fprintf(out,
          "approximately equal: within %g; substantially vertical: within %g deg; substantially "
          "cylindrical: within %g (section claims of the case)\n",
          check->equal_area, check->vertical / deg, check->cylindrical);
}

#include "ensemble.h"
#include "json_impl.h"

#include <stdlib.h>

static json_t *text_or_null(const char *text) {
  return text && text[0] ? bp_json_text(text) : json_null();
}

static json_t *factor_array(const BpEnsemble *e) {
  json_t *array = json_array();
  for (int f = 0; f < e->nfactors; f++) {
    json_t *object = json_object(), *levels = json_array();
    for (int l = 0; l < e->factor[f].nlevels; l++)
      json_array_append_new(levels, bp_json_text(e->factor[f].level[l]));
    json_object_set_new(object, "name", bp_json_text(e->factor[f].name));
    json_object_set_new(object, "levels", levels);
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *member_array(const BpEnsemble *e) {
  json_t *array = json_array();
  for (int m = 0; m < e->nmembers; m++) {
    const BpEnsembleMember *member = &e->member[m];
    json_t *object = json_object();
    json_object_set_new(object, "name", bp_json_text(member->name));
    json_object_set_new(object, "key", text_or_null(member->key));
    json_object_set_new(object, "value", text_or_null(member->value));
    json_object_set_new(object, "finished", json_boolean(member->summary != NULL));
    json_object_set_new(object, "reason", text_or_null(member->reason));
    json_object_set_new(object, "life_ratios",
                        member->summary ? bp_life_ratios_array(member->summary, e->ncases)
                                        : json_array());
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *ratio_array(const BpEnsemble *e) {
  json_t *array = json_array();
  for (int i = 0; i < e->nratios; i++) {
    const BpEnsembleRatio *r = &e->ratio[i];
    json_t *object = json_object();
    json_object_set_new(object, "member", bp_json_text(e->member[r->member].name));
    for (int f = 0; f < e->nfactors; f++)
      json_object_set_new(object, e->factor[f].name, bp_json_text(e->factor[f].level[r->level[f]]));
    json_object_set_new(object, "case", bp_json_text(e->name[r->summary]));
    json_object_set_new(object, "reference", bp_json_text(e->name[0]));
    json_object_set_new(object, "ratio", bp_json_number(r->ratio, 1.0));
    json_array_append_new(array, object);
  }
  return array;
}

static void set_count(json_t *object, const BpEnsembleCount *n) {
  json_object_set_new(object, "less", json_integer(n->less));
  json_object_set_new(object, "same", json_integer(n->same));
  json_object_set_new(object, "more", json_integer(n->more));
  json_object_set_new(object, "missing", json_integer(n->missing));
  json_object_set_new(object, "low", bp_json_number(n->low, 1.0));
  json_object_set_new(object, "high", bp_json_number(n->high, 1.0));
}

static json_t *level_array(const BpEnsemble *e, int summary, int f) {
  json_t *array = json_array();
  for (int l = 0; l < e->factor[f].nlevels; l++) {
    const BpEnsembleCount count = bp_ensemble_count(e, summary, f, l);
    json_t *object = json_object();
    json_object_set_new(object, "level", bp_json_text(e->factor[f].level[l]));
    set_count(object, &count);
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *cause_array(const BpEnsemble *e, int summary, const BpEnsembleVerdict *v) {
  json_t *array = json_array();
  for (int f = 0; f < e->nfactors; f++) {
    json_t *object = json_object(), *widest = json_array();
    for (int k = 0; k < 2 && v->by[f].flips > 0; k++)
      json_array_append_new(widest, json_integer(v->by[f].flip[k]));
    json_object_set_new(object, "name", bp_json_text(e->factor[f].name));
    json_object_set_new(object, "pairs", json_integer(v->by[f].pairs));
    json_object_set_new(object, "flips", json_integer(v->by[f].flips));
    json_object_set_new(object, "fades", json_integer(v->by[f].fades));
    json_object_set_new(object, "widest", widest);
    json_object_set_new(object, "levels", level_array(e, summary, f));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *verdict_array(const BpEnsemble *e) {
  json_t *array = json_array();
  for (int i = 1; i < e->ncases; i++) {
    BpEnsembleVerdict v;
    bp_ensemble_judge(e, i, &v);
    char *sentence = bp_ensemble_sentence(e, i, &v);
    json_t *object = json_object();
    json_object_set_new(object, "case", bp_json_text(e->name[i]));
    json_object_set_new(object, "reference", bp_json_text(e->name[0]));
    json_object_set_new(object, "holds", v.known ? json_boolean(v.sign != 0) : json_null());
    json_object_set_new(object, "sign", v.known ? json_integer(v.sign) : json_null());
    set_count(object, &v.count);
    json_object_set_new(object, "text", bp_json_text(sentence));
    json_object_set_new(object, "factors", cause_array(e, i, &v));
    json_array_append_new(array, object);
    free(sentence);
  }
  return array;
}

char *bp_ensemble_json(const BpEnsemble *e) {
  json_t *object = json_object(), *notes = json_array();
  const char *note;
  for (int i = 0; (note = bp_ensemble_note(e, i)); i++)
    json_array_append_new(notes, bp_json_text(note));
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set_new(object, "factors", factor_array(e));
  json_object_set_new(object, "members", member_array(e));
  json_object_set_new(object, "ratios", ratio_array(e));
  json_object_set_new(object, "verdicts", verdict_array(e));
  json_object_set_new(object, "notes", notes);
  return bp_json_dump(object);
}

#include "ensemble_ratios.h"

#include "life_history.h"

#include <stdlib.h>
#include <string.h>

enum { WORK, STRAIN, METRICS };
enum { PACKAGE, BOARD, WORSE, SIDES };
enum { MOST_LAYERS = 5 }; /* those of the ensemble, the reported one, the common region */

static const char *const metrics[] = {"work", "strain"};
static const char *const sides[] = {"package", "board", "worse"};

typedef double Values[METRICS][MOST_LAYERS][SIDES]; /* per cycle, NAN: not known */

typedef struct {
  double thickness[MOST_LAYERS]; /* m; the last one of nlayers: 0, the common region */
  int nlayers;
} Layers;

static int is_thickness(double a, double b) {
  return fabs(a - b) < 1e-3 * b;
}

static Layers list_layers(const BpSetup *reference) {
  Layers layers = {.nlayers = 0};
  const double reported = reference->bp->output.layer;
  int there = 0;
  for (int i = 0; i < bp_ensemble_layers.count; i++) {
    layers.thickness[layers.nlayers++] = bp_ensemble_layers.thickness[i];
    there |= is_thickness(reported, bp_ensemble_layers.thickness[i]);
  }
  if (!there)
    layers.thickness[layers.nlayers++] = reported;
  layers.thickness[layers.nlayers++] = 0.0;
  return layers;
}

/* ---- values of one run */

static BpSideResult find_value(const BpSummary *s, const BpResults *history, int side,
                               double wanted) {
  const BpCycleResult *c = &s->cycle[s->ncycles - 1];
  BpLifeLayer layer[BP_LIFE_LAYERS];
  if (wanted == 0.0)
    return side == BOARD ? c->board_common : c->package_common;
  if (is_thickness(wanted, s->joint.layer_thickness))
    return side == BOARD ? c->board : c->package;
  const int n = bp_life_layers(history, sides[side], c->index, layer);
  for (int i = 0; i < n; i++)
    if (is_thickness(layer[i].thickness, wanted))
      return (BpSideResult){layer[i].work, layer[i].strain};
  return (BpSideResult){NAN, NAN};
}

static double worse_of(double a, double b) {
  return isnan(a) || isnan(b) ? (double)NAN : fmax(a, b);
}

static void read_values(const BpSummary *s, const BpResults *history, const Layers *layers,
                        Values value) {
  const int full = s->ncycles > 0 && s->cycle[s->ncycles - 1].index >= 1;
  for (int l = 0; l < layers->nlayers; l++) {
    for (int side = 0; side < WORSE; side++) {
      const BpSideResult found =
          full ? find_value(s, history, side, layers->thickness[l]) : (BpSideResult){NAN, NAN};
      value[WORK][l][side] = found.delta_w;
      value[STRAIN][l][side] = found.delta_eps;
    }
    for (int m = 0; m < METRICS; m++)
      value[m][l][WORSE] = worse_of(value[m][l][PACKAGE], value[m][l][BOARD]);
  }
}

/* Values of every case of a member, [count]; to be freed with free(). */
static Values *read_member(const BpEnsembleRuns *runs, const BpDirectory *directory,
                           const Layers *layers, BpProblems *problems) {
  const BpComparison *c = &runs->comparison;
  Values *value = BP_NEW(Values, c->count);
  for (int i = 0; i < c->count; i++) {
    BpStoreError error = {0};
    char *path = bp_format("%s/%s/results.h5", directory->path, c->setup[i].name);
    BpResults *history = bp_results_read(path, &error);
    if (error.status != BP_OK)
      bp_warning(problems, "%s: layers other than the reported one are not known: %s", runs->name,
                 error.text);
    read_values(&c->summary[i], history, layers, value[i]);
    bp_results_free(&history);
    free(path);
  }
  return value;
}

/* ---- factors */

static void add_factor(BpEnsemble *e, const char *name, const char *const *level, int nlevels) {
  BpEnsembleFactor *factor = &e->factor[e->nfactors++];
  char **copy = BP_NEW(char *, nlevels);
  for (int l = 0; l < nlevels; l++)
    copy[l] = bp_copy_text(level[l]);
  *factor = (BpEnsembleFactor){name, (const char *const *)copy, nlevels};
}

static void add_factors(const BpEnsemblePlan *plan, const Layers *layers, BpEnsemble *e) {
  char text[MOST_LAYERS][32];
  const char *level[MOST_LAYERS];
  for (int k = 0; k < plan->nkeys; k++)
    add_factor(e, plan->key[k].key, (const char *const *)plan->key[k].value, plan->key[k].nvalues);
  for (int l = 0; l < layers->nlayers; l++) {
    snprintf(text[l], sizeof text[l], "%g um", 1e6 * layers->thickness[l]);
    level[l] = layers->thickness[l] > 0.0 ? text[l] : "common";
  }
  add_factor(e, "metric", metrics, METRICS);
  add_factor(e, "layer", level, layers->nlayers);
  add_factor(e, "side", sides, SIDES);
}

/* ---- ratios */

static double ratio_of(Values *value, int summary, const int level[3]) {
  if (!value)
    return NAN;
  const double reference = value[0][level[0]][level[1]][level[2]];
  return reference > 0.0 ? value[summary][level[0]][level[1]][level[2]] / reference : (double)NAN;
}

static void add_ratios(const BpEnsembleRuns *runs, int member, Values *value, BpEnsemble *e) {
  const int off = e->nfactors - 3, nlayers = e->factor[off + 1].nlevels;
  BpEnsembleRatio *ratio =
      BP_NEW(BpEnsembleRatio, e->nratios + e->ncases * METRICS * nlayers * SIDES);
  if (e->nratios > 0)
    memcpy(ratio, e->ratio, (size_t)e->nratios * sizeof *ratio);
  free((void *)e->ratio);
  for (int summary = 1; summary < e->ncases; summary++)
    for (int at = 0; at < METRICS * nlayers * SIDES; at++) {
      const int level[] = {at / (nlayers * SIDES), at / SIDES % nlayers, at % SIDES};
      BpEnsembleRatio *to = &ratio[e->nratios++];
      *to = (BpEnsembleRatio){.member = member, .summary = summary};
      if (runs->key >= 0)
        to->level[runs->key] = runs->value;
      memcpy(&to->level[off], level, sizeof level);
      to->ratio = ratio_of(value, summary, level);
    }
  e->ratio = ratio;
}

static void add_notes(const BpEnsemblePlan *plan, BpEnsemble *e) {
  char **note = BP_NEW(char *, plan->nkeys);
  for (int k = 0; k < plan->nkeys; k++)
    if (plan->key[k].nvalues == 1)
      note[e->nnotes++] = bp_format("%s was not varied: all runs are of %s, and what another one "
                                    "does to the sign is not known",
                                    plan->key[k].key, plan->key[k].value[0]);
  e->note = (const char *const *)note;
}

void bp_ensemble_ratios(const BpEnsemblePlan *plan, const BpDirectory *directory, BpEnsemble *e,
                        BpProblems *problems) {
  const BpComparison *given = &plan->runs[0].comparison;
  const Layers layers = list_layers(&given->setup[0]);
  const char **name = BP_NEW(const char *, given->count);
  BpEnsembleMember *member = BP_NEW(BpEnsembleMember, plan->nruns);
  *e =
      (BpEnsemble){.name = name, .ncases = given->count, .member = member, .nmembers = plan->nruns};
  for (int i = 0; i < given->count; i++)
    name[i] = given->setup[i].name;
  add_factors(plan, &layers, e);
  for (int m = 0; m < plan->nruns; m++) {
    const BpEnsembleRuns *runs = &plan->runs[m];
    const int finished = !runs->reason[0];
    member[m] = (BpEnsembleMember){.name = runs->name, .reason = runs->reason};
    if (runs->key >= 0) {
      member[m].key = plan->key[runs->key].key;
      member[m].value = plan->key[runs->key].value[runs->value];
    }
    member[m].summary = finished ? runs->comparison.summary : NULL;
    Values *value = finished ? read_member(runs, &directory[m], &layers, problems) : NULL;
    add_ratios(runs, m, value, e);
    free(value);
  }
  add_notes(plan, e);
}

void bp_ensemble_ratios_free(BpEnsemble *e) {
  for (int f = 0; f < e->nfactors; f++) {
    for (int l = 0; l < e->factor[f].nlevels; l++)
      free((void *)e->factor[f].level[l]);
    free((void *)e->factor[f].level);
  }
  for (int i = 0; i < e->nnotes; i++)
    free((void *)e->note[i]);
  free((void *)e->note);
  free((void *)e->ratio);
  free((void *)e->member);
  free((void *)e->name);
  *e = (BpEnsemble){0};
}

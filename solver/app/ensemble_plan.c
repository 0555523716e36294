#include "ensemble_plan.h"

#include "ensemble.h"
#include "ensemble_default.h"

#include <stdlib.h>
#include <string.h>

static const double thickness[] = {10e-6, 12.7e-6, 25e-6};
const BpComparisonLayers bp_ensemble_layers = {thickness, BP_COUNT(thickness)};

static const char *const defaults[] = {BP_ENSEMBLE_CARDS, BP_ENSEMBLE_RULES, BP_ENSEMBLE_MODELS};

enum { READ_OFF = 3 }; /* factors that need no runs of their own: metric, layer, side */

/* ---- keys and values */

static void add_value(BpVariedKey *key, const char *text, size_t length) {
  BP_GROW(key->value, key->nvalues + 1);
  key->value[key->nvalues++] = bp_format("%.*s", (int)length, text);
}

/* "key=value,value"; the place of the cases' own value is left free. */
static void add_key(BpEnsemblePlan *plan, const char *text) {
  const size_t length = strcspn(text, "=");
  for (int k = 0; k < plan->nkeys; k++)
    if (strlen(plan->key[k].key) == length && strncmp(plan->key[k].key, text, length) == 0)
      return;
  BP_GROW(plan->key, plan->nkeys + 1);
  BpVariedKey *key = &plan->key[plan->nkeys++];
  *key = (BpVariedKey){.key = bp_format("%.*s", (int)length, text)};
  add_value(key, "", 0);
  for (const char *value = text + length; *value;) {
    value++;
    const size_t n = strcspn(value, ",");
    add_value(key, value, n);
    value += n;
  }
}

static void check_key(const char *key, BpProblems *problems) {
  const char *nearest = bp_case_key_nearest(key);
  if (bp_case_key(key).kind == BP_KEY_NONE)
    bp_problem(problems, BP_EXIT_CASE, NULL, 0, "--vary: '%.60s' is no key of a case; %s%s%s", key,
               nearest ? "did you mean '" : "'ballpad check CASE --print-config' has them all",
               nearest ? nearest : "", nearest ? "'?" : "");
}

/* Those of the command line come before the defaults, and in their place. */
static void list_keys(const BpArgs *args, BpEnsemblePlan *plan, BpProblems *problems) {
  for (int i = 0; i < args->nvary; i++)
    add_key(plan, args->vary[i]);
  for (int i = 0; i < BP_COUNT(defaults); i++)
    add_key(plan, defaults[i]);
  for (int k = 0; k < plan->nkeys; k++)
    check_key(plan->key[k].key, problems);
  if (plan->nkeys > BP_ENSEMBLE_FACTORS - READ_OFF)
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0,
               "--vary: %d keys are varied, more than %d; vary some in a call of their own",
               plan->nkeys, BP_ENSEMBLE_FACTORS - READ_OFF);
}

/* Value of a key in a complete case, as it is written there; "default" where the key is none: what
 * is wrong with it is said when it is set. */
static char *own_value(const BpSetup *setup, const char *key) {
  BpProblems ignored = {0};
  BpYaml *yaml = bp_yaml_read_text(setup->bp->file, setup->text, &ignored);
  const BpYamlNode *node = yaml ? bp_yaml_find(yaml, key) : NULL;
  char *text = node ? bp_yaml_flow(node) : bp_copy_text("default");
  bp_yaml_free(yaml);
  bp_problems_free(&ignored);
  return text;
}

static void find_own_value(const BpComparison *c, BpVariedKey *key, BpProblems *problems) {
  free(key->value[0]);
  key->value[0] = own_value(&c->setup[0], key->key);
  for (int i = 1; i < c->count; i++) {
    char *other = own_value(&c->setup[i], key->key);
    if (strcmp(other, key->value[0]) != 0)
      bp_problem(problems, BP_EXIT_CASE, c->setup[i].bp->file, 0,
                 "--ensemble: %s is %s here and %s in %s, so that it cannot be varied; make it "
                 "alike in all cases, or compare them without --ensemble",
                 key->key, other, key->value[0], c->setup[0].name);
    free(other);
  }
}

/* ---- members */

static char *directory_name(const char *key, const char *value) {
  char *name = bp_format("%s=%s", key, value);
  for (char *p = name; *p; p++)
    if (*p == '/' || *p == ' ')
      *p = '_';
  return name;
}

/* The cases with a key set; key < 0: as they are given. */
static BpExit read_runs(const BpApp *app, BpEnsemblePlan *plan, int key, int value) {
  BpEnsembleRuns *runs = &plan->runs[plan->nruns++];
  const BpArgs *args = app->args;
  const BpVariedKey *varied = key < 0 ? NULL : &plan->key[key];
  *runs = (BpEnsembleRuns){.key = key, .value = value, .app = *app, .args = *args};
  runs->name =
      varied ? directory_name(varied->key, varied->value[value]) : bp_copy_text("as_given");
  runs->reason = bp_copy_text("");
  runs->args.set = BP_NEW(char *, args->nset + 1);
  for (int i = 0; i < args->nset; i++)
    runs->args.set[i] = bp_copy_text(args->set[i]);
  if (varied)
    runs->args.set[runs->args.nset++] = bp_format("%s=%s", varied->key, varied->value[value]);
  runs->app.args = &runs->args;
  return bp_comparison_read(&runs->app, &bp_ensemble_layers, &runs->comparison);
}

static void free_runs(BpEnsembleRuns *runs) {
  bp_comparison_free(&runs->comparison);
  for (int i = 0; i < runs->args.nset; i++)
    free(runs->args.set[i]);
  free(runs->args.set);
  free(runs->name);
  free(runs->reason);
}

static int are_same(const BpComparison *a, const BpComparison *b) {
  for (int i = 0; i < a->count; i++)
    if (strcmp(a->setup[i].hash, b->setup[i].hash) != 0)
      return 0;
  return 1;
}

/* A value that is the cases' own has no runs and no level of its own. */
static BpExit read_values(const BpApp *app, BpEnsemblePlan *plan, int key) {
  BpVariedKey *varied = &plan->key[key];
  BpExit first = BP_EXIT_OK;
  int kept = 1;
  for (int v = 1; v < varied->nvalues; v++) {
    char *text = varied->value[v];
    varied->value[kept] = text;
    const BpExit code = read_runs(app, plan, key, kept);
    BpEnsembleRuns *runs = &plan->runs[plan->nruns - 1];
    first = first == BP_EXIT_OK ? code : first;
    if (code == BP_EXIT_OK && are_same(&runs->comparison, &plan->runs[0].comparison)) {
      free_runs(runs);
      plan->nruns--;
      free(text);
    } else
      kept++;
  }
  varied->nvalues = kept;
  return first;
}

BpExit bp_ensemble_plan(const BpApp *app, BpEnsemblePlan *plan) {
  BpProblems problems = {0};
  int most = 1;
  *plan = (BpEnsemblePlan){0};
  list_keys(app->args, plan, &problems);
  for (int k = 0; k < plan->nkeys; k++)
    most += plan->key[k].nvalues;
  plan->runs = BP_NEW(BpEnsembleRuns, most);
  BpExit code = bp_app_report(app, &problems);
  if (code == BP_EXIT_OK)
    code = read_runs(app, plan, -1, 0);
  for (int k = 0; k < plan->nkeys && code == BP_EXIT_OK; k++)
    find_own_value(&plan->runs[0].comparison, &plan->key[k], &problems);
  if (code == BP_EXIT_OK)
    code = bp_app_report(app, &problems);
  bp_problems_free(&problems);
  if (code != BP_EXIT_OK)
    return code;
  for (int k = 0; k < plan->nkeys; k++) {
    const BpExit own = read_values(app, plan, k);
    code = code == BP_EXIT_OK ? own : code;
  }
  return code;
}

void bp_ensemble_plan_free(BpEnsemblePlan *plan) {
  for (int i = 0; i < plan->nruns; i++)
    free_runs(&plan->runs[i]);
  for (int k = 0; k < plan->nkeys; k++) {
    for (int v = 0; v < plan->key[k].nvalues; v++)
      free(plan->key[k].value[v]);
    free(plan->key[k].value);
    free(plan->key[k].key);
  }
  free(plan->runs);
  free(plan->key);
  *plan = (BpEnsemblePlan){0};
}

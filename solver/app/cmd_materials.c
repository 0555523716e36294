/* ballpad materials */
#include "card_page.h"
#include "card_plot.h"
#include "directory.h"
#include "nearest.h"
#include "saturation.h"

#include <stdlib.h>
#include <string.h>

/* Cards that rank 0 has read; empty on the others. */
typedef struct {
  BpMaterial **material; /* [count] */
  int count;
  BpProblems problems;
} Cards;

/* There is room for it. */
static void load(Cards *cards, const char *name) {
  BpMaterial *material = bp_material_load(name, &cards->problems);
  if (!material)
    return;
  cards->material[cards->count++] = material;
}

static void load_library(Cards *cards) {
  char **names;
  const int count = bp_material_list(&names);
  if (count == 0)
    bp_problem(&cards->problems, BP_EXIT_IO, NULL, 0,
               "there is no library of cards; set BALLPAD_DATA to the folder that has "
               "materials/cards");
  cards->material = BP_NEW(BpMaterial *, count);
  for (int i = 0; i < count; i++) {
    load(cards, names[i]);
    free(names[i]);
  }
  free(names);
}

static void free_cards(Cards *cards) {
  for (int i = 0; i < cards->count; i++)
    bp_material_free(cards->material[i]);
  free(cards->material);
  bp_problems_free(&cards->problems);
}

/* Leaves the cards of one law. */
static void keep_law(Cards *cards, const char *law) {
  int kept = 0;
  for (int i = 0; i < cards->count; i++)
    if (strcmp(bp_material_law(cards->material[i])->name, law) == 0)
      cards->material[kept++] = cards->material[i];
    else
      bp_material_free(cards->material[i]);
  cards->count = kept;
}

static void check_law(const char *law, BpProblems *problems) {
  const char *names[64];
  int n = 0;
  if (bp_law_find(law))
    return;
  for (; bp_laws[n] && n < BP_COUNT(names); n++)
    names[n] = bp_laws[n]->name;
  const char *nearest = bp_nearest_word(law, names, n);
  bp_problem(problems, BP_EXIT_CASE, NULL, 0, "--law: there is no law '%.60s'%s%s%s", law,
             nearest ? "; did you mean '" : "; materials/README.md lists them",
             nearest ? nearest : "", nearest ? "'?" : "");
}

static void read_cards(const BpArgs *args, Cards *cards) {
  if (args->law)
    check_law(args->law, &cards->problems);
  if (args->nfiles > 0)
    cards->material = BP_NEW(BpMaterial *, args->nfiles);
  for (int i = 0; i < args->nfiles; i++)
    load(cards, args->file[i]);
  if (args->nfiles == 0 && cards->problems.count == 0)
    load_library(cards);
  if (args->law)
    keep_law(cards, args->law);
}

static int wants_saturation(const BpApp *app) {
  return bp_app_has(app, BP_OPTION_COMPARE | BP_OPTION_LAW);
}

static char *cards_json(const BpApp *app, const Cards *cards) {
  json_t *object = json_object(), *array = json_array();
  const int full = app->args->nfiles == 1 && !wants_saturation(app);
  for (int i = 0; i < cards->count; i++)
    json_array_append_new(array, bp_card_object(cards->material[i], full));
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set_new(object, "materials", array);
  if (wants_saturation(app))
    json_object_set_new(object, "saturation", bp_saturation_array(cards->material, cards->count));
  return bp_json_dump(object);
}

static void print_cards(const BpApp *app, const Cards *cards) {
  if (wants_saturation(app))
    bp_saturation_table(stdout, cards->material, cards->count);
  else if (app->args->nfiles == 1)
    bp_card_page(stdout, cards->material[0]);
  else
    bp_card_list(stdout, cards->material, cards->count);
}

/* DIR/materials.json */
static BpExit write_directory(const BpApp *app, const char *json) {
  BpDirectory directory;
  BpExit code = bp_directory_open(app, app->args->out, &directory);
  if (code != BP_EXIT_OK)
    return code;
  code = bp_directory_write(app, &directory, "materials.json", json);
  bp_directory_close(app, &directory);
  return code;
}

static BpExit put_results(const BpApp *app, const Cards *cards) {
  const int as_json = bp_app_has(app, BP_OPTION_JSON);
  char *json =
      app->rank == 0 && (as_json || app->args->out) ? cards_json(app, cards) : bp_copy_text("");
  const BpExit code = app->args->out ? write_directory(app, json) : BP_EXIT_OK;
  if (code == BP_EXIT_OK && app->rank == 0) {
    if (as_json)
      fputs(json, stdout);
    else if (!bp_app_has(app, BP_OPTION_QUIET))
      print_cards(app, cards);
  }
  free(json);
  return code;
}

/* The file of --plot, on rank 0. */
static void draw(const BpApp *app, Cards *cards) {
  BpPlot plot = wants_saturation(app) || cards->count == 0
                    ? bp_cards_plot(cards->material, cards->count, &cards->problems)
                    : bp_card_plot(cards->material[0]);
  if (bp_problems_exit(&cards->problems) == BP_EXIT_OK)
    (void)bp_plot_write(&plot, app->args->plot, &cards->problems);
  bp_plot_free(&plot);
}

PetscErrorCode bp_command_materials(const BpApp *app, BpExit *code) {
  Cards cards = {0};
  if (app->rank == 0) {
    read_cards(app->args, &cards);
    if (app->args->plot && bp_problems_exit(&cards.problems) == BP_EXIT_OK)
      draw(app, &cards);
  }
  *code = bp_app_report(app, &cards.problems);
  if (*code == BP_EXIT_OK) {
    bp_app_warn(app, &cards.problems);
    *code = put_results(app, &cards);
  }
  free_cards(&cards);
  return 0;
}

#include "report_page.h"

#include "life_fill.h"
#include "page.h"
#include "provenance.h"
#include "report_picture.h"
#include "results.h"
#include "section.h"

#include <stdlib.h>
#include <string.h>

/* What a case brings to the page, and what of it must be freed. */
typedef struct {
  BpResults *results;
  const char **column;
  BpPageFact *fact;
  char *ranks;
} Own;

/* ---- cards and facts */

static void fill_cards(const BpSetup *setup, BpPageCase *to) {
  for (int r = 0; r < BP_REGIONS; r++) {
    const BpMaterial *m = setup->materials.material[r];
    if (!m)
      continue;
    to->card[r] = (BpPageCard){.name = bp_material_name(m),
                               .law = bp_material_law(m)->name,
                               .trust = bp_material_trust(m),
                               .unverified = bp_material_unverified(m),
                               .source = bp_material_source(m)};
  }
}

/* The case is too long for the page; cards and warnings have tables of their own there. */
static int is_for_page(const char *name) {
  static const char *const others[] = {"card.", "source.", "warning."};
  for (int i = 0; i < BP_COUNT(others); i++)
    if (strncmp(name, others[i], strlen(others[i])) == 0)
      return 0;
  return strcmp(name, "case") != 0;
}

static void fill_facts(const BpResults *results, Own *own, BpPageCase *to) {
  own->fact = BP_NEW(BpPageFact, results->nfacts);
  for (int i = 0; i < results->nfacts; i++)
    if (is_for_page(results->fact[i].name))
      own->fact[to->nfacts++] = (BpPageFact){results->fact[i].name, results->fact[i].value};
  to->fact = own->fact;
}

/* ---- history */

static void fill_history(const BpResults *results, Own *own, BpHistory *history) {
  own->column = BP_NEW(const char *, results->ncolumns);
  for (int i = 0; i < results->ncolumns; i++)
    own->column[i] = results->column[i].name;
  *history = (BpHistory){.column = own->column,
                         .row = results->row,
                         .ncolumns = results->ncolumns,
                         .nrows = results->nrows};
}

static void read_results(const BpDirectory *directory, const char *name, Own *own,
                         BpProblems *problems) {
  BpStoreError error = {0};
  char *path = bp_format("%s/%s/results.h5", directory->path, name);
  own->results = bp_results_read(path, &error);
  if (error.status != BP_OK)
    bp_warning(problems, "report.html has no history of %s: %s", name, error.text);
  free(path);
}

/* ---- the page */

static void fill_case(const BpDirectory *directory, const BpSetup *setup, Own *own, BpPageCase *to,
                      BpProblems *problems) {
  *to = (BpPageCase){.bp = setup->bp,
                     .shape = setup->geometry.pad->title,
                     .has_well = setup->geometry.pad->has_well,
                     .has_ring = setup->geometry.pad->has_ring};
  bp_section_fill(&setup->geometry, &to->section);
  fill_cards(setup, to);
  read_results(directory, setup->name, own, problems);
  fill_history(own->results, own, &to->history);
  fill_facts(own->results, own, to);
}

/* The run as the page lists its lives: by every model. */
static BpSummary with_all_lives(const BpDirectory *directory, const BpSummary *summary,
                                BpProblems *problems) {
  BpSummary all = *summary; /* only its lives are its own */
  char *path = bp_directory_file(directory, summary->name);
  all.life = NULL;
  all.nlife = 0;
  bp_life_fill(path, "all", &all, problems);
  free(path);
  return all;
}

static char *make_page(const BpApp *app, const BpDirectory *directory, const BpReportSource *source,
                       BpProblems *problems) {
  const int n = source->count;
  BpPageCase *of = BP_NEW(BpPageCase, n);
  BpSummary *life = BP_NEW(BpSummary, n);
  Own *own = BP_NEW(Own, n);
  BpProvenance origin;
  bp_provenance_page(app, &origin);
  BpPageFact *fact = BP_NEW(BpPageFact, origin.count);
  for (int i = 0; i < origin.count; i++)
    fact[i] = (BpPageFact){origin.fact[i].name, origin.fact[i].value};
  BpPicture *picture;
  const int npictures = bp_report_pictures(directory->path, &picture, problems);
  for (int i = 0; i < n; i++) {
    fill_case(directory, &source->setup[i], &own[i], &of[i], problems);
    life[i] = with_all_lives(directory, &source->summary[i], problems);
  }
  const BpPage page = {.summary = source->summary,
                       .life = life,
                       .of = of,
                       .ratio = source->ratio,
                       .count = n,
                       .nratios = source->nratios,
                       .ensemble = source->ensemble,
                       .picture = picture,
                       .npictures = npictures,
                       .fact = fact,
                       .nfacts = origin.count};
  char *text = bp_page_html(&page, problems);
  for (int i = 0; i < n; i++) {
    bp_life_rows_free(&life[i]);
    bp_results_free(&own[i].results);
    free(own[i].column);
    free(own[i].fact);
    bp_section_free(&of[i].section);
  }
  bp_report_pictures_free(picture, npictures);
  bp_provenance_free(&origin);
  free(fact);
  free(own);
  free(life);
  free(of);
  return text;
}

BpExit bp_report_page_write(const BpApp *app, const BpDirectory *directory,
                            const BpReportSource *source) {
  BpProblems problems = {0};
  const BpDirectory *results = source->results ? source->results : directory;
  char *text = app->rank == 0 ? make_page(app, results, source, &problems) : NULL;
  const BpExit code = bp_directory_write(app, directory, "report.html", text);
  bp_app_warn(app, &problems);
  bp_problems_free(&problems);
  free(text);
  return code;
}

/* Summaries, comparisons and their sentences: numbers worked out by hand. */
#include "close.h"

#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static BpCycleResult cycle(int index, double package, double board) {
  return (BpCycleResult){.index = index,
                         .package = {package, 0.03},
                         .board = {board, 0.02},
                         .package_common = {0.5 * package, 0.015},
                         .board_common = {0.5 * board, 0.01},
                         .rdl_range = 1e-3};
}

/* A summary with a partial cycle and two full ones: 1.00 -> 1.02 MPa at the package. */
static BpSummary make_summary(const char *name) {
  BpSummary s;
  bp_summary_init(&s);
  snprintf(s.name, sizeof s.name, "%s", name);
  snprintf(s.case_file, sizeof s.case_file, "cases/%s.yaml", name);
  snprintf(s.pad, sizeof s.pad, "%s", name);
  s.cycle = BP_NEW(BpCycleResult, 3);
  s.cycle[0] = cycle(0, 9e6, 9e6);
  s.cycle[1] = cycle(1, 1.00e6, 0.7e6);
  s.cycle[2] = cycle(2, 1.02e6, 0.7e6);
  s.ncycles = 3;
  s.package_volume = (BpSideVolume){1.5e-12, 1.2e-12};
  s.board_volume = (BpSideVolume){1.6e-12, 1.3e-12};
  s.joint.layer_thickness = 25e-6;
  bp_summary_conclude(&s);
  return s;
}

static void concludes_the_worse_side(void **state) {
  (void)state;
  BpSummary s = make_summary("flat");
  assert_string_equal(s.joint.critical, "package");
  assert_close(s.joint.delta_w, 1.02e6, 1e-15, 0.0);
  assert_close(s.joint.delta_eps, 0.03, 1e-15, 0.0);
  assert_close(s.joint.layer_volume, 1.5e-12, 1e-15, 0.0);
  assert_close(s.joint.cycle_change, 0.02 / 1.02, 1e-12, 0.0);
  assert_int_equal(s.joint.steady, 0);
  s.cycle[2].board.delta_w = 1.03e6; /* the other side takes over, whose work has grown by half */
  bp_summary_conclude(&s);
  assert_string_equal(s.joint.critical, "board");
  assert_close(s.joint.delta_eps, 0.02, 1e-15, 0.0);
  assert_close(s.joint.layer_volume, 1.6e-12, 1e-15, 0.0);
  assert_close(s.joint.cycle_change, 0.33 / 1.03, 1e-12, 0.0);
  bp_summary_free(&s);
}

static void calls_one_percent_steady(void **state) {
  (void)state;
  BpSummary s = make_summary("flat");
  s.cycle[1].package.delta_w = 1.02e6 * (1.0 - 0.0099);
  bp_summary_conclude(&s);
  assert_int_equal(s.joint.steady, 1);
  s.cycle[1].package.delta_w = 1.02e6 * (1.0 + 0.0101);
  bp_summary_conclude(&s);
  assert_int_equal(s.joint.steady, 0);
  bp_summary_free(&s);
}

/* Without a full cycle there is no result, without two no change; a partial cycle is no reference.
 */
static void concludes_nothing_too_early(void **state) {
  (void)state;
  BpSummary s = make_summary("flat");
  s.ncycles = 2;
  bp_summary_conclude(&s);
  assert_string_equal(s.joint.critical, "package");
  assert_true(isnan(s.joint.cycle_change));
  assert_int_equal(s.joint.steady, 0);
  s.ncycles = 1;
  bp_summary_conclude(&s);
  assert_string_equal(s.joint.critical, "");
  assert_true(isnan(s.joint.delta_w));
  assert_true(isnan(s.joint.layer_volume));
  bp_summary_free(&s);
}

/* ---- JSON */

static void fill(BpSummary *s) {
  strcpy(s->version, "0.1.0");
  strcpy(s->git, "0123456789ab");
  strcpy(s->build, "0.1.0 0123456789ab");
  strcpy(s->petsc_options, "-log_view \"a b\"");
  strcpy(s->case_hash, "ab12");
  s->ranks = 4;
  s->writing.fields = 0.5;
  s->writing.history = 0.25;
  s->writing.checkpoints = 0.125;
  bp_summary_add_fact(s, "git", "abc");
  bp_summary_add_fact(s, "case", "package: {}\nload: {}\n");
  s->converged = 1;
  s->wall_time = 0.1 + 0.2; /* 17 digits tell it from 0.3 */
  s->memory_per_rank = 123456789.0;
  s->mesh.nodes = 11;
  s->mesh.cells = 7;
  s->mesh.dofs = 29;
  s->mesh.volume_error = 1.0 / 3.0;
  s->mesh.min_quality = 0.25;
  s->steps.accepted = 2;
  s->steps.rejected = 1;
  s->steps.newton = 5000000000;
  s->steps.linear = 17;
  s->steps.end = BP_NEW(double, 2);
  s->steps.nends = 2;
  s->steps.end[0] = 1.0 / 7.0;
  s->steps.end[1] = 12345.678901234567;
  s->cycle[2].nzones = 1;
  s->cycle[2].zone[0] = (BpZoneResult){"ring_wall", 2e-3, 3e-15};
  s->cycle[2].nfilms = 2;
  s->cycle[2].film[0] = (BpFilmResult){"passivation", 250e6, 4e-15};
  s->cycle[2].film[1] = (BpFilmResult){"passivation.ring_edge", -3e6, 1e-15};
  s->warning = BP_NEW(char *, 1);
  s->warning[0] = bp_copy_text("a \"quoted\"\nwarning \xc3\xa9");
  s->nwarnings = 1;
  s->error_time = 0.01;
}

static char *temporary(void) {
  char *path = bp_copy_text("/tmp/bp_report_XXXXXX");
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  close(fd);
  return path;
}

static void reads_what_it_wrote(void **state) {
  (void)state;
  BpProblems problems = {0};
  char *path = temporary();
  BpSummary s = make_summary("embossed"), r;
  fill(&s);
  assert_int_equal(bp_summary_write(&s, path), BP_OK);
  assert_int_equal(bp_summary_read(path, &r, &problems), BP_OK);
  assert_int_equal(problems.count, 0);
  assert_string_equal(r.name, "embossed");
  assert_string_equal(r.case_file, "cases/embossed.yaml");
  assert_string_equal(r.build, s.build);
  assert_string_equal(r.petsc_options, s.petsc_options);
  assert_string_equal(r.joint.critical, "package");
  assert_string_equal(r.warning[0], s.warning[0]);
  assert_int_equal(r.ranks, 4);
  assert_close(r.writing.fields, 0.5, 0.0, 0.0);
  assert_close(r.writing.history, 0.25, 0.0, 0.0);
  assert_close(r.writing.checkpoints, 0.125, 0.0, 0.0);
  assert_int_equal(r.nfacts, 2);
  assert_string_equal(r.fact[0].name, "git");
  assert_string_equal(r.fact[0].value, "abc");
  assert_string_equal(r.fact[1].value, "package: {}\nload: {}\n");
  assert_int_equal(r.converged, 1);
  assert_true(r.steps.newton == 5000000000);
  assert_memory_equal(&r.wall_time, &s.wall_time, sizeof s.wall_time);
  assert_memory_equal(r.steps.end, s.steps.end, 2 * sizeof s.steps.end[0]);
  assert_memory_equal(&r.mesh.volume_error, &s.mesh.volume_error, sizeof(double));
  /* what changes its unit on the way may lose the last bit */
  assert_close(r.memory_per_rank, s.memory_per_rank, 4e-16, 0.0);
  assert_close(r.joint.delta_w, 1.02e6, 4e-16, 0.0);
  assert_close(r.cycle[1].board_common.delta_w, 0.35e6, 4e-16, 0.0);
  assert_close(r.board_volume.common, 1.3e-12, 4e-16, 0.0);
  assert_int_equal(r.cycle[2].nzones, 1);
  assert_string_equal(r.cycle[2].zone[0].name, "ring_wall");
  assert_close(r.cycle[2].zone[0].volume, 3e-15, 4e-16, 0.0);
  assert_int_equal(r.cycle[2].nfilms, 2);
  assert_string_equal(r.cycle[2].film[1].name, "passivation.ring_edge");
  assert_close(r.cycle[2].film[0].tension, 250e6, 4e-16, 0.0);
  assert_close(r.cycle[2].film[1].volume, 1e-15, 4e-16, 0.0);
  assert_close(r.error_time, 0.01, 0.0, 0.0);
  assert_true(isnan(r.error_mesh));
  bp_summary_free(&s);
  bp_summary_free(&r);
  unlink(path);
  free(path);
}

static void writes_units_and_null(void **state) {
  (void)state;
  BpSummary s = make_summary("flat");
  char *text = bp_summary_json(&s);
  assert_non_null(strstr(text, "\"layer_thickness_um\": 25"));
  assert_non_null(strstr(text, "\"delta_w_MPa\": 1.02"));
  assert_non_null(strstr(text, "\"mesh\": null,\n    \"time\": null"));
  assert_non_null(strstr(text, "\"wall_time_s\": null"));
  assert_non_null(strstr(text, "\"fields_s\": null"));
  assert_null(strstr(text, ": nan"));
  free(text);
  bp_summary_free(&s);
}

static void refuse(const char *content, BpExit code, const char *message) {
  BpProblems problems = {0};
  BpSummary s;
  char *path = temporary();
  assert_int_equal(bp_report_write(path, content), BP_OK);
  assert_int_equal(bp_summary_read(path, &s, &problems), BP_BAD);
  assert_int_equal(bp_problems_exit(&problems), code);
  assert_memory_equal(problems.item[0].text, path, strlen(path));
  assert_non_null(strstr(problems.item[0].text, message));
  bp_problems_free(&problems);
  bp_summary_free(&s);
  unlink(path);
  free(path);
}

static void refuses_other_files(void **state) {
  (void)state;
  refuse("{\n\"schema\": 1,\n", BP_EXIT_CHECKPOINT, ":3: no summary can be read: ");
  refuse("{\"schema\": 2}", BP_EXIT_CHECKPOINT, ": is not a summary of schema 1");
  refuse("{\"case\": \"x\"}", BP_EXIT_CHECKPOINT, ": is not a summary of schema 1");
  refuse("[1]", BP_EXIT_CHECKPOINT, ": is not a summary of schema 1");
  refuse("", BP_EXIT_CHECKPOINT, "no summary can be read: ");
}

/* Any JSON of the right schema is read without harm: types may be wrong everywhere. */
static void survives_wrong_types(void **state) {
  (void)state;
  static const char *const texts[] = {
      "{\"schema\": 1}",
      "{\"schema\": 1, \"steps\": {\"ends_s\": {\"a\": 1}}, \"cycles\": 3, \"warnings\": [1, "
      "null]}",
      "{\"schema\": 1, \"mesh\": [], \"joint\": \"x\", \"cycles\": [1, {}], \"case\": null}",
      "{\"schema\": 1, \"mesh\": {\"nodes\": 99999999999}, \"ranks\": 1.5}",
  };
  for (int i = 0; i < BP_COUNT(texts); i++) {
    BpProblems problems = {0};
    BpSummary s;
    char *path = temporary();
    assert_int_equal(bp_report_write(path, texts[i]), BP_OK);
    assert_int_equal(bp_summary_read(path, &s, &problems), BP_OK);
    assert_int_equal(s.mesh.nodes, 0);
    assert_int_equal(s.ranks, 0);
    assert_true(isnan(s.joint.delta_w));
    bp_summary_free(&s);
    unlink(path);
    free(path);
  }
}

static void replaces_files_as_a_whole(void **state) {
  (void)state;
  char *path = temporary(), found[16], *below = bp_format("%s/x", path);
  assert_int_equal(bp_report_write(path, "{\"a\": \"old\"}"), BP_OK);
  assert_int_equal(bp_report_write(path, "{\"a\": \"new\"}"), BP_OK);
  assert_int_equal(bp_report_read_text(path, "a", found, sizeof found), BP_OK);
  assert_string_equal(found, "new");
  assert_int_equal(bp_report_read_text(path, "b", found, sizeof found), BP_BAD);
  assert_int_equal(bp_report_write(below, "x"), BP_BAD);
  assert_int_equal(bp_report_read_text(below, "a", found, sizeof found), BP_BAD);
  unlink(path);
  free(path);
  free(below);
}

static void quotes_texts(void **state) {
  (void)state;
  char *text = bp_json_quote("a\"b\\\n");
  assert_string_equal(text, "\"a\\\"b\\\\\\n\"");
  free(text);
  text = bp_json_quote("\xff!"); /* no UTF-8 */
  assert_string_equal(text, "\"?!\"");
  free(text);
}

/* ---- comparison */

static const BpRatio *find(const BpRatio *ratio, int n, const char *quantity) {
  for (int i = 0; i < n; i++)
    if (strcmp(ratio[i].quantity, quantity) == 0)
      return &ratio[i];
  fail_msg("no ratio %s", quantity);
  return NULL;
}

static void divides_by_the_first(void **state) {
  (void)state;
  BpSummary s[2] = {make_summary("flat"), make_summary("embossed")};
  BpRatio *ratio;
  s[1].cycle[2] = cycle(2, 0.51e6, 0.77e6); /* now the board side is the worse one */
  s[1].cycle[2].package_common.delta_w = 0.6e6;
  s[1].cycle[2].rdl_range = 4e-3;
  s[0].error_mesh = 0.02;
  s[1].error_mesh = 0.03;
  bp_summary_conclude(&s[1]);
  const int n = bp_compare(s, 2, &ratio);
  assert_int_equal(n, 16);
  assert_string_equal(ratio[0].quantity, "joint.delta_w_MPa");
  assert_int_equal(ratio[0].summary, 1);
  assert_int_equal(ratio[0].reference, 0);
  assert_close(ratio[0].ratio, 0.77 / 1.02, 1e-14, 0.0);
  assert_string_equal(ratio[0].side, "board");
  assert_string_equal(ratio[0].side_reference, "package");
  assert_close(ratio[0].error_mesh, 0.05, 1e-14, 0.0); /* of a quotient: the sum of both */
  assert_true(isnan(ratio[0].error_time));
  assert_close(find(ratio, n, "joint.delta_eps")->ratio, 0.02 / 0.03, 1e-14, 0.0);
  assert_close(find(ratio, n, "joint.delta_w_MPa.common")->ratio, 0.385 / 0.51, 1e-14, 0.0);
  assert_close(find(ratio, n, "package.delta_w_MPa")->ratio, 0.5, 1e-14, 0.0);
  assert_close(find(ratio, n, "package.delta_w_MPa.common")->ratio, 0.6 / 0.51, 1e-14, 0.0);
  assert_close(find(ratio, n, "board.delta_w_MPa")->ratio, 1.1, 1e-14, 0.0);
  assert_close(find(ratio, n, "board.delta_eps.common")->ratio, 1.0, 1e-14, 0.0);
  assert_close(find(ratio, n, "rdl.delta_eps_p")->ratio, 4.0, 1e-14, 0.0);
  free(ratio);
  bp_summary_free(&s[0]);
  bp_summary_free(&s[1]);
}

/* A copper that does not flow, or a case without a full cycle, has no ratio. */
static void has_no_ratio_without_a_reference(void **state) {
  (void)state;
  BpSummary s[2] = {make_summary("flat"), make_summary("embossed")};
  BpRatio *ratio;
  s[0].cycle[2].rdl_range = 0.0;
  int n = bp_compare(s, 2, &ratio);
  assert_true(isnan(find(ratio, n, "rdl.delta_eps_p")->ratio));
  free(ratio);
  s[1].ncycles = 1;
  bp_summary_conclude(&s[1]);
  n = bp_compare(s, 2, &ratio);
  for (int i = 0; i < n; i++)
    assert_true(isnan(ratio[i].ratio));
  char text[512];
  bp_ratio_sentence(s, ratio, n, 0, text, sizeof text);
  assert_string_equal(text, "not known: one of the two has no full cycle or no such region");
  char *json = bp_compare_json(s, 2, ratio, n);
  assert_non_null(strstr(json, "\"ratio\": null"));
  free(json);
  free(ratio);
  bp_summary_free(&s[0]);
  bp_summary_free(&s[1]);
}

typedef struct {
  double layer, common; /* ratios at the package side */
  const char *sentence; /* about the layer */
} Verdict;

static const Verdict verdicts[] = {
    {0.5, 0.8, "50.0 % less than flat, a gain in the interface layer and in the common region"},
    {0.9, 1.1,
     "10.0 % less than flat, a gain that exists only in the interface layer, not in the common "
     "region (ratio 1.1000)"},
    {1.1, 0.9,
     "10.0 % more than flat, no gain here; the gain exists only in the common region (ratio "
     "0.9000)"},
    {1.25, 1.0,
     "25.0 % more than flat, no gain, in neither the interface layer nor the common region"},
    {1.0005, 1.0,
     "no difference to flat, no gain, in neither the interface layer nor the common region"},
};

static void says_what_a_ratio_means(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(verdicts); i++) {
    BpSummary s[2] = {make_summary("flat"), make_summary("embossed")};
    BpRatio *ratio;
    char text[512];
    s[1].cycle[2].package.delta_w *= verdicts[i].layer;
    s[1].cycle[2].package_common.delta_w *= verdicts[i].common;
    const int n = bp_compare(s, 2, &ratio);
    const BpRatio *of = find(ratio, n, "package.delta_w_MPa");
    bp_ratio_sentence(s, ratio, n, (int)(of - ratio), text, sizeof text);
    assert_string_equal(text, verdicts[i].sentence);
    free(ratio);
    bp_summary_free(&s[0]);
    bp_summary_free(&s[1]);
  }
}

static void says_when_sides_or_zones_differ(void **state) {
  (void)state;
  BpSummary s[2] = {make_summary("flat"), make_summary("embossed")};
  BpRatio *ratio;
  char text[512];
  s[1].cycle[2].board.delta_w = 2.04e6;
  s[1].cycle[2].board_common.delta_w = 1.02e6;
  s[1].cycle[2].nzones = 1;
  strcpy(s[1].cycle[2].zone[0].name, "ring_wall");
  s[1].cycle[2].rdl_range = 0.5e-3;
  bp_summary_conclude(&s[1]);
  const int n = bp_compare(s, 2, &ratio);
  bp_ratio_sentence(s, ratio, n, 0, text, sizeof text);
  assert_string_equal(text, "100.0 % more than flat, no gain, in neither the interface layer nor "
                            "the common region; the worse side is board here and package in flat");
  bp_ratio_sentence(s, ratio, n, 12, text, sizeof text);
  assert_string_equal(text, "50.0 % less than flat, a gain; the zones that it averages over are "
                            "not the same in both");
  free(ratio);
  bp_summary_free(&s[0]);
  bp_summary_free(&s[1]);
}

static char *print_table(const BpSummary *summary, int count) {
  BpRatio *ratio;
  char *text = NULL;
  size_t size = 0;
  const int n = bp_compare(summary, count, &ratio);
  FILE *out = open_memstream(&text, &size);
  bp_compare_table(out, summary, count, ratio, n);
  fclose(out);
  free(ratio);
  return text;
}

static void prints_a_table(void **state) {
  (void)state;
  BpSummary s[2] = {make_summary("flat"), make_summary("embossed")};
  s[0].converged = 1;
  s[1].cycle[1].package.delta_w = 1.019e6;
  bp_summary_conclude(&s[1]);
  char *text = print_table(s, 2);
  assert_non_null(strstr(text, "converged                                             yes"
                               "               NO\n"));
  assert_non_null(strstr(text, "  work per cycle (worse side)      MPa               1.02"
                               "             1.02\n"));
  assert_non_null(strstr(text, "NOT STEADY              yes\n"));
  assert_non_null(strstr(text, "embossed over flat (NOT STEADY or not known to be)\n"));
  assert_non_null(strstr(text, "Errors of these ratios from mesh and time steps are not "
                               "estimated.\n"));
  free(text);
  text = print_table(s, 1);
  assert_null(strstr(text, " over "));
  assert_null(strstr(text, "Errors of these ratios"));
  free(text);
  bp_summary_free(&s[0]);
  bp_summary_free(&s[1]);
}

/* Every seventh byte in turn with a bit flipped, and the file cut off there: read or refused, never
 * a crash, and what was read can be written again. */
static void survives_damage(void **state) {
  (void)state;
  char *path = temporary();
  BpSummary s = make_summary("embossed"), r;
  fill(&s);
  char *text = bp_summary_json(&s);
  const size_t n = strlen(text);
  int refused = 0;
  for (size_t at = 0; at < 2 * n; at += 7) {
    const size_t byte = at / 2, size = at % 2 ? byte : n;
    BpProblems problems = {0};
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    text[byte] = (char)(text[byte] ^ (1 << byte % 7));
    assert_int_equal(fwrite(text, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    text[byte] = (char)(text[byte] ^ (1 << byte % 7));
    if (bp_summary_read(path, &r, &problems) == BP_OK) {
      free(bp_summary_json(&r));
      bp_summary_free(&r);
    } else {
      assert_int_equal(problems.item[0].code, BP_EXIT_CHECKPOINT);
      refused++;
    }
    bp_problems_free(&problems);
  }
  assert_true(refused > (int)n / 7); /* whatever is cut off, and more */
  bp_summary_free(&s);
  free(text);
  unlink(path);
  free(path);
}

/* ---- mesh and check */

static void writes_meshes_and_checks(void **state) {
  (void)state;
  const BpMeshSummary mesh = {.case_file = "a.yaml",
                              .hash = "ff",
                              .nodes = 10,
                              .cells = 4,
                              .dofs = 25,
                              .min_quality = 0.5,
                              .volume_error = 1e-5,
                              .region = {{"solder", 7e-12, 0.0}, {"die", 8e-12, 8e-12}},
                              .nregions = 2,
                              .fact = &(const BpSummaryFact){"host", "node1"},
                              .nfacts = 1};
  char *text = bp_mesh_json(&mesh);
  assert_non_null(strstr(text, "\"provenance\": {\n    \"host\": \"node1\"\n  }"));
  assert_non_null(strstr(text, "\"dofs\": 25"));
  assert_non_null(strstr(text, "\"exact_mm3\": null"));
  assert_non_null(strstr(text, "\"mesh_hash\": \"ff\""));
  free(text);
  BpProblems problems = {0};
  bp_problem(&problems, BP_EXIT_CASE, "a.yaml", 3, "wrong");
  bp_warning(&problems, "mind");
  const BpCheckSummary check = {.case_file = "a.yaml"};
  text = bp_check_json(&check, &problems);
  assert_non_null(strstr(text, "\"valid\": false"));
  assert_non_null(strstr(text, "\"problems\": [\n    \"a.yaml:3: wrong\"\n  ]"));
  assert_non_null(strstr(text, "\"warnings\": [\n    \"mind\"\n  ]"));
  assert_null(strstr(text, "dofs"));
  free(text);
  bp_problems_free(&problems);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(concludes_the_worse_side),
      cmocka_unit_test(calls_one_percent_steady),
      cmocka_unit_test(concludes_nothing_too_early),
      cmocka_unit_test(reads_what_it_wrote),
      cmocka_unit_test(writes_units_and_null),
      cmocka_unit_test(refuses_other_files),
      cmocka_unit_test(survives_wrong_types),
      cmocka_unit_test(survives_damage),
      cmocka_unit_test(replaces_files_as_a_whole),
      cmocka_unit_test(quotes_texts),
      cmocka_unit_test(divides_by_the_first),
      cmocka_unit_test(has_no_ratio_without_a_reference),
      cmocka_unit_test(says_what_a_ratio_means),
      cmocka_unit_test(says_when_sides_or_zones_differ),
      cmocka_unit_test(prints_a_table),
      cmocka_unit_test(writes_meshes_and_checks),
  };
  return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}

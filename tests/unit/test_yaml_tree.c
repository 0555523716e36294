/* The YAML tree: lines, paths, --set, and texts that somebody wrote to hurt. */
#include "close.h"

#include "yaml_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static BpYaml *read_well(const char *text) {
  BpProblems problems = {0};
  BpYaml *yaml = bp_yaml_read_text("t.yaml", text, &problems);
  bp_problems_print(&problems, stderr);
  assert_int_equal(problems.count, 0);
  assert_non_null(yaml);
  return yaml;
}

static const char sample[] = "# comment\n"
                             "a: 5 um\n"
                             "b:\n"
                             "  c: [1, {x: y}, '']\n"
                             "  d:\n"
                             "    - to: 125 degC\n"
                             "      rate: 1 K/s\n"
                             "    - hold: ~\n"
                             "petsc: |\n"
                             "  -ksp_type cg\n"
                             "  -pc_type none\n"
                             "e:\n";

static void keeps_text_and_lines(void **state) {
  (void)state;
  BpYaml *yaml = read_well(sample);
  assert_string_equal(yaml->file, "t.yaml");
  assert_int_equal(yaml->root->kind, BP_YAML_MAP);
  assert_int_equal(yaml->root->nchild, 4);
  assert_string_equal(bp_yaml_find(yaml, "a")->text, "5 um");
  assert_int_equal(bp_yaml_find(yaml, "a")->line, 2);
  const BpYamlNode *c = bp_yaml_find(yaml, "b.c");
  assert_int_equal(c->kind, BP_YAML_LIST);
  assert_int_equal(c->nchild, 3);
  assert_string_equal(bp_yaml_child(c->child[1], "x")->text, "y");
  assert_string_equal(c->child[2]->text, "");
  const BpYamlNode *d = bp_yaml_find(yaml, "b.d");
  assert_int_equal(d->line, 5);
  assert_int_equal(d->child[0]->line, 6);
  assert_null(d->child[0]->key);
  assert_int_equal(bp_yaml_child(d->child[0], "rate")->line, 7);
  assert_string_equal(bp_yaml_child(d->child[1], "hold")->text, "");
  assert_string_equal(bp_yaml_find(yaml, "petsc")->text, "-ksp_type cg\n-pc_type none\n");
  assert_string_equal(bp_yaml_find(yaml, "e")->text, "");
  bp_yaml_free(yaml);
}

static void finds_nothing_where_nothing_is(void **state) {
  (void)state;
  BpYaml *yaml = read_well(sample);
  assert_null(bp_yaml_find(yaml, "x"));
  assert_null(bp_yaml_find(yaml, ""));
  assert_null(bp_yaml_find(yaml, "a.b"));
  assert_null(bp_yaml_find(yaml, "b."));
  assert_null(bp_yaml_find(yaml, "b..c"));
  assert_null(bp_yaml_find(NULL, "b"));
  assert_null(bp_yaml_child(NULL, "b"));
  assert_null(bp_yaml_child(bp_yaml_find(yaml, "b.c"), "x"));
  bp_yaml_free(yaml);
  bp_yaml_free(NULL);
}

static void sets_values_of_every_kind(void **state) {
  (void)state;
  BpProblems problems = {0};
  BpYaml *yaml = read_well(sample);
  assert_int_equal(bp_yaml_set(yaml, "a", "-40 degC", &problems), BP_OK);
  assert_int_equal(bp_yaml_set(yaml, "b.c", "{to: 25 degC, hold: 0 s}", &problems), BP_OK);
  assert_int_equal(bp_yaml_set(yaml, "new.deep.key", "[1, 2]", &problems), BP_OK);
  assert_int_equal(bp_yaml_set(yaml, "e.f", "3", &problems), BP_OK);
  assert_int_equal(bp_yaml_set(yaml, "petsc", "", &problems), BP_OK);
  assert_int_equal(problems.count, 0);
  assert_string_equal(bp_yaml_find(yaml, "a")->text, "-40 degC");
  assert_int_equal(bp_yaml_find(yaml, "a")->line, 0);
  assert_string_equal(bp_yaml_find(yaml, "b.c.to")->text, "25 degC");
  assert_int_equal(bp_yaml_find(yaml, "b.c.to")->line, 0);
  assert_int_equal(bp_yaml_find(yaml, "b")->line, 3);
  assert_int_equal(bp_yaml_find(yaml, "new.deep.key")->nchild, 2);
  assert_string_equal(bp_yaml_find(yaml, "new.deep")->key, "deep");
  assert_string_equal(bp_yaml_find(yaml, "e.f")->text, "3");
  assert_string_equal(bp_yaml_find(yaml, "petsc")->text, "");
  bp_yaml_free(yaml);
}

static void expect_refused_set(const char *path, const char *value, const char *message) {
  BpProblems problems = {0};
  BpYaml *yaml = read_well(sample);
  assert_int_equal(bp_yaml_set(yaml, path, value, &problems), BP_BAD);
  assert_int_equal(problems.count, 1);
  assert_int_equal(problems.item[0].code, BP_EXIT_CASE);
  assert_string_equal(problems.item[0].text, message);
  bp_problems_free(&problems);
  bp_yaml_free(yaml);
}

static void refuses_wrong_sets(void **state) {
  (void)state;
  const char *stops =
      "--set a.b: the path stops before 'b'; every word but the last must be a section";
  expect_refused_set("a.b", "3", stops);
  expect_refused_set("", "3",
                     "--set : the path stops before ''; every word but the last must be a section");
  expect_refused_set(
      "b..c", "3",
      "--set b..c: the path stops before ''; every word but the last must be a section");
  expect_refused_set("b", "{a",
                     "--set b: while parsing a flow mapping: did not find expected ',' or '}'; "
                     "mind the indentation, a blank after ':' and closing brackets");
  expect_refused_set("b", "*x", "--set b: aliases ('*') are not used here; write the value itself");
  char path[200];
  for (int i = 0; i < 199; i++)
    path[i] = i % 2 ? '.' : 'x';
  path[199] = '\0';
  BpProblems problems = {0};
  BpYaml *yaml = read_well(sample);
  assert_int_equal(bp_yaml_set(yaml, path, "3", &problems), BP_BAD);
  bp_problems_free(&problems);
  bp_yaml_free(yaml);
}

static void wraps_scalars_only(void **state) {
  (void)state;
  BpYaml *yaml = read_well(sample);
  bp_yaml_wrap(bp_yaml_find(yaml, "a"), "card");
  bp_yaml_wrap(bp_yaml_find(yaml, "b"), "card");
  bp_yaml_wrap(bp_yaml_find(yaml, "e"), "card");
  assert_string_equal(bp_yaml_find(yaml, "a.card")->text, "5 um");
  assert_int_equal(bp_yaml_find(yaml, "a.card")->line, 2);
  assert_null(bp_yaml_find(yaml, "b.card"));
  assert_string_equal(bp_yaml_find(yaml, "e")->text, "");
  bp_yaml_free(yaml);
}

typedef struct {
  const char *text, *message;
} Bad;

#define SYNTAX "; mind the indentation, a blank after ':' and closing brackets"

static const Bad bad[] = {
    {"", "t.yaml: the file is empty; write 'section: {key: value}'"},
    {"# nothing\n", "t.yaml: the file is empty; write 'section: {key: value}'"},
    {"\n- a\n", "t.yaml:2: the top level must be sections, 'section: {key: value}'"},
    {"word", "t.yaml:1: the top level must be sections, 'section: {key: value}'"},
    {"a: 1\nb: 2\na: 3\n",
     "t.yaml:3: key 'a' stands here for the second time, after line 1; keep one"},
    {"a: {b: 1, b: 2}",
     "t.yaml:1: key 'b' stands here for the second time, after line 1; keep one"},
    {"a: b: c", "t.yaml:1: mapping values are not allowed in this context" SYNTAX},
    {"a: [1, 2\nb: 3\n", "t.yaml:2: while parsing a flow sequence: did not find expected ',' or "
                         "']'" SYNTAX},
    {"a: 5 um\n\tb: 3", "t.yaml:2: while scanning a plain scalar: found a tab character that "
                        "violates indentation" SYNTAX},
    {"a: \001", "t.yaml: control characters are not allowed at byte 3; write plain text in UTF-8"},
    {"a: \377", "t.yaml: invalid leading UTF-8 octet at byte 3; write plain text in UTF-8"},
    {"a: \"x\\0y\"", "t.yaml:1: a text holds a zero byte; remove it"},
    {"a: &x 1\n", "t.yaml:1: anchors ('&') are not used here; write the value itself"},
    {"a: &x [1]\n", "t.yaml:1: anchors ('&') are not used here; write the value itself"},
    {"a: &x {b: 1}\n", "t.yaml:1: anchors ('&') are not used here; write the value itself"},
    {"a:\n  *x\n", "t.yaml:2: aliases ('*') are not used here; write the value itself"},
    {"a: !!int 3", "t.yaml:1: tags ('!') are not used here; write the value itself"},
    {"a: !x [3]", "t.yaml:1: tags ('!') are not used here; write the value itself"},
    {"a: 1\n---\nb: 1\n", "t.yaml:2: a second document starts ('---'); one file holds one"},
    {"? [a]\n: 1\n", "t.yaml:1: a key must be a word, not a list or a section"},
    {"? {a: b}\n: 1\n", "t.yaml:1: a key must be a word, not a list or a section"},
    {"'': 1", "t.yaml:1: a key is empty; write 'key: value'"},
    {"~: 1", "t.yaml:1: a key is empty; write 'key: value'"},
};

/* A node written on one line is read again to the same node: every kind, and texts that YAML would
 * take for something else. */
static void writes_a_node_on_one_line(void **state) {
  (void)state;
  static const char *const lines[][2] = {
      {"5 um", "5 um"},
      {"-40 degC", "-40 degC"},
      {"[1, {to: 125 degC, rate: 1 K/s}, '']", "[1, {to: 125 degC, rate: 1 K/s}, \"\"]"},
      {"'a: b'", "\"a: b\""},
      {"'- x'", "\"- x\""},
      {"'#x, y]'", "\"#x, y]\""},
      {"'quote \" and \\ back'", "\"quote \\\" and \\\\ back\""},
      {"\"two\\nlines\\x01\"", "\"two\\x0alines\\x01\""},
      {"\xc2\xb5m", "\"\xc2\xb5m\""},
      {"[]", "[]"},
  };
  for (int i = 0; i < BP_COUNT(lines); i++) {
    BpProblems problems = {0};
    char *text = bp_format("a: %s\n", lines[i][0]);
    BpYaml *yaml = read_well(text);
    char *flow = bp_yaml_flow(bp_yaml_find(yaml, "a"));
    assert_string_equal(flow, lines[i][1]);
    assert_int_equal(bp_yaml_set(yaml, "again", flow, &problems), BP_OK);
    char *second = bp_yaml_flow(bp_yaml_find(yaml, "again"));
    assert_string_equal(second, flow);
    if (bp_yaml_find(yaml, "a")->text)
      assert_string_equal(bp_yaml_find(yaml, "again")->text, bp_yaml_find(yaml, "a")->text);
    free(flow);
    free(second);
    free(text);
    bp_yaml_free(yaml);
  }
}

static void expect_refused(const char *text, const char *message) {
  BpProblems problems = {0};
  assert_null(bp_yaml_read_text("t.yaml", text, &problems));
  assert_int_equal(problems.count, 1);
  assert_int_equal(problems.item[0].code, BP_EXIT_CASE);
  assert_string_equal(problems.item[0].text, message);
  bp_problems_free(&problems);
}

static void says_what_is_wrong(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(bad); i++)
    expect_refused(bad[i].text, bad[i].message);
}

/* A text of n repetitions of `unit` after `head`. */
static char *repeated(const char *head, const char *unit, size_t n) {
  const size_t start = strlen(head), length = strlen(unit);
  char *text = bp_alloc(start + n * length + 1, 1);
  for (size_t i = 0; i < start + n * length; i++)
    text[i] = i < start ? head[i] : unit[(i - start) % length];
  return text;
}

static void bounds_depth_size_and_number(void **state) {
  (void)state;
  static const char *const nest[] = {"[", "{a: ", "- "};
  for (int i = 0; i < BP_COUNT(nest); i++) {
    char *text = repeated("a:\n  ", nest[i], 50000);
    expect_refused(text, "t.yaml:2: sections are nested more than 32 deep");
    free(text);
  }
  char *allowed = repeated("a: {b: ", "[", 30), *closed = repeated(allowed, "]", 30);
  char *whole = repeated(closed, "}", 1);
  bp_yaml_free(read_well(whole));
  free(allowed);
  free(closed);
  free(whole);
  char *text = repeated("a: ", "x", 1 << 20);
  expect_refused(text, "t.yaml: longer than 1048576 bytes; that is not a file of this program");
  free(text);
  char *many = bp_format("a: 1\n");
  for (int i = 0; i < 1000; i++) {
    char *more = bp_format("%sk%d:\n", many, i);
    free(many);
    many = more;
  }
  expect_refused(many, "t.yaml:1001: more than 1000 keys in one section; that is not a file of "
                       "this program");
  free(many);
}

/* Every prefix of a text, and the text with each byte changed, is read or refused, never more. */
static void survives_damage(void **state) {
  (void)state;
  char text[sizeof sample];
  for (size_t i = 0; i < 4 * (sizeof sample - 1); i++) {
    const size_t at = i / 4;
    BpProblems problems = {0};
    memcpy(text, sample, sizeof sample);
    text[at] = "\0[\"&"[i % 4];
    BpYaml *yaml = bp_yaml_read_text("t.yaml", text, &problems);
    assert_true((yaml != NULL) == (problems.count == 0));
    bp_yaml_free(yaml);
    bp_problems_free(&problems);
  }
}

static void says_which_file(void **state) {
  (void)state;
  BpProblems problems = {0};
  assert_null(bp_yaml_read_file("/nonexistent/x.yaml", &problems));
  assert_null(bp_yaml_read_file("/", &problems));
  assert_int_equal(problems.count, 2);
  assert_int_equal(problems.item[0].code, BP_EXIT_CASE);
  assert_int_equal(problems.item[1].code, BP_EXIT_CASE);
  assert_string_equal(problems.item[0].text,
                      "/nonexistent/x.yaml: cannot be read: No such file or directory; check the "
                      "name and the permission");
  assert_string_equal(problems.item[1].text,
                      "/: cannot be read: Is a directory; check the name and the permission");
  bp_problems_free(&problems);
}

static void reads_a_file(void **state) {
  (void)state;
  char path[] = "/tmp/bp_yaml_XXXXXX";
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, sample, sizeof sample - 1), (int)sizeof sample - 1);
  close(fd);
  BpProblems problems = {0};
  BpYaml *yaml = bp_yaml_read_file(path, &problems);
  unlink(path);
  assert_non_null(yaml);
  assert_string_equal(yaml->file, path);
  assert_int_equal(bp_yaml_find(yaml, "e")->line, 12);
  bp_yaml_free(yaml);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keeps_text_and_lines),
      cmocka_unit_test(finds_nothing_where_nothing_is),
      cmocka_unit_test(sets_values_of_every_kind),
      cmocka_unit_test(refuses_wrong_sets),
      cmocka_unit_test(wraps_scalars_only),
      cmocka_unit_test(writes_a_node_on_one_line),
      cmocka_unit_test(says_what_is_wrong),
      cmocka_unit_test(bounds_depth_size_and_number),
      cmocka_unit_test(survives_damage),
      cmocka_unit_test(says_which_file),
      cmocka_unit_test(reads_a_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

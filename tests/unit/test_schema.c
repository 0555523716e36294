/* The engine of the tables of keys, on a table of its own. */
#include "close.h"

#include "nearest.h"
#include "schema.h"
#include "units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  double to, hold;
  int number;
  char name[8];
} Item;

typedef struct {
  char name[BP_SCHEMA_NAME], card[8];
  double *list;
  int nlist;
} Part;

typedef struct {
  double length, copy, ratio;
  int count;
  char word[8], card[16];
  char *block;
  double *list;
  int nlist;
  char (*name)[8];
  int nname;
  Item *item;
  int nitem;
  Part *part;
  int npart;
} Thing;

static const BpField item_rows[] = {
    BP_ROW("to", "end", BP_QUANTITY(Item, to, "K", NULL), BP_ABOVE(0.0)),
    BP_ROW("hold", "dwell", BP_QUANTITY(Item, hold, "s", NULL), BP_ABOVE(0.0)),
    BP_ROW("number", "how many", BP_INTEGER(Item, number, NULL)),
    BP_ROW("name", "what", BP_TEXT(Item, name, NULL)),
};

static const BpField part_rows[] = {
    BP_ROW("card", "of what", BP_TEXT(Part, card, NULL)),
    BP_ROW("list", "lengths", BP_QUANTITIES(Part, list, nlist, "m", NULL)),
};

static const BpField rows[] = {
    BP_ROW("box.length", "edge", BP_QUANTITY(Thing, length, "m", "5 um"), BP_ABOVE(0.0)),
    BP_ROW("box.copy", "other edge", BP_QUANTITY(Thing, copy, "m", "= box.length"),
           BP_BETWEEN(0.0, 1.0)),
    BP_ROW("box.deep.ratio", "of edges", BP_QUANTITY(Thing, ratio, "", "0.5"), BP_INSIDE(0.0, 1.0)),
    BP_ROW("count", "a|b", BP_INTEGER(Thing, count, "3"), BP_BETWEEN(0.0, 4.0)),
    BP_ROW("word", "kind", BP_TEXT(Thing, word, "red"), .values = "red|green|blue"),
    BP_ROW("part.card", "card", BP_TEXT(Thing, card, "copper"), .alone = 1),
    BP_ROW("part.never", "cannot be given; remove it", .type = BP_FIELD_REFUSED),
    BP_ROW("list", "lengths", BP_QUANTITIES(Thing, list, nlist, "m", "[1 um, 2 um]"),
           BP_ABOVE(0.0)),
    BP_ROW("names", "words", BP_WORDS(Thing, name, nname, "[]")),
    BP_ROW("items", "records", BP_RECORDS(Thing, item, nitem, item_rows)),
    BP_ROW("parts", "by name", BP_MAPPING(Thing, part, npart, part_rows, Part, name)),
    BP_ROW("block", "text", BP_BLOCK(Thing, block)),
};

static const BpFieldTable table = {rows, BP_COUNT(rows)};
static const BpFieldTable *const tables[] = {&table};
static const BpSchema schema = {tables, 1};

static void read_thing(const char *text, Thing *thing, BpProblems *problems) {
  *thing = (Thing){0};
  BpYaml *tree = bp_yaml_read_text("t.yaml", text, problems);
  assert_non_null(tree);
  bp_schema_expand(&schema, tree);
  bp_schema_read(&schema, tree, thing, problems);
  bp_yaml_free(tree);
}

static void read_well(const char *text, Thing *thing) {
  BpProblems problems = {0};
  read_thing(text, thing, &problems);
  bp_problems_print(&problems, stderr);
  assert_int_equal(problems.count, 0);
}

static void fills_in_defaults(void **state) {
  (void)state;
  Thing t;
  read_well("box:\n", &t);
  assert_close(t.length, 5e-6, 1e-15, 0.0);
  assert_close(t.copy, 5e-6, 1e-15, 0.0);
  assert_close(t.ratio, 0.5, 0.0, 0.0);
  assert_int_equal(t.count, 3);
  assert_string_equal(t.word, "red");
  assert_string_equal(t.card, "copper");
  assert_string_equal(t.block, "");
  assert_int_equal(t.nlist, 2);
  assert_close(t.list[1], 2e-6, 1e-15, 0.0);
  assert_int_equal(t.nitem, 0);
  assert_int_equal(t.nname, 0);
  bp_schema_free(&schema, &t);
  assert_null(t.list);
  assert_null(t.name);
}

static const char full[] = "box: {length: 7 mm, deep: {ratio: 0.25}}\n"
                           "count: 4\n"
                           "word: blue\n"
                           "part: steel\n"
                           "list: [3 mm]\n"
                           "names: [one, 'a b']\n"
                           "items:\n"
                           "  - {to: 125 degC, number: -2}\n"
                           "  - {hold: 15 min, name: 'a b'}\n"
                           "block: |\n"
                           "  x\n"
                           "  y: \"z\"\n";

static void reads_every_type(void **state) {
  (void)state;
  Thing t;
  read_well(full, &t);
  assert_close(t.length, 7e-3, 1e-15, 0.0);
  assert_close(t.copy, 7e-3, 1e-15, 0.0);
  assert_close(t.ratio, 0.25, 0.0, 0.0);
  assert_int_equal(t.count, 4);
  assert_string_equal(t.word, "blue");
  assert_string_equal(t.card, "steel");
  assert_string_equal(t.block, "x\ny: \"z\"\n");
  assert_int_equal(t.nlist, 1);
  assert_close(t.list[0], 3e-3, 1e-15, 0.0);
  assert_int_equal(t.nname, 2);
  assert_string_equal(t.name[0], "one");
  assert_string_equal(t.name[1], "a b");
  assert_int_equal(t.nitem, 2);
  assert_close(t.item[0].to, 398.15, 1e-15, 0.0);
  assert_close(t.item[0].hold, 0.0, 0.0, 0.0);
  assert_int_equal(t.item[0].number, -2);
  assert_close(t.item[1].hold, 900.0, 0.0, 0.0);
  assert_string_equal(t.item[1].name, "a b");
  bp_schema_free(&schema, &t);
}

/* A map from names to records, or to the value of their first key alone; lists inside of them. */
static void maps_names_to_records(void **state) {
  (void)state;
  Thing t;
  read_well("parts: {die: steel, the ball: {list: [1 mm, 2 mm], card: tin}}\n", &t);
  assert_int_equal(t.npart, 2);
  assert_string_equal(t.part[0].name, "die");
  assert_string_equal(t.part[0].card, "steel");
  assert_int_equal(t.part[0].nlist, 0);
  assert_string_equal(t.part[1].name, "the ball");
  assert_string_equal(t.part[1].card, "tin");
  assert_close(t.part[1].list[1], 2e-3, 1e-15, 0.0);
  char *text = bp_schema_dump(&schema, &t);
  bp_schema_free(&schema, &t);
  assert_non_null(strstr(text, "parts:\n  die: {card: steel}\n"
                               "  \"the ball\": {card: tin, list: [1 mm, 2 mm]}\n"));
  read_well(text, &t);
  assert_int_equal(t.npart, 2);
  assert_string_equal(t.part[1].name, "the ball");
  bp_schema_free(&schema, &t);
  free(text);
}

static void dumps_what_reads_back(void **state) {
  (void)state;
  Thing t;
  read_well(full, &t);
  char *text = bp_schema_dump(&schema, &t);
  bp_schema_free(&schema, &t);
  assert_string_equal(text, "box:\n"
                            "  length: 7 mm\n"
                            "  copy: 7 mm\n"
                            "  deep:\n"
                            "    ratio: 0.25\n"
                            "count: 4\n"
                            "word: blue\n"
                            "part:\n"
                            "  card: steel\n"
                            "list: [3 mm]\n"
                            "names: [one, \"a b\"]\n"
                            "items:\n"
                            "  - {to: 125 degC, number: -2}\n"
                            "  - {hold: 15 min, number: 0, name: \"a b\"}\n"
                            "block: \"x\\ny: \\\"z\\\"\\n\"\n");
  free(text);
}

/* Texts that YAML would read as something else unless they are quoted. */
static void quotes_what_needs_it(void **state) {
  (void)state;
  static const char *const texts[] = {"a: b",
                                      "# c",
                                      "[",
                                      " x ",
                                      "null",
                                      "~",
                                      "-40",
                                      "\"",
                                      "\\",
                                      "\\\\n",
                                      "a\nb\n\n",
                                      "\n",
                                      "\t",
                                      "\001\177",
                                      "\302\205",
                                      "\342\200\250",
                                      "\342\200\251",
                                      "\357\273\277",
                                      "\357\277\277",
                                      "\303\251t\303\251",
                                      "\360\237\230\200",
                                      "\302\240x",
                                      "a\r\nb",
                                      "%x",
                                      "'",
                                      "trailing  \n  leading",
                                      "---",
                                      "...",
                                      "\302\200"};
  for (int i = 0; i < BP_COUNT(texts); i++) {
    BpProblems problems = {0};
    Thing t, again;
    read_well("count: 1\n", &t);
    free(t.block);
    t.block = bp_copy_text(texts[i]);
    char *text = bp_schema_dump(&schema, &t);
    read_thing(text, &again, &problems);
    bp_problems_print(&problems, stderr);
    assert_int_equal(problems.count, 0);
    assert_string_equal(again.block, texts[i]);
    free(text);
    bp_schema_free(&schema, &t);
    bp_schema_free(&schema, &again);
  }
}

typedef struct {
  const char *text, *message;
} Bad;

static const Bad bad[] = {
    {"box: {length: 5}", "t.yaml:1: box.length: '5' has no unit; write for example '5 um'"},
    {"box:\n  length: [5 um]", "t.yaml:2: box.length: one value is needed, not a list"},
    {"box: {length: {a: b}}", "t.yaml:1: box.length: one value is needed, not a section"},
    {"box: {length: }", "t.yaml:1: box.length: there is no value; write for example '5 um'"},
    {"box: {length: 0 um}",
     "t.yaml:1: box.length: '0 um' is out of range; it must be greater than 0"},
    {"box: {copy: 2 m}", "t.yaml:1: box.copy: '2 m' is out of range; it must be from 0 to 1 m"},
    {"box: {deep: {ratio: 1}}", "t.yaml:1: box.deep.ratio: '1' is out of range; it must be greater "
                                "than 0 and less than 1"},
    {"box: 5 um", "t.yaml:1: box is a section, not a value; write 'box: {length: ...}'"},
    {"box: [a]", "t.yaml:1: box is a section, not a list; write 'box: {length: ...}'"},
    {"count: 3 cycles", "t.yaml:1: count: '3 cycles' has a unit, a count carries none; write '3'"},
    {"count: 3.0", "t.yaml:1: count: '3.0' is not a whole number; write for example '3'"},
    {"count: x", "t.yaml:1: count: 'x' is not a whole number; write for example '3'"},
    {"count: [3]", "t.yaml:1: count: '' is not a whole number; write for example '3'"},
    {"count: 99999999999999999999", "t.yaml:1: count: '99999999999999999999' is too large"},
    {"count: 5", "t.yaml:1: count: '5' is out of range; it must be from 0 to 4"},
    {"word: gren", "t.yaml:1: word: 'gren' is not known; did you mean 'green'?"},
    {"word: xylol", "t.yaml:1: word: 'xylol' is not known; write red or green or blue"},
    {"word: ''", "t.yaml:1: word: there is no value; write for example 'red'"},
    {"word: [red]", "t.yaml:1: word: one word is needed, not a list"},
    {"word: 12345678", "t.yaml:1: word: the text has 8 bytes; at most 7 are allowed"},
    {"part: \"a\\nb\"",
     "t.yaml:1: part.card: the text has more than one line or a control character"},
    {"part: {never: 1}", "t.yaml:1: part.never: cannot be given; remove it"},
    {"part: [a]", "t.yaml:1: part is a section, not a list; write 'part: {card: ...}'"},
    {"list: 5 um", "t.yaml:1: list: a list is needed; write [value, value]"},
    {"list:\n - 5 um\n - 5", "t.yaml:3: list[2]: '5' has no unit; write for example '5 um'"},
    {"list: [5 um, -5 um]",
     "t.yaml:1: list[2]: '-5 um' is out of range; it must be greater than 0"},
    {"names: [one, [two]]", "t.yaml:1: names[2]: one word is needed, not a list"},
    {"names: {a: b}", "t.yaml:1: names: one word is needed, not a section"},
    {"names:\n - one\n - eighteen",
     "t.yaml:3: names[2]: the text has 8 bytes; at most 7 are allowed"},
    {"names: ", "t.yaml:1: names: there is no value; write for example '[]'"},
    {"items: 3", "t.yaml:1: items: a list is needed; write [{key: value}, {key: value}]"},
    {"items: [3]", "t.yaml:1: items[1]: '{key: value}' is needed, with keys such as 'to'"},
    {"items: [{to: 5 K, hodl: 3 s}]",
     "t.yaml:1: unknown key 'hodl' in items[1]; did you mean 'hold'?"},
    {"items: [{to: -5 K}]",
     "t.yaml:1: items[1].to: '-5 K' is out of range; it must be greater than 0 K"},
    {"block: [a]",
     "t.yaml:1: block: a text is needed, not a list; write 'block: |' and the lines below it"},
    {"boks: {}", "t.yaml:1: unknown key 'boks' at the top level; did you mean 'box'?"},
    {"box:\n  lenght: 5 um", "t.yaml:2: unknown key 'lenght' in box; did you mean 'length'?"},
    {"ratio: 1", "t.yaml:1: unknown key 'ratio' at the top level; did you mean 'box.deep.ratio'?"},
    {"box: {zzz: 1}", "t.yaml:1: unknown key 'zzz' in box; known are length, copy, deep"},
    {"part: {zzz: 1}", "t.yaml:1: unknown key 'zzz' in part; known are card"},
    {"box.length: 5 um", "t.yaml:1: unknown key 'box.length' at the top level; known are box, "
                         "count, word, part, list, names, items, parts, block"},
    {"\"a\\eb\\nccccccc\": 1", "t.yaml:1: unknown key 'a?b?ccccccc' at the top level; known are "
                               "box, count, word, part, list, names, items, parts, block"},
};

static void says_what_is_wrong(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(bad); i++) {
    BpProblems problems = {0};
    Thing t;
    read_thing(bad[i].text, &t, &problems);
    if (problems.count != 1)
      bp_problems_print(&problems, stderr);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.item[0].code, BP_EXIT_CASE);
    assert_string_equal(problems.item[0].text, bad[i].message);
    bp_problems_free(&problems);
    bp_schema_free(&schema, &t);
  }
}

static void collects_all_and_reads_on(void **state) {
  (void)state;
  BpProblems problems = {0};
  Thing t;
  read_thing("box: {length: 5, copy: 3 mm}\ncount: x\nlist: [1 mm, 2]\nword: none\n", &t,
             &problems);
  assert_int_equal(problems.count, 4);
  assert_true(isnan(t.length));
  assert_close(t.copy, 3e-3, 1e-15, 0.0);
  assert_int_equal(t.count, 3);
  assert_int_equal(t.nlist, 2);
  assert_true(isnan(t.list[1]));
  bp_problems_free(&problems);
  bp_schema_free(&schema, &t);
}

static void reads_a_single_word_as_a_list(void **state) {
  (void)state;
  Thing t;
  read_well("names: all\n", &t);
  assert_int_equal(t.nname, 1);
  assert_string_equal(t.name[0], "all");
  bp_schema_free(&schema, &t);
}

/* A key from --set has no line; its path stands in its place, once. */
static void names_the_override(void **state) {
  (void)state;
  BpProblems problems = {0};
  Thing t = {0};
  BpYaml *tree = bp_yaml_read_text("t.yaml", "count: 1\n", &problems);
  bp_yaml_set(tree, "box.length", "5", &problems);
  bp_yaml_set(tree, "box.lenght", "5 um", &problems);
  bp_yaml_set(tree, "items", "[{to: 3}]", &problems);
  bp_schema_read(&schema, tree, &t, &problems);
  assert_int_equal(problems.count, 3);
  assert_string_equal(problems.item[0].text,
                      "--set box.length: '5' has no unit; write for example '5 um'");
  assert_string_equal(problems.item[1].text,
                      "--set box.lenght: unknown key 'lenght' in box; did you mean 'length'?");
  assert_string_equal(problems.item[2].text,
                      "--set items[1].to: '3' has no unit; write for example '3 degC'");
  bp_problems_free(&problems);
  bp_yaml_free(tree);
  bp_schema_free(&schema, &t);
}

static void lists_every_key(void **state) {
  (void)state;
  char *text = bp_schema_reference(&schema);
  assert_non_null(strstr(text, "| key | unit | default | range | meaning |\n|---|---|---|---|---|\n"
                               "| `box.length` | m | 5 um | greater than 0 | edge |\n"
                               "| `box.copy` | m | `box.length` | from 0 to 1 m | other edge |\n"));
  assert_non_null(strstr(text, "| `count` | count | 3 | from 0 to 4 | a\\|b |\n"));
  assert_non_null(strstr(text, "| `word` | text | red | red\\|green\\|blue | kind |\n"));
  assert_non_null(strstr(text, "| `names` | list of words | [] |  | words |\n"));
  assert_non_null(strstr(text, "| `items[].to` | K |  | greater than 0 K | end |\n"));
  assert_null(strstr(text, "never"));
  free(text);
}

static void finds_rows(void **state) {
  (void)state;
  assert_ptr_equal(bp_schema_find(&schema, "box.deep.ratio"), &rows[2]);
  assert_null(bp_schema_find(&schema, "box.deep"));
  assert_null(bp_schema_find(&schema, ""));
  assert_ptr_equal(bp_schema_at(&schema, BP_COUNT(rows) - 1), &rows[BP_COUNT(rows) - 1]);
  assert_null(bp_schema_at(&schema, BP_COUNT(rows)));
}

static void finds_the_nearest_word(void **state) {
  (void)state;
  static const char *const words[] = {"dwell", "ramp", "cycles", "inner_radius", "to", "rump"};
  const int n = BP_COUNT(words);
  assert_string_equal(bp_nearest_word("dwel", words, n), "dwell");
  assert_string_equal(bp_nearest_word("Ramp", words, n), "ramp");
  assert_string_equal(bp_nearest_word("cylces", words, n), "cycles");
  assert_string_equal(bp_nearest_word("radius", words, n), "inner_radius");
  assert_string_equal(bp_nearest_word("too", words, n), "to");
  assert_null(bp_nearest_word("xy", words, n));
  assert_null(bp_nearest_word("", words, n));
  assert_null(bp_nearest_word("temperature", words, n));
  char longest[200];
  memset(longest, 'a', sizeof longest);
  longest[sizeof longest - 1] = '\0';
  assert_null(bp_nearest_word(longest, words, n));
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fills_in_defaults),
      cmocka_unit_test(reads_every_type),
      cmocka_unit_test(maps_names_to_records),
      cmocka_unit_test(dumps_what_reads_back),
      cmocka_unit_test(quotes_what_needs_it),
      cmocka_unit_test(says_what_is_wrong),
      cmocka_unit_test(collects_all_and_reads_on),
      cmocka_unit_test(reads_a_single_word_as_a_list),
      cmocka_unit_test(names_the_override),
      cmocka_unit_test(lists_every_key),
      cmocka_unit_test(finds_rows),
      cmocka_unit_test(finds_the_nearest_word),
  };
  return cmocka_run_group_tests(tests, NULL, free_units);
}

/* Numbers with units: what is read, what is refused and how that is said, what is written. */
#include "close.h"

#include "units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *text, *si;
  double value;
} Good;

static const Good good[] = {
    {"5 um", "m", 5e-6},
    {"5um", "m", 5e-6},
    {"  0.8  um ", "m", 0.8e-6},
    {"+3.18 mm", "m", 3.18e-3},
    {"5 \302\265m", "m", 5e-6},
    {"1 inch", "m", 0.0254},
    {"5 um2/um", "m", 5e-6},
    {"20 um^2", "m2", 20e-12},
    {"20 um2", "m2", 20e-12},
    {"0.02 mm3", "m3", 0.02e-9},
    {"15 min", "s", 900.0},
    {"1 h", "s", 3600.0},
    {"1 ms", "s", 1e-3},
    {"-40 degC", "K", 233.15},
    {"125 \302\260C", "K", 398.15},
    {"77 degF", "K", 298.15},
    {"0 K", "K", 0.0},
    {"5 K", "delta_K", 5.0},
    {"1 K/s", "K/s", 1.0},
    {"11 K/min", "K/s", 11.0 / 60.0},
    {"11 degC/min", "K/s", 11.0 / 60.0},
    {"3.3 GPa", "Pa", 3.3e9},
    {"0.2MPa", "Pa", 0.2e6},
    {"22.5 ppm/K", "1/K", 22.5e-6},
    {"22.5 ppm/degC", "1/K", 22.5e-6},
    {"1e-3/s", "1/s", 1e-3},
    {"4.1e-5 1/s", "1/s", 4.1e-5},
    {"4.1e-5 s^-1", "1/s", 4.1e-5},
    {"20 deg", "rad", 0.3490658503988659},
    {"148 W/m/K", "W/m/K", 148.0},
    {"148 W / m / K", "W/m/K", 148.0},
    {"148 W.m-1.K-1", "W/m/K", 148.0},
    {"10 W/m2/K", "W/m2/K", 10.0},
    {"1.72e-8 ohm m", "ohm.m", 1.72e-8},
    {"2.83 uohm.cm", "ohm.m", 2.83e-8},
    {"0.712 J/g/K", "J/kg/K", 712.0},
    {"2.33 g/cm3", "kg/m3", 2330.0},
    {"3 N*m", "J", 3.0},
    {"77 kJ/mol", "J/mol", 77e3},
    {"0.7", "", 0.7},
    {"1e-9", "1", 1e-9},
    {".5", "", 0.5},
    {"8.314 J/mol/K", "J/mol/K", 8.314},
};

static void reads_what_people_write(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(good); i++) {
    double value = (double)NAN;
    char message[256] = "";
    const BpStatus status =
        bp_units_read(good[i].text, good[i].si, &value, message, sizeof message);
    if (status != BP_OK)
      print_error("%s: %s\n", good[i].text, message);
    assert_int_equal(status, BP_OK);
    assert_close(value, good[i].value, 4e-15, 0.0);
  }
}

/* Powers of ten are applied by a division where that is exact. */
static void rounds_as_the_compiler_does(void **state) {
  (void)state;
  double value = 0.0;
  char message[256];
  assert_int_equal(bp_units_read("5 um", "m", &value, message, sizeof message), BP_OK);
  assert_true(value <= 5e-6 && value >= 5e-6);
  assert_int_equal(bp_units_read("77.8 um", "m", &value, message, sizeof message), BP_OK);
  assert_true(value <= 77.8e-6 && value >= 77.8e-6);
  assert_int_equal(bp_units_read("0.3 um3", "m3", &value, message, sizeof message), BP_OK);
  assert_true(value <= 0.3e-18 && value >= 0.3e-18);
}

typedef struct {
  const char *text, *si, *message;
} Bad;

static const Bad bad[] = {
    {"5", "m", "'5' has no unit; write for example '5 um'"},
    {"217", "K", "'217' has no unit; write for example '217 degC'"},
    {"", "m", "there is no value; write for example '5 um'"},
    {"   ", "m", "there is no value; write for example '5 um'"},
    {"um", "m", "'um' does not start with a number; write for example '5 um'"},
    {"/s", "1/s", "'/s' does not start with a number; write for example '5 /s'"},
    {"nan um", "m", "'nan um' is not a finite number; write for example '5 um'"},
    {"-.inf", "m", "'-.inf' is not a finite number; write for example '5 um'"},
    {"Infinity", "", "'Infinity' is not a finite number; write for example '5'"},
    {"1e999 um", "m", "'1e999 um' is too large for a number"},
    {"1e308 Gm", "m", "'1e308 Gm' is too large; write for example '5 Gm'"},
    {"5 MPa", "m", "'5 MPa' is a pressure, a length is needed, for example '5 um'"},
    {"5 s", "1/s", "'5 s' is a time, a rate is needed, for example '5 /s'"},
    {"5 %", "rad", "'5 %' is a pure number, an angle is needed, for example '5 deg'"},
    {"25 C", "K", "'25 C' is an electric charge, a temperature is needed, for example '25 degC'"},
    {"5 rad/s", "1/s", "'5 rad/s' is not a rate; write for example '5 /s'"},
    {"5 um", "kg/s", "'5 um' is a length, a value in kg/s is needed, for example '5 kg/s'"},
    {"5 umm", "m", "'umm' is not a known unit; write for example '5 um'"},
    {"5 cycles", "rad", "'cycles' is not a known unit; write for example '5 deg'"},
    {"5 um 3", "m", "'5 um 3' cannot be read from '3' on; write for example '5 um'"},
    {"5 um]", "m", "'5 um]' cannot be read from ']' on; write for example '5 um'"},
    {"5 10 um", "m", "'5 10 um' cannot be read from '10 um' on; write for example '5 um'"},
    {"0x10 m", "m", "'0x10 m' cannot be read from 'x10 m' on; write for example '0 um'"},
    {"5 um^", "m", "'5 um^' cannot be read from 'um^' on; write for example '5 um'"},
    {"5 um0", "m", "'5 um0' cannot be read from 'um0' on; write for example '5 um'"},
    {"5 s since 1", "s", "'5 s since 1' cannot be read from '1' on; write for example '5 s'"},
    {"25 W/m2K", "W/m2/K", "'25 W/m2K' cannot be read from 'K' on; write for example '25 W/m2/K'"},
    {"5 um/", "m", "the unit of '5 um/' is not complete; write for example '5 um'"},
    {"0,7 um", "m", "'0,7 um' has a decimal comma; write '0.7 um'"},
    {"0.7 um", "", "'0.7 um' has a unit, a pure number is needed; write '0.7'"},
    {"5 degC", "delta_K",
     "'5 degC' is a temperature, a difference of temperatures is needed; write K: '5 K'"},
    {"5 um\n\033[1m", "m", "'5 um??[1m' cannot be read from '??[1m' on; write for example '5 um'"},
    {"5 m", "foo bar", "'foo bar' is not a unit that the program can ask for"},
};

static void says_what_is_wrong(void **state) {
  (void)state;
  for (int i = 0; i < BP_COUNT(bad); i++) {
    double value = 7.0;
    char message[256] = "";
    assert_int_equal(bp_units_read(bad[i].text, bad[i].si, &value, message, sizeof message),
                     BP_BAD);
    assert_string_equal(message, bad[i].message);
    assert_close(value, 7.0, 0.0, 0.0);
  }
}

static void cuts_long_texts(void **state) {
  (void)state;
  char text[4000], message[2000];
  double value;
  memset(text, 'x', sizeof text);
  text[sizeof text - 1] = '\0';
  assert_int_equal(bp_units_read(text, "m", &value, message, sizeof message), BP_BAD);
  assert_true(strlen(message) < 200);
  text[0] = '5';
  assert_int_equal(bp_units_read(text, "m", &value, message, sizeof message), BP_BAD);
  assert_true(strlen(message) < 300);
  assert_int_equal(bp_units_read(text, "m", &value, message, 10), BP_BAD);
  assert_int_equal(strlen(message), 9);
}

typedef struct {
  double value;
  const char *si, *text;
} Written;

static const Written written[] = {
    {5e-6, "m", "5 um"},
    {3.18e-3, "m", "3.18 mm"},
    {0.35e-3, "m", "350 um"},
    {5e-3, "m", "5 mm"},
    {0.0, "m", "0 um"},
    {398.15, "K", "125 degC"},
    {300.0, "K", "300 K"},
    {900.0, "s", "15 min"},
    {1e-3, "s", "1 ms"},
    {30.0, "s", "30 s"},
    {1.0, "K/s", "1 K/s"},
    {11.0 / 60.0, "K/s", "11 K/min"},
    {3.3e9, "Pa", "3.3 GPa"},
    {22.5e-6, "1/K", "22.5 ppm/K"},
    {0.02 / 1e9, "m3", "0.02 mm3"},
    {1e-3, "1/s", "0.001 /s"},
    {0.7, "", "0.7"},
    {2330.0, "kg/m3", "2330 kg/m3"},
    {5.0, "delta_K", "5 K"},
    {1000.0, "m/K", "1000 m/K"},
};

static void writes_the_usual_unit(void **state) {
  (void)state;
  char text[80];
  for (int i = 0; i < BP_COUNT(written); i++) {
    bp_units_write(written[i].value, written[i].si, text, sizeof text);
    assert_string_equal(text, written[i].text);
  }
  bp_units_show(77.8e-6 * (1.0 + 1e-15), "m", text, sizeof text);
  assert_string_equal(text, "77.8 um");
  bp_units_show(5e-3 * sqrt(0.5), "m", text, sizeof text);
  assert_string_equal(text, "3.535534 mm");
}

/* The text reads back to the same bits, whatever the number. */
static void writes_what_reads_back(void **state) {
  (void)state;
  static const char *const si[] = {"m", "m3", "s", "K", "K/s", "Pa", "1/K", "rad", "", "W/m2/K"};
  for (int i = 0; i < 5000; i++) {
    const double value = bp_random(-1.0, 1.0) * pow(10.0, bp_random(-20.0, 12.0));
    const char *unit = si[i % BP_COUNT(si)];
    char text[80], message[256];
    double back = 0.0;
    bp_units_write(value, unit, text, sizeof text);
    assert_int_equal(bp_units_read(text, unit, &back, message, sizeof message), BP_OK);
    assert_memory_equal(&back, &value, sizeof value);
  }
}

/* Without its table of units the program says so; freeing lets it look again. */
static void needs_the_table_of_units(void **state) {
  (void)state;
  double value;
  char message[256];
  bp_units_free();
  setenv("UDUNITS2_XML_PATH", "/nonexistent", 1);
  assert_int_equal(bp_units_read("5 um", "m", &value, message, sizeof message), BP_BAD);
  assert_string_equal(message, "UDUNITS-2 does not find its units; set UDUNITS2_XML_PATH to "
                               "udunits2.xml");
  bp_units_write(5e-6, "m", message, sizeof message);
  assert_string_equal(message, "5e-06 m");
  unsetenv("UDUNITS2_XML_PATH");
  assert_int_equal(bp_units_read("5 um", "m", &value, message, sizeof message), BP_OK);
}

static int free_units(void **state) {
  (void)state;
  bp_units_free();
  bp_units_free();
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_what_people_write),  cmocka_unit_test(rounds_as_the_compiler_does),
      cmocka_unit_test(says_what_is_wrong),       cmocka_unit_test(cuts_long_texts),
      cmocka_unit_test(writes_the_usual_unit),    cmocka_unit_test(writes_what_reads_back),
      cmocka_unit_test(needs_the_table_of_units),
  };
  return cmocka_run_group_tests(tests, NULL, free_units);
}

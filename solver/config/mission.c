/* One cycle from a CSV file: a line of names with units, then rows of time, temperature of the
 * chamber and, where there is such a column, power. The temperature is linear between rows, the
 * power of a row lasts until the next one. */
#include "case_impl.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1024, COLUMNS = 3 };
enum { TIME, TEMPERATURE, POWER };

/* Names that a column may have, and what makes SI of its numbers: scale x + shift. */
static const struct {
  const char *name;
  int column;
  double scale, shift;
} names[] = {
    {"time_s", TIME, 1.0, 0.0},
    {"time_min", TIME, 60.0, 0.0},
    {"time_h", TIME, 3600.0, 0.0},
    {"temperature_degC", TEMPERATURE, 1.0, 273.15},
    {"temperature_K", TEMPERATURE, 1.0, 0.0},
    {"power_W", POWER, 1.0, 0.0},
    {"power_mW", POWER, 1e-3, 0.0},
};

typedef struct {
  const char *file;
  BpProblems *problems;
  int kind[COLUMNS], ncolumns; /* index into names of each column of the file */
  double (*row)[COLUMNS];      /* [nrows] SI */
  int nrows, line;
} Mission;

#define COMPLAIN(m, ...) bp_problem((m)->problems, BP_EXIT_CASE, (m)->file, (m)->line, __VA_ARGS__)

/* Next field of a line, without blanks around it; NULL at its end. */
static char *next_field(char **rest) {
  char *field = *rest;
  if (!field)
    return NULL;
  char *comma = strchr(field, ',');
  *rest = comma ? comma + 1 : NULL;
  if (comma)
    *comma = '\0';
  while (*field == ' ')
    field++;
  for (size_t n = strlen(field); n > 0 && strchr(" \r\n", field[n - 1]); n--)
    field[n - 1] = '\0';
  return field;
}

static void read_names(Mission *m, char *line) {
  int there[COLUMNS] = {0};
  char *rest = line;
  for (char *field = next_field(&rest); field; field = next_field(&rest)) {
    int k = 0;
    while (k < BP_COUNT(names) && strcmp(names[k].name, field) != 0)
      k++;
    if (k == BP_COUNT(names) || m->ncolumns == COLUMNS || there[names[k].column]++) {
      COMPLAIN(m,
               "'%.40s' is no column of a mission profile, or there twice; write "
               "time_s,temperature_degC,power_W (also time_min, time_h, temperature_K, power_mW)",
               field);
      return;
    }
    m->kind[m->ncolumns++] = k;
  }
  if (!there[TIME] || !there[TEMPERATURE])
    COMPLAIN(m, "a mission profile has a time and a temperature; write "
                "time_s,temperature_degC,power_W");
}

static void read_row(Mission *m, char *line) {
  double value[COLUMNS] = {0.0};
  char *rest = line;
  for (int c = 0; c < m->ncolumns; c++) {
    char *field = next_field(&rest), *end = field;
    const double x = field ? strtod(field, &end) : 0.0;
    if (!field || end == field || *end || !isfinite(x)) {
      COMPLAIN(m, "there is a gap: %s '%.40s' is no number; give every row all of its values",
               names[m->kind[c]].name, field ? field : "");
      return;
    }
    value[names[m->kind[c]].column] = names[m->kind[c]].scale * x + names[m->kind[c]].shift;
  }
  if (rest)
    COMPLAIN(m, "the row has more values than there are columns; remove them");
  else if (m->nrows > 0 && !(value[TIME] > m->row[m->nrows - 1][TIME]))
    COMPLAIN(m, "the times are out of order: %g s follows %g s; sort the rows", value[TIME],
             m->row[m->nrows - 1][TIME]);
  else if (!(value[TEMPERATURE] > 0.0) || value[POWER] < 0.0)
    COMPLAIN(m, "a temperature is above absolute zero and a power not negative; correct the row");
  else {
    m->row = bp_resize(m->row, (size_t)m->nrows + 1, sizeof m->row[0]);
    memcpy(m->row[m->nrows++], value, sizeof value);
  }
}

static int count_errors(const BpProblems *problems) {
  int n = 0;
  for (int i = 0; i < problems->count; i++)
    n += problems->item[i].code != BP_EXIT_OK;
  return n;
}

static void read_lines(Mission *m, FILE *in) {
  char line[LINE];
  const int before = count_errors(m->problems);
  while (fgets(line, sizeof line, in)) {
    m->line++;
    if (line[0] == '#' || line[strspn(line, " \r\n")] == '\0')
      continue;
    if (m->ncolumns == 0)
      read_names(m, line);
    else
      read_row(m, line);
    if (count_errors(m->problems) > before)
      return;
  }
  if (m->nrows < 2 || !m->row)
    COMPLAIN(m, "a mission profile has two rows or more; add them");
  else if (fabs(m->row[0][TEMPERATURE] - m->row[m->nrows - 1][TEMPERATURE]) > 1e-9)
    COMPLAIN(m,
             "the profile is repeated, and there is a gap between its last temperature, %g degC, "
             "and its first one, %g degC; add a row that leads back",
             m->row[m->nrows - 1][TEMPERATURE] - 273.15, m->row[0][TEMPERATURE] - 273.15);
}

static void take_rows(BpCase *bp, const Mission *m, BpProblems *problems) {
  BpLoad *load = &bp->load;
  if (fabs(load->cool_to - m->row[0][TEMPERATURE]) > 1e-9)
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.cooling.to",
                    "load.cooling.to is %g degC and the mission profile starts at %g degC; write "
                    "cooling: {to: %g degC}",
                    load->cool_to - 273.15, m->row[0][TEMPERATURE] - 273.15,
                    m->row[0][TEMPERATURE] - 273.15);
  load->nprogramme = m->nrows - 1;
  BP_GROW(load->programme, load->nprogramme);
  for (int i = 0; i < load->nprogramme; i++) {
    const double *from = m->row[i], *to = m->row[i + 1], time = to[TIME] - from[TIME];
    BpSegment *s = &load->programme[i];
    *s = (BpSegment){.power = from[POWER]};
    if (fabs(to[TEMPERATURE] - from[TEMPERATURE]) > 1e-9) {
      s->to = to[TEMPERATURE];
      s->rate = fabs(to[TEMPERATURE] - from[TEMPERATURE]) / time;
    } else
      s->hold = time;
  }
}

void bp_mission_read(BpCase *bp, BpProblems *problems) {
  const int before = count_errors(problems);
  bp_find_beside(bp->file, bp->load.mission, sizeof bp->load.mission);
  Mission m = {.file = bp->load.mission, .problems = problems};
  FILE *in = fopen(bp->load.mission, "r");
  if (!in) {
    bp_case_problem(bp, problems, BP_EXIT_CASE, "load.mission",
                    "load.mission: '%.200s' cannot be read: %s; give a CSV file beside the case",
                    bp->load.mission, strerror(errno));
    return;
  }
  read_lines(&m, in);
  fclose(in);
  if (count_errors(problems) == before && m.row)
    take_rows(bp, &m, problems);
  free(m.row);
}

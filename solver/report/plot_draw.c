/* Gnuplot as a child process: the script comes from a temporary file, the picture goes back through
 * a pipe, complaints into another temporary file, so that nobody waits for anybody and the picture
 * is written by us, as a whole. */
#include "plot.h"

#include "durable.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- types of files */

static const struct {
  const char *ending;
  const char *terminal; /* with width, height; NULL: the script itself */
  double scale;         /* of a pixel of the screen in units of the terminal's size */
} types[] = {
    {".svg", "svg size %.10g,%.10g dynamic font 'sans-serif,13' background rgb 'white'", 1.0},
    {".png", "pngcairo size %.10g,%.10g font 'Sans,10' fontscale 2 linewidth 2 dashlength 2", 2.0},
    {".pdf", "pdfcairo size %.10g,%.10g font 'Sans,10' fontscale 0.75 linewidth 1.5 dashlength 1.8",
     1.0 / 96.0},
    {".gp", NULL, 1.0},
};

/* -1 if it is none. */
static int type_of(const char *file) {
  const size_t n = strlen(file);
  for (int i = 0; i < BP_COUNT(types); i++) {
    const size_t m = strlen(types[i].ending);
    if (n > m && strcmp(file + n - m, types[i].ending) == 0 && file[n - m - 1] != '/')
      return i;
  }
  return -1;
}

int bp_plot_type_known(const char *file) {
  return type_of(file) >= 0;
}

/* ---- the process */

typedef struct {
  FILE *script, *messages;
  int pipe[2]; /* the picture */
  char *picture;
  size_t size;
  int status;      /* of the process, as waitpid() gives it */
  char *why;       /* there is no picture, NULL where there is one */
  const char *way; /* out of it, where a file was wanted */
} Drawing;

/* 0 or an errno. */
static int open_drawing(const char *terminal, const char *script, Drawing *d) {
  *d = (Drawing){.script = tmpfile(), .messages = tmpfile(), .pipe = {-1, -1}};
  if (!d->script || !d->messages || pipe(d->pipe) != 0)
    return errno;
  if (fprintf(d->script, "set terminal %s\n%s", terminal, script) < 0 || fflush(d->script) != 0)
    return errno;
  rewind(d->script);
  return 0;
}

static void close_drawing(Drawing *d) {
  for (int i = 0; i < 2; i++)
    if (d->pipe[i] >= 0)
      close(d->pipe[i]);
  if (d->script)
    (void)fclose(d->script);
  if (d->messages)
    (void)fclose(d->messages);
  free(d->picture);
  free(d->why);
}

static int read_picture(Drawing *d) {
  enum { PIECE = 65536 };
  for (;;) {
    BP_GROW(d->picture, d->size + PIECE);
    const ssize_t n = read(d->pipe[0], d->picture + d->size, PIECE);
    if (n > 0)
      d->size += (size_t)n;
    else if (n == 0 || errno != EINTR)
      return n == 0 ? 0 : errno;
  }
}

/* 0 or an errno: ENOENT where there is no gnuplot. Settings of the user are not read (-d). */
static int run_gnuplot(Drawing *d) {
  static char name[] = "gnuplot", defaults[] = "-d";
  char *const words[] = {name, defaults, NULL};
  posix_spawn_file_actions_t actions;
  pid_t child;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0)
    return code;
  const int from[] = {fileno(d->script), d->pipe[1], fileno(d->messages)};
  for (int i = 0; i < 3 && code == 0; i++)
    code = posix_spawn_file_actions_adddup2(&actions, from[i], i);
  for (int i = 0; i < 2 && code == 0; i++)
    code = posix_spawn_file_actions_addclose(&actions, d->pipe[i]);
  if (code == 0)
    code = posix_spawnp(&child, name, &actions, NULL, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(d->pipe[1]);
  d->pipe[1] = -1;
  if (code != 0)
    return code;
  code = read_picture(d);
  while (waitpid(child, &d->status, 0) < 0)
    if (errno != EINTR)
      return errno;
  return code;
}

/* What gnuplot has to say in one line, to be freed with free(). */
static char *complaint(const Drawing *d) {
  char text[400];
  size_t n = 0;
  int c, blank = 1;
  rewind(d->messages);
  while ((c = getc(d->messages)) != EOF && n + 1 < sizeof text) {
    const int space = c <= ' ' || c == '^';
    if (!space || !blank)
      text[n++] = space ? ' ' : (char)c;
    blank = space;
  }
  while (n > 0 && text[n - 1] == ' ')
    n--;
  text[n] = '\0';
  if (n > 0)
    return bp_copy_text(text);
  if (WIFSIGNALED(d->status))
    return bp_format("it was ended by signal %d", WTERMSIG(d->status));
  return bp_copy_text("it says nothing");
}

/* ---- what is made of it */

static void draw(const char *terminal, const char *script, Drawing *d) {
  int code = open_drawing(terminal, script, d);
  if (code == 0)
    code = run_gnuplot(d);
  if (code == ENOENT) {
    d->why = bp_copy_text("there is no gnuplot to draw it");
    d->way = "install it (Debian: gnuplot-nox), or choose a name that ends with .gp for its script "
             "and data";
  } else if (code != 0) {
    d->why = bp_format("gnuplot cannot be started: %s", strerror(code));
    d->way = "choose a name that ends with .gp for its script and data";
  } else if (d->status != 0 || d->size == 0) {
    char *text = complaint(d);
    d->why = bp_format("gnuplot did not draw it: %s", text);
    d->way = "choose a name that ends with .gp and look at its script";
    free(text);
  }
}

/* The terminal of a type for a picture, to be freed with free(). */
static char *terminal_of(const BpPlot *plot, int type) {
  char text[200];
  int size[2];
  bp_plot_size(plot, size);
  snprintf(text, sizeof text, types[type].terminal, types[type].scale * size[0],
           types[type].scale * size[1]);
  return bp_copy_text(text);
}

static void write_file(const char *file, const void *data, size_t size, BpProblems *problems) {
  const int code = bp_durable_replace(file, data, size);
  if (code != 0)
    bp_problem(problems, BP_EXIT_IO, file, 0,
               "cannot be written: %s; make room or choose another file", strerror(code));
}

static void draw_file(const char *terminal, const char *script, const char *file,
                      BpProblems *problems) {
  Drawing d;
  draw(terminal, script, &d);
  if (d.why)
    bp_problem(problems, BP_EXIT_IO, file, 0, "%s; %s", d.why, d.way);
  else
    write_file(file, d.picture, d.size, problems);
  close_drawing(&d);
}

BpStatus bp_plot_write(const BpPlot *plot, const char *file, BpProblems *problems) {
  const int before = problems->count, type = type_of(file);
  char *script = bp_plot_script(plot);
  if (type < 0) {
    bp_problem(problems, BP_EXIT_USAGE, file, 0,
               "is no name of a picture; write one that ends with " BP_PLOT_TYPES);
  } else if (types[type].terminal) {
    char *terminal = terminal_of(plot, type);
    draw_file(terminal, script, file, problems);
    free(terminal);
  } else {
    write_file(file, script, strlen(script), problems);
  }
  free(script);
  return problems->count == before ? BP_OK : BP_BAD;
}

char *bp_plot_svg(const BpPlot *plot, char **why) {
  char *script = bp_plot_script(plot), *terminal = terminal_of(plot, type_of("x.svg"));
  Drawing d;
  draw(terminal, script, &d);
  char *text = d.why ? NULL : bp_format("%.*s", (int)d.size, d.picture);
  *why = d.why;
  d.why = NULL;
  close_drawing(&d);
  free(terminal);
  free(script);
  return text;
}

/* Pictures of curves. A picture is data; gnuplot, a program of its own, draws it. Numbers are in
 * the units that the axes name; texts are UTF-8 and stand in the picture as they are. */
#ifndef BP_PLOT_H
#define BP_PLOT_H

#include "base.h"

/* File names that bp_plot_write() takes end in one of these; for messages. */
#define BP_PLOT_TYPES ".svg, .png, .pdf or .gp"

typedef struct {
  char *label;      /* in the legend; NULL: not there */
  int colour, dash; /* which of the palettes; both begin anew behind their last one */
  int marks;        /* 1: a mark at every point, where there are few of them */
  double *x, *y;    /* [count]; NAN is a gap */
  int count, space;
} BpCurve;

typedef struct {
  char *title, *x_label, *y_label; /* labels with units: "stress (MPa)" */
  int column;                      /* panels of a column stand below each other, as added */
  int log_x;                       /* 1: logarithmic x axis */
  int whole_x;                     /* 1: x counts something, numbers between are not named */
  double y[2];                     /* shown; NAN: as the curves want it */
  double band[2];                  /* of x, grey; NAN: none */
  char *band_label;                /* in the legend */
  BpCurve *curve;                  /* [count] */
  int count;
} BpPanel;

typedef struct {
  char *title;
  BpPanel *panel; /* [count] */
  int count;
} BpPlot;

/* An empty picture; free with bp_plot_free(). Texts are copied here and below. */
BpPlot bp_plot_new(const char *title);
void bp_plot_free(BpPlot *plot);

/* Adds a panel without curves; good until the next one is added. A legend, where there are labels,
 * stands on its right. */
BpPanel *bp_plot_panel(BpPlot *plot, int column, const char *title, const char *x_label,
                       const char *y_label);

/* Marks a part of the x axis, label NULL allowed. */
void bp_panel_band(BpPanel *panel, const double band[2], const char *label);

/* Adds a curve without points, label NULL allowed; good until the next one is added. Colour and
 * dash are those of its number in the panel. */
BpCurve *bp_panel_curve(BpPanel *panel, const char *label);
void bp_curve_point(BpCurve *curve, double x, double y);

/* 1 if the curve has a point to show. */
int bp_curve_visible(const BpCurve *curve);

/* 1 if the name of a file ends as BP_PLOT_TYPES says. */
int bp_plot_type_known(const char *file);

/* The picture as a script of gnuplot with its data, block $curve_P_C for curve C of panel P,
 * counted from 1; to be freed with free(). Curves of more than BP_PLOT_POINTS points leave out
 * those that cannot be told from the one before. */
char *bp_plot_script(const BpPlot *plot);

enum { BP_PLOT_POINTS = 2000 };

/* Size of the picture in pixels of the screen. */
void bp_plot_size(const BpPlot *plot, int size[2]);

/* Draws the picture into a file of the type that its name ends with; .gp: the script itself. The
 * file is there as a whole or as before. Starts gnuplot. Problems (BP_EXIT_IO: no gnuplot, its
 * complaint, no room) are added; BP_BAD then. */
BpStatus bp_plot_write(const BpPlot *plot, const char *file, BpProblems *problems);

/* The picture as SVG, to be freed with free(). NULL where gnuplot does not draw it: *why then says
 * the reason, to be freed too. */
char *bp_plot_svg(const BpPlot *plot, char **why);

#endif

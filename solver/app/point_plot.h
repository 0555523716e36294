/* The picture of a material point: stress over strain, and for a path its course in time. */
#ifndef BP_POINT_PLOT_H
#define BP_POINT_PLOT_H

#include "plot.h"
#include "point_path.h"
#include "point_rows.h"

/* What the picture is of, beside its rows. */
typedef struct {
  const BpPointRows *rows;
  const BpPointPath *path; /* NULL: tension */
  const char *title;
} BpPointPicture;

/* Free with bp_plot_free(). */
BpPlot bp_point_plot(const BpPointPicture *picture);

#endif

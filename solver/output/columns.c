/* The columns of the history and what they mean. Names and values are filled by the same sequence
 * of calls, so that they cannot come apart. */
#include "output_impl.h"

#include "fe.h"

#include <stdlib.h>

static const char *const side_name[BP_SIDES] = {"package", "board"};

/* ---- shear loops, and the pressure beside them */

/* Over the cell's x axis, which runs from the neutral point, and the height z. */
static double shear_stress(const BpPointSet *set, size_t point, const void *unused) {
  (void)unused;
  return set->stress0[6 * point + 4] / BP_SQRT2;
}

static double shear_strain(const BpPointSet *set, size_t point, const void *unused) {
  (void)unused;
  return BP_SQRT2 * set->strain0[6 * point + 4];
}

static double hydrostatic_stress(const BpPointSet *set, size_t point, const void *unused) {
  (void)unused;
  return bp_trace(set->stress0 + 6 * point) / 3.0;
}

/* 1 if the average is the reported layer of the side: a mesh may lack it. */
static int is_reported(const BpJoint *joint, int average) {
  for (int side = 0; side < BP_SIDES; side++) {
    char name[BP_NAME];
    snprintf(name, sizeof name, "%s.%gum", side_name[side], 1e6 * joint->model->bp->output.layer);
    if (joint->layer[side] == average && strcmp(joint->averages.item[average].name, name) == 0)
      return 1;
  }
  return 0;
}

static void add_region(BpAverages *averages, const BpAverage *average) {
  BP_GROW(averages->item, averages->count + 1);
  averages->item[averages->count++] = *average;
}

/* All of the solder, each point with its own volume. */
static PetscErrorCode make_whole(const BpModel *model, int set, BpAverage *average) {
  const BpPointSet *points = &model->set[set];
  const int n = points->npoints;
  double mine = 0.0;
  *average = (BpAverage){.name = "solder",
                         .set = set,
                         .count = n,
                         .point = BP_NEW(int, n),
                         .weight = BP_NEW(double, n)};
  for (int p = 0; p < n; p++) {
    average->point[p] = p;
    average->weight[p] = points->volume[p];
    mine += average->weight[p];
  }
  PetscCallMPI(MPI_Allreduce(&mine, &average->volume, 1, MPI_DOUBLE, MPI_SUM, model->grid->comm));
  return 0;
}

PetscErrorCode bp_output_shear_create(BpOutput *output) {
  const BpModel *model = output->model;
  for (int a = 0; a < output->joint->averages.count; a++)
    if (is_reported(output->joint, a))
      add_region(&output->shear, &output->joint->averages.item[a]);
  for (int s = 0; s < model->nsets; s++)
    if (!bp_case_is_mesh(model->bp) && model->set[s].region == BP_REGION_SOLDER) {
      BpAverage whole;
      PetscCall(make_whole(model, s, &whole));
      add_region(&output->shear, &whole);
      output->own++;
    }
  return 0;
}

void bp_output_shear_free(BpOutput *output) {
  BpAverages *shear = &output->shear;
  for (int a = shear->count - output->own; a < shear->count; a++) {
    free(shear->item[a].point);
    free(shear->item[a].weight);
  }
  free(shear->item);
}

/* ---- what there is */

static const char *kind_of(const BpModel *model, const BpAverage *average) {
  static const char *const annuli[] = {".inner", ".ring", ".rim"};
  const char *end = strrchr(average->name, '.');
  if (bp_case_is_mesh(model->bp))
    return "region";
  if (model->set[average->set].region != BP_REGION_SOLDER)
    return "zone";
  if (!end)
    return "region";
  if (strstr(average->name, "um."))
    return "sector";
  for (int i = 0; i < BP_COUNT(annuli); i++)
    if (strcmp(end, annuli[i]) == 0)
      return "annulus";
  return strcmp(end, ".common") == 0 ? "common" : "layer";
}

static void add_average(BpOutput *output, const BpAverage *average, int reported) {
  BpResultsAverage entry = {.volume = average->volume, .reported = reported};
  snprintf(entry.name, sizeof entry.name, "%s", average->name);
  snprintf(entry.kind, sizeof entry.kind, "%s", kind_of(output->model, average));
  snprintf(entry.region, sizeof entry.region, "%s",
           output->model->bp->materials.region[output->model->set[average->set].region].name);
  bp_results_add_average(output->results, &entry);
}

/* A column is named, or gets its value: whichever is wanted. */
typedef struct {
  BpResults *results; /* NULL: values are wanted */
  double *value;      /* [count], grows */
  int count;
} Columns;

typedef struct {
  const char *name, *unit, *title;
  int whole;
} Column;

/* average  NULL for what belongs to the whole model */
static void put(Columns *columns, const BpAverage *average, const Column *column, double value) {
  if (!columns->results) {
    BP_GROW(columns->value, columns->count + 1);
    columns->value[columns->count++] = value;
    return;
  }
  BpResultsColumn entry = {.where = average ? "region" : "global", .whole = column->whole};
  snprintf(entry.name, sizeof entry.name, "%s%s%s", average ? average->name : "",
           average ? "." : "", column->name);
  snprintf(entry.unit, sizeof entry.unit, "%s", column->unit);
  snprintf(entry.title, sizeof entry.title, "%s", column->title);
  bp_results_add_column(columns->results, &entry);
}

static void put_step(Columns *columns, const BpHistoryRow *row) {
  put(columns, NULL, &(Column){"time", "s", "end of the step, from the joining", 0}, row->time);
  put(columns, NULL, &(Column){"temperature", "K", "temperature at the end of the step", 0},
      row->temperature);
  put(columns, NULL, &(Column){"dt", "s", "length of the step", 0}, row->dt);
  put(columns, NULL, &(Column){"newton_iterations", "1", "Newton iterations of the step", 1},
      row->newton);
  put(columns, NULL, &(Column){"linear_iterations", "1", "linear iterations of the step", 1},
      row->linear);
  put(columns, NULL,
      &(Column){"cycle", "1", "cycle that the step belongs to, -1 before the first", 1},
      row->cycle);
  put(columns, NULL,
      &(Column){"increment", "1", "largest equivalent inelastic strain increment in the solder", 0},
      row->increment);
}

static void put_joint(Columns *columns, const BpJoint *joint) {
  static const Column work = {"work", "J/m3", "accumulated inelastic work per volume, mean", 0};
  static const Column strain = {"strain", "1", "accumulated equivalent inelastic strain, mean", 0};
  for (int a = 0; a < joint->averages.count; a++) {
    put(columns, &joint->averages.item[a], &work, joint->work[a]);
    put(columns, &joint->averages.item[a], &strain, joint->strain[a]);
  }
  for (int z = 0; z < joint->films.nzones; z++) {
    char *name = bp_format("%s.tension", joint->films.zone[z].name);
    const Column tension = {name, "Pa", "largest principal stress, mean over the zone", 0};
    put(columns, NULL, &tension, joint->tension[z]);
    free(name);
  }
  put(columns, NULL,
      &(Column){"warpage.die", "m", "range of the displacement in z on the die's back", 0},
      joint->warpage[0]);
  put(columns, NULL,
      &(Column){"warpage.board", "m", "range of the displacement in z on the board's back", 0},
      joint->warpage[1]);
}

/* Means over the regions of the shear loops, [shear.count] each. */
typedef struct {
  double *strain, *stress, *hydrostatic;
} Shear;

static void put_shear(Columns *columns, const BpAverages *shear, const Shear *mean) {
  static const Column of_stress = {"shear_stress", "Pa", "shear stress xz, mean", 0};
  static const Column of_strain = {
      "shear_strain", "1", "shear strain xz since the joining (engineering, 2 e_xz), mean", 0};
  static const Column of_hydrostatic = {"hydrostatic_stress", "Pa",
                                        "hydrostatic stress, mean; pressure is negative", 0};
  for (int a = 0; a < shear->count; a++) {
    put(columns, &shear->item[a], &of_strain, mean->strain[a]);
    put(columns, &shear->item[a], &of_stress, mean->stress[a]);
    put(columns, &shear->item[a], &of_hydrostatic, mean->hydrostatic[a]);
  }
}

static Shear new_shear(int count) {
  return (Shear){BP_NEW(double, count), BP_NEW(double, count), BP_NEW(double, count)};
}

static void free_shear(Shear *mean) {
  free(mean->strain);
  free(mean->stress);
  free(mean->hydrostatic);
}

void bp_output_add_columns(BpOutput *output) {
  const BpJoint *joint = output->joint;
  Columns columns = {.results = output->results};
  for (int a = 0; a < joint->averages.count; a++)
    add_average(output, &joint->averages.item[a], is_reported(joint, a));
  for (int a = output->shear.count - output->own; a < output->shear.count; a++)
    add_average(output, &output->shear.item[a], 0);
  put_step(&columns, &(BpHistoryRow){0});
  put_joint(&columns, joint);
  Shear none = new_shear(output->shear.count);
  put_shear(&columns, &output->shear, &none);
  free_shear(&none);
}

PetscErrorCode bp_output_row(const BpOutput *output, const BpHistoryRow *row, double **value) {
  const BpAverages *shear = &output->shear;
  Columns columns = {0};
  Shear mean = new_shear(shear->count);
  PetscCall(bp_averages_mean(output->model, shear, shear_strain, NULL, mean.strain));
  PetscCall(bp_averages_mean(output->model, shear, shear_stress, NULL, mean.stress));
  PetscCall(bp_averages_mean(output->model, shear, hydrostatic_stress, NULL, mean.hydrostatic));
  put_step(&columns, row);
  put_joint(&columns, output->joint);
  put_shear(&columns, shear, &mean);
  free_shear(&mean);
  *value = columns.value;
  return 0;
}

#include "umat.h"

#include "config.h"

#include <dirent.h>
#include <stdlib.h>

const char *bp_material_name(const BpMaterial *m) {
  return m->name;
}

const char *bp_material_title(const BpMaterial *m) {
  return m->title ? m->title : m->name;
}

const char *bp_material_note(const BpMaterial *m) {
  return m->note ? m->note : "";
}

const char *bp_material_source(const BpMaterial *m) {
  return m->source;
}

const char *bp_material_trust(const BpMaterial *m) {
  return m->trust;
}

const char *bp_material_class(const BpMaterial *m) {
  return m->class < 0 ? "" : bp_card_classes[m->class];
}

const char *bp_material_unverified(const BpMaterial *m) {
  return m->unverified ? m->unverified : "";
}

const BpLaw *bp_material_law(const BpMaterial *m) {
  return m->law;
}

const char *bp_material_file(const BpMaterial *m) {
  return m->file;
}

const char *bp_material_library(const BpMaterial *m) {
  return m->umat ? m->umat->file : "";
}

void bp_material_param(const BpMaterial *m, double T, double *param) {
  for (int i = 0; i < m->law->nparam; i++)
    param[i] = bp_param_value(&m->param[i], T);
}

static double axis_strain(const BpExpansion *e, const BpParam *axis, double T0, double T1) {
  if (!e->mean)
    return bp_param_integral(axis, T0, T1);
  return bp_param_value(axis, T1) * (T1 - e->reference) -
         bp_param_value(axis, T0) * (T0 - e->reference);
}

void bp_material_thermal_strain(const BpMaterial *m, double T0, double T1, double strain[6]) {
  const BpExpansion *e = &m->expansion;
  for (int i = 0; i < e->naxes; i++)
    strain[i] = axis_strain(e, &e->axis[i], T0, T1);
  for (int i = e->naxes; i < 3; i++)
    strain[i] = strain[0];
  strain[3] = strain[4] = strain[5] = 0.0;
}

double bp_material_axes_angle(const BpMaterial *m) {
  return m->axes_angle;
}

static int within(double T, const double range[2]) {
  const double slack = 1e-9 * range[1]; /* 217 degC is inside a range that ends at 217 degC */
  return T >= range[0] - slack && T <= range[1] + slack;
}

BpStatus bp_material_range(const BpMaterial *m, double T) {
  if (!within(T, m->hard))
    return BP_BAD;
  return within(T, m->fitted) ? BP_OK : BP_CUT;
}

void bp_material_limits(const BpMaterial *m, double fitted[2], double hard[2]) {
  memcpy(fitted, m->fitted, sizeof m->fitted);
  memcpy(hard, m->hard, sizeof m->hard);
}

int bp_material_varies(const BpMaterial *m) {
  for (int i = 0; i < m->law->nparam; i++)
    if (bp_param_varies(&m->param[i]))
      return 1;
  return 0;
}

double bp_material_property(const BpMaterial *m, BpProperty property, double T) {
  const BpParam *p = &m->property[property];
  return p->n > 0 ? bp_param_value(p, T) : (double)NAN;
}

void bp_material_free(BpMaterial *m) {
  if (!m)
    return;
  for (int i = 0; m->law && i < m->law->nparam; i++)
    bp_param_free(&m->param[i]);
  for (int i = 0; i < 3; i++)
    bp_param_free(&m->expansion.axis[i]);
  for (int i = 0; i < BP_PROPERTIES; i++)
    bp_param_free(&m->property[i]);
  bp_umat_free(m->umat);
  free(m->param);
  free(m->check);
  free(m->name);
  free(m->title);
  free(m->file);
  free(m->source);
  free(m->note);
  free(m->trust);
  free(m->unverified);
  free(m);
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

int bp_material_list(char ***names) {
  static const char ending[] = ".yaml", beside[] = "/README.md";
  char path[BP_PATH];
  int count = 0;
  *names = NULL;
  DIR *folder = NULL;
  if (bp_data_file("materials/cards/README.md", path, sizeof path) == BP_OK) {
    path[strlen(path) - (sizeof beside - 1)] = '\0';
    folder = opendir(path);
  }
  if (!folder)
    return 0;
  for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
    const size_t length = strlen(entry->d_name), tail = sizeof ending - 1;
    if (length <= tail || strcmp(entry->d_name + length - tail, ending) != 0 ||
        entry->d_name[0] == '.')
      continue;
    BP_GROW(*names, count + 1);
    (*names)[count++] = bp_format("%.*s", (int)(length - tail), entry->d_name);
  }
  closedir(folder);
  if (count > 0)
    qsort(*names, (size_t)count, sizeof **names, by_name);
  return count;
}

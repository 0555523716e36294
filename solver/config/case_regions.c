/* The regions of the model, those of a cell or those of a user's mesh. */
#include "case_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int bp_case_is_mesh(const BpCase *bp) {
  return strcmp(bp->model.kind, "mesh") == 0;
}

int bp_case_has_heat(const BpCase *bp) {
  return strcmp(bp->load.heat.solve, "alone") == 0 || strcmp(bp->load.heat.solve, "coupled") == 0;
}

int bp_case_has_field(const BpCase *bp) {
  return strcmp(bp->load.heat.solve, "prescribed") == 0;
}

int bp_case_is_heat_alone(const BpCase *bp) {
  return strcmp(bp->load.heat.solve, "alone") == 0;
}

double bp_case_edge_angle(const BpCase *bp) {
  const int along_edge = bp_case_is_mesh(bp) || (bp_case_is_array(bp) && !bp_case_is_strip(bp));
  return along_edge ? 0.0 : -0.25 * M_PI;
}

int bp_case_region(const BpCase *bp, const char *name) {
  for (int i = 0; i < bp->materials.count; i++)
    if (strcmp(bp->materials.region[i].name, name) == 0)
      return i;
  return -1;
}

void bp_case_region_key(const BpCase *bp, int region, char *key, size_t size) {
  snprintf(key, size, "%smaterials.%s", bp_case_is_mesh(bp) ? "model." : "",
           bp->materials.region[region].name);
}

static int is_joined(int region) {
  return region == BP_REGION_SOLDER || region == BP_REGION_BOARD_PAD || region == BP_REGION_MASK ||
         region == BP_REGION_BOARD || region == BP_REGION_INTERMETALLIC ||
         region == BP_REGION_UNDERFILL;
}

void bp_case_complete_regions(BpCase *bp) {
  BpMaterialsCase *m = &bp->materials;
  if (!bp_case_is_mesh(bp)) {
    m->count = BP_REGIONS;
    for (int i = 0; i < BP_REGIONS; i++) {
      snprintf(m->region[i].name, sizeof m->region[i].name, "%s", bp_region_name(i));
      m->region[i].joined = is_joined(i);
    }
    return;
  }
  m->count = bp->model.nmaterials < BP_MAX_REGIONS ? bp->model.nmaterials : BP_MAX_REGIONS;
  for (int i = 0; i < m->count; i++) {
    const BpMeshMaterial *from = &bp->model.material[i];
    m->region[i] = (BpRegionMaterial){.stress_free = from->stress_free > 0.0 ? from->stress_free
                                                                             : bp->load.start,
                                      .joined = strcmp(from->joined, "yes") == 0};
    snprintf(m->region[i].name, sizeof m->region[i].name, "%s", from->name);
    snprintf(m->region[i].card, sizeof m->region[i].card, "%s", from->card);
  }
}

/* Takes the child of a map out of it. */
static BpYamlNode *detach(BpYamlNode *map, const char *key) {
  for (int i = 0; i < map->nchild; i++) {
    BpYamlNode *node = map->child[i];
    if (strcmp(node->key, key) != 0)
      continue;
    memmove(map->child + i, map->child + i + 1, (size_t)(map->nchild - i - 1) * sizeof(void *));
    map->nchild--;
    return node;
  }
  return NULL;
}

void bp_case_move_materials(BpYaml *tree) {
  const BpYamlNode *kind = bp_yaml_find(tree, "model.kind");
  BpYamlNode *model = bp_yaml_find(tree, "model");
  if (!kind || kind->kind != BP_YAML_SCALAR || strcmp(kind->text, "mesh") != 0 ||
      bp_yaml_child(model, "materials"))
    return;
  BpYamlNode *materials = detach(tree->root, "materials");
  if (!materials)
    return;
  model->child = bp_resize(model->child, (size_t)model->nchild + 1, sizeof(void *));
  model->child[model->nchild++] = materials;
}

static double sooner(const double *times, int n, double t, double next) {
  for (int i = 0; i < n; i++)
    if (times[i] > t * (1.0 + 1e-12) + 1e-9)
      next = fmin(next, times[i]);
  return next;
}

double bp_case_next_time(const BpCase *bp, double t) {
  double next = HUGE_VAL;
  for (int i = 0; i < bp->model.nboundary; i++)
    next = sooner(bp->model.boundary[i].times, bp->model.boundary[i].ntimes, t, next);
  for (int i = 0; i < bp->load.heat.nsources; i++)
    next = sooner(bp->load.heat.source[i].times, bp->load.heat.source[i].ntimes, t, next);
  next = sooner(bp->load.heat.field.times, bp->load.heat.field.ntimes, t, next);
  for (int i = 0; i < bp->output.nprobes; i++)
    next = sooner(bp->output.probe[i].times, bp->output.probe[i].ntimes, t, next);
  return next;
}

#include "case_impl.h"

#include <math.h>

static const BpField material_rows[] = {
    BP_ROW("card", "card of the library, or path of a card file",
           BP_TEXT(BpMeshMaterial, card, NULL)),
    BP_ROW("stress_free", "temperature without thermal strain; left out: load.start",
           BP_QUANTITY(BpMeshMaterial, stress_free, "K", NULL), BP_ABOVE(0.0)),
    BP_ROW("joined", "yes: becomes part of the body at load.start, free of stress there",
           BP_TEXT(BpMeshMaterial, joined, NULL), .values = "yes|no"),
};

#define DISPLACEMENT(key, d)                                                                       \
  BP_ROW(key, "prescribed displacement", BP_QUANTITY(BpBoundaryCase, displacement[d], "m", NULL))

static const BpField boundary_rows[] = {
    BP_ROW("on", "physical surface, curve or point of the mesh", BP_TEXT(BpBoundaryCase, on, NULL)),
    BP_ROW("fixed", "components without displacement: ux, uy, uz",
           BP_WORDS(BpBoundaryCase, fixed, nfixed, NULL)),
    DISPLACEMENT("ux", 0),
    DISPLACEMENT("uy", 1),
    DISPLACEMENT("uz", 2),
    BP_ROW("symmetry", "yes: a plane surface, without displacement along its normal",
           BP_TEXT(BpBoundaryCase, symmetry, NULL), .values = "yes|no"),
    BP_ROW("pressure", "against the surface", BP_QUANTITY(BpBoundaryCase, pressure, "Pa", NULL)),
    BP_ROW("traction", "force per area along x, y and z",
           BP_QUANTITIES(BpBoundaryCase, traction, ntraction, "Pa", NULL)),
    BP_ROW("foundation", "springs along the normal, force per area and displacement",
           BP_QUANTITY(BpBoundaryCase, foundation, "N/m3", NULL), BP_AT_LEAST(0.0)),
    BP_ROW("temperature", "prescribed", BP_QUANTITY(BpBoundaryCase, temperature, "K", NULL),
           BP_ABOVE(0.0)),
    BP_ROW("flux", "heat into the body per area and time",
           BP_QUANTITY(BpBoundaryCase, flux, "W/m2", NULL)),
    BP_ROW("convection", "heat from the surroundings per area, time and difference to ambient",
           BP_QUANTITY(BpBoundaryCase, convection, "W/m2/K", NULL), BP_AT_LEAST(0.0)),
    BP_ROW("emissivity", "of a grey surface that radiates to surroundings at ambient",
           BP_QUANTITY(BpBoundaryCase, emissivity, "", NULL), BP_BETWEEN(0.0, 1.0)),
    BP_ROW("ambient", "temperature of the surroundings",
           BP_QUANTITY(BpBoundaryCase, ambient, "K", NULL), BP_ABOVE(0.0)),
    BP_ROW("times", "of the factors that loads and displacements are multiplied by",
           BP_QUANTITIES(BpBoundaryCase, times, ntimes, "s", NULL)),
    BP_ROW("factors", "at the times, linear in between, constant before and after; left out: 1",
           BP_QUANTITIES(BpBoundaryCase, factors, nfactors, "", NULL)),
};

static const BpField joint_rows[] = {
    BP_ROW("column", "along x, counted from 1", BP_INTEGER(BpArrayJoint, column, NULL),
           BP_BETWEEN(1.0, 1000.0)),
    BP_ROW("row", "along y, counted from 1", BP_INTEGER(BpArrayJoint, row, NULL),
           BP_BETWEEN(1.0, 1000.0)),
};

static const BpField rows[] = {
    BP_ROW(
        "model.kind",
        "cell: one joint in a pitch x pitch cell, x axis from the neutral point; strip: the joints "
        "on the array's diagonal, x axis along it; quarter, octant: the whole array by its "
        "symmetry, axes along the die's edges; mesh: a Gmsh file of the user's",
        BP_TEXT(BpCase, model.kind, "cell"), .values = "cell|strip|quarter|octant|mesh"),
    BP_ROW("model.detailed",
           "joints of an array in full detail, the first one is reported; none: the corner joint",
           BP_RECORDS(BpCase, model.detailed, model.ndetailed, joint_rows)),
    BP_ROW("model.neutral_distance", "from the neutral point of the package to the joint's axis",
           BP_QUANTITY(BpCase, model.neutral_distance, "m", "3.18 mm"), BP_AT_LEAST(0.0)),
    BP_ROW("model.symmetry",
           "of the cell: half (y >= 0), full, or auto: half where the joint is its mirror image",
           BP_TEXT(BpCase, model.symmetry, "auto"), .values = "auto|half|full"),
    BP_ROW("model.file", "of kind mesh: MSH 4.1 or 2.2 with physical names",
           BP_TEXT(BpCase, model.file, NULL)),
    BP_ROW("model.unit", "length of 1 in the file", BP_QUANTITY(BpCase, model.unit, "m", "1 m"),
           BP_ABOVE(0.0)),
    BP_ROW(
        "model.materials", "of kind mesh: material of each physical volume by its name",
        BP_MAPPING(BpCase, model.material, model.nmaterials, material_rows, BpMeshMaterial, name)),
    BP_ROW("model.boundary", "of kind mesh: what is prescribed where",
           BP_RECORDS(BpCase, model.boundary, model.nboundary, boundary_rows)),
};

const BpFieldTable bp_case_model_table = {rows, BP_COUNT(rows)};

int bp_boundary_is_thermal(const BpBoundaryCase *b) {
  return b->temperature > 0.0 || fabs(b->flux) > 0.0 || b->convection > 0.0 ||
         b->emissivity > 0.0 || b->ambient > 0.0;
}

unsigned bp_boundary_components(const BpBoundaryCase *boundary) {
  unsigned bits = 0;
  for (int i = 0; i < boundary->nfixed; i++)
    bits |= 1u << (boundary->fixed[i][1] - 'x');
  for (int d = 0; d < 3; d++)
    bits |= fabs(boundary->displacement[d]) > 0.0 ? 1u << d : 0u;
  return bits;
}

int bp_boundary_is_along(const BpBoundaryCase *boundary, int axis) {
  int clamped = boundary->nfixed >= 3;
  for (int d = 0; d < 3; d++)
    clamped &= !(fabs(boundary->displacement[d]) > 0.0);
  return !clamped && (bp_boundary_components(boundary) >> axis & 1u);
}

double bp_boundary_factor(const BpBoundaryCase *boundary, double time) {
  const double *t = boundary->times, *f = boundary->factors;
  const int n = boundary->ntimes;
  if (n == 0)
    return 1.0;
  for (int i = 0; i < n; i++)
    if (time < t[i])
      return i == 0 ? f[0] : f[i - 1] + (f[i] - f[i - 1]) * (time - t[i - 1]) / (t[i] - t[i - 1]);
  return f[n - 1];
}

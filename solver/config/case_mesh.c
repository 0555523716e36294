#include "case_impl.h"

static const BpField rows[] = {
    BP_ROW("mesh.level", "each level divides all sizes by sqrt 2; 0 is the quick mesh",
           BP_INTEGER(BpCase, mesh.level, "0"), BP_BETWEEN(0.0, 6.0)),
    BP_ROW("mesh.extra_radii", "further circles that the plan conforms to, as compared pads need",
           BP_QUANTITIES(BpCase, mesh.extra_radii, mesh.nextra_radii, "m", "[]"), BP_ABOVE(0.0)),
    BP_ROW("mesh.extra_angles",
           "further radial lines of the plan, from the x axis, as compared pads need",
           BP_QUANTITIES(BpCase, mesh.extra_angles, mesh.nextra_angles, "rad", "[]"),
           BP_BETWEEN(0.0, 6.2831853071795862)),
    BP_ROW("mesh.extra_levels", "further heights that the layers conform to, as compared pads need",
           BP_QUANTITIES(BpCase, mesh.extra_levels, mesh.nextra_levels, "m", "[]")),
};

const BpFieldTable bp_case_mesh_table = {rows, BP_COUNT(rows)};

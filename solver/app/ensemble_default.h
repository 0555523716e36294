/* What --ensemble varies where --vary says nothing else of a key. A key with one value alone is
 * not varied, and the output says so. */
#ifndef BP_ENSEMBLE_DEFAULT_H
#define BP_ENSEMBLE_DEFAULT_H

/* Three kinds of law for SnAgCu: unified viscoplastic, hyperbolic-sine creep, two powers. */
#define BP_ENSEMBLE_CARDS                                                                          \
  "materials.solder.card=sac305_anand_motalab2012,sac387_garofalo_schubert2003,"                   \
  "sac387_double_power_wiese"

#define BP_ENSEMBLE_RULES "package.ball.rule=equal_volume,equal_standoff"
/* The strip bends and shares the load as an array does, at half the cost of an octant. */
#define BP_ENSEMBLE_MODELS "model.kind=cell,strip"

#endif

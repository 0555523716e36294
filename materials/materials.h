/* Materials for those who use them: a card is a law with its constants over temperature, expansion,
 * source and range. */
#ifndef BP_MATERIALS_H
#define BP_MATERIALS_H

#include "base.h"
#include "law.h"

typedef struct BpMaterial BpMaterial;

/* Loads a card by library name ("sac305_anand_motalab2012") or by path (contains '/' or ends in
 * .yaml). Problems (unknown name with the nearest one, missing source, unit, range, constants out
 * of their hard bounds, not positive definite over the range) are added with BP_EXIT_CASE; NULL
 * then. Values that are unusual for the material's class by a factor of 1e3 or 1e6, as a mistaken
 * unit makes them, are warnings. */
BpMaterial *bp_material_load(const char *name, BpProblems *problems);
void bp_material_free(BpMaterial *material);

/* What the card says about itself, one line each.
 * title   of the material; the name where the card has none
 * class   "solder", "metal", "polymer", "ceramic" or "laminate"; "" where the card does not say
 * source  authors (year), doi, table; ends with "(unverified)" where trust is M, and with
 *         "(unverified: E, density)" where these keys were not checked against their source
 * note    on the source; "" where there is none
 * trust   "V", "S", "C" or "M" (unverified)
 * unverified  "all" where trust is M, else the keys, "E, density"; "" where there is none
 * file    path of the card
 * library path of the library that its law comes from; "" for the laws of the table */
const char *bp_material_name(const BpMaterial *material);
const char *bp_material_title(const BpMaterial *material);
const char *bp_material_class(const BpMaterial *material);
const char *bp_material_source(const BpMaterial *material);
const char *bp_material_note(const BpMaterial *material);
const char *bp_material_trust(const BpMaterial *material);
const char *bp_material_unverified(const BpMaterial *material);
const char *bp_material_file(const BpMaterial *material);
const char *bp_material_library(const BpMaterial *material);

const BpLaw *bp_material_law(const BpMaterial *material);

/* Constants of the law at temperature T (K), SI. param [law->nparam]. */
void bp_material_param(const BpMaterial *material, double T, double *param);

/* Thermal strain from T0 to T1, the integral of the instantaneous expansion coefficient, along the
 * material's own axes: strain [6] Mandel. Exact for tables (linear between points), polynomials and
 * mean coefficients.
 */
void bp_material_thermal_strain(const BpMaterial *material, double T0, double T1, double strain[6]);

/* Angle of the material's axis 1 from the die's edge about z, rad (card key axes_angle; silicon cut
 * along <110>: pi/4). */
double bp_material_axes_angle(const BpMaterial *material);

/* Checks that T lies within the card's ranges: BP_OK inside the fitted range, BP_CUT outside the
 * fitted but inside the hard range (a warning is due), BP_BAD outside the hard range. */
BpStatus bp_material_range(const BpMaterial *material, double T);
void bp_material_limits(const BpMaterial *material, double fitted[2], double hard[2]);

/* 1 when a constant of the law, elastic or not, depends on temperature. */
int bp_material_varies(const BpMaterial *material);

typedef enum {
  BP_CONDUCTIVITY_1, /* W/m/K along the material's axes */
  BP_CONDUCTIVITY_2,
  BP_CONDUCTIVITY_3,
  BP_HEAT_CAPACITY, /* J/kg/K */
  BP_DENSITY,       /* kg/m3 */
  BP_RESISTIVITY,   /* ohm m, electrical */
  BP_PROPERTIES
} BpProperty;

/* A thermal or electrical property at temperature T (K), SI; NAN if the card does not give it. */
double bp_material_property(const BpMaterial *material, BpProperty property, double T);

/* What heat needs of a body of the material. The mesh is the body as it was made, so that its mass
 * per volume of the mesh stays what it was at 20 degC; the enthalpy is that density times the
 * integral of the heat capacity.
 * Each returns NAN where the card does not give a property. */

/* Heat that warms the body from T0 to T1 (K), J/m3, exact for tables and polynomials. */
double bp_material_heat(const BpMaterial *material, double T0, double T1);

/* Its derivative by T1 at T (K), J/m3/K. */
double bp_material_capacity(const BpMaterial *material, double T);

/* Conductivity k and its derivative by temperature at T (K), W/m/K and W/m/K2, [3][3] by rows in
 * axes that the material's axes are turned from by an angle about z, rad. */
void bp_material_conductivity(const BpMaterial *material, double angle, double T, double k[9],
                              double slope[9]);

/* 1 when conductivity, or heat capacity, changes with temperature. */
int bp_material_conductivity_varies(const BpMaterial *material);
int bp_material_capacity_varies(const BpMaterial *material);

/* The first property that heat needs and the card does not give: "conductivity", "heat_capacity",
 * "density"; or that is not positive somewhere between T0 and T1 (K). NULL if there is none; *given
 * 0 where it is missing. storage 0: in a steady state heat capacity and density do not matter. */
const char *bp_material_heat_lacks(const BpMaterial *material, int storage, const double range[2],
                                   int *given);

typedef enum {
  BP_CHECK_SATURATION, /* steady stress of a tension test, Pa */
  BP_CHECK_STRESS,     /* stress of a tension test at a strain, Pa */
  BP_CHECK_EXPANSION,  /* instantaneous expansion coefficient along axis 1, 1/K */
  BP_CHECK_YOUNG       /* Young's modulus in the plane of axes 1 and 2, Pa */
} BpCheckKind;

typedef struct {
  BpCheckKind kind;
  double temperature; /* K */
  double published;   /* SI */
  double computed;    /* SI; NAN when the law refused the path */
  double tolerance;   /* relative */
  int line;           /* of the card */
} BpCheckResult;

/* Number of published points of the card; computes point i. */
int bp_material_checks(const BpMaterial *material);
BpCheckResult bp_material_check(const BpMaterial *material, int i);

/* Names of the library's cards in alphabetical order. Returns their number; *names [number] and
 * each of them are to be freed with free(). */
int bp_material_list(char ***names);

#endif

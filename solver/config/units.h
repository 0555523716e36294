/* "26 GPa", "50 um", "-40 degC" -> SI, with a check of the dimension. UDUNITS-2 knows the units. */
#ifndef BP_UNITS_H
#define BP_UNITS_H

#include "base.h"

/* Reads a number with a unit.
 * text     "5 um", "22.5 ppm/K", "-40 degC", "15 min", "500 /s" (a leading slash means 1/unit)
 * si       SI unit that the dimension must agree with: "m", "K", "Pa", "s", "1/K", "kg/m3",
 *          "W/m/K", "rad", "" or "1" for a pure number (which must then carry no unit). A
 *          temperature (si "K") takes degC, K, degF; a temperature difference has si "delta_K" and
 *          refuses degC with a remedy
 * value    in SI, out; untouched when the result is BP_BAD
 * message  [size] receives what is wrong and what would be right, when the result is BP_BAD */
BpStatus bp_units_read(const char *text, const char *si, double *value, char *message, size_t size);

/* Writes value (SI) with the unit people use for it, in the fewest digits that read back to the
 * same value: 5e-6 m as "5 um", 398.15 K as "125 degC". */
void bp_units_write(double value, const char *si, char *text, size_t size);

/* The same for messages, with six digits at most. */
void bp_units_show(double value, const char *si, char *text, size_t size);

/* Frees the table of units, which the first reading or writing loads; a later one loads it again.
 */
void bp_units_free(void);

#endif

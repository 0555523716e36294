/* Units by UDUNITS-2, in the part of its grammar that people use. Internal to this folder. */
#ifndef BP_UNIT_SYSTEM_H
#define BP_UNIT_SYSTEM_H

typedef struct {
  double numerator, denominator; /* value = x numerator / denominator + offset, one of them 1 */
  double offset;                 /* not 0 for degC and degF only */
} BpConversion;

typedef enum {
  BP_UNIT_KNOWN,
  BP_UNIT_NO_DATABASE,     /* UDUNITS-2 does not find its files */
  BP_UNIT_BAD_SYNTAX,      /* *rest is the place that cannot be read, "" if something is missing */
  BP_UNIT_UNKNOWN,         /* well formed, but no such unit */
  BP_UNIT_OTHER_DIMENSION, /* a unit of something else */
  BP_UNIT_BAD_TARGET       /* `si` itself is none of the above: a mistake of the program */
} BpUnitResult;

/* How to convert `unit` ("um", "ppm/K", "/s", "W/m2/K", "1" for a pure number) to `si`. rest may
 * be set to a place in `unit`. */
BpUnitResult bp_unit_system_convert(const char *unit, const char *si, BpConversion *conversion,
                                    const char **rest);

double bp_unit_system_to_si(const BpConversion *conversion, double x);
double bp_unit_system_from_si(const BpConversion *conversion, double value);

/* Forgets the units database; the next conversion loads it again. */
void bp_unit_system_free(void);

#endif

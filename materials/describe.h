/* The numbers of a card as a person reads them. */
#ifndef BP_DESCRIBE_H
#define BP_DESCRIBE_H

#include "materials.h"

typedef struct {
  char *name;       /* "E", "expansion", "conductivity_2" where the axes differ */
  const char *help; /* what it is */
  const char *unit; /* SI, as in units.h */
  char *text;       /* over temperature with units: "46.5 GPa", or a table or polynomial in words */
  double value;     /* SI, at the temperature that was asked for */
  int verified;     /* 0: not compared with its source, see bp_material_unverified() */
  int standard;     /* 1: the law's own value, which the card need not give */
} BpCardNumber;

/* Constants of the law, expansion, thermal data, in this order, with values at T (K). Returns their
 * number; *number is to be freed with bp_material_numbers_free(). */
int bp_material_numbers(const BpMaterial *material, double T, BpCardNumber **number);
void bp_material_numbers_free(BpCardNumber *number, int count);

/* What published point i is: "saturation at 25 degC, 0.001 /s"; unit receives that of its value. To
 * be freed with free(). */
char *bp_material_check_text(const BpMaterial *material, int i, const char **unit);

#endif

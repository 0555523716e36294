/* Every law with constants to test it with: the cards of the library, and those of
 * tests/contract/cards, which hold round numbers for what no card of the library uses. */
#ifndef BP_TEST_SUBJECTS_H
#define BP_TEST_SUBJECTS_H

#include "materials.h"

enum { BP_TEST_STATES = 96, BP_TEST_PARAMS = 64 }; /* values of a point, constants, at most */

typedef struct {
  const BpLaw *law;
  BpMaterial *material;
  double param[BP_TEST_PARAMS]; /* room for bp_material_param() */
} BpTestSubject;

/* All of them; *count receives their number, and is 0 after printing problems if a card does not
 * load. */
BpTestSubject *bp_test_subjects(int *count);
void bp_test_subjects_free(BpTestSubject *subject, int count);

/* 1 if any of the subjects has this law. */
int bp_test_has_law(const BpTestSubject *subject, int count, const BpLaw *law);

/* A material made of a law's name and the text of its constants, "{E: 50 GPa, nu: 0.3}", good from
 * 200 to 500 K. Fails the test if it does not load; free with bp_material_free(). */
BpMaterial *bp_test_material(const char *law, const char *params);

#endif

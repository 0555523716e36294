/* Which quantities the fields hold, those that output.quantities names. Regions are always among
 * them: without them no other value can be told whose it is. */
#include "output_impl.h"

#include "nearest.h"

#include <stdlib.h>

void bp_output_refuse_name(const BpCase *bp, const char *what, const char *name,
                           const char *const *known, int n, BpProblems *problems) {
  char key[BP_NAME], *all = bp_copy_text(n > 0 ? "" : "none");
  for (int i = 0; i < n; i++) {
    char *longer = bp_format("%s%s%s", all, i > 0 ? ", " : "", known[i]);
    free(all);
    all = longer;
  }
  const char *nearest = bp_nearest_word(name, known, n);
  snprintf(key, sizeof key, "%.*s", (int)strcspn(what, ":"), what);
  bp_case_problem(bp, problems, BP_EXIT_CASE, key, "%s '%s'; %s%s%sknown are %.600s", what, name,
                  nearest ? "did you mean '" : "", nearest ? nearest : "", nearest ? "'? " : "",
                  all);
  free(all);
}

static int count_quantities(void) {
  int n = 0;
  while (bp_quantities[n])
    n++;
  return n;
}

void bp_output_check_quantities(const BpCase *bp, BpProblems *problems) {
  const int n = count_quantities();
  const char **known = BP_NEW(const char *, n + 1);
  for (int i = 0; i < n; i++)
    known[i] = bp_quantities[i]->name;
  known[n] = "all";
  for (int i = 0; i < bp->output.nquantities; i++) {
    int found = 0;
    for (int k = 0; k <= n; k++)
      found |= strcmp(bp->output.quantities[i], known[k]) == 0;
    if (!found)
      bp_output_refuse_name(bp, "output.quantities: there is no quantity", bp->output.quantities[i],
                            known, n + 1, problems);
  }
  free(known);
}

/* Heat alone knows nothing else. */
static int is_of_heat(const BpQuantity *quantity) {
  return quantity->regions || strcmp(quantity->name, "temperature") == 0;
}

static int wants(const BpCase *bp, const BpQuantity *quantity) {
  if (bp_case_is_heat_alone(bp) && !is_of_heat(quantity))
    return 0;
  for (int i = 0; i < bp->output.nquantities; i++)
    if (strcmp(bp->output.quantities[i], quantity->name) == 0 ||
        strcmp(bp->output.quantities[i], "all") == 0)
      return 1;
  return quantity->regions;
}

void bp_output_choose_quantities(BpOutput *output) {
  output->quantity = BP_NEW(const BpQuantity *, count_quantities());
  for (int i = 0; bp_quantities[i]; i++)
    if (wants(output->model->bp, bp_quantities[i]))
      output->quantity[output->nquantities++] = bp_quantities[i];
}

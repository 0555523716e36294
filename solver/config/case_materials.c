#include "case_impl.h"

#include <string.h>

#define CARD(name, index, preset)                                                                  \
  BP_ROW("materials." name ".card", "card of the library, or path of a card file",                 \
         BP_TEXT(BpCase, materials.region[index].card, preset), .alone = 1)

/* A region of the package: it is there before the joint is made. */
#define BUILT(name, index, preset)                                                                 \
  CARD(name, index, preset),                                                                       \
      BP_ROW("materials." name ".stress_free", "temperature without thermal strain",               \
             BP_QUANTITY(BpCase, materials.region[index].stress_free, "K", "= load.start"),        \
             BP_ABOVE(0.0))

#define JOINED(name, index, preset)                                                                \
  CARD(name, index, preset),                                                                       \
      BP_ROW("materials." name ".stress_free",                                                     \
             "what is joined at reflow is strain-free at load.start; remove this key",             \
             .type = BP_FIELD_REFUSED)

static const BpField rows[] = {
    BUILT("die", BP_REGION_DIE, "silicon_hopcroft2010"),
    BUILT("passivation", BP_REGION_PASSIVATION, "sin_pecvd_generic"),
    BUILT("dielectric1", BP_REGION_DIELECTRIC1, "polyimide_generic"),
    BUILT("dielectric2", BP_REGION_DIELECTRIC2, "polyimide_generic"),
    BUILT("wiring", BP_REGION_WIRING, "copper_rdl_bilinear_generic"),
    BUILT("dielectric3", BP_REGION_DIELECTRIC3, "polyimide_generic"),
    JOINED("solder", BP_REGION_SOLDER, "sac305_anand_motalab2012"),
    JOINED("board_pad", BP_REGION_BOARD_PAD, "copper_rdl_bilinear_generic"),
    JOINED("mask", BP_REGION_MASK, "psr4000_taiyo"),
    JOINED("board", BP_REGION_BOARD, "fr4_generic"),
    BUILT("chip_pad", BP_REGION_CHIP_PAD, "aluminium_pad_bilinear_generic"),
    BUILT("underbump", BP_REGION_UNDERBUMP, "nickel_plated_generic"),
    JOINED("intermetallic", BP_REGION_INTERMETALLIC, "cu6sn5_elastic_fields"),
    JOINED("underfill", BP_REGION_UNDERFILL, "underfill_uf9000ae_henkel2024"),
};

const BpFieldTable bp_case_materials_table = {rows, BP_COUNT(rows)};

static const char *const names[BP_REGIONS] = {
    [BP_REGION_DIE] = "die",
    [BP_REGION_PASSIVATION] = "passivation",
    [BP_REGION_DIELECTRIC1] = "dielectric1",
    [BP_REGION_DIELECTRIC2] = "dielectric2",
    [BP_REGION_WIRING] = "wiring",
    [BP_REGION_DIELECTRIC3] = "dielectric3",
    [BP_REGION_SOLDER] = "solder",
    [BP_REGION_BOARD_PAD] = "board_pad",
    [BP_REGION_MASK] = "mask",
    [BP_REGION_BOARD] = "board",
    [BP_REGION_CHIP_PAD] = "chip_pad",
    [BP_REGION_UNDERBUMP] = "underbump",
    [BP_REGION_INTERMETALLIC] = "intermetallic",
    [BP_REGION_UNDERFILL] = "underfill",
};

const char *bp_region_name(int region) {
  return names[region];
}

int bp_region_find(const char *name) {
  for (int i = 0; i < BP_REGIONS; i++)
    if (strcmp(names[i], name) == 0)
      return i;
  return -1;
}

int bp_region_is_there(const BpPackage *package, int region) {
  switch (region) {
  case BP_REGION_CHIP_PAD:
    return package->wiring.trace.width > 0.0;
  case BP_REGION_UNDERBUMP:
    return package->films.underbump > 0.0;
  case BP_REGION_INTERMETALLIC:
    return package->films.intermetallic > 0.0;
  case BP_REGION_UNDERFILL:
    return strcmp(package->films.underfill, "gap") == 0;
  default:
    return 1;
  }
}

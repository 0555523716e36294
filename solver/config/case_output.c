#include "case_impl.h"

static const BpField rows[] = {
    BP_ROW("output.fields", "when fields are stored: at the end of every dwell, every step, never",
           BP_TEXT(BpCase, output.fields, "dwells"), .values = "dwells|steps|none"),
    BP_ROW("output.quantities",
           "what the fields hold, by name ([displacement, work_density]), or all; the material is "
           "always there",
           BP_WORDS(BpCase, output.quantities, output.nquantities, "all")),
    BP_ROW("output.states",
           "states of the laws that the fields hold besides, by name ([resistance]), or all",
           BP_WORDS(BpCase, output.states, output.nstates, "[]")),
    BP_ROW("output.compression",
           "of the fields, by deflate: 0 none, 1 fast, 9 small (slow, and not much smaller)",
           BP_INTEGER(BpCase, output.compression, "0"), BP_BETWEEN(0.0, 9.0)),
    BP_ROW("output.layer", "solder within this distance of wetted copper makes the averages",
           BP_QUANTITY(BpCase, output.layer, "m", "25 um"), BP_ABOVE(0.0)),
    BP_ROW("output.layers", "further layers in the history",
           BP_QUANTITIES(BpCase, output.layers, output.nlayers, "m",
                         "[10 um, 12.7 um, 25.4 um, 38.1 um]"),
           BP_ABOVE(0.0)),
    BP_ROW("output.checkpoint", "a checkpoint after so many steps; 0: only where a run is stopped",
           BP_INTEGER(BpCase, output.checkpoint, "10"), BP_BETWEEN(0.0, 1e6)),
    BP_ROW("output.copper_zone", "copper within this distance of walls and edges",
           BP_QUANTITY(BpCase, output.copper_zone, "m", "5 um"), BP_ABOVE(0.0)),
};

const BpFieldTable bp_case_output_table = {rows, BP_COUNT(rows)};

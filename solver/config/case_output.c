#include "case_impl.h"

static const BpField rows[] = {
    BP_ROW("output.fields", "when fields are stored: at the end of every dwell, every step, never",
           BP_TEXT(BpCase, output.fields, "dwells"), .values = "dwells|steps|none"),
    BP_ROW("output.layer", "solder within this distance of wetted copper makes the averages",
           BP_QUANTITY(BpCase, output.layer, "m", "25 um"), BP_ABOVE(0.0)),
    BP_ROW("output.layers", "further layers in the history",
           BP_QUANTITIES(BpCase, output.layers, output.nlayers, "m",
                         "[10 um, 12.7 um, 25.4 um, 38.1 um]"),
           BP_ABOVE(0.0)),
    BP_ROW("output.copper_zone", "copper within this distance of walls and edges",
           BP_QUANTITY(BpCase, output.copper_zone, "m", "5 um"), BP_ABOVE(0.0)),
};

const BpFieldTable bp_case_output_table = {rows, BP_COUNT(rows)};

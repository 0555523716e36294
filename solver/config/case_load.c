#include "case_impl.h"

static const BpField segment_rows[] = {
    BP_ROW("to", "temperature at the end of a ramp", BP_QUANTITY(BpSegment, to, "K", NULL),
           BP_ABOVE(0.0)),
    BP_ROW("rate", "of the ramp, without a sign", BP_QUANTITY(BpSegment, rate, "K/s", NULL),
           BP_ABOVE(0.0)),
    BP_ROW("hold", "a dwell, in place of to and rate", BP_QUANTITY(BpSegment, hold, "s", NULL),
           BP_ABOVE(0.0)),
};

static const BpField rows[] = {
    BP_ROW("load.start", "joining temperature: solder and board are strain-free there",
           BP_QUANTITY(BpCase, load.start, "K", "217 degC"), BP_ABOVE(0.0)),
    BP_ROW("load.cooling.to", "temperature after joining",
           BP_QUANTITY(BpCase, load.cool_to, "K", "25 degC"), BP_ABOVE(0.0)),
    BP_ROW("load.cooling.rate", "of the cooling after joining",
           BP_QUANTITY(BpCase, load.cool_rate, "K/s", "1 K/s"), BP_ABOVE(0.0)),
    BP_ROW("load.cooling.hold", "dwell after the cooling",
           BP_QUANTITY(BpCase, load.cool_hold, "s", "15 min"), BP_AT_LEAST(0.0)),
    BP_ROW("load.profile", "named cycle of JESD22-A104 or IPC-9701A, used while programme is empty",
           BP_TEXT(BpCase, load.profile, "JESD22-A104-G")),
    BP_ROW("load.ramp", "of the named cycle, from one end to the other",
           BP_QUANTITY(BpCase, load.ramp, "s", "15 min"), BP_ABOVE(0.0)),
    BP_ROW("load.dwell", "of the named cycle, at both ends",
           BP_QUANTITY(BpCase, load.dwell, "s", "15 min"), BP_ABOVE(0.0)),
    BP_ROW("load.programme", "one cycle of ramps {to, rate} and dwells {hold}",
           BP_RECORDS(BpCase, load.programme, load.nprogramme, segment_rows)),
    BP_ROW("load.cycles", "full cycles after the first, partial one",
           BP_INTEGER(BpCase, load.cycles, "3"), BP_BETWEEN(1.0, 10000.0)),
};

const BpFieldTable bp_case_load_table = {rows, BP_COUNT(rows)};

#include "case_impl.h"

static const BpField segment_rows[] = {
    BP_ROW("to", "temperature at the end of a ramp", BP_QUANTITY(BpSegment, to, "K", NULL),
           BP_ABOVE(0.0)),
    BP_ROW("rate", "of the ramp, without a sign", BP_QUANTITY(BpSegment, rate, "K/s", NULL),
           BP_ABOVE(0.0)),
    BP_ROW("hold", "a dwell, in place of to and rate", BP_QUANTITY(BpSegment, hold, "s", NULL),
           BP_ABOVE(0.0)),
    BP_ROW("power", "of the package during the ramp or dwell",
           BP_QUANTITY(BpSegment, power, "W", NULL), BP_AT_LEAST(0.0)),
};

static const BpField source_rows[] = {
    BP_ROW("region", "that heat arises in", BP_TEXT(BpHeatSourceCase, region, NULL)),
    BP_ROW("power", "of the whole region as it is meshed",
           BP_QUANTITY(BpHeatSourceCase, power, "W", NULL)),
    BP_ROW("density", "in place of power", BP_QUANTITY(BpHeatSourceCase, density, "W/m3", NULL)),
    BP_ROW("times", "of the factors that the power is multiplied by",
           BP_QUANTITIES(BpHeatSourceCase, times, ntimes, "s", NULL)),
    BP_ROW("factors", "at the times, linear in between, constant before and after; left out: 1",
           BP_QUANTITIES(BpHeatSourceCase, factors, nfactors, "", NULL)),
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
    BP_ROW("load.soak_mode",
           "of JESD22-A104, 1 to 4: the dwell is at least 1, 5, 10, 15 min; 0: load.dwell alone",
           BP_INTEGER(BpCase, load.soak_mode, "0"), BP_BETWEEN(0.0, 4.0)),
    BP_ROW("load.mission",
           "CSV of one cycle, columns time, temperature of the chamber and power, used while "
           "programme is empty",
           BP_TEXT(BpCase, load.mission, NULL)),
    BP_ROW("load.programme", "one cycle of ramps {to, rate} and dwells {hold}, each with a power",
           BP_RECORDS(BpCase, load.programme, load.nprogramme, segment_rows)),
    BP_ROW("load.cycles", "full cycles after the first, partial one",
           BP_INTEGER(BpCase, load.cycles, "3"), BP_BETWEEN(1.0, 10000.0)),
    BP_ROW("load.steady_change",
           "the run ends after the cycle whose work differs by at most this from the one before; "
           "0: after load.cycles",
           BP_QUANTITY(BpCase, load.steady_change, "", "0"), BP_BETWEEN(0.0, 0.5)),
    BP_ROW("load.heat.solve",
           "none: the temperature is the programme's everywhere; alone: heat conduction, without "
           "mechanics; coupled: mechanics at the temperatures of heat conduction; prescribed: at "
           "those "
           "of load.heat.field",
           BP_TEXT(BpCase, load.heat.solve, "none"), .values = "none|alone|coupled|prescribed"),
    BP_ROW("load.heat.field.name",
           "of prescribed, the scalar at the nodes of the mesh ($NodeData) that is the temperature",
           BP_TEXT(BpCase, load.heat.field.name, "temperature")),
    BP_ROW("load.heat.field.unit", "of its values in the file",
           BP_TEXT(BpCase, load.heat.field.unit, "degC"), .values = "degC|K"),
    BP_ROW("load.heat.field.times", "of the factors",
           BP_QUANTITIES(BpCase, load.heat.field.times, load.heat.field.ntimes, "s", "[]")),
    BP_ROW("load.heat.field.factors",
           "the temperature is load.start + factor (field - load.start), linear in between and "
           "constant before and after; left out: 1",
           BP_QUANTITIES(BpCase, load.heat.field.factors, load.heat.field.nfactors, "", "[]")),
    BP_ROW("load.heat.steady", "of heat alone, yes: the steady state at the end of the programme",
           BP_TEXT(BpCase, load.heat.steady, "no"), .values = "yes|no"),
    BP_ROW("load.heat.tolerance", "largest error of the temperature in a step",
           BP_QUANTITY(BpCase, load.heat.tolerance, "delta_K", "0.1 K"), BP_ABOVE(0.0)),
    BP_ROW("load.heat.first_step", "of heat, after every corner of the load",
           BP_QUANTITY(BpCase, load.heat.first_step, "s", "10 ms"), BP_ABOVE(0.0)),
    BP_ROW("load.heat.max_step", "of heat", BP_QUANTITY(BpCase, load.heat.max_step, "s", "1 h"),
           BP_ABOVE(0.0)),
    BP_ROW("load.heat.convection",
           "from the chamber, which has the programme's temperature, to the outside of package and "
           "board; of kind mesh model.boundary says it",
           BP_QUANTITY(BpCase, load.heat.convection, "W/m2/K", "20 W/m2/K"), BP_AT_LEAST(0.0)),
    BP_ROW("load.heat.emissivity",
           "of that outside, which radiates to walls as warm as the chamber",
           BP_QUANTITY(BpCase, load.heat.emissivity, "", "0"), BP_BETWEEN(0.0, 1.0)),
    BP_ROW("load.heat.power_region", "that the power of the programme arises in, evenly",
           BP_TEXT(BpCase, load.heat.power_region, "die")),
    BP_ROW("load.heat.sources", "regions that heat arises in",
           BP_RECORDS(BpCase, load.heat.source, load.heat.nsources, source_rows)),
};

const BpFieldTable bp_case_load_table = {rows, BP_COUNT(rows)};

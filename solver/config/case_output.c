#include "case_impl.h"

static const BpField probe_rows[] = {
    BP_ROW("name", "in summary.json", BP_TEXT(BpProbeCase, name, NULL)),
    BP_ROW("at", "place, [x, y, z]", BP_QUANTITIES(BpProbeCase, at, nat, "m", NULL)),
    BP_ROW("quantity", "ux, uy, uz, sxx, syy, szz, syz, sxz, sxy, von_mises, ...",
           BP_TEXT(BpProbeCase, quantity, NULL)),
    BP_ROW("region", "on an interface: the region whose value it is",
           BP_TEXT(BpProbeCase, region, NULL)),
    BP_ROW("times", "ends of steps; left out: the end of the run",
           BP_QUANTITIES(BpProbeCase, times, ntimes, "s", NULL)),
};

static const BpField average_rows[] = {
    BP_ROW("name", "in the history; package and board are the sides of a joint, for the lives",
           BP_TEXT(BpAverageCase, name, NULL)),
    BP_ROW("region", "physical volume whose law is inelastic",
           BP_TEXT(BpAverageCase, region, NULL)),
    BP_ROW("on", "physical surface; left out: the mean over the whole region",
           BP_TEXT(BpAverageCase, on, NULL)),
    BP_ROW("distance", "from the surface; left out: output.layer",
           BP_QUANTITY(BpAverageCase, distance, "m", NULL), BP_ABOVE(0.0)),
};

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
    BP_ROW("output.tension_zone",
           "passivation and dielectrics within this distance of the edges of ring and well",
           BP_QUANTITY(BpCase, output.tension_zone, "m", "2 um"), BP_ABOVE(0.0)),
    BP_ROW("output.probes", "values at points, in summary.json",
           BP_RECORDS(BpCase, output.probe, output.nprobes, probe_rows)),
    BP_ROW("output.averages", "of kind mesh: means over regions, or layers at surfaces",
           BP_RECORDS(BpCase, output.average, output.naverages, average_rows)),
};

const BpFieldTable bp_case_output_table = {rows, BP_COUNT(rows)};

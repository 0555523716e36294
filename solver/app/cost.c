/* Fits to runs of the default cell with 20 000 to 108 000 free unknowns on one and two ranks.
 *
 *   steps   sum over the segments of the programme of 6.4 + 0.88 / time_tolerance^(1/3), or of the
 *           steps of max_step that fit into it where these are more: a segment starts with a
 *           fortieth of its length and steps grow at most twofold, then the second-order formula
 *           has its say (83 steps in 10 segments at 0.1, 190 in 18 at 0.01)
 *   memory  100 MB for each rank and 8 kB for each unknown (measured 7.2 kB on one, 8.5 on two)
 *   time    20 us for each step and unknown at 26 000 unknowns on one rank, growing with the power
 *           1.25 of the unknowns (the coarse factor) and falling with the power 0.7 of the ranks.
 *           Parts of an array, processor time of one rank: 35 us in the octant of 237 000 unknowns,
 *           35 us by this; 51 us in the strip of 137 000, 30 us by this, so that a strip counts
 *           1.6 times. Memory 1.36 GB in the octant, 2.0 by this, 0.96 GB on each of two ranks */
#include "cost.h"

#include "programme.h"

#include <math.h>

static const double steps_of_segment = 6.4, steps_of_tolerance = 0.88;
static const double bytes_of_rank = 100e6, bytes_of_unknown = 8e3;
static const double seconds = 20e-6, unknowns_measured = 26e3, growth = 0.25, speed_up = 0.7;
static const double of_strip = 1.6;

static int count_steps(const BpCase *bp) {
  BpProgramme *programme = bp_programme_build(&bp->load);
  const double own = steps_of_segment + steps_of_tolerance / cbrt(bp->solver.time_tolerance);
  double steps = 0.0;
  for (int i = 1; i < programme->count; i++) {
    const double length = programme->corner[i].time - programme->corner[i - 1].time;
    steps += fmax(own, length / bp->solver.max_step);
  }
  bp_programme_free(programme);
  return (int)lround(fmax(steps, bp->solver.ntimes));
}

BpCost bp_cost_estimate(const BpCase *bp, int unknowns, int nranks) {
  BpCost cost = {.steps = count_steps(bp)};
  cost.memory = bytes_of_rank * nranks + bytes_of_unknown * unknowns;
  cost.time = seconds * cost.steps * unknowns * pow(unknowns / unknowns_measured, growth) /
              pow(nranks, speed_up);
  if (bp_case_is_strip(bp))
    cost.time *= of_strip;
  return cost;
}

/* Inside the mesh layer: the wiring outside the ball pad's disc - teardrop, trace and capture pad -
 * with the openings that lead it down to the chip pad. Everything here is empty where the case has
 * no trace.
 *
 * In the plan the wiring leaves the disc at its edge, narrows along the teardrop's straight sides
 * to the trace and ends in the round capture pad. The openings in passivation, D1 and D2 are round
 * and concentric with it. The chip pad is a square of metal in the die's face, below the
 * passivation: its top is the plane that the passivation lies on. */
#ifndef BP_TRACE_H
#define BP_TRACE_H

#include "geometry.h"

enum { BP_TRACE_STEPS = 6, BP_TRACE_CURVES = 64 };

int bp_trace_is_on(const BpPackage *package);

/* A direction of exactly 0 or pi keeps y = 0 exact. */
void bp_trace_direction(const BpPackage *package, double along[2]);

/* Half of the angle, rad, that the trace's root takes of the disc's edge; 0 without a trace. */
double bp_trace_neck(const BpPackage *package);

/* 1 if a place of the plan (m) outside the disc is under the wiring, over the chip pad. */
int bp_trace_covers(const BpPackage *package, const double at[2]);
int bp_trace_is_chip_pad(const BpPackage *package, const double at[2]);

/* Distance of a place from the axis of the openings; infinite without a trace. */
double bp_trace_from_via(const BpPackage *package, const double at[2]);

/* Films at a distance from the openings' axis, with or without the wiring on them. */
BpColumn bp_trace_column(const BpGeometry *geometry, double from_via, int copper);

/* Circles around the openings' axis where a film ends or copper stands on a wall, sorted, without
 * doubles. Returns their number. */
int bp_trace_steps(const BpGeometry *geometry, double radii[BP_TRACE_STEPS]);

/* Curves outside the disc where the films or the chip pad change, on one side of the trace: side 1
 * is to the left of its direction, -1 to the right. Returns their number. */
int bp_trace_curves(const BpGeometry *geometry, int side, BpPlaneCurve curve[BP_TRACE_CURVES]);

/* Lines from the openings' axis to the edge of the capture pad, or to the widest opening towards
 * the trace, on one side of it: they divide each half circle in so many arcs. */
int bp_trace_spokes(const BpGeometry *geometry, int side, int arcs,
                    BpPlaneCurve curve[BP_TRACE_CURVES]);

/* What the trace adds to the volume of each region, whole joint, m3. */
void bp_trace_volumes(const BpGeometry *geometry, double change[BP_REGIONS]);

/* Rules of trace, openings, capture pad and chip pad. Problems as of bp_geometry_build(). */
void bp_trace_check(const BpGeometry *geometry, BpProblems *problems);

#endif

#include "case_impl.h"

#define LENGTH(path, member, preset, help)                                                         \
  BP_ROW("package." path, help, BP_QUANTITY(BpCase, package.member, "m", preset), BP_ABOVE(0.0))

#define OPENING(path, member, help)                                                                \
  BP_ROW("package." path, help, BP_QUANTITY(BpCase, package.member, "m", "20 um"), BP_AT_LEAST(0.0))

/* From 30 to 90 deg. */
#define WALL(path, member, help)                                                                   \
  BP_ROW("package.pad." path ".wall_angle", help " against the plan",                              \
         BP_QUANTITY(BpCase, package.member, "rad", "90 deg"),                                     \
         BP_BETWEEN(0.52359877559829882, 1.5707963267948968))

/* What an edge's radius would cost, and what stands for it. */
#define CORNER(path)                                                                               \
  BP_ROW(                                                                                          \
      "package.pad." path ".corner_radius",                                                        \
      "corners are sharp (radius 0): each chord of a rounded one is a level of all columns, 16 "   \
      "% more unknowns for one, 48 % for three; remove this key, or lean the wall with "           \
      "wall_angle (docs/adr/0034-not-carried.md)",                                                 \
      .type = BP_FIELD_REFUSED)

#define OVERLAY(film, help)                                                                        \
  BP_ROW("package.overlay." #film ".x", help ", along x",                                          \
         BP_QUANTITY(BpCase, package.overlay.film[0], "m", "0 um"), BP_BETWEEN(-5e-5, 5e-5)),      \
      BP_ROW("package.overlay." #film ".y", "the same along y",                                    \
             BP_QUANTITY(BpCase, package.overlay.film[1], "m", "0 um"), BP_BETWEEN(-5e-5, 5e-5))

static const BpField annulus_rows[] = {
    BP_ROW("inner_radius", "inner wall; left out for a disc",
           BP_QUANTITY(BpAnnulus, inner_radius, "m", NULL), BP_AT_LEAST(0.0)),
    BP_ROW("outer_radius", "outer wall", BP_QUANTITY(BpAnnulus, outer_radius, "m", NULL),
           BP_ABOVE(0.0)),
};

#define ORIENTATION(path, object, member)                                                          \
  BP_ROW(path, "of the first one, from the direction to the die's centre",                         \
         BP_QUANTITY(object, member, "rad", "0 deg"),                                              \
         BP_BETWEEN(-6.2831853071795862, 6.2831853071795862))

static const BpField circle_rows[] = {
    BP_ROW("count", "dimples at equal distances", BP_INTEGER(BpDimpleCircle, count, NULL),
           BP_BETWEEN(1.0, BP_PAD_DIMPLES)),
    BP_ROW("circle_radius", "circle that their axes are on",
           BP_QUANTITY(BpDimpleCircle, radius, "m", NULL), BP_ABOVE(0.0)),
    ORIENTATION("orientation", BpDimpleCircle, orientation),
};

static const BpField rows[] = {
    LENGTH("pitch", pitch, "0.5 mm", "distance from joint to joint"),
    BP_ROW("package.scribe.width", "scribe lines between the chips of the wafer; 0: none",
           BP_QUANTITY(BpCase, package.scribe_width, "m", "80 um"), BP_AT_LEAST(0.0)),
    BP_ROW("package.dicing.kerf", "cut along the scribe lines; 0: the wafer is not diced",
           BP_QUANTITY(BpCase, package.kerf, "m", "40 um"), BP_AT_LEAST(0.0)),
    BP_ROW("package.array.columns", "joints along x, centred on the die",
           BP_INTEGER(BpCase, package.array.columns, "10"), BP_BETWEEN(1.0, 1000.0)),
    BP_ROW("package.array.rows", "joints along y, centred on the die",
           BP_INTEGER(BpCase, package.array.rows, "10"), BP_BETWEEN(1.0, 1000.0)),
    LENGTH("passivation.thickness", passivation_thickness, "0.8 um",
           "passivation over the whole chip"),
    OPENING("passivation.opening_radius", passivation_opening,
            "opening over the chip pad, 0: closed"),
    LENGTH("die.size", die.size, "5 mm", "edge of the square die"),
    LENGTH("die.thickness", die.thickness, "350 um", "silicon"),
    LENGTH("chip_pad.thickness", chip_pad.thickness, "1 um",
           "metal in the die's face that a trace leads to"),
    LENGTH("chip_pad.size", chip_pad.size, "60 um", "edge of the square chip pad"),
    LENGTH("chip_pad.distance", chip_pad.distance, "200 um",
           "middle of chip pad, openings and capture pad from the ball's axis"),
    BP_ROW("package.chip_pad.direction",
           "to the chip pad's middle, from the direction away from the neutral point",
           BP_QUANTITY(BpCase, package.chip_pad.direction, "rad", "0 deg"),
           BP_BETWEEN(-6.2831853071795862, 6.2831853071795862)),
    LENGTH("dielectrics.first.thickness", dielectrics.first, "5 um", "D1, below the wiring"),
    OPENING("dielectrics.first.via_radius", dielectrics.first_via,
            "opening over the chip pad, 0: closed"),
    LENGTH("dielectrics.second.thickness", dielectrics.second, "5 um",
           "D2, below the wiring; the ring is made of it"),
    OPENING("dielectrics.second.via_radius", dielectrics.second_via,
            "opening over the chip pad, 0: closed"),
    LENGTH("dielectrics.third.thickness", dielectrics.third, "5 um", "D3, over the rim copper"),
    LENGTH("dielectrics.third.hole_radius", dielectrics.hole_radius, "125 um",
           "connection hole in D3, where the solder wets"),
    BP_ROW("package.dielectrics.set_back",
           "of all three from the die's edge, in models of an array; 0: they reach it",
           BP_QUANTITY(BpCase, package.dielectrics.set_back, "m", "0 um"), BP_AT_LEAST(0.0)),
    LENGTH("wiring.thickness", wiring.thickness, "5 um", "copper on horizontal surfaces"),
    BP_ROW("package.wiring.wall_ratio", "copper on side walls relative to wiring.thickness",
           BP_QUANTITY(BpCase, package.wiring.wall_ratio, "", "0.7"), .min = 0.0, .max = 2.0,
           .open = BP_OPEN_MIN),
    LENGTH("wiring.disc_radius", wiring.disc_radius, "135 um", "ball-pad disc of the wiring"),
    LENGTH("wiring.capture_radius", wiring.capture_radius, "24 um",
           "round pad of the wiring over the openings"),
    BP_ROW("package.wiring.trace.width",
           "from the disc to the capture pad; 0: no trace, no openings and no chip pad",
           BP_QUANTITY(BpCase, package.wiring.trace.width, "m", "0 um"), BP_AT_LEAST(0.0)),
    LENGTH("wiring.trace.reach", wiring.trace.reach, "= package.chip_pad.distance",
           "end of the trace from the ball's axis; shorter cuts it off"),
    BP_ROW("package.wiring.trace.teardrop.length", "from the disc's edge, where the trace is wider",
           BP_QUANTITY(BpCase, package.wiring.trace.teardrop_length, "m", "20 um"),
           BP_AT_LEAST(0.0)),
    BP_ROW("package.wiring.trace.teardrop.ratio", "width at the disc relative to trace.width",
           BP_QUANTITY(BpCase, package.wiring.trace.teardrop_ratio, "", "2"), BP_AT_LEAST(1.0)),
    BP_ROW("package.pad.shape", "key in the table of pad shapes: flat, embossed and others",
           BP_TEXT(BpCase, package.pad.shape, "flat")),
    BP_ROW("package.pad.ring.inner_radius",
           "polymer ring, inner wall; read for every shape; 0: a disc",
           BP_QUANTITY(BpCase, package.pad.ring.inner_radius, "m", "55 um"), BP_AT_LEAST(0.0)),
    LENGTH("pad.ring.outer_radius", pad.ring.outer_radius, "77.8 um", "polymer ring, outer wall"),
    LENGTH("pad.ring.height", pad.ring.height, "= package.dielectrics.second.thickness",
           "polymer ring, from the surface it stands on"),
    WALL("ring", pad.ring.wall_angle, "of the walls of rings, whose radii are those of their feet"),
    CORNER("ring"),
    BP_ROW("package.pad.ring.gaps.count", "gaps in the ring, alike and at equal distances",
           BP_INTEGER(BpCase, package.pad.ring.gaps.count, "0"), BP_BETWEEN(0.0, BP_PAD_GAPS)),
    BP_ROW("package.pad.ring.gaps.angle", "of a gap, between its radial faces of polymer",
           BP_QUANTITY(BpCase, package.pad.ring.gaps.angle, "rad", "20 deg"),
           BP_INSIDE(0.0, 6.2831853071795862)),
    BP_ROW("package.pad.ring.gaps.orientation",
           "middle of the first gap, from the direction to the die's centre",
           BP_QUANTITY(BpCase, package.pad.ring.gaps.orientation, "rad", "0 deg"),
           BP_BETWEEN(-6.2831853071795862, 6.2831853071795862)),
    BP_ROW("package.pad.further_rings",
           "concentric rings beside the ring, as high and without gaps",
           BP_RECORDS(BpCase, package.pad.further_rings, package.pad.nfurther_rings, annulus_rows)),
    BP_ROW("package.pad.dimples.count",
           "round bumps on a circle, in place of the rings; read for every shape; 0: none",
           BP_INTEGER(BpCase, package.pad.dimples.circle.count, "0"),
           BP_BETWEEN(0.0, BP_PAD_DIMPLES)),
    LENGTH("pad.dimples.circle_radius", pad.dimples.circle.radius, "66 um",
           "circle that the dimples' axes are on"),
    ORIENTATION("package.pad.dimples.orientation", BpCase, package.pad.dimples.circle.orientation),
    BP_ROW(
        "package.pad.dimples.further_circles", "more dimples, alike, on other circles",
        BP_RECORDS(BpCase, package.pad.dimples.further, package.pad.dimples.nfurther, circle_rows)),
    BP_ROW("package.pad.dimples.centre", "dimples on the joint's axis, 0 or 1",
           BP_INTEGER(BpCase, package.pad.dimples.centre, "0"), BP_BETWEEN(0.0, 1.0)),
    LENGTH("pad.dimples.radius", pad.dimples.radius, "12 um", "of a dimple"),
    LENGTH("pad.dimples.height", pad.dimples.height, "= package.dielectrics.second.thickness",
           "of a dimple, from the surface it stands on"),
    BP_ROW("package.pad.first_dielectric",
           "D1 that stays on the floor of a well: islands, pedestals of rings, or all of it",
           BP_RECORDS(BpCase, package.pad.first_dielectric, package.pad.nfirst_dielectric,
                      annulus_rows)),
    LENGTH("pad.concave.radius", pad.concave_radius, "115 um", "well through the dielectrics"),
    WALL("concave", pad.concave_wall_angle, "of the well's wall, whose radius is that of its foot"),
    CORNER("concave"),
    OVERLAY(second, "D2's rings, and a well in D2 alone, against D1"),
    OVERLAY(wiring, "the wiring's disc against D1"),
    OVERLAY(third, "the connection hole, and with it ball and board, against D1"),
    BP_ROW("package.ball.diameter", "free ball before reflow; 0: a joint of paste alone",
           BP_QUANTITY(BpCase, package.ball.diameter, "m", "300 um"), BP_AT_LEAST(0.0)),
    BP_ROW("package.ball.paste_volume", "solder that the paste adds to the ball",
           BP_QUANTITY(BpCase, package.ball.paste_volume, "m3", "0 mm3"), BP_AT_LEAST(0.0)),
    BP_ROW("package.ball.rule",
           "what compared pads have in common: the solder of ball and paste, or the stand-off",
           BP_TEXT(BpCase, package.ball.rule, "equal_volume"),
           .values = "equal_volume|equal_standoff"),
    BP_ROW("package.ball.standoff",
           "of equal_standoff, from the hole's edge to the board pad; 0: that of the flat pad with "
           "this ball",
           BP_QUANTITY(BpCase, package.ball.standoff, "m", "0 um"), BP_AT_LEAST(0.0)),
    BP_ROW("package.underbump.thickness",
           "metal on the copper that the connection hole leaves free; 0: none",
           BP_QUANTITY(BpCase, package.films.underbump, "m", "0 um"), BP_AT_LEAST(0.0)),
    BP_ROW("package.intermetallic.thickness",
           "between the solder and what it wets, on both sides of the joint; 0: none",
           BP_QUANTITY(BpCase, package.films.intermetallic, "m", "0 um"), BP_AT_LEAST(0.0)),
    BP_ROW("package.underfill.fill", "of the gap around the joint, from the die to the board",
           BP_TEXT(BpCase, package.films.underfill, "none"), .values = "none|gap"),
    LENGTH("board.size", board.size, "15 mm", "edge of the square board, of models of an array"),
    LENGTH("board.thickness", board.thickness, "1 mm", "board under the joint"),
    LENGTH("board.pad_radius", board.pad_radius, "125 um", "copper pad of the board"),
    LENGTH("board.pad_thickness", board.pad_thickness, "25 um", "copper pad of the board"),
    LENGTH("board.mask_opening_radius", board.mask_opening_radius, "175 um",
           "opening of the solder mask, wider than the pad"),
    LENGTH("board.mask_thickness", board.mask_thickness, "20 um", "solder mask"),
};

const BpFieldTable bp_case_package_table = {rows, BP_COUNT(rows)};

#include "case_impl.h"

#define LENGTH(path, member, preset, help)                                                         \
  BP_ROW("package." path, help, BP_QUANTITY(BpCase, package.member, "m", preset), BP_ABOVE(0.0))

static const BpField rows[] = {
    LENGTH("pitch", pitch, "0.5 mm", "distance from joint to joint"),
    LENGTH("passivation.thickness", passivation_thickness, "0.8 um",
           "passivation over the whole chip"),
    LENGTH("die.size", die.size, "5 mm", "edge of the square die"),
    LENGTH("die.thickness", die.thickness, "350 um", "silicon"),
    LENGTH("dielectrics.first.thickness", dielectrics.first, "5 um", "D1, below the wiring"),
    LENGTH("dielectrics.second.thickness", dielectrics.second, "5 um",
           "D2, below the wiring; the ring is made of it"),
    LENGTH("dielectrics.third.thickness", dielectrics.third, "5 um", "D3, over the rim copper"),
    LENGTH("dielectrics.third.hole_radius", dielectrics.hole_radius, "125 um",
           "connection hole in D3, where the solder wets"),
    LENGTH("wiring.thickness", wiring.thickness, "5 um", "copper on horizontal surfaces"),
    BP_ROW("package.wiring.wall_ratio", "copper on side walls relative to wiring.thickness",
           BP_QUANTITY(BpCase, package.wiring.wall_ratio, "", "0.7"), .min = 0.0, .max = 2.0,
           .open = BP_OPEN_MIN),
    LENGTH("wiring.disc_radius", wiring.disc_radius, "135 um", "ball-pad disc of the wiring"),
    BP_ROW("package.pad.shape", "key in the table of pad shapes: flat, embossed and others",
           BP_TEXT(BpCase, package.pad.shape, "flat")),
    LENGTH("pad.ring.inner_radius", pad.ring.inner_radius, "55 um",
           "polymer ring, inner wall; read for every shape"),
    LENGTH("pad.ring.outer_radius", pad.ring.outer_radius, "77.8 um", "polymer ring, outer wall"),
    LENGTH("pad.ring.height", pad.ring.height, "= package.dielectrics.second.thickness",
           "polymer ring, from the surface it stands on"),
    LENGTH("pad.concave.radius", pad.concave_radius, "115 um", "well through the dielectrics"),
    LENGTH("ball.diameter", ball.diameter, "300 um", "free ball before reflow"),
    BP_ROW("package.ball.paste_volume", "solder that the paste adds to the ball",
           BP_QUANTITY(BpCase, package.ball.paste_volume, "m3", "0 mm3"), BP_AT_LEAST(0.0)),
    LENGTH("board.thickness", board.thickness, "1 mm", "board under the joint"),
    LENGTH("board.pad_radius", board.pad_radius, "125 um", "copper pad of the board"),
    LENGTH("board.pad_thickness", board.pad_thickness, "25 um", "copper pad of the board"),
    LENGTH("board.mask_opening_radius", board.mask_opening_radius, "175 um",
           "opening of the solder mask, wider than the pad"),
    LENGTH("board.mask_thickness", board.mask_thickness, "20 um", "solder mask"),
};

const BpFieldTable bp_case_package_table = {rows, BP_COUNT(rows)};

/* The package side of a joint in section. */
#ifndef BP_SECTION_H
#define BP_SECTION_H

#include "mesh.h"
#include "page.h"

/* Films over the radius, from the axis to a little beyond the wiring's disc, through the ring. */
void bp_section_fill(const BpGeometry *geometry, BpSection *section);
void bp_section_free(BpSection *section);

#endif

/* The package side in section: half of it, from the axis to beyond the wiring's disc, true to
 * scale, die below. The films are those that the mesh was made of. */
#include "page_impl.h"

#include <string.h>

enum { SIZE = 640, LEFT = 16, ABOVE = 18, BELOW = 34, RADIUS_STEP = 25 }; /* pixels; um */

static const char wetted_colour[] = "#a00000";
static const double die_shown = 4e-6, solder_shown = 6e-6; /* m; of both only this much */

/* From the die upwards; the films stand in the order of BP_SECTION_FILMS, of which solder wets the
 * upper face of number WETTED. */
static const struct {
  const char *name, *colour;
} materials[] = {
    {"silicon", "#c6cede"},
    {"passivation", "#5f6d86"},
    {"D1", "#f3e3a4"},
    {"D2, with the ring", "#dfba55"},
    {"copper", "#c98a5c"},
    {"underbump metal", "#8d9a6b"},
    {"intermetallic layer", "#7a6a8a"},
    {"D3", "#e9efc8"},
    {"solder", "#b4bac4"},
};

enum { SILICON, PASSIVATION, FILM, SOLDER = FILM + BP_SECTION_FILMS, WETTED = 4 };

typedef struct {
  FILE *out;
  const BpSection *section;
  double scale;  /* pixels for a metre */
  double height; /* m, z of the picture's upper end */
} Drawing;

static double at_x(const Drawing *d, double r) {
  return LEFT + d->scale * r;
}

static double at_y(const Drawing *d, double z) {
  return ABOVE + d->scale * (d->height - z);
}

static double outer(const BpSection *s) {
  return s->radius[s->count - 1];
}

static void put_box(const Drawing *d, int material, const double r[2], const double z[2]) {
  fprintf(d->out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>\n",
          at_x(d, r[0]), at_y(d, z[1]), d->scale * (r[1] - r[0]), d->scale * (z[1] - z[0]),
          materials[material].colour);
}

/* Lower face of film f in annulus i. */
static double base(const BpSection *s, int i, int f) {
  return f > 0 ? s->top[i][f - 1] : 0.0;
}

/* Optional films may be nowhere. */
static int is_there(const BpSection *s, int f) {
  for (int i = 0; i < s->count; i++)
    if (s->top[i][f] > base(s, i, f))
      return 1;
  return 0;
}

/* 1 if a material is drawn in any of the sections. */
static int is_drawn(const BpSection *s, int material) {
  return material < FILM || material >= SOLDER || is_there(s, material - FILM);
}

/* A film as one closed line: along its upper faces outwards, back along its lower ones. */
static void put_film(const Drawing *d, int f) {
  const BpSection *s = d->section;
  fprintf(d->out, "<path fill=\"%s\" d=\"M%.2f %.2f", materials[FILM + f].colour, at_x(d, 0.0),
          at_y(d, s->top[0][f]));
  for (int i = 0; i < s->count; i++)
    fprintf(d->out, "V%.2fH%.2f", at_y(d, s->top[i][f]), at_x(d, s->radius[i]));
  for (int i = s->count - 1; i >= 0; i--)
    fprintf(d->out, "V%.2fH%.2f", at_y(d, base(s, i, f)), at_x(d, i > 0 ? s->radius[i - 1] : 0.0));
  fputs("Z\"/>\n", d->out);
}

/* Upper face of the copper, or of the films on it, outwards as far as solder wets it. */
static void put_wetted_line(const Drawing *d) {
  const BpSection *s = d->section;
  double inner = 0.0;
  fprintf(d->out, "M%.2f %.2f", at_x(d, 0.0), at_y(d, s->top[0][WETTED]));
  for (int i = 0; i < s->count && inner < s->hole - 1e-9; inner = s->radius[i++])
    fprintf(d->out, "V%.2fH%.2f", at_y(d, s->top[i][WETTED]), at_x(d, s->radius[i]));
}

static void put_solder(const Drawing *d) {
  fprintf(d->out, "<path fill=\"%s\" d=\"", materials[SOLDER].colour);
  put_wetted_line(d);
  fprintf(d->out, "V%.2fH%.2fZ\"/>\n", at_y(d, d->height), at_x(d, 0.0));
}

/* The wetted copper, along the section. */
static void put_wetted(const Drawing *d) {
  fprintf(d->out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" d=\"", wetted_colour);
  put_wetted_line(d);
  fputs("\"/>\n", d->out);
}

/* The axis of the joint, and radii along the lower end. */
static void put_axis(const Drawing *d) {
  const double low = at_y(d, -d->section->passivation - die_shown);
  fprintf(d->out,
          "<path fill=\"none\" stroke=\"#1a1a1a\" stroke-dasharray=\"9 3 2 3\" d=\"M%.2f 4V%.2f\"/>"
          "\n<g stroke=\"#1a1a1a\"><path d=\"M%.2f %.2fH%.2f\"/>",
          at_x(d, 0.0), low + 6.0, at_x(d, 0.0), low + 6.0, at_x(d, outer(d->section)));
  for (int um = 0; um * 1e-6 <= outer(d->section); um += RADIUS_STEP)
    fprintf(d->out, "<path d=\"M%.2f %.2fv5\"/>", at_x(d, um * 1e-6), low + 6.0);
  fputs("</g>\n<g font-size=\"12\" text-anchor=\"middle\" fill=\"#1a1a1a\">", d->out);
  for (int um = 0; um * 1e-6 <= outer(d->section); um += RADIUS_STEP)
    fprintf(d->out, "<text x=\"%.2f\" y=\"%.2f\">%d%s</text>", at_x(d, um * 1e-6), low + 23.0, um,
            um == 0 ? "" : " \u00b5m");
  fputs("</g>\n", d->out);
}

static void put_drawing(const Drawing *d) {
  const BpSection *s = d->section;
  const double all[2] = {0.0, outer(s)}, die[2] = {-s->passivation - die_shown, -s->passivation},
               passivation[2] = {-s->passivation, 0.0};
  put_box(d, SILICON, all, die);
  put_box(d, PASSIVATION, all, passivation);
  for (int f = 0; f < BP_SECTION_FILMS; f++)
    if (is_there(s, f))
      put_film(d, f);
  put_solder(d);
  put_wetted(d);
  put_axis(d);
}

static void put_figure(const BpPrinter *p, int i, double widest) {
  const BpSection *s = &p->page->of[i].section;
  const Drawing d = {p->out, s, SIZE / widest, s->plane + solder_shown};
  const double height = ABOVE + d.scale * (d.height + s->passivation + die_shown) + BELOW;
  fprintf(
      p->out,
      "<figure>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Section %d\">\n"
      "<svg viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\" role=\"img\" "
      "aria-labelledby=\"section-%d\" font-family=\"sans-serif\">\n<title id=\"section-%d\">",
      i + 1, SIZE + LEFT + 32, height, SIZE + LEFT + 32, height, i + 1, i + 1);
  bp_html_say(p->out, "Package side of %s in section: %s", p->page->summary[i].name,
              p->page->of[i].shape);
  fputs("</title>\n", p->out);
  put_drawing(&d);
  fputs("</svg>\n</div>\n<figcaption>", p->out);
  bp_html_put(p->out, "strong", "%s", p->page->summary[i].name);
  bp_html_say(p->out, " (%s: %s)", p->page->summary[i].pad, p->page->of[i].shape);
  fputs("</figcaption>\n</figure>\n", p->out);
}

/* The key to the colours, below the drawing. */
static void put_key_below(const Drawing *d, double y) {
  double x = LEFT;
  for (int i = 0; i <= BP_COUNT(materials); i++) {
    const int is_line = i == BP_COUNT(materials);
    if (!is_line && !is_drawn(d->section, i))
      continue;
    const char *name = is_line ? "wetted copper" : materials[i].name;
    fprintf(d->out,
            "<rect x=\"%.0f\" y=\"%.0f\" width=\"12\" height=\"12\" fill=\"%s\"/>"
            "<text x=\"%.0f\" y=\"%.0f\" font-size=\"12\">%s</text>\n",
            x, y, is_line ? wetted_colour : materials[i].colour, x + 16.0, y + 11.0, name);
    x += 28.0 + 7.0 * (double)strlen(name);
  }
}

void bp_section_svg(FILE *out, const BpSection *s, const char *title) {
  const Drawing d = {out, s, SIZE / outer(s), s->plane + solder_shown};
  const double height = ABOVE + d.scale * (d.height + s->passivation + die_shown) + BELOW;
  fprintf(
      out,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
      "viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\" font-family=\"sans-serif\">\n<title>",
      SIZE + LEFT + 32, height + 26.0, SIZE + LEFT + 32, height + 26.0);
  bp_html_text(out, title);
  fputs("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n", out);
  put_drawing(&d);
  put_key_below(&d, height + 4.0);
  fputs("</svg>\n", out);
}

static void put_key(const BpPrinter *p) {
  FILE *out = p->out;
  fputs("<ul class=\"key\">\n", out);
  for (int i = BP_COUNT(materials) - 1; i >= 0; i--) {
    int drawn = 0;
    for (int k = 0; k < p->page->count; k++)
      drawn |= p->page->of[k].section.count > 0 && is_drawn(&p->page->of[k].section, i);
    if (drawn)
      fprintf(out, "<li><span style=\"background: %s\"></span>%s</li>\n", materials[i].colour,
              materials[i].name);
  }
  fprintf(out, "<li><span style=\"background: %s\"></span>wetted copper</li>\n</ul>\n",
          wetted_colour);
}

void bp_page_sections(const BpPrinter *p) {
  double widest = 0.0;
  for (int i = 0; i < p->page->count; i++)
    if (p->page->of[i].section.count > 0)
      widest = fmax(widest, outer(&p->page->of[i].section));
  if (widest <= 0.0)
    return;
  fputs(
      "<h3>Pads in section</h3>\n<p>From the axis of the joint outwards, through the ring and not "
      "through its gaps, all on one scale, heights as radii. Die and solder are cut off.</p>\n",
      p->out);
  put_key(p);
  fputs("<div class=\"pair\">\n", p->out);
  for (int i = 0; i < p->page->count; i++)
    if (p->page->of[i].section.count > 0)
      put_figure(p, i, widest);
  fputs("</div>\n", p->out);
}

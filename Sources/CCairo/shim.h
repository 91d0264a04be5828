#ifndef METROPOLI_CCAIRO_SHIM_H
#define METROPOLI_CCAIRO_SHIM_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

/* Macros and casts that do not import into Swift. */

static inline int metropoli_pango_units(double points) { return (int)(points * PANGO_SCALE + 0.5); }
static inline double metropoli_pango_points(int units) { return (double)units / PANGO_SCALE; }
static inline void metropoli_pango_free(PangoLayout *layout) { g_object_unref(layout); }

#endif

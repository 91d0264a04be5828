#ifndef METROPOLI_CICAL_SHIM_H
#define METROPOLI_CICAL_SHIM_H

#include <libical/ical.h>

#endif

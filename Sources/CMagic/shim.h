#ifndef METROPOLI_CMAGIC_SHIM_H
#define METROPOLI_CMAGIC_SHIM_H

#include <magic.h>

#endif

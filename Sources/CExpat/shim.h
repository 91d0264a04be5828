#ifndef METROPOLI_CEXPAT_SHIM_H
#define METROPOLI_CEXPAT_SHIM_H

#include <expat.h>

#endif

#ifndef METROPOLI_CMARKDOWN_SHIM_H
#define METROPOLI_CMARKDOWN_SHIM_H

#include <md4c.h>

#endif

#ifndef METROPOLI_CGD_SHIM_H
#define METROPOLI_CGD_SHIM_H

#include <gd.h>

#endif

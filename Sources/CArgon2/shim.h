#ifndef METROPOLI_CARGON2_SHIM_H
#define METROPOLI_CARGON2_SHIM_H

#include <argon2.h>

#endif

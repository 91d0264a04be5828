#ifndef METROPOLI_CQRENCODE_SHIM_H
#define METROPOLI_CQRENCODE_SHIM_H

#include <qrencode.h>

#endif

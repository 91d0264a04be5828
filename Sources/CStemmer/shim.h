#ifndef METROPOLI_CSTEMMER_SHIM_H
#define METROPOLI_CSTEMMER_SHIM_H

#include <libstemmer.h>

#endif

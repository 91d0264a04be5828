#ifndef METROPOLI_CZIP_SHIM_H
#define METROPOLI_CZIP_SHIM_H

#include <zip.h>

#endif

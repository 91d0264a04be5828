#ifndef METROPOLI_COPENSSL_SHIM_H
#define METROPOLI_COPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

/* EVP_sha256 and friends are plain functions; nothing needs wrapping yet. */

#endif

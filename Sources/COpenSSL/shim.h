#ifndef METROPOLI_COPENSSL_SHIM_H
#define METROPOLI_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

/* EVP_sha256 and friends are plain functions; nothing needs wrapping yet. */

#endif

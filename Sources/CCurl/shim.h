#ifndef METROPOLI_CCURL_SHIM_H
#define METROPOLI_CCURL_SHIM_H

#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call. */

static inline CURLcode metropoli_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode metropoli_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode metropoli_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode metropoli_curl_set_mime(CURL *handle, curl_mime *value) {
    return curl_easy_setopt(handle, CURLOPT_MIMEPOST, value);
}

static inline CURLcode metropoli_curl_set_errors(CURL *handle, char *buffer) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

static inline CURLcode metropoli_curl_set_watch(CURL *handle, curl_debug_callback watch, void *user) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, watch);
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(handle, CURLOPT_DEBUGDATA, user);
}

static inline CURLcode metropoli_curl_set_progress(CURL *handle, curl_xferinfo_callback progress, void *user) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, progress);
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(handle, CURLOPT_XFERINFODATA, user);
}

static inline CURLcode metropoli_curl_set_body(CURL *handle, curl_write_callback body, void *user) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, body);
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(handle, CURLOPT_WRITEDATA, user);
}

static inline long metropoli_curl_status(CURL *handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static inline CURLcode metropoli_curl_global(void) { return curl_global_init(CURL_GLOBAL_ALL); }

#endif

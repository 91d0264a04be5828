/* libwebsockets 4.1.6 for Swift: what the importer cannot see (macros, statement expressions). No logic. */
#ifndef METROPOLI_CLIBWEBSOCKETS_SHIM_H
#define METROPOLI_CLIBWEBSOCKETS_SHIM_H

#include <errno.h>
#include <libwebsockets.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <uv.h>

static inline size_t mtp_lws_pre(void) { return LWS_PRE; }

static inline uint64_t mtp_option_libuv(void) { return LWS_SERVER_OPTION_LIBUV; }
static inline uint64_t mtp_option_validate_utf8(void) { return LWS_SERVER_OPTION_VALIDATE_UTF8; }
static inline uint64_t mtp_option_explicit_vhosts(void) { return LWS_SERVER_OPTION_EXPLICIT_VHOSTS; }
static inline uint64_t mtp_option_ssl_global_init(void) { return LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT; }
static inline uint64_t mtp_option_fallback_to_raw(void) { return LWS_SERVER_OPTION_FALLBACK_TO_RAW; }
static inline uint64_t mtp_option_skip_canonical_name(void) { return LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME; }
static inline int mtp_port_no_listen_server(void) { return CONTEXT_PORT_NO_LISTEN_SERVER; }
static inline int mtp_port_no_listen(void) { return CONTEXT_PORT_NO_LISTEN; }

static inline void mtp_kill_now(struct lws *wsi) { lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC); }
static inline void mtp_kill_soon(struct lws *wsi) { lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC); }
static inline void mtp_no_timeout(struct lws *wsi) { lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0); }

static inline uv_handle_t *mtp_timer_handle(uv_timer_t *timer) { return (uv_handle_t *)timer; }
static inline uv_handle_t *mtp_poll_handle(uv_poll_t *poll) { return (uv_handle_t *)poll; }

/* Bytes of a TCP connection that its peer has acknowledged since it began, or 0 where the kernel cannot tell. */
static inline uint64_t mtp_bytes_acknowledged(int fd)
{
    struct { struct tcp_info head; uint64_t rest[32]; } info;
    socklen_t size = sizeof info;
    /* tcpi_bytes_acked follows tcpi_pacing_rate and tcpi_max_pacing_rate behind what glibc's struct names. */
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || size < sizeof info.head + 24) return 0;
    return info.rest[2];
}
/* Declared only with _GNU_SOURCE, which a module cannot count on. */
extern int accept4(int fd, struct sockaddr *address, socklen_t *size, int flags);
extern int pthread_setname_np(pthread_t thread, const char *name);
static inline int mtp_accept(int fd) { return accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }
static inline void mtp_name_this_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
static inline int mtp_stream_socket(int family, int flags) { return socket(family, SOCK_STREAM | SOCK_CLOEXEC | flags, 0); }
static inline int mtp_nonblocking(void) { return SOCK_NONBLOCK; }
static inline int mtp_stream(void) { return SOCK_STREAM; }
static inline int mtp_shutdown_all(int fd) { return shutdown(fd, SHUT_RDWR); }
static inline int mtp_shutdown_sending(int fd) { return shutdown(fd, SHUT_WR); }

static inline int mtp_unread_bytes(int fd) { int count = 0; return ioctl(fd, FIONREAD, &count) == 0 ? count : 0; }
static inline int mtp_unsent_bytes(int fd) { int count = 0; return ioctl(fd, TIOCOUTQ, &count) == 0 ? count : 0; }
static inline int mtp_descriptor_limits(struct rlimit *limits) { return getrlimit(RLIMIT_NOFILE, limits); }
static inline int mtp_set_descriptor_limits(const struct rlimit *limits) { return setrlimit(RLIMIT_NOFILE, limits); }

/* Whether a certificate file and a key file can be used together; libwebsockets would take one without the other. */
static inline int mtp_certificate_fits(const char *certificate, const char *key)
{
    SSL_CTX *scratch = SSL_CTX_new(TLS_server_method());
    if (!scratch) return 0;
    int fits = SSL_CTX_use_certificate_chain_file(scratch, certificate) == 1
        && SSL_CTX_use_PrivateKey_file(scratch, key, SSL_FILETYPE_PEM) == 1 && SSL_CTX_check_private_key(scratch) == 1;
    SSL_CTX_free(scratch);
    ERR_clear_error();
    return fits;
}

#endif

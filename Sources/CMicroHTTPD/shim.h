/// libmicrohttpd is begun by a function of variable arguments, and has names of constants, that Swift does not know.
#ifndef GAN_EXP_CMICROHTTPD_H
#define GAN_EXP_CMICROHTTPD_H

#include <microhttpd.h>

/// Answers what comes to a listening socket, on a thread of its own, one request at a time; NULL where that cannot be.
static inline struct MHD_Daemon *http_start(int socket, MHD_AccessHandlerCallback answer, void *closure) {
  return MHD_start_daemon(
      MHD_USE_AUTO_INTERNAL_THREAD, 0, NULL, NULL, answer, closure, MHD_OPTION_LISTEN_SOCKET, socket,
      MHD_OPTION_CONNECTION_LIMIT, 256u, MHD_OPTION_CONNECTION_TIMEOUT, 5u, MHD_OPTION_END);
}

/// The name that a request was sent to; NULL where it does not say.
static inline const char *http_host(struct MHD_Connection *connection) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
}

/// An answer with a copy of some bytes; NULL where there is no memory.
static inline struct MHD_Response *http_response(const void *bytes, size_t count) {
  return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

#endif

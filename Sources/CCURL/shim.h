/// libcurl sets options by functions of variable arguments, which Swift cannot call.
#ifndef GAN_EXP_CCURL_H
#define GAN_EXP_CCURL_H

#include <curl/curl.h>

/// Gets a transfer ready that adds what it receives to a file with `present` bytes.
static inline void curl_prepare(
    CURL *curl, const char *address, const char *agent, FILE *file, curl_off_t present) {
  curl_easy_setopt(curl, CURLOPT_URL, address);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, agent);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
  curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, present);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 10L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 30L);
  // A connection over which nothing comes for a minute is dead.
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 60L);
}

/// Gets a request ready whose answer goes into a file; `body` must stay until it was sent.
static inline void curl_ask(
    CURL *curl, const char *method, const char *address, const char *agent, struct curl_slist *headers,
    const void *body, curl_off_t length, FILE *answer) {
  curl_easy_setopt(curl, CURLOPT_URL, address);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, agent);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 30L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 600L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  if (length > 0) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, length);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, (const char *)body);
  }
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
}

/// The HTTP status; 0 where there was no answer.
static inline long curl_status(CURL *curl) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

/// Bytes received since the transfer began.
static inline curl_off_t curl_received(CURL *curl) {
  curl_off_t count = 0;
  curl_easy_getinfo(curl, CURLINFO_SIZE_DOWNLOAD_T, &count);
  return count;
}

/// Bytes that the server announced; -1 where it did not.
static inline curl_off_t curl_expected(CURL *curl) {
  curl_off_t count = -1;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &count);
  return count;
}

#endif

#pragma once
#include <curl/curl.h>
#include <stdbool.h>
#include <sys/eventfd.h>

// Swift cannot call variadic C functions: one function per argument shape.
// The parentheses around libcurl's names step past its type-checking macros.

typedef size_t (*weir_curl_write)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode weir_curl_set_long(CURL *handle, CURLoption option, long value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode weir_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode weir_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode weir_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode weir_curl_set_list(
    CURL *handle, CURLoption option, struct curl_slist *value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode weir_curl_set_write(CURL *handle, CURLoption option, weir_curl_write value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode weir_curl_set_prerequest(
    CURL *handle, CURLoption option, curl_prereq_callback value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode weir_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode weir_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode weir_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLMcode weir_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return (curl_multi_setopt)(multi, option, value);
}

static inline CURLMcode weir_curl_multi_set_sockets(
    CURLM *multi, curl_socket_callback function, void *context) {
  CURLMcode code = (curl_multi_setopt)(multi, CURLMOPT_SOCKETFUNCTION, function);
  return code ? code : (curl_multi_setopt)(multi, CURLMOPT_SOCKETDATA, context);
}

static inline CURLMcode weir_curl_multi_set_timer(
    CURLM *multi, curl_multi_timer_callback function, void *context) {
  CURLMcode code = (curl_multi_setopt)(multi, CURLMOPT_TIMERFUNCTION, function);
  return code ? code : (curl_multi_setopt)(multi, CURLMOPT_TIMERDATA, context);
}

// Flattens CURLMsg, a struct with a union: the next finished handle and its result.
static inline bool weir_curl_next_finished(CURLM *multi, CURL **handle, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *handle = message->easy_handle;
    *result = message->data.result;
    return true;
  }
  return false;
}

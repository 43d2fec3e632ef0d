#pragma once
#include <zlib.h>

/// inflateInit2 is a macro: this is its form for gzip files.
static inline int weir_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 16 + MAX_WBITS);
}

#pragma once
#include <git2.h>

// git_libgit2_opts is variadic, which Swift cannot call: one function per argument shape.

static inline int weir_git_opts_int(int option, int value) {
  return git_libgit2_opts(option, value);
}

static inline int weir_git_opts_strings(int option, const char **values, size_t count) {
  return git_libgit2_opts(option, values, count);
}

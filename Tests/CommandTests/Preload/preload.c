// Loaded into a program under test with LD_PRELOAD: counts its boundaries, the calls by which it changes
// files or talks to a server, and lets something happen at one of them. The programs that it starts count along.
//
//   PRELOAD_PAGE    a file of 4096 zeros that all these programs share: the count and the processes
//   PRELOAD_LOG     a file that gets one line for each boundary (may be missing)
//   PRELOAD_AT      the boundary, from 1, before which it happens
//   PRELOAD_ACTION  kill: the first program dies; blackout: all of them die; errno:N: every call that changes
//                   a file fails with this number from there on; clock: time jumps by PRELOAD_CLOCK seconds
//   PRELOAD_BELOW   for errno: only files below this directory; calls on others go through
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PROCESSES = 512, MOST_DESCRIPTORS = 4096 };

struct page {
  atomic_int count, first, processes;
  int pids[MOST_PROCESSES];
};

static struct page *page;
static int at, number, log_file = -1;
static long jump;
static enum { NOTHING, KILL, BLACKOUT, ERRNO, CLOCK } action;
static const char *below = "/";
static atomic_char has_sent[MOST_DESCRIPTORS];

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("PRELOAD_PAGE"), *text;
  if (!path) return;
  // What runs at the remote is another machine.
  const char *name = program_invocation_short_name;
  if (strstr(name, "receive-pack") || strstr(name, "upload-pack")) {
    unsetenv("LD_PRELOAD");
    return;
  }
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *memory = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (memory == MAP_FAILED) return;
  page = memory;
  if ((text = getenv("PRELOAD_LOG")))
    log_file = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if ((text = getenv("PRELOAD_AT"))) at = atoi(text);
  if ((text = getenv("PRELOAD_CLOCK"))) jump = atol(text);
  if ((text = getenv("PRELOAD_BELOW"))) below = text;
  text = getenv("PRELOAD_ACTION");
  if (text && !strcmp(text, "kill")) action = KILL;
  if (text && !strcmp(text, "blackout")) action = BLACKOUT;
  if (text && !strcmp(text, "clock")) action = CLOCK;
  if (text && !strncmp(text, "errno:", 6)) action = ERRNO, number = atoi(text + 6);
  int nobody = 0;
  atomic_compare_exchange_strong(&page->first, &nobody, getpid());
  int index = atomic_fetch_add(&page->processes, 1);
  if (index < MOST_PROCESSES) page->pids[index] = getpid();
}

static void die(void) {
  int me = getpid(), first = page->first, others = page->processes;
  syscall(SYS_kill, first, SIGKILL);
  if (action != BLACKOUT) return;
  if (others > MOST_PROCESSES) others = MOST_PROCESSES;
  for (int i = 0; i < others; i++)
    if (page->pids[i] && page->pids[i] != me) syscall(SYS_kill, page->pids[i], SIGKILL);
  syscall(SYS_kill, me, SIGKILL);
}

// Whether the call is to fail.
static int boundary(const char *call, const char *what) {
  if (!page) return 0;
  int error = errno, count = atomic_fetch_add(&page->count, 1) + 1;
  if (log_file >= 0) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%d %s %s %s\n", count, program_invocation_short_name, call, what);
    if (length > 0) syscall(SYS_write, log_file, line, (size_t)length);
  }
  if (at && count == at && (action == KILL || action == BLACKOUT)) die();
  errno = error;
  return action == ERRNO && at && count >= at;
}

static int refuses(const char *call, const char *path) {
  int late = boundary(call, path);
  // A full disk lets go of files.
  if (number == ENOSPC && (!strcmp(call, "unlink") || !strcmp(call, "rmdir"))) return 0;
  if (!late || (path[0] == '/' && strncmp(path, below, strlen(below)))) return 0;
  errno = number;
  return 1;
}

static const char *named(int file, char *buffer) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  long length = syscall(SYS_readlink, link, buffer, PATH_MAX - 1);
  buffer[length < 0 ? 0 : length] = 0;
  return buffer;
}

static int refuses_file(const char *call, int file) {
  struct stat info;
  char path[PATH_MAX];
  if (!page || file == 1 || file == 2 || file == log_file) return 0;
  if (syscall(SYS_fstat, file, &info) || !(S_ISREG(info.st_mode) || S_ISDIR(info.st_mode))) return 0;
  return refuses(call, named(file, path));
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(result, name, parameters, arguments, refusal) \
  result name parameters {                                 \
    if (refusal) return -1;                                \
    return NEXT(name) arguments;                           \
  }

WRAP(int, rename, (const char *a, const char *b), (a, b), refuses("rename", b))
WRAP(int, renameat, (int d, const char *a, int e, const char *b), (d, a, e, b), refuses("rename", b))
WRAP(int, link, (const char *a, const char *b), (a, b), refuses("link", b))
WRAP(int, unlink, (const char *a), (a), refuses("unlink", a))
WRAP(int, unlinkat, (int d, const char *a, int f), (d, a, f), refuses("unlink", a))
WRAP(int, rmdir, (const char *a), (a), refuses("rmdir", a))
WRAP(int, mkdir, (const char *a, mode_t m), (a, m), refuses("mkdir", a))
WRAP(int, fsync, (int f), (f), refuses_file("fsync", f))
WRAP(int, fdatasync, (int f), (f), refuses_file("fsync", f))
WRAP(ssize_t, write, (int f, const void *b, size_t n), (f, b, n), refuses_file("write", f))
WRAP(ssize_t, pwrite, (int f, const void *b, size_t n, off_t o), (f, b, n, o), refuses_file("write", f))
WRAP(ssize_t, writev, (int f, const struct iovec *v, int n), (f, v, n), refuses_file("write", f))

#define OPEN(name, before, call)                                      \
  int name(before const char *path, int flags, ...) {                 \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                     \
    if (flags & O_CREAT && strncmp(path, "/dev/", 5) && refuses("create", path)) return -1; \
    return NEXT(name) call;                                           \
  }
#define COMMA ,
OPEN(open, , (path, flags, mode))
OPEN(open64, , (path, flags, mode))
OPEN(openat, int directory COMMA, (directory, path, flags, mode))
OPEN(openat64, int directory COMMA, (directory, path, flags, mode))

// A request: before it is sent, and when the first of its answer has come.
static void sends(int socket) {
  boundary("send", "");
  if (socket >= 0 && socket < MOST_DESCRIPTORS) has_sent[socket] = 1;
}

ssize_t send(int s, const void *b, size_t n, int f) {
  sends(s);
  return NEXT(send)(s, b, n, f);
}

ssize_t sendto(int s, const void *b, size_t n, int f, const struct sockaddr *a, socklen_t l) {
  sends(s);
  return NEXT(sendto)(s, b, n, f, a, l);
}

ssize_t recv(int s, void *b, size_t n, int f) {
  if (!(f & MSG_PEEK) && s >= 0 && s < MOST_DESCRIPTORS && atomic_exchange(&has_sent[s], 0))
    boundary("receive", "");
  return NEXT(recv)(s, b, n, f);
}

int execve(const char *path, char *const arguments[], char *const variables[]) {
  if (arguments[0] && arguments[1]) boundary("exec", arguments[1]);
  return NEXT(execve)(path, arguments, variables);
}

// The clock of the world, which people and time servers move; the monotonic one stays.
static long offset(void) { return page && action == CLOCK && page->count >= at ? jump : 0; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  int status = (int)syscall(SYS_clock_gettime, clock, now);
  if (!status && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += offset();
  return status;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int status = (int)syscall(SYS_gettimeofday, now, zone);
  if (!status) now->tv_sec += offset();
  return status;
}

time_t time(time_t *now) {
  struct timespec found;
  clock_gettime(CLOCK_REALTIME, &found);
  if (now) *now = found.tv_sec;
  return found.tv_sec;
}

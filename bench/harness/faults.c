/* Preloaded before the C library: makes the n-th write to the files of the store fail, and if so told all later ones too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls, fail_at;
static int fail_with, fail_on, delivered;

void faults_arm(long at, int with, int on) { calls = 0; fail_at = at; fail_with = with; fail_on = on; delivered = 0; }
void faults_disarm(void) { fail_at = 0; }
long faults_calls(void) { return calls; }
int faults_delivered(void) { return delivered; }

static int fails(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (!strstr(path, "annotations.db")) return 0;
    calls++;
    if (!fail_at || !(calls == fail_at || (fail_on && calls > fail_at))) return 0;
    delivered++;
    errno = fail_with;
    return 1;
}

#define NEXT(name) static __typeof__(&name) next; if (!next) next = dlsym(RTLD_NEXT, #name)

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { NEXT(pwrite64); return fails(fd) ? -1 : next(fd, data, size, at); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { NEXT(pwrite); return fails(fd) ? -1 : next(fd, data, size, at); }
ssize_t write(int fd, const void *data, size_t size) { NEXT(write); return fails(fd) ? -1 : next(fd, data, size); }
int fsync(int fd) { NEXT(fsync); return fails(fd) ? -1 : next(fd); }
int fdatasync(int fd) { NEXT(fdatasync); return fails(fd) ? -1 : next(fd); }
int ftruncate64(int fd, off64_t size) { NEXT(ftruncate64); return fails(fd) ? -1 : next(fd, size); }
int ftruncate(int fd, off_t size) { NEXT(ftruncate); return fails(fd) ? -1 : next(fd, size); }

/* What a disk may do to a program, loaded before the C library (LD_PRELOAD): refuse the n-th operation, be full, or tell
 * of everything that was asked of it. Only paths below BATON_SHIM_FOLDER are touched.
 *
 * The program steers it by opening paths that do not exist:
 *   /baton-shim/arm/CLASS/N/ERRNO/STAYS   the N-th operation of CLASS fails with ERRNO, and all after it if STAYS is 1;
 *                                         CLASS is r (read), w (write, make), s (sync), m (rename, remove, cut)
 *   /baton-shim/disarm                    nothing fails any more
 *   /baton-shim/fired                     answers EEXIST if something failed since it was armed, else ENOENT
 *   /baton-shim/told/TEXT                 puts TEXT between the operations that BATON_SHIM_TRACE records
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static size_t folder_length;
static int trace = -1;
static char armed_class;
static long left;
static int failure, stays, fired;

static long raw_open(int at, const char *path, int flags, mode_t mode) {
    return syscall(SYS_openat, at, path, flags, mode);
}

__attribute__((constructor)) static void begin(void) {
    const char *below = getenv("BATON_SHIM_FOLDER"), *to = getenv("BATON_SHIM_TRACE");
    if (below) folder_length = (size_t)snprintf(folder, sizeof folder, "%s", below);
    if (to) trace = (int)raw_open(AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
    return folder_length > 0 && strncmp(path, folder, folder_length) == 0;
}

/* The path of an open file, or 0 if it is none of ours. */
static int path_of(int fd, char *path) {
    char link[64];
    if (folder_length == 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, 4095);
    if (length <= 0) return 0;
    path[length] = 0;
    return ours(path);
}

/* Whether an operation of this class fails now; errno says how. The lock is held. */
static int fails(char class) {
    if (armed_class != class || --left > 0) return 0;
    fired = 1;
    if (!stays) armed_class = 0;
    errno = failure;
    return 1;
}

static int steered(const char *path) {
    if (strncmp(path, "/baton-shim/", 12) != 0) return 0;
    const char *what = path + 12;
    pthread_mutex_lock(&lock);
    errno = ENOENT;
    if (strncmp(what, "arm/", 4) == 0) {
        fired = 0;
        if (sscanf(what + 4, "%c/%ld/%d/%d", &armed_class, &left, &failure, &stays) != 4) armed_class = 0;
    } else if (strcmp(what, "disarm") == 0) {
        armed_class = 0;
    } else if (strcmp(what, "fired") == 0 && fired) {
        errno = EEXIST;
    } else if (strncmp(what, "told/", 5) == 0 && trace >= 0) {
        char record[5000];
        uint32_t length = (uint32_t)strlen(what + 5);
        record[0] = 'A';
        memset(record + 1, 0, 16);
        memcpy(record + 17, &length, 4);
        memcpy(record + 21, what + 5, length);
        (void)!syscall(SYS_write, trace, record, 21 + (size_t)length);
        errno = ENOENT;
    }
    pthread_mutex_unlock(&lock);
    return 1;
}

/* One record: what, inode, offset, length, bytes. The lock is held. */
static void tell(char what, uint64_t inode, uint64_t offset, const void *bytes, size_t length) {
    if (trace < 0) return;
    int before = errno;
    char head[21];
    uint32_t length32 = (uint32_t)length;
    head[0] = what;
    memcpy(head + 1, &inode, 8);
    memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &length32, 4);
    struct iovec both[2] = {{head, sizeof head}, {(void *)bytes, length}};
    (void)!syscall(SYS_writev, trace, both, 2);
    errno = before;
}

static uint64_t inode_of(int fd) {
    struct stat about;
    return fstat(fd, &about) == 0 ? (uint64_t)about.st_ino : 0;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    if (steered(path)) return -1;
    char full[4096];
    if (path[0] != '/' && at != AT_FDCWD) {
        if (!path_of(at, full)) return (int)raw_open(at, path, flags, mode);
        size_t length = strlen(full);
        snprintf(full + length, sizeof full - length, "/%s", path);
    } else {
        snprintf(full, sizeof full, "%s", path);
    }
    if (!ours(full)) return (int)raw_open(at, path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat before;
    int is_new = (flags & O_CREAT) && stat(full, &before) != 0;
    int cuts = !is_new && (flags & O_TRUNC) && (flags & (O_WRONLY | O_RDWR));
    int result = -1;
    if (!(is_new && fails('w')) && !(cuts && fails('m'))) {
        result = (int)raw_open(at, path, flags, mode);
        if (result >= 0 && is_new) tell('C', inode_of(result), 0, full, strlen(full));
        if (result >= 0 && cuts) tell('T', inode_of(result), 0, "", 0);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

#define MODE                                                                                                           \
    mode_t mode = 0;                                                                                                   \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                                                             \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode = va_arg(more, mode_t);                                                                                   \
        va_end(more);                                                                                                  \
    }

int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }

static int read_fails(int fd) {
    char path[4096];
    if (!armed_class || !path_of(fd, path)) return 0;
    pthread_mutex_lock(&lock);
    int failed = fails('r');
    pthread_mutex_unlock(&lock);
    return failed;
}

ssize_t read(int fd, void *to, size_t length) {
    return read_fails(fd) ? -1 : syscall(SYS_read, fd, to, length);
}
ssize_t pread(int fd, void *to, size_t length, off_t at) {
    return read_fails(fd) ? -1 : syscall(SYS_pread64, fd, to, length, at);
}
ssize_t pread64(int fd, void *to, size_t length, off64_t at) { return pread(fd, to, length, at); }

static ssize_t written(int fd, const void *from, size_t length, off_t at, int placed) {
    char path[4096];
    int mine = path_of(fd, path);
    if (!mine) return placed ? syscall(SYS_pwrite64, fd, from, length, at) : syscall(SYS_write, fd, from, length);
    pthread_mutex_lock(&lock);
    ssize_t result = -1;
    if (!fails('w')) {
        int appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
        off_t where = placed ? at : lseek(fd, 0, appends ? SEEK_END : SEEK_CUR);
        result = placed ? syscall(SYS_pwrite64, fd, from, length, at) : syscall(SYS_write, fd, from, length);
        if (result > 0) tell('W', inode_of(fd), (uint64_t)where, from, (size_t)result);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t write(int fd, const void *from, size_t length) { return written(fd, from, length, 0, 0); }
ssize_t pwrite(int fd, const void *from, size_t length, off_t at) { return written(fd, from, length, at, 1); }
ssize_t pwrite64(int fd, const void *from, size_t length, off64_t at) { return written(fd, from, length, at, 1); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t some = written(fd, parts[i].iov_base, parts[i].iov_len, 0, 0);
        if (some < 0) return all > 0 ? all : some;
        all += some;
        if ((size_t)some < parts[i].iov_len) break;
    }
    return all;
}

int ftruncate(int fd, off_t length) {
    char path[4096];
    if (!path_of(fd, path)) return (int)syscall(SYS_ftruncate, fd, length);
    pthread_mutex_lock(&lock);
    int result = fails('m') ? -1 : (int)syscall(SYS_ftruncate, fd, length);
    if (result == 0) tell('T', inode_of(fd), (uint64_t)length, "", 0);
    pthread_mutex_unlock(&lock);
    return result;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

static int synced(int fd, long call) {
    char path[4096];
    if (!path_of(fd, path)) return (int)syscall(call, fd);
    pthread_mutex_lock(&lock);
    int result = fails('s') ? -1 : (int)syscall(call, fd);
    struct stat about;
    if (result == 0) tell(fstat(fd, &about) == 0 && S_ISDIR(about.st_mode) ? 'D' : 'S', inode_of(fd), 0, path, strlen(path));
    pthread_mutex_unlock(&lock);
    return result;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int rename(const char *from, const char *to) {
    if (!ours(to) && !ours(from)) return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    pthread_mutex_lock(&lock);
    int result = fails('m') ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (result == 0) {
        char both[8200];
        int length = snprintf(both, sizeof both, "%s%c%s", from, '\n', to);
        tell('R', 0, 0, both, (size_t)length);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static int removed(int at, const char *path, int flags) {
    char full[4096];
    if (path[0] != '/' && at != AT_FDCWD) {
        if (!path_of(at, full)) return (int)syscall(SYS_unlinkat, at, path, flags);
        size_t length = strlen(full);
        snprintf(full + length, sizeof full - length, "/%s", path);
    } else {
        snprintf(full, sizeof full, "%s", path);
    }
    if (!ours(full)) return (int)syscall(SYS_unlinkat, at, path, flags);
    pthread_mutex_lock(&lock);
    int result = fails('m') ? -1 : (int)syscall(SYS_unlinkat, at, path, flags);
    if (result == 0) tell('U', 0, 0, full, strlen(full));
    pthread_mutex_unlock(&lock);
    return result;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return removed(at, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdir(const char *path, mode_t mode) {
    if (!ours(path)) return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    pthread_mutex_lock(&lock);
    int result = fails('w') ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (result == 0) tell('M', 0, 0, path, strlen(path));
    pthread_mutex_unlock(&lock);
    return result;
}

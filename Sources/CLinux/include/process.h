#ifndef CLINUX_PROCESS_H
#define CLINUX_PROCESS_H

/* Properties of a process that take a variadic call or a name that glibc hides behind _GNU_SOURCE. */

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Open file description locks: they belong to the open file and not to the process. */
#define CLINUX_F_OFD_SETLK 37
/* The scheduling class does not pass to child processes. */
#define CLINUX_SCHED_RESET_ON_FORK 0x40000000

/* No execve of this thread or its children gains privileges from now on: 0, or -1 with errno. */
static inline int clinux_forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

/* Whether clinux_forbid_new_privileges is in force: 1 or 0. */
static inline int clinux_new_privileges_are_forbidden(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0); }

/* Takes a write lock on the whole file unless somebody else has one: 0, or -1 with errno EAGAIN or EACCES. */
static inline int clinux_lock_file(int descriptor) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(descriptor, CLINUX_F_OFD_SETLK, &lock);
}

/* Names the calling thread, and with the first one the process; 15 octets of the name count. 0, or -1 with errno. */
static inline int clinux_set_name(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }

/* Lets a crash leave a core dump of any size, also where the program has given up rights. 0, or -1 with errno. */
static inline int clinux_allow_core_dumps(void) {
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    if (setrlimit(RLIMIT_CORE, &limit) != 0) return -1;
    return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

/* Lets the calling thread, and those that it starts, run on the processors whose bits are set. 0, or -1 with errno. */
static inline int clinux_set_processors(const unsigned long *mask, unsigned long octets) {
    return (int)syscall(SYS_sched_setaffinity, 0, octets, mask);
}

#endif

#ifndef CLINUX_SCRIPTS_H
#define CLINUX_SCRIPTS_H

/*
 * Programs that run on behalf of a configuration: what happens between fork and exec, where only calls are safe that a
 * signal handler may make, and none of them through the C library's bookkeeping of users. realpath is the exception: it may
 * ask for memory, which this C library has in order after a fork.
 */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A program to run for somebody. */
struct clinux_script {
    char *const *places;      /* where its file may lie, ended by a null pointer: the first file counts, and a lone place */
    int is_for_root_alone;    /* whether it is run only where nobody but root could have written its file */
    int keeps_links;          /* whether it is then run by the path as it is written, not by the one behind links */
    char *const *arguments;   /* argv, ended by a null pointer */
    char *const *environment; /* envp, ended by a null pointer */
    uid_t user;
    gid_t group;
    const gid_t *groups; /* all groups that it is in */
    size_t group_count;
    int keeps_rights; /* whether it has all rights of its user, as far as the caller has them */
};

/* What a script failed in before it ran. */
enum clinux_script_step {
    CLINUX_SCRIPT_PART = 1, /* what belongs to the process before was not closed */
    CLINUX_SCRIPT_FIND,     /* there is no file */
    CLINUX_SCRIPT_RESOLVE,
    CLINUX_SCRIPT_EXAMINE,
    CLINUX_SCRIPT_TRUST, /* others than root could have written it */
    CLINUX_SCRIPT_INPUT,
    CLINUX_SCRIPT_GROUP,
    CLINUX_SCRIPT_USER,
    CLINUX_SCRIPT_CAPABILITIES,
    CLINUX_SCRIPT_EXECUTE,
};

/* Why a script does not run. */
struct clinux_script_failure {
    int step;   /* an enum clinux_script_step */
    int error;  /* the errno of that step, 0 where no call has failed */
    char *path; /* room for PATH_MAX: what it is about, the file or a part of the way to it */
};

/* Whether nobody but root could have written a file, or put another one in its place; fills `failure` in where not. */
static inline int clinux_root_alone_writes(const char *file, struct clinux_script_failure *failure) {
    char *part = failure->path;
    strcpy(part, file);
    for (char *slash = part; slash != (char *)0;) {
        struct stat information;
        if (*part == 0) strcpy(part, "/");
        failure->step = CLINUX_SCRIPT_EXAMINE;
        if (lstat(part, &information) != 0) return 0;
        failure->step = CLINUX_SCRIPT_TRUST;
        mode_t mode = information.st_mode;
        /* A link counts by where it is and where it leads. */
        int is_open = !S_ISLNK(mode) && (mode & 0002 || (mode & 0020 && information.st_gid != 0));
        /* In a directory with the sticky bit everybody may write, but touches no file of others. */
        int is_shielded = S_ISDIR(mode) && mode & S_ISVTX;
        errno = 0;
        if (information.st_uid != 0 || (is_open && !is_shielded)) return 0;
        slash = strcmp(part, "/") == 0 ? (char *)0 : strrchr(part, '/');
        if (slash != (char *)0) *slash = 0;
    }
    return 1;
}

/*
 * Finds the file to execute and copies its path to `file`, which has room for PATH_MAX. 0, or -1 with `failure` filled in.
 * Looks at the file system, which may not answer.
 */
static inline int clinux_script_find(const struct clinux_script *script, char *file, struct clinux_script_failure *failure) {
    char *const *place = script->places;
    struct stat information;
    if (place[1] != (char *)0) {
        while (*place != (char *)0 && (stat(*place, &information) != 0 || !S_ISREG(information.st_mode))) place++;
    }
    failure->step = CLINUX_SCRIPT_FIND;
    failure->path[0] = 0;
    errno = 0;
    if (*place == (char *)0) goto failed;
    failure->step = CLINUX_SCRIPT_RESOLVE;
    errno = ENAMETOOLONG;
    if (strlen(*place) >= PATH_MAX) goto failed;
    strcpy(file, *place);
    if (!script->is_for_root_alone) return 0;
    strcpy(failure->path, *place);
    if (realpath(*place, file) == (char *)0) goto failed;
    /* The way as it is written counts as well: who can turn a link on it chooses the program. */
    if (!clinux_root_alone_writes(*place, failure) || !clinux_root_alone_writes(file, failure)) goto failed;
    if (script->keeps_links) strcpy(file, *place);
    return 0;
failed:
    failure->error = errno;
    return -1;
}

/* Gives up all capabilities of the calling thread but the one that root needs to ask whether a process is alive. */
static inline int clinux_keep_kill_alone(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[2] = {{0, 0, 0}, {0, 0, 0}};
    if (syscall(SYS_capget, &header, sets) != 0) return -1;
    for (int half = 0; half < 2; half++) {
        unsigned kept = half == CAP_TO_INDEX(CAP_KILL) ? sets[half].permitted & CAP_TO_MASK(CAP_KILL) : 0;
        sets[half].effective = kept;
        sets[half].permitted = kept;
        sets[half].inheritable = 0;
    }
    return (int)syscall(SYS_capset, &header, sets);
}

/* Every signal as it is for a new program, and none of them blocked. The C library would leave out two for itself. */
static inline void clinux_reset_signals(void) {
    sigset_t none;
    unsigned long standard[4] = {0, 0, 0, 0}; /* the kernel's struct sigaction with SIG_DFL */
    sigemptyset(&none);
    for (int number = 1; number < 65; number++) syscall(SYS_rt_sigaction, number, standard, (void *)0, 8);
    sigprocmask(SIG_SETMASK, &none, (sigset_t *)0);
}

/* linux/sched/types.h: struct sched_attr in its first version. */
struct clinux_scheduling {
    unsigned int size, policy;
    unsigned long long flags;
    int niceness;
    unsigned int priority;
    unsigned long long runtime, deadline, period;
};

/*
 * Gives the calling process its share of the processor and no more than that: it never takes it from somebody who has
 * just become able to run (3 is SCHED_BATCH), and since Linux 6.12 it asks for a long slice, so that whoever asks for less,
 * as the sender of adverts does, need not wait for the end of it. 0, or -1 with errno.
 */
static inline int clinux_yield_to_others(void) {
    struct clinux_scheduling wish = {.size = sizeof wish, .policy = 3, .runtime = 20000000};
    wish.niceness = getpriority(PRIO_PROCESS, 0);
    return (int)syscall(SYS_sched_setattr, 0, &wish, 0);
}

/*
 * Makes the calling process a script; returns only with `failure` filled in, for which `report` has become descriptor 3. A
 * copy that waits for a file system holds nothing else open, or nobody would hear of the end of the process before.
 */
static inline void clinux_become_script(const struct clinux_script *script, int report, struct clinux_script_failure *failure) {
    char file[PATH_MAX];
    failure->step = CLINUX_SCRIPT_PART;
    if (report != 3 && dup3(report, 3, O_CLOEXEC) < 0) _exit(127);
    if (syscall(SYS_close_range, 4U, ~0U, 0U) != 0) goto failed;
    clinux_reset_signals();
    setsid();
    umask(022);
    clinux_yield_to_others(); /* a courtesy: a script runs without it as well */
    if (clinux_script_find(script, file, failure) != 0) return;
    strcpy(failure->path, file);
    failure->step = CLINUX_SCRIPT_INPUT;
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 || dup2(nothing, 2) < 0) goto failed;
    if (chdir("/") != 0) goto failed;

    /* A process that may not change its groups keeps them where it would change nothing else. */
    int is_same = geteuid() == script->user && getegid() == script->group;
    failure->step = CLINUX_SCRIPT_GROUP;
    if (syscall(SYS_setgroups, script->group_count, script->groups) != 0 && !(errno == EPERM && is_same)) goto failed;
    if (syscall(SYS_setresgid, script->group, script->group, script->group) != 0) goto failed;
    failure->step = CLINUX_SCRIPT_USER;
    if (syscall(SYS_setresuid, script->user, script->user, script->user) != 0) goto failed;
    failure->step = CLINUX_SCRIPT_CAPABILITIES;
    if (!script->keeps_rights &&
        (clinux_keep_kill_alone() != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)) goto failed;

    failure->step = CLINUX_SCRIPT_EXECUTE;
    /* /dev/null has a number of its own as well, which a script is not to have. */
    close(nothing);
    execve(file, script->arguments, script->environment);
failed:
    failure->error = errno;
}

/*
 * Starts a script as the leader of a session and process group of its own, and does not wait until it runs: its file can be
 * on a file system that does not answer. Its process, or -1 with errno. From `report` the members of a struct
 * clinux_script_failure can be read, one behind the other, once the process has ended without having been the script.
 */
static inline pid_t clinux_script_start(const struct clinux_script *script, int *report) {
    int ends[2];
    if (syscall(SYS_pipe2, ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        char path[PATH_MAX] = "";
        struct clinux_script_failure failure = {0, 0, path};
        clinux_become_script(script, ends[1], &failure);
        struct iovec parts[] = {{&failure.step, sizeof(int)}, {&failure.error, sizeof(int)}, {path, strlen(path)}};
        while (writev(3, parts, 3) < 0 && errno == EINTR) {}
        _exit(127);
    }
    int error = errno;
    close(ends[1]);
    if (child < 0) close(ends[0]);
    *report = ends[0];
    errno = error;
    return child;
}

/* Starts a process that is a copy of this one: 0 in it, its number in the caller, or -1 with errno. */
static inline pid_t clinux_fork(void) { return fork(); }

/*
 * Makes the calling process, a copy of one that had other things to do, a process for scripts: in a session of its own,
 * with `channel` as descriptor 3 and no other file, with ordinary priority, and deaf to what a terminal or a service
 * manager sends to all processes of a service, since the end of `channel` tells it when to go. 0, or -1 with errno.
 */
static inline int clinux_become_script_runner(int channel) {
    sigset_t mask;
    clinux_reset_signals();
    sigemptyset(&mask);
    sigaddset(&mask, SIGHUP);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGPIPE);
    sigprocmask(SIG_SETMASK, &mask, (sigset_t *)0);
    setsid();
    prctl(PR_SET_NAME, "vrrpd-scripts", 0, 0, 0);
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(channel, 3) < 0) return -1;
    for (int number = 0; number < 3; number++) {
        if (dup2(nothing, number) < 0) return -1;
    }
    if (syscall(SYS_close_range, 4U, ~0U, 0U) != 0 || fcntl(3, F_SETFD, FD_CLOEXEC) != 0) return -1;
    struct sched_param parameters = {0};
    if (sched_setscheduler(0, SCHED_OTHER, &parameters) != 0) return -1;
    setpriority(PRIO_PROCESS, 0, 0); /* refused where it is a rise, and then it stays lower */
    return 0;
}

/* linux/fcntl.h, hidden behind _GNU_SOURCE: the room of a pipe. */
#define CLINUX_F_SETPIPE_SZ 1031

/* Makes the calling process, a copy of the one for scripts, the leader of a session without any file but its first 3. */
static inline int clinux_become_mail_client(void) {
    clinux_reset_signals();
    setsid();
    return (int)syscall(SYS_close_range, 3U, ~0U, 0U);
}

/* The environment of the process. */
static inline char *const *clinux_environment(void) {
    extern char **environ;
    return environ;
}

#endif

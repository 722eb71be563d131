#ifndef CLINUX_NAMESPACES_H
#define CLINUX_NAMESPACES_H

/*
 * Linux namespaces, and programs that start inside them: what glibc hides behind _GNU_SOURCE, which this module must
 * not define (Swift's own view of the C library is compiled without it, and the two would disagree about fd_set).
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* The kinds of namespace, for clinux_setns and clinux_unshare (linux/sched.h). */
#define CLINUX_NAMESPACE_MOUNT 0x00020000
#define CLINUX_NAMESPACE_NETWORK 0x40000000

/* Moves the calling thread into the namespace that `descriptor` refers to: 0, or -1 with errno. */
static inline int clinux_setns(int descriptor, int kind) { return (int)syscall(SYS_setns, descriptor, kind); }

/* Gives the calling thread new namespaces of the given kinds: 0, or -1 with errno. */
static inline int clinux_unshare(int kinds) { return (int)syscall(SYS_unshare, kinds); }

/* A descriptor that becomes readable when the process ends (close-on-exec): the descriptor, or -1 with errno. */
static inline int clinux_pidfd_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

/* Signals the very process that a pidfd refers to, never one that got its number later: 0, or -1 with errno. */
static inline int clinux_pidfd_send_signal(int descriptor, int number) {
    return (int)syscall(SYS_pidfd_send_signal, descriptor, number, (void *)0, 0);
}

/* A program to start, and the surroundings that it shall see. */
struct clinux_program {
    const char *path;             /* the file to execute */
    char *const *arguments;       /* argv, ended by a null pointer */
    char *const *environment;     /* envp, ended by a null pointer */
    int network_namespace;        /* a descriptor of the namespace, or -1 to stay in the caller's */
    const char *run_directory;    /* the directory to show as /run, or null to leave /run alone */
    const char *working_directory;/* or null to stay in the caller's */
    int input;                    /* becomes descriptor 0 */
    int output;                   /* becomes descriptors 1 and 2 */
};

/* What a program failed in before it ran. */
enum clinux_start_step {
    CLINUX_START_FORK = 1,
    CLINUX_START_NETWORK_NAMESPACE,
    CLINUX_START_MOUNT_NAMESPACE,
    CLINUX_START_RUN_DIRECTORY,
    CLINUX_START_WORKING_DIRECTORY,
    CLINUX_START_EXECUTE,
};

/* The outcome of clinux_start. */
struct clinux_start_failure {
    int step;  /* an enum clinux_start_step, or 0 */
    int error; /* the errno of that step, or 0 */
};

/* The child's half of clinux_start: nothing here but calls that are safe between fork and exec. */
static inline void clinux_become(const struct clinux_program *program, pid_t parent, int report) {
    struct clinux_start_failure failure = {0, 0};
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, (sigset_t *)0);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);

    failure.step = CLINUX_START_NETWORK_NAMESPACE;
    if (program->network_namespace >= 0) {
        if (clinux_setns(program->network_namespace, CLINUX_NAMESPACE_NETWORK) != 0) goto failed;
        failure.step = CLINUX_START_MOUNT_NAMESPACE;
        if (clinux_unshare(CLINUX_NAMESPACE_MOUNT) != 0) goto failed;
        if (mount("none", "/", (char *)0, MS_REC | MS_SLAVE, (void *)0) != 0) goto failed;
        /* A sysfs shows the network devices of the namespace that mounted it. */
        umount2("/sys", MNT_DETACH);
        if (mount("sysfs", "/sys", "sysfs", 0, (void *)0) != 0) goto failed;
        failure.step = CLINUX_START_RUN_DIRECTORY;
        if (program->run_directory && mount(program->run_directory, "/run", (char *)0, MS_BIND, (void *)0) != 0) {
            goto failed;
        }
    }
    failure.step = CLINUX_START_WORKING_DIRECTORY;
    if (program->working_directory && chdir(program->working_directory) != 0) goto failed;

    failure.step = CLINUX_START_EXECUTE;
    if (dup2(program->input, 0) < 0 || dup2(program->output, 1) < 0 || dup2(program->output, 2) < 0) goto failed;
    /* CLOSE_RANGE_CLOEXEC: nothing of the caller leaks, while the report still gets through if execve fails. */
    syscall(SYS_close_range, 3U, ~0U, 4U);
    execve(program->path, program->arguments, program->environment);
failed:
    failure.error = errno;
    while (write(report, &failure, sizeof failure) < 0 && errno == EINTR) {}
    _exit(127);
}

/*
 * Starts a program in a session of its own; it is killed when the calling *thread* ends, so call from one that stays.
 * Returns once the program runs: its process, or -1 with `failure` filled in.
 */
static inline pid_t clinux_start(const struct clinux_program *program, struct clinux_start_failure *failure) {
    int report[2];
    struct clinux_start_failure heard = {0, 0};
    pid_t parent = getpid();
    failure->step = CLINUX_START_FORK;
    failure->error = 0;
    if (syscall(SYS_pipe2, report, O_CLOEXEC) != 0) {
        failure->error = errno;
        return -1;
    }
    pid_t child = fork();
    if (child == 0) clinux_become(program, parent, report[1]);
    failure->error = child < 0 ? errno : 0;
    close(report[1]);
    if (child > 0) {
        ssize_t count;
        do { count = read(report[0], &heard, sizeof heard); } while (count < 0 && errno == EINTR);
        if (count == sizeof heard) *failure = heard;
        else failure->step = 0;
    }
    close(report[0]);
    return child > 0 && failure->step == 0 ? child : -1;
}

#endif

#ifndef CLINUX_PACKETS_H
#define CLINUX_PACKETS_H

/* Batches of packets: what glibc hides behind _GNU_SOURCE. */

#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct mmsghdr */
struct clinux_mmsghdr {
    struct msghdr msg_hdr;
    unsigned int msg_len;
};

/* struct in6_pktinfo */
struct clinux_in6_pktinfo {
    struct in6_addr ipi6_addr;
    unsigned int ipi6_ifindex;
};

/* linux/filter.h: a classic BPF instruction and a program of them. */
struct clinux_filter_instruction {
    unsigned short code;
    unsigned char jump_true, jump_false;
    unsigned int operand;
};
struct clinux_filter_program {
    unsigned short length;
    struct clinux_filter_instruction *instructions;
};

/* Sends up to `count` messages: how many went out, or -1 with errno when the first did not. */
static inline int clinux_sendmmsg(int descriptor, struct clinux_mmsghdr *messages, unsigned int count, int flags) {
    return (int)syscall(SYS_sendmmsg, descriptor, messages, count, flags);
}

/* Receives up to `count` messages: how many came, or -1 with errno. */
static inline int clinux_recvmmsg(int descriptor, struct clinux_mmsghdr *messages, unsigned int count, int flags) {
    return (int)syscall(SYS_recvmmsg, descriptor, messages, count, flags, (void *)0);
}

/* Takes a connection, close-on-exec and non-blocking: its descriptor, or -1 with errno. */
static inline int clinux_accept(int descriptor) {
    return (int)syscall(SYS_accept4, descriptor, (void *)0, (void *)0, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

#endif

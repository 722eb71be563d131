/* Stands in for glibc's allocator and counts: every call of the program ends here, and goes on to glibc's own entry. */
#include "counting.h"

#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static unsigned long count;
static unsigned long count_at_begin;

__attribute__((noinline)) void counting_begins(void) {
    count_at_begin = __atomic_load_n(&count, __ATOMIC_RELAXED);
}

__attribute__((noinline)) unsigned long counting_ends(void) {
    return __atomic_load_n(&count, __ATOMIC_RELAXED) - count_at_begin;
}

static void note(void) { __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED); }

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    note();
    return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
    note();
    return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    note();
    *block = __libc_memalign(alignment, size);
    return *block == NULL ? 12 /* ENOMEM */ : 0;
}

/// What kernels take from the C library where there is none: memory.
#ifndef GAN_EXP_TESTS_MEMORY_H
#define GAN_EXP_TESTS_MEMORY_H

#include <stddef.h>

#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_PRIVATE 2
#define MAP_ANONYMOUS 32
#define MADV_HUGEPAGE 14

void *mmap(void *address, size_t length, int protection, int flags, int file, long offset);
int munmap(void *address, size_t length);
int madvise(void *address, size_t length, int advice);

/// Writes a character to the standard output.
int putchar(int character);

#endif

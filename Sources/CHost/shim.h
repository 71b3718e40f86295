/// What Swift cannot say itself about the processor: x86-64 control words, hints and features.
#ifndef GAN_EXP_CHOST_H
#define GAN_EXP_CHOST_H

#include <immintrin.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Tells the core that it is in a spinning wait.
static inline void host_pause(void) { __builtin_ia32_pause(); }

/// Treats denormal operands and results as zero in the calling thread (MXCSR bits FTZ and DAZ).
static inline void host_flush_denormals(void) {
  __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040u);
}

/// The calling thread's control word, to be restored later.
static inline unsigned int host_control_word(void) { return __builtin_ia32_stmxcsr(); }

/// Restores a control word.
static inline void host_restore(unsigned int word) { __builtin_ia32_ldmxcsr(word); }

/// Whether the calling thread flushes denormals to zero.
static inline bool host_flushes_denormals(void) {
  return (__builtin_ia32_stmxcsr() & 0x8040u) == 0x8040u;
}

/// Whether the processor has what the kernels are compiled for (x86-64-v3: AVX2, FMA, BMI2).
static inline bool host_has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi2");
}

/// Whether the processor has the 512-bit vectors of x86-64-v4.
static inline bool host_has_avx512(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512cd");
}

/// Eight floats.
typedef float host_float8 __attribute__((ext_vector_type(8)));

/// The square roots, correctly rounded, in one instruction.
static inline host_float8 host_square_root(host_float8 x) { return __builtin_elementwise_sqrt(x); }

/// The first two values of each half of a and b, in turn: a0 b0 a1 b1 | a4 b4 a5 b5.
static inline host_float8 host_interleave_low(host_float8 a, host_float8 b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13);
}

/// The last two values of each half of a and b, in turn: a2 b2 a3 b3 | a6 b6 a7 b7.
static inline host_float8 host_interleave_high(host_float8 a, host_float8 b) {
  return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
}

/// The first pair of each half of a and b: a0 a1 b0 b1 | a4 a5 b4 b5.
static inline host_float8 host_pairs_low(host_float8 a, host_float8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
}

/// The last pair of each half of a and b: a2 a3 b2 b3 | a6 a7 b6 b7.
static inline host_float8 host_pairs_high(host_float8 a, host_float8 b) {
  return __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
}

/// The first half of a, then that of b.
static inline host_float8 host_halves_low(host_float8 a, host_float8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
}

/// The second half of a, then that of b.
static inline host_float8 host_halves_high(host_float8 a, host_float8 b) {
  return __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
}

/// Asks for a cache line that will be read soon, into the second-level cache; any address is allowed.
static inline void host_prefetch(const void *address) { __builtin_prefetch(address, 0, 2); }

/// Has the calling process asked to end by SIGTERM when the process that began it ends.
static inline void host_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGTERM); }

/// An open file in memory, which programs that are started do not inherit; -1 where there can be none.
static inline int host_memory_file(void) { return (int)syscall(SYS_memfd_create, "gan-exp", 1u); }

/// Lets all threads take memory from one heap: each further one would map 64 MiB of the address space.
static inline void host_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

#endif

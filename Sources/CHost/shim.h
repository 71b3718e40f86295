/// What Swift cannot say itself about the processor: x86-64 control words, hints and features.
#ifndef GAN_EXP_CHOST_H
#define GAN_EXP_CHOST_H

#include <immintrin.h>
#include <malloc.h>
#include <stdbool.h>

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

/// Whether the processor has the 512-bit vectors that OpenBLAS's SkylakeX kernels use.
static inline bool host_has_avx512(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}

/// Eight floats.
typedef float host_float8 __attribute__((ext_vector_type(8)));

/// The square roots, correctly rounded, in one instruction.
static inline host_float8 host_square_root(host_float8 x) { return __builtin_elementwise_sqrt(x); }

/// Lets all threads take memory from one heap: each further one would map 64 MiB of the address space.
static inline void host_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

#endif

/// What Swift cannot say itself about the processor: control words, hints, features and a few instructions.
#ifndef GAN_EXP_CHOST_H
#define GAN_EXP_CHOST_H

#include <stdbool.h>
#if defined(__linux__)
#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/// Eight floats.
typedef float host_float8 __attribute__((ext_vector_type(8)));
/// Eight words.
typedef int host_int8 __attribute__((ext_vector_type(8)));
/// Four words of 64 bits.
typedef long long host_long4 __attribute__((ext_vector_type(4)));

#if defined(__x86_64__)

#include <immintrin.h>

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
static inline bool host_has_vectors(void) {
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

/// All ones in the first `count` of eight words.
static inline __m256i host_first(int count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

/// The first `count` of eight values, the others 0.
static inline host_float8 host_load_first(const float *values, int count) {
  return _mm256_maskload_ps(values, host_first(count));
}

/// Writes the first `count` of eight values.
static inline void host_store_first(float *values, int count, host_float8 x) {
  _mm256_maskstore_ps(values, host_first(count), x);
}

/// b where the mask is all ones, a where it is 0.
static inline host_float8 host_choose(host_float8 a, host_float8 b, host_int8 mask) {
  return _mm256_blendv_ps(a, b, (host_float8)mask);
}

/// The products of the lower halves.
static inline host_long4 host_low_products(host_long4 a, host_long4 b) {
  return _mm256_mul_epu32((__m256i)a, (__m256i)b);
}

#else

/// FPCR: denormal operands and results are zeros (FZ); with FEAT_AFP results are tiny after rounding, as on x86-64, and not
/// before (AH), and operands are flushed too (FIZ).
#define HOST_FZ (1ull << 24)
#define HOST_AH_FIZ 3ull

static inline void host_pause(void) { __asm__ volatile("yield"); }

static inline unsigned int host_control_word(void) {
  return (unsigned int)__builtin_arm_rsr64("fpcr");
}

static inline void host_restore(unsigned int word) { __builtin_arm_wsr64("fpcr", word); }

static inline void host_flush_denormals(void) {
  bool has_afp = (__builtin_arm_rsr64("id_aa64mmfr1_el1") >> 44) & 15;
  __builtin_arm_wsr64(
      "fpcr", __builtin_arm_rsr64("fpcr") | HOST_FZ | (has_afp ? HOST_AH_FIZ : 0));
}

static inline bool host_flushes_denormals(void) {
  return (__builtin_arm_rsr64("fpcr") & HOST_FZ) != 0;
}

/// Every arm64 processor has vectors of 128 bits with multiply-adds.
static inline bool host_has_vectors(void) { return true; }

static inline bool host_has_avx512(void) { return false; }

static inline host_float8 host_load_first(const float *values, int count) {
  host_float8 x = 0;
  for (int i = 0; i < count; i++) x[i] = values[i];
  return x;
}

static inline void host_store_first(float *values, int count, host_float8 x) {
  for (int i = 0; i < count; i++) values[i] = x[i];
}

static inline host_float8 host_choose(host_float8 a, host_float8 b, host_int8 mask) {
  return (host_float8)(((host_int8)b & mask) | ((host_int8)a & ~mask));
}

static inline host_long4 host_low_products(host_long4 a, host_long4 b) {
  return (a & 0xffffffffll) * (b & 0xffffffffll);
}

#endif

/// The upper halves, as lower ones.
static inline host_long4 host_high_halves(host_long4 a) {
  typedef unsigned long long host_ulong4 __attribute__((ext_vector_type(4)));
  return (host_long4)((host_ulong4)a >> 32);
}

/// a, b and c, bit by bit: whether an odd number of them is set.
static inline host_long4 host_xor(host_long4 a, host_long4 b, host_long4 c) { return a ^ b ^ c; }

/// The lower halves of a and b, in turn.
static inline host_long4 host_merge_low(host_long4 a, host_long4 b) {
  return (a & 0xffffffffll) | (b << 32);
}

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

#if defined(__linux__)

/// Has the calling process asked to end by SIGTERM when the process that began it ends.
static inline void host_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGTERM); }

/// An open file in memory, which programs that are started do not inherit; -1 where there can be none.
static inline int host_memory_file(void) { return (int)syscall(SYS_memfd_create, "gan-exp", 1u); }

/// Lets all threads take memory from one heap: each further one would map 64 MiB of the address space.
static inline void host_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

#endif

#endif

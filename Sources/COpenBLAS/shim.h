#ifndef GAN_EXP_COPENBLAS_H
#define GAN_EXP_COPENBLAS_H

#include <cblas.h>

/// Exported by OpenBLAS's threaded builds, declared in none of its headers.
extern int blas_thread_shutdown_(void) __attribute__((weak));

/// Ends the threads that OpenBLAS started when it was loaded. They wait by spinning and would take a core from ours.
static inline void openblas_end_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

#endif

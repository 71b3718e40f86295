/// Open MPI 4 or 5, loaded while the program runs: nothing of it is needed to build it, or to train without ranks.
///
/// Handles of Open MPI are addresses of objects in its library, and its constants are those of its mpi.h.
#ifndef GAN_EXP_CMPI_H
#define GAN_EXP_CMPI_H

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>

/// The functions that are used, with the handles that they take.
struct mpi_library {
  int (*init_thread)(int *, char ***, int, int *);
  int (*finalize)(void);
  int (*comm_rank)(void *, int *);
  int (*comm_size)(void *, int *);
  int (*ibcast)(void *, int, void *, int, void *, void **);
  int (*test)(void **, int *, void *);
  int (*bcast)(void *, int, void *, int, void *);
  int (*isend)(const void *, int, void *, int, int, void *, void **);
  int (*irecv)(void *, int, void *, int, int, void *, void **);
  int (*waitall)(int, void **, void *);
  int (*allgatherv)(const void *, int, void *, void *, const int *, const int *, void *, void *);
  void *world;
  void *bytes;
  void *floats;
};

/// Loads the library; returns what is missing, or NULL.
static inline const char *mpi_load(const char *path, struct mpi_library *library) {
  // Its plugins look for its symbols.
  void *handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (!handle) return dlerror();
#define MPI_SYMBOL(field, name)                                    \
  if (!(*(void **)&library->field = dlsym(handle, name))) return name
  MPI_SYMBOL(init_thread, "MPI_Init_thread");
  MPI_SYMBOL(finalize, "MPI_Finalize");
  MPI_SYMBOL(comm_rank, "MPI_Comm_rank");
  MPI_SYMBOL(comm_size, "MPI_Comm_size");
  MPI_SYMBOL(ibcast, "MPI_Ibcast");
  MPI_SYMBOL(test, "MPI_Test");
  MPI_SYMBOL(bcast, "MPI_Bcast");
  MPI_SYMBOL(isend, "MPI_Isend");
  MPI_SYMBOL(irecv, "MPI_Irecv");
  MPI_SYMBOL(waitall, "MPI_Waitall");
  MPI_SYMBOL(allgatherv, "MPI_Allgatherv");
  MPI_SYMBOL(world, "ompi_mpi_comm_world");
  MPI_SYMBOL(bytes, "ompi_mpi_byte");
  MPI_SYMBOL(floats, "ompi_mpi_float");
#undef MPI_SYMBOL
  return NULL;
}

/// Begins; only the thread that calls this will call the others. Returns an error's number, or 0.
static inline int mpi_begin(const struct mpi_library *library, int *rank, int *size) {
  int provided = 0;
  const int funneled = 1;
  int status = library->init_thread(NULL, NULL, funneled, &provided);
  if (!status) status = library->comm_rank(library->world, rank);
  if (!status) status = library->comm_size(library->world, size);
  return status;
}

/// Ends; every rank must.
static inline void mpi_end(const struct mpi_library *library) { library->finalize(); }

/// Begins to send bytes of the first rank to all.
static inline void mpi_begin_broadcast(const struct mpi_library *library, void *bytes, int count, void **request) {
  library->ibcast(bytes, count, library->bytes, 0, library->world, request);
}

/// Whether what was begun is done.
static inline bool mpi_is_done(const struct mpi_library *library, void **request) {
  int done = 0;
  library->test(request, &done, NULL);
  return done;
}

/// Sends floats of the first rank to all.
static inline void mpi_broadcast(const struct mpi_library *library, void *floats, int count) {
  library->bcast(floats, count, library->floats, 0, library->world);
}

/// Begins to send floats to a rank, which takes what one rank sends it in its order.
static inline void mpi_begin_send(
    const struct mpi_library *library, const void *floats, int count, int rank, void **request) {
  library->isend(floats, count, library->floats, rank, 0, library->world, request);
}

/// Begins to take floats of a rank.
static inline void mpi_begin_receive(
    const struct mpi_library *library, void *floats, int count, int rank, void **request) {
  library->irecv(floats, count, library->floats, rank, 0, library->world, request);
}

/// Waits until all that was begun is done.
static inline void mpi_wait(const struct mpi_library *library, int count, void **requests) {
  library->waitall(count, requests, NULL);
}

/// Completes an array of which each rank has its own stretch of floats.
static inline void mpi_all_gather(
    const struct mpi_library *library, void *floats, const int *counts, const int *starts) {
  void *const in_place = (void *)1;
  library->allgatherv(in_place, 0, library->floats, floats, counts, starts, library->floats, library->world);
}

#endif

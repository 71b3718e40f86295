/// Counts how often watched threads ask for memory: malloc and its kin are interposed in the test program.
#ifndef GAN_EXP_ALLOCATION_COUNTER_H
#define GAN_EXP_ALLOCATION_COUNTER_H

#include <stdbool.h>

/// Begins or ends to count what the calling thread asks for.
void allocation_counter_watch(bool is_watched);

/// How often watched threads asked for memory so far.
long allocation_counter_count(void);

#endif

#include "hmi/app/level_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace portcullis::hmi {

void keep_memory_level() {
#ifdef __GLIBC__
  // Said once, it no longer grows with what is freed, as it does by default (mallopt(3)).
  constexpr int kLargeBytes = 512 * 1024;
  mallopt(M_MMAP_THRESHOLD, kLargeBytes);
#endif
}

}  // namespace portcullis::hmi

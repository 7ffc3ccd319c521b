#include "hmi/app/level_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace portcullis::hmi {

void keep_memory_level() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);  // mallopt(3)
#endif
}

}  // namespace portcullis::hmi

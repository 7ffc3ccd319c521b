#include "apps/lane/realtime.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>

namespace portcullis::apps {

RealtimeOutcome lock_memory(bool wanted) {
  RealtimeOutcome out;
  out.asked = wanted;
  if (!wanted) {
    out.text = "memory not locked, as configured";
    return out;
  }
  rlimit limit{};
  // Raising it needs the privilege that locking without a limit needs.
  if (::getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    if (::setrlimit(RLIMIT_MEMLOCK, &none) != 0) {
      out.text = "memory not locked: only " + std::to_string(limit.rlim_cur / 1024) +
                 " KiB may be (LimitMEMLOCK=infinity in the unit allows it)";
      return out;
    }
  }
  if (::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
    out.text = std::string("memory not locked: ") + std::strerror(errno);
    return out;
  }
  out.granted = true;
  out.text = "memory locked";
  return out;
}

}  // namespace portcullis::apps

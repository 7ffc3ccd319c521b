#include "apps/service_notify.h"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <cstdint>

namespace portcullis::apps {

ServiceNotify::ServiceNotify() {
  std::uint64_t watchdog_us = 0;
  watched_ = ::sd_watchdog_enabled(0, &watchdog_us) > 0;
  if (watched_) {
    period_ = std::chrono::milliseconds(
        std::clamp<std::int64_t>(static_cast<std::int64_t>(watchdog_us / 4000), 10, 1000));
  }
}

void ServiceNotify::ready(const std::string& status) {
  ::sd_notify(0, ("READY=1\nSTATUS=" + status).c_str());
}

void ServiceNotify::alive(const std::string& status) {
  ::sd_notify(0, ("WATCHDOG=1\nSTATUS=" + status).c_str());
}

void ServiceNotify::stopping() {
  ::sd_notify(0, "STOPPING=1");
}

}  // namespace portcullis::apps

#pragma once

#include <filesystem>
#include <mutex>
#include <vector>

#include "apps/lane/task_thread.h"
#include "archive/catalogue.h"
#include "core/time.h"
#include "lane/alarms/alarm_desk.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// The lane's alarms with their memory: how each stands in a file, what happened in the catalogue.
///
/// An answer is in the file before it is confirmed, so that it survives any restart; where the file
/// cannot be written the answer is refused and nothing changes.
/// Ownership: borrows all it is given. Threading: thread-safe.
class AlarmKeeper final {
 public:
  /// A file that cannot be understood is put aside under another name and said in the log: its
  /// alarms are raised anew, unacknowledged.
  AlarmKeeper(std::filesystem::path file, archive::Catalogue& catalogue, TaskThread& notes,
              const core::Clock& clock);

  /// What is not as it should be, now: the lane's own conditions are `conditions`, those of the
  /// rest are read from `status`, which gets the list.
  void update(std::vector<lane::AlarmCondition> conditions, services::LaneStatus& status);
  core::Status answer(const services::AlarmAnswer& answer);
  core::Result<std::vector<services::AlarmEvent>> find(const services::AlarmSearch& search);

 private:
  void log(const std::vector<lane::AlarmChange>& changes);

  const std::filesystem::path file_;
  archive::Catalogue& catalogue_;
  TaskThread& notes_;
  const core::Clock& clock_;
  std::mutex mutex_;
  lane::AlarmDesk desk_;
  bool unsaved_ = false;
};

}  // namespace portcullis::apps

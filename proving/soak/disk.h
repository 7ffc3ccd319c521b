#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/result.h"

struct sqlite3_file;

namespace portcullis::proving {

/// A disk that fails when it is told to, under everything that SQLite does on this thread.
///
/// install() puts a VFS in front of the system's for the whole program; files opened on a thread
/// that has a SoakDisk go through it, all others are untouched. It remembers what was written and
/// not yet synced, so that a loss of power can take it back.
///
/// Threading: one thread; one disk a thread at a time. Outlives every database opened with it.
class SoakDisk {
 public:
  SoakDisk();
  ~SoakDisk();
  SoakDisk(const SoakDisk&) = delete;
  SoakDisk& operator=(const SoakDisk&) = delete;

  /// Once a program; kInternal where SQLite refuses. Harmless to repeat.
  static core::Status install();

  void set_full(bool full) { full_ = full; }
  void set_failing(bool failing) { failing_ = failing; }
  /// The program is gone: nothing reaches the disk any more, closing included.
  void set_dead(bool dead) { dead_ = dead; }
  /// Fails this act (write, sync, truncation or removal, counted from 0) and all later ones, as
  /// after a kill; or this one alone.
  enum class AtAct : std::uint8_t { kNever, kFailsOnce, kFailsFromThere, kDies };
  void at_act(AtAct what, std::uint64_t act) {
    at_act_ = what;
    act_ = act;
  }
  [[nodiscard]] std::uint64_t acts() const { return acts_; }
  /// What was written to a file and not synced is lost; all files must be closed. Some of it, the
  /// oldest first, reached the disk all the same, as `seed` says; with seed 0 nothing did.
  core::Status lose_power(std::uint64_t seed);

  // For the VFS.
  struct Verdict {
    bool refused = false;
    int code = 0;  ///< SQLite's.
  };
  Verdict act(bool writes);
  void note_write(const std::string& path, sqlite3_file* real, std::int64_t offset, int bytes);
  void note_truncate(const std::string& path, sqlite3_file* real, std::int64_t size);
  void note_sync(const std::string& path);
  void note_gone(const std::string& path);
  static SoakDisk* current() noexcept;

 private:
  struct Undo {
    std::int64_t offset = 0;
    std::int64_t size_before = 0;
    std::string bytes;  ///< What stood there.
  };
  bool full_ = false, failing_ = false, dead_ = false;
  AtAct at_act_ = AtAct::kNever;
  std::uint64_t act_ = 0, acts_ = 0;
  std::map<std::string, std::vector<Undo>> unsynced_;
};

}  // namespace portcullis::proving

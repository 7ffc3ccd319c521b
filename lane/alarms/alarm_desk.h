#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "lane/alarms/alarm_table.h"

namespace portcullis::lane {

/// Something that is not as it should be, now.
struct AlarmCondition {
  std::string key;     ///< As alarm_row(); a key without a row is a bug of ours.
  std::string detail;  ///< In the device's own words.
  /// The PLC's own time of it, in its milliseconds, which wrap around at 2^32.
  std::optional<std::uint32_t> plc_ms;
  bool first = false;    ///< The lane's cycle latched it before all others.
  bool at_once = false;  ///< Latched or certain; all else is raised when it has stood for a while.
};

enum class AlarmStanding : std::uint8_t {
  kUnacknowledged,
  kAcknowledged,
  kReturned,    ///< Gone, and nobody has acknowledged it.
  kShelved,     ///< By a person, for a time, for a reason.
  kSuppressed,  ///< By design: another alarm hides what is behind it.
};
[[nodiscard]] std::string_view alarm_standing_name(AlarmStanding standing) noexcept;

/// An alarm as it stands.
struct AlarmEntry {
  std::string key, detail;
  std::uint64_t occurrence = 0;  ///< Grows with every alarm raised, over all of them.
  AlarmStanding standing = AlarmStanding::kUnacknowledged;
  core::UtcTime raised;
  bool active = true;
  bool first_out = false;
  std::string acknowledged_by;  ///< Empty: nobody has.
  core::UtcTime shelved_until;  ///< ns 0: not shelved.
  std::string shelved_by, shelved_reason;
  std::string suppressed_by;  ///< Key of what hides it.
  std::optional<std::uint32_t> plc_ms;
  bool first = false;
};

/// For the log.
struct AlarmChange {
  core::UtcTime utc;
  std::string kind;  ///< "alarm raised", "alarm returned", "alarm acknowledged", ...
  std::string text;
};

/// The lane's alarms after ANSI/ISA-18.2: raised, acknowledged, returned, shelved, suppressed by
/// design. Pure: conditions and times are handed in, changes and the text to keep are handed out.
///
/// An answer counts for one occurrence of one alarm and never for another: whoever acknowledges
/// that a device is lost has not acknowledged what it reports when it is back. What a lost device
/// reported before stays as it was, suppressed, until it can be seen again.
/// Threading: none of its own.
class AlarmDesk final {
 public:
  static constexpr core::Duration kRaiseDelay = std::chrono::seconds(3);
  static constexpr core::Duration kReturnDelay = std::chrono::seconds(2);  ///< Against chatter.
  /// After a restart nothing is taken as gone before devices have had time to answer.
  static constexpr core::Duration kRestartGrace = std::chrono::seconds(15);
  static constexpr std::uint32_t kShelveMinutesMax = 480;

  /// The conditions that hold now. `now` never goes back; `utc` may.
  std::vector<AlarmChange> update(const std::vector<AlarmCondition>& conditions,
                                  core::TimePoint now, core::UtcTime utc);

  /// All fail with kNotFound (no such alarm) or kRefused (another occurrence, no reason, ...).
  core::Result<AlarmChange> acknowledge(const std::string& key, std::uint64_t occurrence,
                                        const std::string& user, core::UtcTime utc);
  core::Result<AlarmChange> shelve(const std::string& key, std::uint64_t occurrence,
                                   std::uint32_t minutes, const std::string& reason,
                                   const std::string& user, core::UtcTime utc);
  core::Result<AlarmChange> unshelve(const std::string& key, const std::string& user,
                                     core::UtcTime utc);

  /// First cause, then unacknowledged before others, high before low, newest first.
  [[nodiscard]] std::vector<AlarmEntry> entries() const;
  /// Raised within the last 10 minutes; the measure is 1.
  [[nodiscard]] std::uint32_t raised_last_10_min(core::UtcTime utc) const;
  /// Mean of the last 24 h.
  [[nodiscard]] double raised_per_10_min(core::UtcTime utc) const;

  /// What must survive a restart, as JSON.
  [[nodiscard]] std::string to_text() const;
  /// Fails with kCorrupt naming the field; alarms of rows that are no more are left out.
  static core::Result<AlarmDesk> from_text(std::string_view text, core::TimePoint now);

 private:
  struct Kept {
    AlarmEntry entry;
    std::optional<core::TimePoint> gone_since;
  };
  core::Result<Kept*> find(const std::string& key, std::uint64_t occurrence);
  void raise(Kept& kept, const AlarmCondition& condition, core::UtcTime utc,
             std::vector<AlarmChange>& changes);

  /// It has stood for long enough to be raised.
  bool due(const AlarmCondition& condition, core::TimePoint now);

  std::map<std::string, Kept> kept_;
  std::map<std::string, core::TimePoint> pending_;  ///< Not raised yet: since when they stand.
  std::uint64_t occurrences_ = 0;
  std::deque<core::UtcTime> raised_;  ///< Of the last 24 h.
  std::optional<core::TimePoint> returns_from_;
};

}  // namespace portcullis::lane

#pragma once

#include <limits>
#include <string>

#include "core/time.h"
#include "firmware_bridge/source/source_driver.h"

namespace portcullis::firmware_bridge {

/// When a source's driver may ask for beam, what takes that wish away again, and when the source's
/// heart is beaten: the part of a driver that safety hangs on, as a plain machine without thread,
/// wire or clock. The driver sends what this says.
///
/// A loss (of the connection, of the owner's sign of life, a reset) takes the wish away, and it
/// stays away until the owner has withdrawn it himself and asks anew.
class BeamWish final {
 public:
  struct Times {
    core::Duration owner_watchdog;      ///< Without a sign of life for so long it is taken away.
    core::Duration heartbeat_period;    ///< Of the source's heart.
    core::Duration status_stale_after;  ///< A state older than this is not known.
  };
  /// Far enough back that any age is stale, near enough that subtracting cannot overflow.
  static constexpr core::TimePoint kNever{
      core::Duration(std::numeric_limits<std::int64_t>::min() / 4)};

  explicit BeamWish(const Times& times) : times_(times) {}

  /// The connection ended, or there is none yet.
  void lost();
  /// The source has said how it is.
  void answered(SourceState state, core::TimePoint now);
  [[nodiscard]] bool stale(core::TimePoint now) const {
    return now - answered_at_ > times_.status_stale_after;
  }
  [[nodiscard]] core::TimePoint answered_at() const { return answered_at_; }
  /// As last answered; kUnknown where that is stale.
  [[nodiscard]] SourceState state(core::TimePoint now) const {
    return stale(now) ? SourceState::kUnknown : state_;
  }

  /// Why beam may not be asked for now; empty where it may.
  [[nodiscard]] std::string refusal(core::TimePoint now) const;
  /// It was asked for, which refusal() allowed.
  void ask() { asked_ = true; }
  /// The owner's own withdrawal: he may ask anew. True where it was asked for.
  bool withdraw();
  /// By a loss or a reset. True where it was asked for.
  bool take_away();
  [[nodiscard]] bool asked() const { return asked_; }
  [[nodiscard]] bool heartbeat_running() const { return alive_; }

  struct Due {
    bool withdraw = false;  ///< The owner is silent: beam is to be withdrawn at the source.
    bool beat = false;
    core::Duration next;  ///< It need not be asked again before.
  };
  /// `alive_at`: the owner's last sign of life. Beats missed while nothing ran are not caught up.
  Due tick(core::TimePoint now, core::TimePoint alive_at);

 private:
  const Times times_;
  bool asked_ = false, locked_ = false, alive_ = false;
  SourceState state_ = SourceState::kUnknown;
  core::TimePoint answered_at_ = kNever;
  core::TimePoint beat_at_{};
};

}  // namespace portcullis::firmware_bridge

#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "firmware_bridge/source/beam_wish.h"
#include "firmware_bridge/source/source_driver.h"
#include "firmware_bridge/transport/scpi_link.h"

namespace portcullis::firmware_bridge {

/// The source that speaks the text protocol of codec/scpi.h. See SourceDriver for its promises.
class ScpiSource final : public SourceDriver {
 public:
  ScpiSource(const SourceConfig& config, const core::Clock& clock);
  ~ScpiSource() override;

  core::Status configure(const SourceSettings& settings) override;
  void set_warm(bool warm) override;
  void reset() override;
  core::Status request_beam(bool on) override;
  void alive() noexcept override;
  [[nodiscard]] SourceView view() const override;

 private:
  void run();
  core::Status serve();  // one connection, until it ends
  core::Status introduce();
  core::Status apply_wishes();
  core::Status poll_status();
  core::Status poll_measurements();
  core::Duration tick();  // heartbeat and the owner's watchdog
  void lose(const core::Error& error);
  void take_beam_away();  // mutex_ held
  core::Error lie(std::string_view what, std::string_view reply);
  core::Error protocol_error(std::string_view query, std::string_view reply);

  const SourceConfig config_;
  const core::Clock* clock_;
  ScpiLink link_;
  std::atomic<std::int64_t> alive_at_ns_;
  std::atomic<bool> stopping_{false};
  std::uint32_t heartbeat_ = 0;  // driver thread only
  // Since it was connected; driver thread only.
  bool measured_once_ = false;
  double hours_before_ = 0;
  std::int64_t arcs_before_ = 0;

  mutable std::mutex mutex_;  // never held while waiting
  SourceView view_;           // without what wish_ knows
  BeamWish wish_;
  SourceSettings settings_;
  bool settings_wanted_ = false, settings_dirty_ = false, warm_dirty_ = false;
  bool reset_wanted_ = false;
  std::thread thread_;
};

}  // namespace portcullis::firmware_bridge

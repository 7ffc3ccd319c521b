#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/mpmc_queue.h"
#include "firmware_bridge/detector/detector_driver.h"
#include "firmware_bridge/transport/scpi_link.h"

namespace portcullis::firmware_bridge {

/// The detector that speaks the text protocol of codec/scpi.h. See DetectorDriver.
class NativeDetector final : public DetectorDriver {
 public:
  NativeDetector(const DetectorConfig& config, const core::Clock& clock);
  ~NativeDetector() override;

  core::Status configure(const DetectorSettings& settings) override;
  core::Status set_destination(std::string_view ip, std::uint16_t port) override;
  core::Result<std::uint32_t> arm() override;
  core::Status start() override;
  core::Status stop() override;
  core::Result<std::optional<SequenceRange>> range(std::uint16_t module) override;
  bool request_resend(const ResendRequest& request) noexcept override;
  [[nodiscard]] DetectorView view() const override;

 private:
  /// A call of the owner, carried out on the driver's thread.
  struct Job {
    std::string what;
    std::function<core::Status()> work;
    bool done = false, abandoned = false;
    core::Status status;
  };

  core::Status call(std::string what, std::function<core::Status()> work);
  void run();
  core::Status serve();
  core::Status introduce();
  core::Status poll();
  core::Status run_jobs();
  core::Status command(const std::string& line);
  /// Accepted is not yet set: what stands there is read back. kRefused where it is something else.
  core::Status set(const std::string& header, const std::string& value);
  core::Result<double> temperature(std::uint16_t module);
  core::Duration tick();
  void lose(const core::Error& error);
  core::Error protocol_error(std::string_view query, std::string_view reply);

  const DetectorConfig config_;
  const core::Clock* clock_;
  ScpiLink link_;
  core::MpmcQueue<ResendRequest> resends_;
  std::atomic<std::uint64_t> resends_asked_{0}, resends_refused_{0};
  std::atomic<bool> stopping_{false};
  bool in_command_ = false;             // driver thread only
  std::uint16_t next_temperature_ = 0;  // driver thread only

  mutable std::mutex mutex_;  // never held while waiting for the device
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> jobs_;
  DetectorView view_;
  core::TimePoint answered_at_;
  std::thread thread_;
};

}  // namespace portcullis::firmware_bridge

#pragma once

#include <string>

#include "simulator/live/pulse_train.h"
#include "simulator/live/scpi_device.h"

namespace portcullis::simulator {

/// The detector's control side over its pulse train.
///
/// Refuses what it cannot do: other gains than 1, triggering by the encoder. The integration time
/// is kept and reported with the data; a pulse is far shorter, so samples do not depend on it. Each
/// setting can be read back.
/// Threading: one thread. Ownership: borrows the train.
class DetectorDevice final : public ScpiDevice {
 public:
  DetectorDevice(const core::ScannerGeometry& geometry, PulseTrain& train);

 protected:
  [[nodiscard]] std::string identity() const override;
  [[nodiscard]] int self_test() const override { return 0; }
  void reset(core::TimePoint now) override;
  Outcome carry_out(const firmware_bridge::ScpiUnit& unit, core::TimePoint now) override;

 private:
  Outcome answer(const firmware_bridge::ScpiUnit& unit);
  Outcome set_destination(const firmware_bridge::ScpiUnit& unit);
  Outcome set_trigger(const firmware_bridge::ScpiUnit& unit);
  Outcome set_pattern(const firmware_bridge::ScpiUnit& unit);
  Outcome resend(const firmware_bridge::ScpiUnit& unit);
  Outcome start();

  core::ScannerGeometry geometry_;
  PulseTrain& train_;
  // As they are read back.
  std::int64_t integration_us_ = 100;
  std::string trigger_ = "EXT";
  std::string pattern_ = "OFF";
};

}  // namespace portcullis::simulator

#pragma once

#include <optional>
#include <string>

#include "core/geometry.h"
#include "simulator/live/scpi_device.h"

namespace portcullis::simulator {

/// What the PLC lets the source do.
struct SourceInterlocks {
  bool beam_permit = false;
  bool hv_contactor = false;
  bool trigger_inhibit = true;
};

/// The X-ray source: warms up, makes beam while it is asked to and every interlock agrees, and
/// drops it by itself when no heartbeat came for 200 ms.
///
/// A beam that was lost to an interlock or a missing heartbeat comes back only on a new request.
/// It makes only the energies and pulse rate of its scanner and refuses others.
/// Threading: one thread; time is handed in.
class SourceDevice final : public ScpiDevice {
 public:
  enum class BeamState { kOff, kWarming, kReady, kOn, kFault };

  SourceDevice(const core::ScannerGeometry& geometry, double warm_up_s);

  void tick(core::TimePoint now, const SourceInterlocks& interlocks);
  /// The device's own fault (a modulator trip): beam off until it is gone and *RST came.
  void set_hardware_fault(bool fault);

  /// Arcs come so often, evenly; 0: none.
  void set_arcs_per_s(double rate) { arcs_per_s_ = rate; }
  /// The warm-up is lost while this holds, and begins anew after it.
  void set_cold(bool cold) { cold_ = cold; }
  /// It says fewer arcs than it said before.
  void set_counter_back(bool back) { counter_back_ = back; }

  [[nodiscard]] BeamState state() const { return state_; }
  [[nodiscard]] bool beam_on() const { return state_ == BeamState::kOn; }
  /// Dose of a pulse relative to the nominal one.
  [[nodiscard]] double dose_factor() const { return arcing_ ? 0.05 * dose_ : dose_; }

 protected:
  [[nodiscard]] std::string identity() const override;
  [[nodiscard]] int self_test() const override { return state_ == BeamState::kFault ? 1 : 0; }
  void reset(core::TimePoint now) override;
  Outcome carry_out(const firmware_bridge::ScpiUnit& unit, core::TimePoint now) override;

 private:
  void update(core::TimePoint now);
  [[nodiscard]] bool heartbeat_alive(core::TimePoint now) const;
  [[nodiscard]] std::string open_interlocks(core::TimePoint now) const;
  Outcome set_energies(const firmware_bridge::ScpiUnit& unit);
  Outcome request_beam(const firmware_bridge::ScpiUnit& unit, core::TimePoint now);

  core::ScannerGeometry geometry_;
  double warm_up_s_;
  BeamState state_ = BeamState::kOff;
  SourceInterlocks interlocks_;
  std::optional<core::TimePoint> warming_since_;
  std::optional<core::TimePoint> heartbeat_at_;
  std::optional<core::TimePoint> updated_at_;
  bool warm_ = false, requested_ = false, hardware_fault_ = false, fault_latched_ = false;
  double dose_ = 1.0;
  double beam_hours_ = 1234.5;
  double arcs_per_s_ = 0, arcs_ = 20;
  bool cold_ = false, counter_back_ = false, arcing_ = false;
};

}  // namespace portcullis::simulator

#pragma once

#include <string>

#include "core/time.h"
#include "firmware_bridge/rpm/portal_client.h"
#include "firmware_bridge/source/source_driver.h"
#include "lane/ports.h"

namespace portcullis::apps {

/// The lane's source port on a source driver. Borrows both.
class SourceAdapter final : public lane::SourcePort {
 public:
  SourceAdapter(firmware_bridge::SourceDriver& driver, firmware_bridge::PortalClient& portal,
                const core::Clock& clock)
      : driver_(driver), portal_(portal), clock_(clock) {}

  [[nodiscard]] lane::SourceView view() const override {
    const auto device = driver_.view();
    lane::SourceView view;
    view.connected = device.connected;
    view.seen = clock_.now() - device.status_age;
    view.state = to_lane(device.state);
    if (!device.identity.empty())
      view.hardware = device.simulated ? lane::HardwareKind::kSimulated : lane::HardwareKind::kReal;
    view.problem = device.last_error;
    if (view.problem.empty()) view.problem = refused_;
    if (view.problem.empty() && device.connected && !device.settings_applied)
      view.problem = "settings not yet accepted by the source";
    return view;
  }
  void request_beam(bool on) override {
    // The portal must know first: its samples under beam are never background.
    if (on && !asked_) portal_.set_beam_on(true);
    const auto status = driver_.request_beam(on);
    if (!on && asked_) portal_.set_beam_on(false);
    asked_ = on;
    refused_ = status.ok() ? "" : status.error().message;
  }
  void request_warm(bool on) override { driver_.set_warm(on); }
  void reset() override { driver_.reset(); }
  void alive() override { driver_.alive(); }

 private:
  static lane::SourceState to_lane(firmware_bridge::SourceState state) {
    using From = firmware_bridge::SourceState;
    switch (state) {
      case From::kOff:
        return lane::SourceState::kOff;
      case From::kWarming:
        return lane::SourceState::kWarming;
      case From::kReady:
        return lane::SourceState::kReady;
      case From::kOn:
        return lane::SourceState::kOn;
      case From::kFault:
        return lane::SourceState::kFault;
      case From::kUnknown:
        break;
    }
    return lane::SourceState::kUnknown;
  }
  firmware_bridge::SourceDriver& driver_;
  firmware_bridge::PortalClient& portal_;
  const core::Clock& clock_;
  bool asked_ = false;
  std::string refused_;  // why the last request was not passed on
};

/// The lane's radiation port on a portal client. Borrows both. The portal's wire does not say
/// whether it is simulated; the configuration declares it.
class RadiationAdapter final : public lane::RadiationPort {
 public:
  RadiationAdapter(const firmware_bridge::PortalClient& client, bool simulated,
                   const core::Clock& clock)
      : client_(client), simulated_(simulated), clock_(clock) {}

  [[nodiscard]] lane::RadiationView view() const override {
    const auto portal = client_.view();
    lane::RadiationView view;
    view.connected = portal.connected;
    view.seen = clock_.now() - portal.data_age;
    view.hardware = simulated_ ? lane::HardwareKind::kSimulated : lane::HardwareKind::kReal;
    view.healthy = portal.healthy;
    view.problem = portal.healthy ? "" : portal.health_text;
    return view;
  }

 private:
  const firmware_bridge::PortalClient& client_;
  bool simulated_;
  const core::Clock& clock_;
};

}  // namespace portcullis::apps

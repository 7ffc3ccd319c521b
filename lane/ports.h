#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"
#include "core/scan.h"
#include "core/time.h"
#include "plc/interlock/plc_link.h"

/// What the lane driver needs of the world, as abstract ports; apps wires the real devices to
/// them, tests have fakes.
///
/// Threading, for all of them: called on the driver's thread at every poll (10 ms). No call may
/// block: it notes what is wanted, returns at once, and view() tells later what came of it. A call
/// changes the view at once, though: after arm() it says kArming, after stop() of a running capture
/// kDraining, after open() kOpening, after close() kClosing, never still what was before.
namespace portcullis::lane {

enum class HardwareKind : std::uint8_t { kUnknown, kReal, kSimulated };

// ---- X-ray source ---------------------------------------------------------------------------

enum class SourceState : std::uint8_t { kUnknown, kOff, kWarming, kReady, kOn, kFault };

struct SourceView {
  bool connected = false;
  core::TimePoint seen;  ///< When `state` was last confirmed by the device.
  SourceState state = SourceState::kUnknown;
  HardwareKind hardware = HardwareKind::kUnknown;  ///< From *IDN?.
  std::string problem;                             ///< In words; empty where all is well.
};

class SourcePort {
 public:
  virtual ~SourcePort() = default;
  [[nodiscard]] virtual SourceView view() const = 0;
  /// Levels. Withdrawing beam goes out within the call.
  virtual void request_beam(bool on) = 0;
  virtual void request_warm(bool on) = 0;
  /// Once: the device forgets the faults that it has latched and whose cause is gone.
  virtual void reset() = 0;
  /// The lane lives: called at every poll; without it for 200 ms the driver's heartbeat ends and
  /// the source drops beam by itself.
  virtual void alive() = 0;
};

// ---- detector and acquisition ---------------------------------------------------------------

enum class CaptureKind : std::uint8_t { kDark, kAir, kScan };
enum class CapturePhase : std::uint8_t {
  kIdle,  ///< Nothing asked for, or the last was cancelled.
  kArming,
  kArmed,  ///< Memory taken, detector armed: start() will give lines at once.
  kRunning,
  kDraining,  ///< Stopped; the last lines are still on their way to the record.
  kDone,      ///< All lines are with their taker (a scan), or the frame is good (dark, air).
  kFailed,    ///< `problem` says why.
};

struct AcquisitionView {
  bool connected = false;
  core::TimePoint seen;
  HardwareKind hardware = HardwareKind::kUnknown;
  CapturePhase phase = CapturePhase::kIdle;
  CaptureKind kind = CaptureKind::kDark;  ///< Of the capture that `phase` speaks of.
  std::uint32_t lines = 0;                ///< Of the running or last capture.
  std::uint64_t lines_lost = 0;
  bool calibrated = false;  ///< A dark and an air frame fit for use are at hand.
  std::string problem;
};

class AcquisitionPort {
 public:
  virtual ~AcquisitionPort() = default;
  [[nodiscard]] virtual AcquisitionView view() const = 0;
  /// From any phase; what ran before is stopped and dropped.
  /// kDark, kAir: `lines` lines (of both energies together) are taken and reduced, then kDone
  /// comes by itself. kScan: at most `lines`, until stop().
  virtual void arm(CaptureKind kind, std::uint32_t lines) = 0;
  virtual void start() = 0;
  /// Running becomes draining, then done. Arming, armed: back to idle.
  virtual void stop() = 0;
};

// ---- record of a scan -------------------------------------------------------------------------

struct ScanBegin {
  std::string scan_id;
  std::uint64_t vehicle = 0;  ///< The lane's number of the vehicle, from 1.
  core::UtcTime started;
  bool forward = true;  ///< Encoder grows.
  bool simulated = false;
  core::VehicleIdentity identity;  ///< As far as it is known now.
  /// The scan of this vehicle that this one takes again: lost or ordered again in the tunnel, or on
  /// the visit before. Empty: none.
  std::string scan_before;
};

enum class RecordPhase : std::uint8_t { kIdle, kOpening, kOpen, kClosing, kClosed, kFailed };

struct RecordView {
  RecordPhase phase = RecordPhase::kIdle;
  bool storage_ready = false;  ///< Space for a whole scan and its record.
  std::string problem;
};

/// Every open() is followed by exactly one close(), whatever happens. The close() of a complete
/// scan comes when its capture is done; that of a lost one at once, with lines perhaps still on
/// their way: what the capture delivers until it is done or failed belongs to the record. A record
/// that fails says kFailed and still gets its close().
class RecordPort {
 public:
  virtual ~RecordPort() = default;
  [[nodiscard]] virtual RecordView view() const = 0;
  virtual void open(const ScanBegin& begin) = 0;
  virtual void close(core::ScanOutcome outcome, const std::string& reason, core::UtcTime ended) = 0;
};

// ---- radiation portal -------------------------------------------------------------------------

struct RadiationView {
  bool connected = false;
  core::TimePoint seen;                            ///< Last line of any kind.
  HardwareKind hardware = HardwareKind::kUnknown;  ///< As the lane's config declares it.
  bool healthy = false;                            ///< Background within limits, no tamper.
  std::string problem;
};

class RadiationPort {
 public:
  virtual ~RadiationPort() = default;
  [[nodiscard]] virtual RadiationView view() const = 0;
};

/// One finished occupancy of the portal; handed to LaneDriver::submit().
struct OccupancyReading {
  core::TimePoint began;
  core::TimePoint ended;
  std::uint32_t number = 0;  ///< The portal's own.
  bool valid = false;        ///< Measured from end to end, without fault or tamper.
  bool alarm = false;        ///< Gamma or neutron, by the portal's or by our own reckoning.
  std::string text;
  std::uint64_t id = 0;  ///< Of whoever submits it; comes back in VehicleRecord::occupancies.
};

/// One camera reading; handed to LaneDriver::submit().
struct CameraReading {
  enum class Kind : std::uint8_t { kPlate, kContainer, kIsoType, kOther };
  core::TimePoint at;
  Kind kind = Kind::kPlate;  ///< kOther says nothing of whose vehicle it is.
  std::string camera;
  std::string text;
  double confidence = 0;    ///< 0 to 1.
  core::UtcTime utc{};      ///< `at`, for the record.
  std::string said_kind{};  ///< The camera's own word for `kind`.
  std::string image{};      ///< The camera's reference to its picture; may be empty.
};

// ---- what the lane tells ----------------------------------------------------------------------

/// How the binding of a vehicle's identity ended. Anything but kBound is for an officer: the lane
/// never resolves it by itself.
enum class IdentityOutcome : std::uint8_t {
  kBound,       ///< Nothing speaks against it.
  kAmbiguous,   ///< See VehicleRecord::ambiguities.
  kUnreadable,  ///< No container number with a right check digit was read.
  kTailgated,   ///< Another vehicle followed it in.
  kSplitLoad,   ///< One of its containers was read on another vehicle before.
};
[[nodiscard]] std::string_view identity_outcome_name(IdentityOutcome outcome) noexcept;

/// What is bound to the vehicle in the lane, by clock and by order.
struct VehicleRecord {
  std::uint64_t vehicle = 0;
  core::UtcTime arrived;
  core::VehicleIdentity identity;
  bool radiation_measured = false;  ///< A valid occupancy is bound.
  bool radiation_alarm = false;
  std::uint32_t occupancy_number = 0;  ///< The portal's own, of the first; 0 where it gave none.
  std::vector<std::uint64_t> occupancies;  ///< Ids of all that were bound, valid or not.
  std::vector<CameraReading> readings;     ///< All of them, as they came, also what does not stand.
  std::vector<std::string> ambiguities;    ///< In words; never resolved by the lane itself.
  IdentityOutcome outcome = IdentityOutcome::kBound;
  /// This vehicle was here before, with this number; 0: not as far as is known.
  std::uint64_t visit_after = 0;
  std::string scan_before;  ///< It was sent round to have this scan taken again; empty: it was not.
};

/// Called on the driver's thread, in the order of happening; must return at once.
class LaneListener {
 public:
  virtual ~LaneListener() = default;
  virtual void on_vehicle_arrived(const VehicleRecord& vehicle) = 0;
  virtual void on_vehicle_identity(const VehicleRecord& vehicle) = 0;  ///< Something was bound.
  virtual void on_scan_started(const ScanBegin& begin) = 0;  ///< After RecordPort::open().
  virtual void on_scan_ended(const std::string& scan_id, core::ScanOutcome outcome,
                             const std::string& reason) = 0;
  /// A complete scan is recorded; the lane waits for decide().
  virtual void on_review_wanted(const std::string& scan_id, const VehicleRecord& vehicle) = 0;
  virtual void on_decided(const std::string& scan_id, core::DecisionKind kind) = 0;
  virtual void on_vehicle_left(std::uint64_t vehicle) = 0;
  virtual void on_calibration(bool good, const std::string& text) = 0;
  /// State changes, refusals, losses, faults: one line each, for log, record and audit.
  virtual void on_event(core::UtcTime utc, const std::string& kind, const std::string& text) = 0;
};

/// Everything the driver works with; all must outlive it.
struct LanePorts {
  plc::PlcLink& plc;
  SourcePort& source;
  AcquisitionPort& acquisition;
  RecordPort& record;
  RadiationPort& radiation;
  LaneListener& listener;
  const core::Clock& clock;
};

}  // namespace portcullis::lane

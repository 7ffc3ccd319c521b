#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive/catalogue.h"
#include "core/time.h"
#include "lane/ports.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// What the cameras read of a vehicle, kept with its case, and the pictures they read it from.
///
/// A reading names its picture by a path within the folder that the cameras put theirs into. The
/// picture may come after the reading: it is waited for, until it is there to its last byte, and
/// then copied to the case's own photos. What a camera clears away later is still with the case.
/// What is no picture, too large, or outside the folder is said with the reading, never taken.
///
/// Ownership: borrows catalogue and clock. Threading: waiting() from any thread, all else from one.
class CameraPictures {
 public:
  static constexpr core::Duration kWaitMax = std::chrono::seconds(60);
  static constexpr std::size_t kWaitingMax = 1'000;

  struct Parts {
    archive::Catalogue& catalogue;
    const core::Clock& clock;
    std::filesystem::path from;  ///< Where the cameras put them; empty: no picture is looked for.
    std::filesystem::path into;  ///< As photo_files.h has it.
    /// The case's readings as they are now. May be empty.
    std::function<void(const std::string& scan_id, const std::vector<services::CameraReading>&)>
        changed;
    /// A picture that is with its case now. May be empty.
    std::function<void(const std::string& scan_id, const std::string& camera,
                       const std::string& sha256, std::uint64_t bytes)>
        taken;
  };
  explicit CameraPictures(Parts parts) : parts_(std::move(parts)) {}

  /// The scan is in the catalogue. Its readings are kept when this returns, and those of its
  /// pictures that are there.
  void keep(const std::string& scan_id, const std::vector<lane::CameraReading>& readings);
  /// Looks for those that were not there yet. Call it about once a second while waiting().
  void look();
  [[nodiscard]] bool waiting() const { return waiting_count_ > 0; }

 private:
  struct Waiting {
    std::string scan_id, camera, reference;
    std::size_t place = 0;  ///< Among the case's readings.
    core::TimePoint until;
  };
  enum class Outcome : std::uint8_t { kDone, kNotYet };
  Outcome take(const Waiting& one);
  void keep_event(const std::string& scan_id, std::string_view kind, const std::string& text,
                  core::UtcTime at);
  void tell(const std::string& scan_id);

  Parts parts_;
  std::vector<Waiting> waiting_;
  std::atomic<std::size_t> waiting_count_{0};
};

}  // namespace portcullis::apps

#pragma once

#include <array>
#include <atomic>
#include <bitset>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/scan.h"
#include "imaging/flag/flag.h"
#include "imaging/images.h"
#include "imaging/pipeline/image_assembler.h"
#include "imaging/pipeline/scan_processor.h"
#include "inspection/worker/worker_client.h"
#include "recording/scan_recorder.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// The screens' four planes (high, low, mass, material) of finished images.
std::array<services::Image, 4> screen_planes(const imaging::Images& images);

/// Images of one scan, made while it runs: lines go to imaging as the record takes them, blocks of
/// columns to the worker as they are finished, so that after the last line only the tail remains.
///
/// What comes out is what imaging::process() makes of the same scan, byte for byte.
/// Ownership: shares `raw`, borrows the worker. Threading: all calls from any thread; it works on a
/// thread of its own and on core::parallel_for. lines_there() and ended() wait for nothing; take()
/// waits for the rest of the work, some tenths of a second after ended(). The destructor breaks
/// off between two batches.
class ScanImaging final : public recording::LineFollower {
 public:
  /// `raw`: geometry, calibration and metadata of a scan that begins; memory for its lines is
  /// reserved, so that what is there stays where it is while lines are added.
  ScanImaging(std::shared_ptr<const core::RawScan> raw, inspection::WorkerClient* worker,
              const imaging::Parameters& parameters);
  ~ScanImaging() override;
  ScanImaging(const ScanImaging&) = delete;
  ScanImaging& operator=(const ScanImaging&) = delete;

  /// The first `count` lines of the scan are there and will not change.
  void lines_there(std::size_t count) override;
  /// And these are all. `identity`: of the vehicle, for the findings.
  void ended(std::size_t count, const core::VehicleIdentity& identity) override;

  /// Why there will be no image, as soon as that is known: while the scan runs.
  [[nodiscard]] std::optional<core::Error> refusal() const;
  [[nodiscard]] const std::string& scan_id() const { return raw_->meta.id; }
  /// Lines that are worked already; for diagnostics.
  [[nodiscard]] std::size_t lines_done() const { return lines_done_; }

  struct Made {
    /// All that a verdict and the screens need is here at once: of the planes of the images `bad`
    /// alone. The others come with complete().
    core::Result<imaging::Images> images;
    std::array<services::Image, 4> planes;  ///< Empty where there are no images.
    /// Of the worker; nothing where there is none or there are no images.
    std::optional<core::Result<imaging::FlagResult>> flagged;
    std::unique_ptr<imaging::ImageAssembler> rest{};  ///< Null: the images are whole.

    /// The rest of the images: their rows moved together, some tens of milliseconds. Does nothing
    /// where they are whole, or there are none.
    void complete();
  };
  /// Waits until that is made. Once; ended() was called.
  Made take();

 private:
  struct Blocks;
  void run();
  core::Status push(imaging::ScanProcessor& processor, std::size_t from, std::size_t to,
                    Blocks& blocks);
  void refuse(const core::Error& error);
  Made finish(imaging::ScanProcessor& processor, Blocks& blocks);

  const std::shared_ptr<const core::RawScan> raw_;
  inspection::WorkerClient* const worker_;
  const imaging::Parameters parameters_;
  // Where the lines lie: the vectors themselves belong to the thread that adds to them.
  const core::LineHeader* const headers_;
  const std::bitset<core::kModulesMax>* const modules_;
  const std::uint32_t* const samples_;

  mutable std::mutex mutex_;  // guards all below but the thread
  std::optional<core::Error> refusal_;
  std::condition_variable wake_;
  std::size_t there_ = 0;
  bool ended_ = false;
  bool stopping_ = false;
  core::VehicleIdentity identity_;
  std::optional<Made> made_;
  std::atomic<std::size_t> lines_done_{0};
  std::thread thread_;
};

}  // namespace portcullis::apps

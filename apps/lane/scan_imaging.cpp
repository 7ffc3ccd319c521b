#include "apps/lane/scan_imaging.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <future>
#include <span>

#include "core/parallel.h"
#include "imaging/growing_planes.h"
#include "imaging/kernels/line_kernels.h"
#include "imaging/pipeline/process.h"

namespace portcullis::apps {
namespace {

/// Lines worked at once: often enough to keep up, rarely enough not to be busy with waking up.
constexpr std::size_t kBatch_lines = 128;

/// The screens' planes, filled as columns come.
class ScreenPlanes {
 public:
  ScreenPlanes(int rows, int columns_expected)
      : columns_(static_cast<std::size_t>(rows),
                 static_cast<std::size_t>(std::max(1, columns_expected))) {
    core::parallel_for(bytes_.size(), 1, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        bytes_[i] = std::make_shared<std::vector<std::byte>>();
        core::zeroed_on_huge_pages(*bytes_[i], columns_.size() * kBytesPerPixel[i]);
      }
    });
  }

  void add(const imaging::ImageBlock& block) {
    const auto width = static_cast<std::size_t>(block.columns);
    if (const auto by = columns_.take_in(block.first_column, width); !by.none()) move(by);
    const std::size_t at = columns_.offset_of(block.first_column);
    core::parallel_for(columns_.rows(), 64, [&](std::size_t from, std::size_t to) {
      for (std::size_t r = from; r < to; ++r) {
        const std::size_t in = r * block.stride;
        const std::size_t out = r * columns_.stride() + at;
        imaging::kernels::attenuation_codes({block.transmission_high + in, width},
                                            {codes(0) + out, width});
        imaging::kernels::attenuation_codes({block.transmission_low + in, width},
                                            {codes(1) + out, width});
        imaging::kernels::mass_codes({block.mass_g_cm2 + in, width}, {codes(2) + out, width});
        std::memcpy(bytes_[3]->data() + out, block.material + in, width);
      }
    });
  }

  /// Empty afterwards.
  std::array<services::Image, 4> take(const core::ImageGrid& grid) {
    move(columns_.close());
    std::array<services::Image, 4> images;
    for (std::size_t i = 0; i < images.size(); ++i) {
      images[i].columns = static_cast<std::uint32_t>(grid.columns);
      images[i].rows = static_cast<std::uint32_t>(grid.rows);
      images[i].bytes_per_pixel = static_cast<std::uint32_t>(kBytesPerPixel[i]);
      images[i].mm_per_px = grid.mm_per_px;
      images[i].x_first_mm = grid.x_first_mm;
      images[i].z_first_mm = grid.z_first_mm;
      images[i].source_distance_mm = grid.source_distance_mm;
      images[i].source_z_mm = grid.source_z_mm;
      images[i].pixels = std::move(bytes_[i]);
    }
    return images;
  }

 private:
  static constexpr std::array<std::size_t, 4> kBytesPerPixel{2, 2, 2, 1};

  [[nodiscard]] std::uint16_t* codes(std::size_t plane) {
    return reinterpret_cast<std::uint16_t*>(bytes_[plane]->data());
  }
  void move(const imaging::GrowingColumns::Move& by) {
    core::parallel_for(bytes_.size(), 1, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i)
        imaging::move_columns(by, *bytes_[i], kBytesPerPixel[i]);
    });
  }

  imaging::GrowingColumns columns_;
  std::array<std::shared_ptr<std::vector<std::byte>>, 4> bytes_;  ///< High, low, mass, material.
};

}  // namespace

std::array<services::Image, 4> screen_planes(const imaging::Images& images) {
  ScreenPlanes planes(images.grid.rows, images.grid.columns);
  planes.add(imaging::whole_block(images));
  return planes.take(images.grid);
}

void ScanImaging::Made::complete() {
  if (rest && images.ok()) rest->take_rest(*images);
  rest.reset();
}

/// What came out so far.
struct ScanImaging::Blocks {
  Blocks(int rows, int columns)
      : images(std::make_unique<imaging::ImageAssembler>(rows, columns)), planes(rows, columns) {}
  std::unique_ptr<imaging::ImageAssembler> images;
  ScreenPlanes planes;
  std::unique_ptr<inspection::WorkerClient::RunningScan> at_worker;

  imaging::ScanProcessor::BlockSink sink() {
    return [this](const imaging::ImageBlock& block) {
      if (at_worker) at_worker->add(block);
      images->add(block);
      planes.add(block);
    };
  }
};

ScanImaging::ScanImaging(std::shared_ptr<const core::RawScan> raw, inspection::WorkerClient* worker,
                         const imaging::Parameters& parameters)
    : raw_(std::move(raw)),
      worker_(worker),
      parameters_(parameters),
      headers_(raw_->lines.data()),
      modules_(raw_->modules_present.data()),
      samples_(raw_->samples.data()),
      thread_([this] { run(); }) {}

ScanImaging::~ScanImaging() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void ScanImaging::lines_there(std::size_t count) {
  bool enough = false;
  {
    const std::lock_guard lock(mutex_);
    enough = count / kBatch_lines != there_ / kBatch_lines;
    there_ = count;
  }
  if (enough) wake_.notify_all();
}

void ScanImaging::ended(std::size_t count, const core::VehicleIdentity& identity) {
  {
    const std::lock_guard lock(mutex_);
    there_ = count;
    ended_ = true;
    identity_ = identity;
  }
  wake_.notify_all();
}

ScanImaging::Made ScanImaging::take() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [&] { return made_.has_value(); });
  return std::move(*made_);
}

core::Status ScanImaging::push(imaging::ScanProcessor& processor, std::size_t from, std::size_t to,
                               Blocks& blocks) {
  const std::size_t pixels = raw_->meta.geometry.pixels.size();
  return processor.push({headers_ + from, to - from}, {modules_ + from, to - from},
                        {samples_ + from * pixels, (to - from) * pixels}, blocks.sink());
}

std::optional<core::Error> ScanImaging::refusal() const {
  const std::lock_guard lock(mutex_);
  return refusal_;
}

void ScanImaging::refuse(const core::Error& error) {
  const std::lock_guard lock(mutex_);
  refusal_ = error;
}

void ScanImaging::run() {
  imaging::ScanProcessor::Options options;
  options.travel = imaging::travel_of(raw_->meta);
  options.scan_started = raw_->meta.started;
  // An officer waits for the last columns, nobody for the processor while the truck still moves.
  options.block_columns = imaging::ScanProcessor::kBlockColumnsLeast;
  auto processor =
      imaging::ScanProcessor::create(raw_->meta.geometry, raw_->calibration, parameters_, options);
  if (!processor.ok()) refuse(processor.error());
  // Armed: the planes' memory is taken and touched before the first line.
  Blocks blocks(processor.ok() ? processor->rows() : 0,
                processor.ok() ? imaging::usual_columns(raw_->meta.geometry.image_mm_per_px) : 1);
  if (processor.ok() && worker_ != nullptr) {
    const auto grid = core::make_image_grid(raw_->meta.geometry, 0, 0);
    blocks.at_worker = worker_->begin_scan(grid.mm_per_px, grid.z_first_mm, processor->obliquity());
  }
  std::size_t done = 0;
  for (;;) {
    std::size_t there = 0;
    bool ended = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || ended_ || there_ >= done + kBatch_lines; });
      if (stopping_) return;
      there = there_;
      ended = ended_;
    }
    while (done < there && processor.ok()) {
      const std::size_t to = std::min(there, done + kBatch_lines);
      if (const auto taken = push(*processor, done, to, blocks); !taken.ok()) {
        refuse(taken.error());
        processor = taken.error();
      }
      done = to;
    }
    done = there;
    lines_done_ = done;
    if (!ended) continue;
    Made made{processor.ok() ? finish(*processor, blocks)
                             : Made{processor.error(), {}, std::nullopt, nullptr}};
    {
      const std::lock_guard lock(mutex_);
      made_.emplace(std::move(made));
    }
    wake_.notify_all();
    return;
  }
}

ScanImaging::Made ScanImaging::finish(imaging::ScanProcessor& processor, Blocks& blocks) {
  auto summary = processor.finish(blocks.sink());
  if (!summary.ok()) return {summary.error(), {}, std::nullopt, nullptr};
  core::VehicleIdentity identity;
  {
    const std::lock_guard lock(mutex_);
    identity = identity_;
  }
  // The worker searches while the screens' planes are put together here.
  std::future<core::Result<imaging::FlagResult>> searching;
  if (blocks.at_worker) {
    searching = std::async(std::launch::async, [&] {
      return blocks.at_worker->end(summary->grid, identity, imaging::FlagParameters{});
    });
  }
  Made made{blocks.images->take_head(*summary), {}, std::nullopt, std::move(blocks.images)};
  if (made.images.ok()) made.planes = blocks.planes.take(made.images->grid);
  if (searching.valid()) made.flagged = searching.get();
  return made;
}

}  // namespace portcullis::apps

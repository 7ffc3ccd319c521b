#include "apps/lane/scan_imaging.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <future>
#include <span>

#include "core/parallel.h"
#include "imaging/display/quantise.h"
#include "imaging/pipeline/image_assembler.h"
#include "imaging/pipeline/process.h"

namespace portcullis::apps {
namespace {

/// Lines worked at once: often enough to keep up, rarely enough not to be busy with waking up.
constexpr std::size_t kBatch_lines = 128;

/// Columns of the screens' planes.
struct CodedBlock {
  std::int64_t first_column = 0;
  std::size_t columns = 0;
  std::vector<std::uint16_t> high, low, mass;
  std::vector<std::uint8_t> material;
};

CodedBlock coded(const imaging::ImageBlock& block) {
  CodedBlock out;
  out.first_column = block.first_column;
  out.columns = static_cast<std::size_t>(block.columns);
  const auto rows = static_cast<std::size_t>(block.rows);
  const std::size_t size = out.columns * rows;
  out.high.resize(size);
  out.low.resize(size);
  out.mass.resize(size);
  out.material.resize(size);
  core::parallel_for(rows, 64, [&](std::size_t from, std::size_t to) {
    for (std::size_t r = from; r < to; ++r) {
      for (std::size_t c = 0; c < out.columns; ++c) {
        const std::size_t i = r * block.stride + c;
        const std::size_t k = r * out.columns + c;
        out.high[k] = imaging::attenuation_code(block.transmission_high[i]);
        out.low[k] = imaging::attenuation_code(block.transmission_low[i]);
        out.mass[k] = imaging::mass_code(block.mass_g_cm2[i]);
        out.material[k] = block.material[i];
      }
    }
  });
  return out;
}

template <class Pixel>
services::Image joined(const core::ImageGrid& grid, std::int64_t first_column,
                       const std::vector<CodedBlock>& blocks,
                       std::vector<Pixel> CodedBlock::*plane) {
  const auto columns = static_cast<std::size_t>(grid.columns);
  const auto rows = static_cast<std::size_t>(grid.rows);
  auto bytes = std::make_shared<std::vector<std::byte>>(columns * rows * sizeof(Pixel));
  core::parallel_for(rows, 64, [&](std::size_t from, std::size_t to) {
    for (std::size_t r = from; r < to; ++r) {
      for (const auto& block : blocks) {
        const auto at = static_cast<std::size_t>(block.first_column - first_column);
        std::memcpy(bytes->data() + (r * columns + at) * sizeof(Pixel),
                    &(block.*plane)[r * block.columns], block.columns * sizeof(Pixel));
      }
    }
  });
  services::Image image;
  image.columns = static_cast<std::uint32_t>(grid.columns);
  image.rows = static_cast<std::uint32_t>(grid.rows);
  image.bytes_per_pixel = sizeof(Pixel);
  image.mm_per_px = grid.mm_per_px;
  image.x_first_mm = grid.x_first_mm;
  image.z_first_mm = grid.z_first_mm;
  image.pixels = std::move(bytes);
  return image;
}

std::array<services::Image, 4> join_all(const core::ImageGrid& grid,
                                        const std::vector<CodedBlock>& blocks) {
  const std::int64_t first = imaging::first_column_of(grid);
  return {joined(grid, first, blocks, &CodedBlock::high),
          joined(grid, first, blocks, &CodedBlock::low),
          joined(grid, first, blocks, &CodedBlock::mass),
          joined(grid, first, blocks, &CodedBlock::material)};
}

}  // namespace

std::array<services::Image, 4> screen_planes(const imaging::Images& images) {
  return join_all(images.grid, {coded(imaging::whole_block(images))});
}

/// What came out so far.
struct ScanImaging::Blocks {
  imaging::ImageAssembler images;
  std::vector<CodedBlock> coded_blocks;
  std::unique_ptr<inspection::WorkerClient::RunningScan> at_worker;

  imaging::ScanProcessor::BlockSink sink() {
    return [this](const imaging::ImageBlock& block) {
      if (at_worker) at_worker->add(block);
      images.add(block);
      coded_blocks.push_back(coded(block));
    };
  }
};

ScanImaging::ScanImaging(std::shared_ptr<const core::RawScan> raw, inspection::WorkerClient* worker)
    : raw_(std::move(raw)),
      worker_(worker),
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

void ScanImaging::push(imaging::ScanProcessor& processor, std::size_t from, std::size_t to,
                       Blocks& blocks) {
  const std::size_t pixels = raw_->meta.geometry.pixels.size();
  // Fails only where the three do not fit together, and they do.
  static_cast<void>(processor.push({headers_ + from, to - from}, {modules_ + from, to - from},
                                   {samples_ + from * pixels, (to - from) * pixels},
                                   blocks.sink()));
}

void ScanImaging::run() {
  imaging::ScanProcessor::Options options;
  options.travel = imaging::travel_of(raw_->meta);
  auto processor =
      imaging::ScanProcessor::create(raw_->meta.geometry, raw_->calibration, {}, options);
  Blocks blocks;
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
      push(*processor, done, to, blocks);
      done = to;
    }
    done = there;
    lines_done_ = done;
    if (!ended) continue;
    Made made{processor.ok() ? finish(*processor, blocks)
                             : Made{processor.error(), {}, std::nullopt}};
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
  if (!summary.ok()) return {summary.error(), {}, std::nullopt};
  core::VehicleIdentity identity;
  {
    const std::lock_guard lock(mutex_);
    identity = identity_;
  }
  // The worker searches while the planes are put together here.
  std::future<core::Result<imaging::FlagResult>> searching;
  if (blocks.at_worker) {
    searching = std::async(std::launch::async, [&] {
      return blocks.at_worker->end(summary->grid, identity, imaging::FlagParameters{});
    });
  }
  Made made{blocks.images.take(*summary), {}, std::nullopt};
  if (made.images.ok()) made.planes = join_all(made.images->grid, blocks.coded_blocks);
  if (searching.valid()) made.flagged = searching.get();
  return made;
}

}  // namespace portcullis::apps

#include "imaging/pipeline/block_output.h"

#include <algorithm>
#include <utility>

#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

/// Columns [from, to] out of the blocks.
void gather_columns(const std::deque<RawBlock>& raw, std::int64_t from, std::int64_t to,
                    Strip& strip) {
  const auto width = static_cast<std::size_t>(RawBlock::kColumns);
  const std::size_t size = raw.empty() ? 0 : raw.front().bad.size();
  strip.resize(static_cast<int>(to - from + 1), static_cast<int>(size / width));
  strip.first_column = from;
  const std::size_t stride = strip.stride();
  const auto rows = static_cast<std::size_t>(strip.rows);
  for (const auto& kept : raw) {
    const std::int64_t block_first = kept.block * RawBlock::kColumns;
    const std::int64_t a = std::max(from, block_first);
    const std::int64_t b = std::min(to, block_first + RawBlock::kColumns - 1);
    if (a > b) continue;
    const auto count = static_cast<std::size_t>(b - a + 1);
    const auto source = static_cast<std::size_t>(a - block_first);
    const auto target = static_cast<std::size_t>(a - from);
    std::copy_n(kept.spacing_mm.begin() + static_cast<std::ptrdiff_t>(source), count,
                strip.line_spacing_mm.begin() + static_cast<std::ptrdiff_t>(target));
    core::parallel_for(rows, 64, [&](std::size_t r0, std::size_t r1) {
      for (std::size_t r = r0; r < r1; ++r) {
        const auto y = static_cast<int>(r);
        std::copy_n(&kept.high[r * width + source], count, strip.high.row(y) + target);
        std::copy_n(&kept.low[r * width + source], count, strip.low.row(y) + target);
        std::copy_n(&kept.bad[r * width + source], count, &strip.bad[r * stride + target]);
      }
    });
  }
}

}  // namespace

void BlockOutput::wait() {
  if (on_their_way_.valid()) on_their_way_.get();
}

void BlockOutput::give_out(const std::deque<RawBlock>& raw, std::int64_t from, std::int64_t to,
                           std::vector<Block> blocks, Energies energies, const Sink& sink) {
  // The strip before this one may be on its way still; the one before that is not.
  Leaving& out = leaving_[next_];
  next_ = 1 - next_;
  gather_columns(raw, from, to, out.strip);
  out.blocks = std::move(blocks);
  out.energies = energies;
  wait();
  if (aside_) {
    on_their_way_ = std::async(std::launch::async, [this, &out, sink] { hand_out(out, sink); });
  } else {
    hand_out(out, sink);
  }
}

/// Classes the strip and gives its blocks out.
void BlockOutput::hand_out(Leaving& out, const Sink& sink) {
  Strip& strip = out.strip;
  classifier_.classify_strip(strip, out.energies, workspace_, found_);
  if (!sink) return;
  for (const auto& one : out.blocks) {
    ImageBlock block;
    block.first_column = one.first_column;
    block.columns = one.columns;
    block.rows = strip.rows;
    block.stride = strip.stride();
    const auto at = static_cast<std::size_t>(one.first_column - strip.first_column);
    block.transmission_high = strip.high.row(0) + at;
    block.transmission_low = strip.low.row(0) + at;
    block.mass_g_cm2 = &found_.mass_g_cm2[at];
    block.material_confidence_percent = &found_.confidence_percent[at];
    block.material = &found_.material[at];
    block.material_marks = &found_.marks[at];
    block.effective_z_halves = &found_.effective_z_halves[at];
    block.bad = &strip.bad[at];
    block.scatter_left = classifier_.scatter_left();
    sink(block);
  }
}

}  // namespace portcullis::imaging

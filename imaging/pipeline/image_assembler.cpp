#include "imaging/pipeline/image_assembler.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/parallel.h"

namespace portcullis::imaging {

void ImageAssembler::add(const ImageBlock& block) {
  Kept kept;
  kept.first_column = block.first_column;
  kept.columns = block.columns;
  kept.rows = block.rows;
  const auto width = static_cast<std::size_t>(block.columns);
  const auto rows = static_cast<std::size_t>(block.rows);
  kept.values.resize(4 * width * rows);
  kept.classes.resize(4 * width * rows);
  const std::array<const float*, 4> values{block.transmission_high, block.transmission_low,
                                           block.mass_g_cm2, block.material_confidence};
  const std::array<const std::uint8_t*, 4> classes{block.material, block.bad, block.material_marks,
                                                   block.effective_z_halves};
  core::parallel_for(rows, 64, [&](std::size_t from, std::size_t to) {
    for (std::size_t r = from; r < to; ++r) {
      for (std::size_t i = 0; i < values.size(); ++i)
        std::copy_n(values[i] + r * block.stride, width, &kept.values[(i * rows + r) * width]);
      for (std::size_t i = 0; i < classes.size(); ++i) {
        // What is not carried along stays 0.
        if (classes[i] != nullptr)
          std::copy_n(classes[i] + r * block.stride, width, &kept.classes[(i * rows + r) * width]);
      }
    }
  });
  blocks_.push_back(std::move(kept));
}

core::Result<Images> ImageAssembler::take(const ScanSummary& summary) {
  Images images;
  images.grid = summary.grid;
  images.obliquity = summary.obliquity;
  images.quality = summary.quality;
  images.lines_lost = summary.lines_lost;
  images.energies = summary.energies;
  images.correct_ms = summary.busy_ms;
  std::int64_t there = 0;
  for (const auto& kept : blocks_) there += kept.columns;
  if (there != summary.grid.columns)
    return core::Error{core::ErrorCode::kInternal, "images: blocks do not make up the image"};
  const std::size_t size = images.size();
  const std::array<std::vector<float>*, 4> values{&images.transmission_high,
                                                  &images.transmission_low, &images.mass_g_cm2,
                                                  &images.material_confidence};
  const std::array<std::vector<std::uint8_t>*, 4> classes{
      &images.material, &images.bad, &images.material_marks, &images.effective_z_halves};
  for (auto* plane : values) plane->resize(size);
  for (auto* plane : classes) plane->resize(size);
  const auto columns = static_cast<std::size_t>(summary.grid.columns);
  const auto rows = static_cast<std::size_t>(summary.grid.rows);
  core::parallel_for(rows, 16, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = 0; i < values.size() + classes.size(); ++i) {
      for (std::size_t r = from; r < to; ++r) {
        for (const auto& kept : blocks_) {
          const auto width = static_cast<std::size_t>(kept.columns);
          const auto at = static_cast<std::size_t>(kept.first_column - summary.first_column);
          if (i < values.size()) {
            std::copy_n(&kept.values[(i * rows + r) * width], width,
                        values[i]->data() + r * columns + at);
          } else {
            std::copy_n(&kept.classes[((i - values.size()) * rows + r) * width], width,
                        classes[i - values.size()]->data() + r * columns + at);
          }
        }
      }
    }
  });
  blocks_.clear();
  return images;
}

}  // namespace portcullis::imaging

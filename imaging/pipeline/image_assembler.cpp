#include "imaging/pipeline/image_assembler.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

std::array<std::vector<float>*, 3> values_of(Images& images) {
  return {&images.transmission_high, &images.transmission_low, &images.mass_g_cm2};
}
std::array<std::vector<std::uint8_t>*, 5> classes_of(Images& images) {
  return {&images.material, &images.material_confidence_percent, &images.bad,
          &images.material_marks, &images.effective_z_halves};
}

/// Calls `body(plane)` for all eight, the large ones first.
template <class Body>
void for_planes(Images& images, const Body& body) {
  const auto values = values_of(images);
  const auto classes = classes_of(images);
  core::parallel_for(values.size() + classes.size(), 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i < values.size()) {
        body(*values[i]);
      } else {
        body(*classes[i - values.size()]);
      }
    }
  });
}

}  // namespace

ImageAssembler::ImageAssembler(int rows, int columns_expected)
    : columns_(static_cast<std::size_t>(rows),
               static_cast<std::size_t>(std::max(1, columns_expected))) {
  for_planes(images_, [&](auto& plane) { core::zeroed_on_huge_pages(plane, columns_.size()); });
}

void ImageAssembler::move(const GrowingColumns::Move& by) {
  for_planes(images_, [&](auto& plane) { move_columns(by, plane); });
}

void ImageAssembler::add(const ImageBlock& block) {
  const auto width = static_cast<std::size_t>(block.columns);
  const auto rows = std::min(columns_.rows(), static_cast<std::size_t>(block.rows));
  if (const auto by = columns_.take_in(block.first_column, width); !by.none()) move(by);
  there_ += block.columns;
  images_.scatter_left = block.scatter_left;
  const auto values = values_of(images_);
  const auto classes = classes_of(images_);
  const std::array<const float*, 3> new_values{block.transmission_high, block.transmission_low,
                                               block.mass_g_cm2};
  const std::array<const std::uint8_t*, 5> new_classes{
      block.material, block.material_confidence_percent, block.bad, block.material_marks,
      block.effective_z_halves};
  const std::size_t at = columns_.offset_of(block.first_column);
  const std::size_t stride = columns_.stride();
  core::parallel_for(rows, 64, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t r = from; r < to; ++r)
        std::copy_n(new_values[i] + r * block.stride, width, values[i]->data() + r * stride + at);
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
      for (std::size_t r = from; r < to; ++r) {
        std::uint8_t* const out = classes[i]->data() + r * stride + at;
        // What is not carried along is 0.
        if (new_classes[i] != nullptr)
          std::copy_n(new_classes[i] + r * block.stride, width, out);
        else
          std::fill_n(out, width, std::uint8_t{0});
      }
    }
  });
}

core::Result<Images> ImageAssembler::take_head(const ScanSummary& summary) {
  if (there_ != summary.grid.columns || columns_.first() != summary.first_column ||
      columns_.width() != static_cast<std::size_t>(summary.grid.columns) ||
      columns_.rows() != static_cast<std::size_t>(summary.grid.rows))
    return core::Error{core::ErrorCode::kInternal, "images: blocks do not make up the image"};
  closing_ = columns_.close();
  move_columns(closing_, images_.bad);
  Images head;
  head.bad = std::move(images_.bad);
  head.grid = summary.grid;
  head.obliquity = summary.obliquity;
  head.quality = summary.quality;
  head.notes = summary.notes;
  head.lines_lost = summary.lines_lost;
  head.energies = summary.energies;
  head.scatter_left = images_.scatter_left;
  head.correct_ms = summary.busy_ms;
  return head;
}

void ImageAssembler::take_rest(Images& head) {
  images_.bad = std::move(head.bad);  // whole already: the move is none of it
  for_planes(images_, [&](auto& plane) {
    if (static_cast<const void*>(&plane) != static_cast<const void*>(&images_.bad))
      move_columns(closing_, plane);
  });
  const auto values = values_of(images_);
  const auto classes = classes_of(images_);
  const auto values_to = values_of(head);
  const auto classes_to = classes_of(head);
  for (std::size_t i = 0; i < values.size(); ++i) *values_to[i] = std::move(*values[i]);
  for (std::size_t i = 0; i < classes.size(); ++i) *classes_to[i] = std::move(*classes[i]);
  images_ = {};
  there_ = 0;
  columns_ = GrowingColumns(columns_.rows(), 1);
}

core::Result<Images> ImageAssembler::take(const ScanSummary& summary) {
  PC_TRY(Images images, take_head(summary));
  take_rest(images);
  return images;
}

}  // namespace portcullis::imaging

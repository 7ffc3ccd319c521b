#pragma once

#include <cstdint>

#include "core/result.h"
#include "imaging/growing_planes.h"
#include "imaging/images.h"
#include "imaging/pipeline/scan_processor.h"

namespace portcullis::imaging {

/// Puts blocks together to whole images: each is written straight into the planes that take()
/// gives, so that little is left to do at a scan's end. Works on core::parallel_for.
/// Memory: for `columns_expected` columns it is taken and touched at construction; a scan that has
/// more makes it larger (a copy of what is there), one that has fewer moves its rows together at
/// the end. Threading: one thread.
class ImageAssembler final {
 public:
  ImageAssembler(int rows, int columns_expected);
  void add(const ImageBlock& block);
  /// The images; the assembler is empty afterwards. Fails with kInternal where blocks are missing.
  core::Result<Images> take(const ScanSummary& summary);

  /// The same in two parts, for whom somebody waits. First all but the planes, and `bad` of these:
  /// what a verdict asks for. Fails as take().
  core::Result<Images> take_head(const ScanSummary& summary);
  /// Then the other planes, into what take_head() gave. The assembler is empty afterwards.
  void take_rest(Images& head);

 private:
  void move(const GrowingColumns::Move& by);
  GrowingColumns columns_;
  GrowingColumns::Move closing_;  ///< Of the planes that take_head() left.
  std::int64_t there_ = 0;
  Images images_;
};

}  // namespace portcullis::imaging

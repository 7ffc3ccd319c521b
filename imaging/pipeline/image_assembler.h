#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "imaging/images.h"
#include "imaging/pipeline/scan_processor.h"

namespace portcullis::imaging {

/// Puts blocks together to whole images. Threading: one thread.
class ImageAssembler final {
 public:
  void add(const ImageBlock& block);
  /// The images; the assembler is empty afterwards. Fails with kInternal where blocks are missing.
  core::Result<Images> take(const ScanSummary& summary);

 private:
  struct Kept {
    std::int64_t first_column = 0;
    int columns = 0;
    int rows = 0;
    std::vector<float> values;          ///< high, low, mass, confidence, one behind the other.
    std::vector<std::uint8_t> classes;  ///< material, bad.
  };
  std::vector<Kept> blocks_;
};

}  // namespace portcullis::imaging

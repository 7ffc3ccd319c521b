#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <vector>

#include "core/huge_pages.h"
#include "imaging/images.h"
#include "imaging/material/classify.h"
#include "imaging/pipeline/block_classifier.h"

namespace portcullis::imaging {

/// Columns of one block before they are classed; row-major, kColumns to a row.
struct RawBlock {
  static constexpr std::int64_t kColumns = 256;
  std::int64_t block = 0;
  core::HugePageVector<float> high, low;
  core::HugePageVector<std::uint8_t> bad;
  std::array<float, static_cast<std::size_t>(kColumns)> spacing_mm{};
};

/// The way out of blocks whose columns are final: gathered with their halo into a strip, classed
/// and given to the sink; on a thread of its own where `aside`, one strip after the other, while
/// the next one is gathered.
/// Ownership: borrows `classifier`. Threading: one thread at a time; works on core::parallel_for.
class BlockOutput final {
 public:
  using Sink = std::function<void(const ImageBlock&)>;
  /// A block's columns on the installation's grid.
  struct Block {
    std::int64_t first_column = 0;
    int columns = 0;
  };

  BlockOutput(const BlockClassifier& classifier, bool aside)
      : classifier_(classifier), aside_(aside) {}
  ~BlockOutput() { wait(); }
  BlockOutput(const BlockOutput&) = delete;
  BlockOutput& operator=(const BlockOutput&) = delete;

  /// Columns [from, to] out of `raw`, of which `blocks` go out in their order. The sink is copied;
  /// `raw` is free again when this returns.
  void give_out(const std::deque<RawBlock>& raw, std::int64_t from, std::int64_t to,
                std::vector<Block> blocks, Energies energies, const Sink& sink);
  /// Until all that was given out has gone.
  void wait();

 private:
  struct Leaving {
    Strip strip;
    std::vector<Block> blocks;
    Energies energies = Energies::kBoth;
  };
  void hand_out(Leaving& out, const Sink& sink);

  const BlockClassifier& classifier_;
  bool aside_;
  std::array<Leaving, 2> leaving_;  ///< One on its way while the other one is filled.
  std::size_t next_ = 0;
  ClassifyWorkspace workspace_;
  ClassifyOutput found_;            ///< Of the strip that is on its way.
  std::future<void> on_their_way_;  ///< Works with what stands above.
};

}  // namespace portcullis::imaging

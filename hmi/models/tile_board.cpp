#include "hmi/models/tile_board.h"

#include <algorithm>

#include "core/assert.h"
#include "core/parallel.h"

namespace portcullis::hmi {
namespace {

int tile_of(int pixel) {
  return pixel >= 0 ? pixel / TileBoard::kTilePx : -((-pixel - 1) / TileBoard::kTilePx) - 1;
}

}  // namespace

void TileBoard::clear() {
  tiles_.clear();
  visible_.clear();
  painter_.reset();
  look_ = {};
}

void TileBoard::show(const Look& look, double scale, const QRect& visible) {
  PC_ASSERT(look.complete() && scale > 0);
  const bool other_samples = scale != scale_ || look.planes != look_.planes ||
                             look.chain.low_energy != look_.chain.low_energy ||
                             look.needs_classes() != look_.needs_classes();
  if (other_samples) tiles_.clear();
  if (painter_ == nullptr || look.mode != look_.mode || !(look.chain == look_.chain) ||
      look.dark != look_.dark) {
    painter_ = std::make_unique<Painter>(look.mode, look.chain, look.dark);
    ++look_number_;
  }
  look_ = look;
  scale_ = scale;
  ++shows_;
  visible_.clear();
  std::vector<Tile*> to_paint;
  for (int row = tile_of(visible.top()); row <= tile_of(visible.bottom()); ++row) {
    for (int column = tile_of(visible.left()); column <= tile_of(visible.right()); ++column) {
      std::unique_ptr<Tile>& tile = tiles_[{column, row}];
      if (tile == nullptr) {
        tile = std::make_unique<Tile>();
        tile->x = column * kTilePx;
        tile->y = row * kTilePx;
      }
      tile->seen = shows_;
      visible_.push_back(tile.get());
      if (tile->painted == 0 || tile->look != look_number_) to_paint.push_back(tile.get());
    }
  }
  for (Tile* tile : to_paint) {
    tile->look = look_number_;
    tile->painted = ++painted_;
    if (tile->samples.codes.empty()) ++sampled_;
  }
  core::parallel_for(to_paint.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Tile& tile = *to_paint[i];
      if (tile.samples.codes.empty())
        tile.samples = sample(look_, scale_, tile.x, tile.y, kTilePx, kTilePx);
      tile.picture = painter_->paint(tile.samples, tile.x, tile.y);
    }
  });
  forget();
}

void TileBoard::forget() {
  const std::size_t keep = 2 * visible_.size() + 4;
  if (tiles_.size() <= keep) return;
  std::vector<std::uint64_t> ages;
  for (const auto& [place, tile] : tiles_) ages.push_back(tile->seen);
  std::nth_element(ages.begin(), ages.end() - static_cast<std::ptrdiff_t>(keep), ages.end());
  const std::uint64_t oldest = std::min(ages[ages.size() - keep], shows_);
  std::erase_if(tiles_, [&](const auto& each) { return each.second->seen < oldest; });
}

}  // namespace portcullis::hmi

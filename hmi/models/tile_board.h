#pragma once

#include <QImage>
#include <QRect>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "hmi/models/image_renderer.h"

namespace portcullis::hmi {

/// The visible part of an image as tiles at the screen's resolution.
///
/// Tiles are counted from the image's corner, at the current scale. The planes' values under a tile
/// are kept, so a pan reads only what comes into sight, and another window, colour or strip only
/// looks colours up again. Another scale or other planes begin anew. What is out of sight is
/// forgotten but for one screen's worth.
/// Ownership: owns its tiles. Threading: one thread; works on the machine's cores within a call.
class TileBoard final {
 public:
  static constexpr int kTilePx = 128;  ///< Small: what sticks out of the pane is work in vain.

  struct Tile {
    int x = 0, y = 0;  ///< Of its first pixel, screen pixels from the image's corner.
    Samples samples;
    QImage picture;
    std::uint64_t painted = 0;  ///< Differs whenever the picture does; 0: not painted yet.
    std::uint64_t look = 0;     ///< The look that it was painted in.
    std::uint64_t seen = 0;     ///< The last show() that it was visible in.
  };

  /// Brings all tiles up to date that share a pixel with `visible` (screen pixels from the image's
  /// corner). `look` must be complete(). Its chain's slow steps are left out.
  void show(const Look& look, double scale, const QRect& visible);
  void clear();

  /// Those of the last show().
  [[nodiscard]] const std::vector<const Tile*>& visible() const { return visible_; }
  /// For tests: tiles whose planes were read, and pictures painted, since the beginning.
  [[nodiscard]] std::uint64_t sampled() const { return sampled_; }
  [[nodiscard]] std::uint64_t painted() const { return painted_; }

 private:
  void forget();

  std::map<std::pair<int, int>, std::unique_ptr<Tile>> tiles_;  ///< By tile column and row.
  std::vector<const Tile*> visible_;
  Look look_;
  double scale_ = 0;
  std::uint64_t look_number_ = 0;
  std::uint64_t shows_ = 0, sampled_ = 0, painted_ = 0;
  std::unique_ptr<Painter> painter_;
};

}  // namespace portcullis::hmi

#pragma once

#include <cstdint>
#include <memory>
#include <span>

namespace portcullis::imaging {

/// Which attenuations (-ln T of high energy) are drawn from lightest to darkest, and how the
/// steps are spread between: brightness goes with ((A - lo) / (hi - lo)) ^ power.
struct Window {
  float attenuation_lo = 0.0F;
  float attenuation_hi = 6.2F;  ///< Must be above lo; where it is not, lo + 0.01 is taken.
  float power = 0.72F;          ///< 0.72: thin and thick both keep steps; 1: the plain log.
};

/// Colour of air, 0xFFRRGGBB, as the theme's token says; everything darker falls off from it.
inline constexpr std::uint32_t kAirLight_argb = 0xFFFFFFFFU;
inline constexpr std::uint32_t kAirDark_argb = 0xFF8A8F93U;

/// Standard image: 255 where A <= lo, 0 where A >= hi.
/// `gray` has the size of `high_codes`. Pure, thread-safe; makes a 64 KiB table a call, so call it
/// for a tile, not for a pixel.
void render_standard(std::span<const std::uint16_t> high_codes, const Window& window,
                     std::span<std::uint8_t> gray);

/// Gray to opaque colour on the theme's ground: 255 is the air colour, 0 nearly black.
void gray_to_argb(std::span<const std::uint8_t> gray, std::uint32_t air_argb,
                  std::span<std::uint32_t> argb);

struct MaterialView {
  Window window;
  std::uint32_t air_argb = kAirLight_argb;
  /// Where the tile's first pixel lies on the screen: keeps hatching in step from tile to tile
  /// and still while panning.
  int origin_x = 0;
  int origin_y = 0;
  /// Size of the marks that tell classes apart without colour (heavy metal hatched, light
  /// inorganic dotted), in pixels of the picture. 0 leaves them out (thumbnails).
  int mark_period_px = 8;
};

/// The material view's colours, worked out once for a window and an air colour.
/// Ownership: owns its tables. Threading: const calls from any thread.
class MaterialPalette final {
 public:
  MaterialPalette(const Window& window, std::uint32_t air_argb);
  ~MaterialPalette();
  MaterialPalette(MaterialPalette&&) noexcept;
  MaterialPalette& operator=(MaterialPalette&&) noexcept;

  /// One pixel without its mark. `material` as in material.tif; above 5 is drawn as 0.
  [[nodiscard]] std::uint32_t colour(std::uint16_t high_code, std::uint8_t material) const;
  /// The colour of a mark on that pixel.
  [[nodiscard]] std::uint32_t mark_colour(std::uint16_t high_code, std::uint8_t material) const;

  /// A tile, row-major; all spans columns * rows long.
  void render(std::span<const std::uint16_t> high_codes, std::span<const std::uint8_t> material,
              int columns, int rows, const MaterialView& view, std::span<std::uint32_t> argb) const;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

/// As MaterialPalette(view.window, view.air_argb).render(...), for one picture.
///
/// Brightness falls with the attenuation of high energy; hue says the class: organic orange,
/// light inorganic green, metal blue, heavy metal violet; below 0.05 of attenuation the colour
/// fades to that of air, where nothing can be said; too thick is neutral grey. Marks carry the
/// class where colours come close for colour-blind readers.
void render_material(std::span<const std::uint16_t> high_codes,
                     std::span<const std::uint8_t> material, int columns, int rows,
                     const MaterialView& view, std::span<std::uint32_t> argb);

}  // namespace portcullis::imaging

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace portcullis::simulator {

/// How goods stand in a container.
enum class Stowage : std::uint8_t {
  kPallets,   ///< Two abreast, in layers of `unit_mm`.
  kFloor,     ///< From wall to wall, in blocks of `unit_mm` with gaps.
  kDrums,     ///< 200 l drums of steel, three abreast.
  kRolls,     ///< Upright, two abreast, `unit_mm` thick.
  kCoils,     ///< On their sides along the middle, `unit_mm` thick, with a bore of 508 mm.
  kBundles,   ///< Of long goods, as long as the container.
  kPlates,    ///< Low, heavy stacks of `unit_mm` on pallets' feet.
  kBigBags,   ///< Two abreast, about a cubic metre each.
  kMachines,  ///< Few, on skids.
  kCar,       ///< One.
};

/// A commodity as it is met in a container.
struct GoodsKind {
  std::string_view hs_code, description, package;
  Stowage stowage;
  std::string_view material;
  double density_low, density_high;  ///< g/cm3 of a full package or block, with its voids.
  double unit_kg;                    ///< Of one package, about.
  double unit_mm;
  std::string_view second{};  ///< Stands in sheets between layers: tins, glass.
  double second_mm = 0;
};

/// All kinds, by HS chapter. Where their densities are from stands beside them.
std::span<const GoodsKind> goods_kinds();

}  // namespace portcullis::simulator

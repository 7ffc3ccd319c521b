#include "simulator/scene/generate_goods.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "simulator/physics/random.h"
#include "simulator/scene/goods_list.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene_text.h"

namespace portcullis::simulator {

namespace {

// Inside of a 22G1, millimetres.
constexpr double kInsideLengthMm = 5898;
constexpr double kInsideWidthMm = 2352;
constexpr double kInsideHeightMm = 2393;
constexpr double kFeetMm = 144;
/// As much as a rigid truck carries.
constexpr double kLoadKgMax = 15'000;

/// Stands commodities in a container, one behind the other.
class GoodsStower {
 public:
  GoodsStower(Random& random, SceneText& out) : random_(random), out_(out) {}

  /// Fills about [from, from + length) mm from the front wall; at most `most_kg`.
  void stow(const GoodsKind& kind, int item, double from, double length, double most_kg) {
    kind_ = &kind;
    item_ = item;
    pieces_ = 0;
    from_ = from;
    length_ = length;
    density_ = random_.uniform(kind.density_low, kind.density_high);
    most_kg_ = most_kg;
    switch (kind.stowage) {
      case Stowage::kPallets:
        return stow_stacks(1200, 1000, kFeetMm, random_.uniform(900, 1900));
      case Stowage::kPlates:
        return stow_stacks(1100, 1000, kFeetMm, kind.unit_mm * random_.uniform(0.6, 1.0));
      case Stowage::kBigBags:
        return stow_stacks(960, 960, 0, kind.unit_mm * (random_.uniform() < 0.4 ? 2 : 1) - 20);
      case Stowage::kFloor:
        return stow_blocks();
      case Stowage::kDrums:
        return stow_drums();
      case Stowage::kRolls:
        return stow_rolls();
      case Stowage::kCoils:
        return stow_coils();
      case Stowage::kBundles:
        return stow_bundles();
      case Stowage::kMachines:
        return stow_machines();
      case Stowage::kCar:
        return stow_car();
    }
  }

  /// Of the last goods, where they are few and large; 0: too many to be told apart.
  [[nodiscard]] int pieces() const { return pieces_; }

 private:
  std::string next_name() { return fmt::format("goods-{}-{}", item_, ++count_); }
  double jitter(double most) { return random_.uniform(-most, most); }
  /// Of one block to the next.
  double density() { return density_ * (1 + 0.03 * std::clamp(random_.normal(), -2.0, 2.0)); }
  void box(std::array<double, 3> size, std::array<double, 3> center, std::string_view material,
           double density_g_cm3) {
    out_.object(next_name(), "box", {size[0], size[1], size[2]}, center, {0, 0, 0}, material,
                density_g_cm3, "goods", item_);
  }
  void feet(double x, double y, double length, double width) {
    out_.object(next_name(), "box", {length, width, kFeetMm}, {x, y, kFeetMm / 2}, {0, 0, 0},
                "wood", 0.15, "packaging", 0);
  }

  /// Two abreast: pallets of cartons or bags, stacks of plates, big bags.
  void stow_stacks(double length, double width, double feet_mm, double height) {
    const double pitch = length + random_.uniform(15, 60);
    const int rows = std::max(1, static_cast<int>(length_ / pitch));
    const double footprint_cm2 = length * width / 100;
    const double room = kInsideHeightMm - feet_mm - 60;
    height = std::min({height, room, 10 * 1000 * most_kg_ / (2 * rows * footprint_cm2 * density_)});
    for (int k = 0; k < 2 * rows; ++k) {
      const int row = k / 2;
      const double x = from_ + 20 + pitch * row + length / 2;
      const double y = (k % 2 == 0 ? -1 : 1) * (width / 2 + random_.uniform(10, 50));
      if (feet_mm > 0) feet(x, y, length, width);
      double high = height;
      if (k + 2 >= 2 * rows) high *= random_.uniform(0.5, 1.0);  // the last ones are not full
      layers(x, y, length, width, feet_mm, high);
    }
  }

  void layers(double x, double y, double length, double width, double bottom, double height) {
    const double unit = kind_->stowage == Stowage::kPallets ? kind_->unit_mm : height;
    const int count = std::max(1, static_cast<int>(std::lround(height / unit)));
    const double layer = height / count;
    for (int k = 0; k < count; ++k) {
      const double shrink = random_.uniform(10, 40);
      const double z = bottom + (k + 0.5) * layer;
      const double dx = jitter(6), dy = jitter(6);
      const double body = layer - 3 - kind_->second_mm;
      box({length - shrink, width - shrink, body}, {x + dx, y + dy, z}, kind_->material, density());
      if (kind_->second_mm > 0)
        box({length - shrink, width - shrink, kind_->second_mm},
            {x + dx, y + dy, z + body / 2 + kind_->second_mm / 2}, kind_->second, 0);
    }
  }

  /// From wall to wall, block behind block and tier upon tier; bulk is one block.
  void stow_blocks() {
    const double width = kInsideWidthMm - random_.uniform(40, 90);
    double height = random_.uniform(900, 2150);
    const double length = length_ * random_.uniform(0.75, 0.97);
    height = std::min(height, 10 * 1000 * most_kg_ / (length * width / 100 * density_));
    const double unit = kind_->unit_mm;
    const int blocks = std::max(1, static_cast<int>(std::lround(length / unit)));
    const int tiers = unit > 3000 ? 1 : std::max(1, static_cast<int>(std::lround(height / unit)));
    const double block = length / blocks;
    const double tier = height / tiers;
    for (int i = 0; i < blocks; ++i) {
      // The last rows are often a tier short.
      const int high = i + 1 == blocks && tiers > 1 && random_.uniform() < 0.5 ? tiers - 1 : tiers;
      for (int k = 0; k < high; ++k) {
        const double gap = random_.uniform(6, 24);
        box({block - gap, width - gap, tier - gap / 2},
            {from_ + 15 + (i + 0.5) * block, 0, (k + 0.5) * tier}, kind_->material, density());
      }
    }
  }

  void stow_drums() {
    const double drum_kg = 215;
    const int rows = std::max(1, std::min(static_cast<int>((length_ - 40) / 610),
                                          static_cast<int>(most_kg_ / (3 * drum_kg))));
    for (int k = 0; k < 3 * rows; ++k) {
      const int row = k / 3;
      const double x = from_ + 330 + row * 610.0 + jitter(4);
      const double y = (k % 3 - 1) * 720.0 + jitter(15);
      out_.object(next_name(), "cylinder", {585, 880}, {x, y, 441}, {0, 0, 0}, "steel", 0, "goods",
                  item_, "oil", 1.2);
    }
    pieces_ = 3 * rows;
  }

  void stow_rolls() {
    const double diameter = kind_->unit_mm * random_.uniform(0.92, 1.0);
    double height = random_.uniform(1000, 2100);
    const int rows = std::max(1, static_cast<int>((length_ - 20) / (diameter + 12)));
    const double area_cm2 = 3.14159 / 4 * diameter * diameter / 100;
    height = std::min(height, 10 * 1000 * most_kg_ / (2 * rows * area_cm2 * density_));
    for (int k = 0; k < 2 * rows; ++k) {
      const int row = k / 2;
      const double x = from_ + 15 + diameter / 2 + row * (diameter + 12);
      const double y = (k % 2 == 0 ? -1 : 1) * (diameter / 2 + random_.uniform(4, 30));
      out_.object(next_name(), "cylinder", {diameter, height}, {x, y, height / 2}, {0, 0, 0},
                  kind_->material, density(), "goods", item_);
    }
    pieces_ = 2 * rows;
  }

  void stow_coils() {
    const double diameter = kind_->unit_mm * random_.uniform(0.85, 1.1);
    const double width = random_.uniform(700, 1250);
    const double area_cm2 = 3.14159 / 4 * (diameter * diameter - 508.0 * 508.0) / 100;
    const double coil_kg = area_cm2 * width / 10 * density_ / 1000;
    const int count = std::clamp(static_cast<int>(most_kg_ / coil_kg), 1,
                                 std::max(1, static_cast<int>(length_ / (diameter + 150))));
    const double pitch = length_ / count;
    for (int k = 0; k < count; ++k) {
      const double x = from_ + (k + 0.5) * pitch + jitter(30);
      const std::array<double, 3> center{x, 0, diameter / 2 + 60};
      box({diameter, width, 58}, {x, 0, 29}, "wood", 0.5);
      out_.object(next_name(), "cylinder", {diameter, width}, center, {90, 0, 0}, kind_->material,
                  density_, "goods", item_);
      out_.object(next_name(), "cylinder", {508, width + 2}, center, {90, 0, 0}, "air", 0, "goods",
                  item_);
    }
    pieces_ = count;
  }

  void stow_bundles() {
    const double length = length_ * random_.uniform(0.85, 0.98);
    const double high = kind_->unit_mm * random_.uniform(0.9, 1.1);
    const double wide = random_.uniform(380, 540);
    const int abreast = static_cast<int>((kInsideWidthMm - 80) / (wide + 25));
    const double bundle_kg = length * wide * high / 1000 * density_ / 1000;
    const int most = std::max(1, static_cast<int>(most_kg_ / bundle_kg));
    const int tiers_room = static_cast<int>((kInsideHeightMm - 250) / (high + 35));
    const int wanted = std::min(
        most, abreast * std::max(1, static_cast<int>(random_.uniform(0.4, 1.0) * tiers_room)));
    for (int k = 0; k < std::min(wanted, abreast * tiers_room); ++k) {
      const int place = k % abreast, tier = k / abreast;
      const double y = (place - (abreast - 1) / 2.0) * (wide + 25);
      box({length, wide, high},
          {from_ + 15 + length / 2 + jitter(8), y, 40 + tier * (high + 35) + high / 2},
          kind_->material, density());
    }
  }

  void stow_machines() {
    const double pitch = random_.uniform(1600, 2300);
    const int count = std::max(1, static_cast<int>(length_ / pitch));
    for (int k = 0; k < count; ++k) {
      const double x = from_ + (k + 0.5) * length_ / count;
      const double length = std::min(pitch - 250, random_.uniform(1100, 1900));
      const double width = random_.uniform(900, 1700);
      const double height = random_.uniform(900, 1800);
      const double scale =
          std::min(1.0, most_kg_ / count / (length * width * height / 1e6 * density_));
      feet(x, 0, length, width);
      // A bed, a body, and heavy parts in it: drives, spindles, weights.
      box({length, width, 0.25 * height}, {x, 0, kFeetMm + 0.125 * height}, kind_->material,
          1.6 * density_ * scale);
      box({0.8 * length, 0.8 * width, 0.7 * height}, {x, 0, kFeetMm + 0.6 * height},
          kind_->material, 0.7 * density_ * scale);
      const int parts = 3 + static_cast<int>(random_.below(5));
      for (int i = 0; i < parts; ++i) {
        const double a = random_.uniform(150, 420), b = random_.uniform(150, 420);
        const double c = random_.uniform(150, 420);
        const double px = x + jitter(0.35 * length), py = jitter(0.25 * width);
        const double pz = kFeetMm + random_.uniform(0.2, 0.85) * height;
        box({a, b, c}, {px, py, pz}, random_.uniform() < 0.7 ? "machinery" : "aluminium",
            random_.uniform(1.5, 3.5));
      }
    }
    pieces_ = count;
  }

  void stow_car() {
    const double length = std::min(length_ - 200, kind_->unit_mm * random_.uniform(0.9, 1.1));
    const double x = from_ + length_ / 2;
    const double ahead = random_.uniform() < 0.5 ? -1 : 1;
    // Body, cabin, engine and gearbox, seats, wheels, tank.
    box({length, 1680, 480}, {x, 0, 560}, kind_->material, density_);
    box({0.55 * length, 1450, 560}, {x - ahead * 0.05 * length, 0, 1080}, kind_->material,
        0.5 * density_);
    box({560, 620, 480}, {x + ahead * 0.36 * length, 0, 600}, "machinery",
        random_.uniform(0.9, 1.5));
    box({420, 380, 320}, {x + ahead * 0.24 * length, 60, 480}, "aluminium",
        random_.uniform(0.9, 1.6));
    for (const double seat : {0.05, -0.16})
      box({500, 1300, 420}, {x + ahead * seat * length, 0, 760}, "plastic", 0.06);
    for (const double axle : {0.32, -0.30}) {
      for (const double side : {-1.0, 1.0})
        out_.object(next_name(), "cylinder", {620, 200},
                    {x + ahead * axle * length, side * 740, 310}, {90, 0, 0}, "rubber", 0.35,
                    "goods", item_);
    }
    pieces_ = 1;
  }

  Random& random_;
  SceneText& out_;
  const GoodsKind* kind_ = nullptr;
  int item_ = 0, count_ = 0;
  double from_ = 0, length_ = 0, density_ = 0, most_kg_ = 0;
  int pieces_ = 0;
};

std::string_view chapter_of(const GoodsKind& kind) {
  return kind.hs_code.substr(0, 2);
}

DeclaredLine declared_line(const GoodsKind& kind, double gross_kg, int pieces) {
  const double packages = pieces > 0 ? pieces
                          : kind.unit_kg > 0
                              ? std::max(1.0, std::round(gross_kg * 0.97 / kind.unit_kg))
                              : 1;
  return {std::string(kind.description),
          std::string(kind.hs_code),
          std::string(kind.package),
          packages,
          gross_kg,
          std::round(gross_kg * 0.95)};
}

/// Of another chapter than `kind`, drawn.
const GoodsKind& other_chapter(const GoodsKind& kind, Random& random) {
  const auto kinds = goods_kinds();
  while (true) {
    const GoodsKind& other = kinds[random.below(kinds.size())];
    if (chapter_of(other) != chapter_of(kind)) return other;
  }
}

}  // namespace

bool is_goods_mix(std::string_view mix) {
  return mix == "goods" || mix == "goods-wrong" || mix == "goods-two";
}

core::Result<GeneratedScene> generate_goods_scene(std::string_view mix, std::uint64_t seed,
                                                  int index, std::string_view scanner) {
  PC_TRY([[maybe_unused]] const auto known, load_scanner(scanner));
  const auto kinds = goods_kinds();
  Random random(seed, Stream::kGenerator, static_cast<std::uint64_t>(index));
  GeneratedScene scene;
  scene.name = fmt::format("scene_{:03}", index);
  scene.mix = std::string(mix);
  scene.container_number = draw_container_number(random);
  const std::string plate = draw_plate(random);
  SceneText out;
  out.text = fmt::format(
      "# Made by portcullis scenes --seed {} --mix {}, number {}.\nseed = {}\n\n[scan]\nscanner = "
      "\"{}\"\n\n[vehicle]\nkind = \"rigid\"\nplate = \"{}\"\n\n[[container]]\nnumber = \"{}\"\n"
      "iso_type = \"22G1\"\n\n[declaration]\nfile = \"{}.xml\"\n",
      seed, mix, index, 1 + random.below(1'000'000), scanner, plate, scene.container_number,
      scene.name);

  const GoodsKind& kind = kinds[static_cast<std::size_t>(index) % kinds.size()];
  const GoodsKind& other = other_chapter(kind, random);
  const bool wrong = mix == "goods-wrong";
  std::vector<DeclaredLine> lines;
  const double error = 0.01 * std::clamp(random.normal(), -2.0, 2.0);
  GoodsStower stower(random, out);
  if (mix == "goods-two") {
    const double share = random.uniform(0.35, 0.65) * kInsideLengthMm;
    stower.stow(kind, 1, 0, share - 20, kLoadKgMax / 2);
    const int first_pieces = stower.pieces();
    const double first_kg = masses_of(out.text, scene.name).load_kg;
    stower.stow(other, 2, share, kInsideLengthMm - share - 20, kLoadKgMax / 2);
    scene.load_mass_kg = masses_of(out.text, scene.name).load_kg;
    lines.push_back(
        declared_line(kind, std::max(1.0, std::round(first_kg * (1 + error))), first_pieces));
    lines.push_back(declared_line(
        other, std::max(1.0, std::round((scene.load_mass_kg - first_kg) * (1 + error))),
        stower.pieces()));
  } else {
    const double length = kInsideLengthMm * random.uniform(0.7, 0.98);
    stower.stow(wrong ? other : kind, 1, 0, length, kLoadKgMax * random.uniform(0.6, 1.0));
    scene.load_mass_kg = masses_of(out.text, scene.name).load_kg;
    lines.push_back(declared_line(kind, std::max(1.0, std::round(scene.load_mass_kg * (1 + error))),
                                  wrong ? 0 : stower.pieces()));
  }
  for (const auto& line : lines) scene.declared_mass_kg += line.gross_kg;
  scene.scene_toml = std::move(out.text);
  scene.declaration_xml = declaration_xml(random, plate, scene.container_number, lines);

  nlohmann::json e;
  e["scene"] = scene.name;
  e["mix"] = scene.mix;
  e["container"] = scene.container_number;
  e["load_mass_kg"] = std::round(scene.load_mass_kg * 10) / 10;
  e["declared_mass_kg"] = scene.declared_mass_kg;
  e["declared_chapter"] = chapter_of(kind);
  e["loaded_chapter"] = chapter_of(wrong ? other : kind);
  e["pieces"] = stower.pieces();
  scene.expect_json = e.dump(1) + "\n";
  return scene;
}

}  // namespace portcullis::simulator

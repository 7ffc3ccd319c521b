#include "simulator/scene/generate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/assert.h"
#include "core/iso6346.h"
#include "simulator/physics/random.h"
#include "simulator/scene/generate_goods.h"
#include "simulator/scene/generate_qa.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"
#include "simulator/scene/scene_text.h"

namespace portcullis::simulator {

namespace {

// Inside of a 22G1, millimetres; as the scene's structure builds it.
constexpr double kInnerLengthMm = 5898;
constexpr double kInnerWidthMm = 2352;
constexpr double kPalletMm = 144;

/// What a pallet can carry: goods as declared, and what they are made of.
struct Goods {
  std::string_view description, hs_code, package, material;
  double density_low, density_high;  // of a full package, with its voids
  double unit_kg;                    // of one package, about
  double layer_mm;
};
constexpr Goods kGoods[] = {
    {"Office paper in reams, in cartons", "48025620", "CT", "paper", 0.36, 0.46, 12.5, 260},
    {"Wheat flour in paper bags", "11010015", "BG", "flour", 0.42, 0.52, 25, 150},
    {"White sugar in bags", "17019910", "BG", "sugar", 0.48, 0.58, 25, 140},
    {"T-shirts of cotton, in cartons", "61091000", "CT", "cotton", 0.16, 0.24, 11, 330},
    {"Household articles of plastics, in cartons", "39241000", "CT", "polypropylene", 0.09, 0.16, 7,
     380},
    {"Soap in bars, in cartons", "34011100", "CT", "soap", 0.34, 0.44, 14, 240},
    {"Polyethylene granules in bags", "39012090", "BG", "polyethylene", 0.40, 0.48, 25, 150},
    {"Mineral water in bottles of plastics", "22011019", "PK", "water", 0.42, 0.50, 9.5, 300},
    {"Furniture parts of wood, in cartons", "94039100", "CT", "wood", 0.22, 0.32, 19, 320},
    {"Leaf tobacco in cartons", "24012035", "CT", "tobacco", 0.20, 0.28, 100, 450},
};
constexpr std::size_t kPaper = 0;

struct Pallet {
  double x = 0, y = 0;  // middle
  double length = 1200, width = 1000;
  double height = 0;  // of the goods alone
  double density = 0;
};

class Generator {
 public:
  Generator(std::uint64_t seed, int index)
      : random_(seed, Stream::kGenerator, static_cast<std::uint64_t>(index)) {}

  GeneratedScene make(std::string_view mix, std::uint64_t seed, int index,
                      std::string_view scanner) {
    scene_.name = fmt::format("scene_{:03}", index);
    scene_.mix = std::string(mix);
    scene_.container_number = draw_container_number(random_);
    const std::string plate = draw_plate(random_);
    out_.text = fmt::format(
        "# Made by portcullis scenes --seed {} --mix {}, number {}.\nseed = {}\n\n[scan]\nscanner "
        "= \"{}\"\n\n"
        "[vehicle]\nkind = \"rigid\"\nplate = \"{}\"\n\n[[container]]\nnumber = \"{}\"\niso_type = "
        "\"22G1\"\n\n"
        "[declaration]\nfile = \"{}.xml\"\n",
        seed, mix, index, 1 + random_.below(1'000'000), scanner, plate, scene_.container_number,
        scene_.name);
    if (mix == "clean") {
      if (random_.uniform() < 0.2)
        load_drums();
      else
        load_pallets(random_.below(std::size(kGoods)), 6 + static_cast<int>(random_.below(3)));
    } else if (mix == "hidden") {
      load_pallets(kPaper, 8);
      hide_block();
    } else if (mix == "nearly-empty") {
      load_nearly_empty();
    } else {
      load_uniform();
    }
    weigh();
    declare(mix);
    scene_.scene_toml = std::move(out_.text);
    scene_.declaration_xml = declaration_xml(random_, plate, scene_.container_number, lines_);
    expect(mix);
    return std::move(scene_);
  }

 private:
  void add_pallet(const Pallet& p, const Goods& goods, std::string_view name, int item) {
    // A pallet's boards and blocks hold about a quarter of its bounds.
    out_.object(fmt::format("{}-boards", name), "box", {p.length, p.width, kPalletMm},
                {p.x, p.y, kPalletMm / 2}, {0, 0, 0}, "wood", 0.15, "packaging", 0);
    const int layers = std::max(1, static_cast<int>(std::lround(p.height / goods.layer_mm)));
    const double layer = p.height / layers;
    for (int k = 0; k < layers; ++k) {
      const double shrink = random_.uniform(10, 40);
      const double gap = 3;
      out_.object(fmt::format("{}-layer-{}", name, k + 1), "box",
                  {p.length - shrink, p.width - shrink, layer - gap},
                  {p.x + random_.uniform(-8, 8), p.y + random_.uniform(-8, 8),
                   kPalletMm + (k + 0.5) * layer},
                  {0, 0, 0}, goods.material,
                  p.density * (1 + 0.02 * std::clamp(random_.normal(), -2.0, 2.0)), "goods", item);
    }
  }

  void load_pallets(std::size_t which, int count) {
    const Goods& goods = kGoods[which];
    goods_ = &goods;
    const double density = random_.uniform(goods.density_low, goods.density_high);
    // Two abreast; along the container they stand close, with the doors' end left over.
    const double pitch = 1200 + random_.uniform(15, 60);
    const double usual = random_.uniform(1000, 1750);
    for (int k = 0; k < count; ++k) {
      Pallet p;
      const int row = k / 2;
      p.x = 30 + pitch * row + 600 + random_.uniform(0, 10);
      p.y = (k % 2 == 0 ? -1 : 1) * (510 + random_.uniform(5, 50));
      p.height = usual;
      if (k + 2 >= count) p.height *= random_.uniform(0.5, 1.0);  // the last ones are not full
      p.density = density;
      pallets_.push_back(p);
      add_pallet(p, goods, fmt::format("pallet-{}", k + 1), 1);
    }
  }

  void load_drums() {
    static constexpr Goods kDrums{
        "Vegetable oil in steel drums", "15121990", "DR", "oil", 0.9, 0.92, 195, 880};
    goods_ = &kDrums;
    const int rows = 6 + static_cast<int>(random_.below(4));
    for (int row = 0; row < rows; ++row) {
      for (int k = 0; k < 3; ++k) {
        const double x = 330 + row * 610.0 + random_.uniform(-4, 4);
        const double y = (k - 1) * 720.0 + random_.uniform(-15, 15);
        out_.object(fmt::format("drum-{}-{}", row + 1, k + 1), "cylinder", {585, 880}, {x, y, 441},
                    {0, 0, 0}, "steel", 0, "goods", 1, "oil", 1.2);
        ++drums_;
      }
    }
  }

  void load_nearly_empty() {
    // Declared as a full load of something; what is there is a pallet or two by the doors.
    goods_ = &kGoods[random_.below(std::size(kGoods))];
    declared_kg_ = std::round(random_.uniform(8000, 15'000) / 10) * 10;
    const int count = 1 + static_cast<int>(random_.below(2));
    for (int k = 0; k < count; ++k) {
      Pallet p;
      p.x = kInnerLengthMm - 700 - random_.uniform(0, 250);
      p.y = (k == 0 ? -1 : 1) * 560;
      p.density = random_.uniform(goods_->density_low, goods_->density_high);
      // Under 12 % of what is declared, all pallets together.
      const double most_kg = 0.12 * declared_kg_ / count - 30;
      p.height = std::min(random_.uniform(350, 1300), most_kg / (1.2 * p.density));
      pallets_.push_back(p);
      add_pallet(p, *goods_, fmt::format("pallet-{}", k + 1), 1);
    }
  }

  void load_uniform() {
    struct Bulk {
      std::string_view material, hs_code, description;
      double low, high;
    };
    static constexpr Bulk kBulk[] = {
        {"paper", "47079090", "Waste paper, pressed", 0.20, 0.50},
        {"wood", "44012100", "Wood chips", 0.18, 0.35},
        {"flour", "11010015", "Wheat flour in bulk", 0.35, 0.55},
        {"sugar", "17011410", "Raw sugar in bulk", 0.40, 0.60},
        {"cotton", "52010090", "Raw cotton", 0.12, 0.30},
        {"polyethylene", "39012090", "Polyethylene granules in bulk", 0.30, 0.50},
        {"rubber", "40040000", "Rubber waste, shredded", 0.25, 0.45},
        {"soap", "34012010", "Soap flakes", 0.25, 0.40},
        {"aluminium", "76020090", "Aluminium scrap", 0.15, 0.40},
        {"glass", "70010010", "Cullet of glass", 0.25, 0.50},
        {"steel", "72044990", "Steel scrap", 0.20, 0.45},
        {"soil", "25309070", "Mineral earth", 0.30, 0.50},
    };
    const Bulk& bulk = kBulk[random_.below(std::size(kBulk))];
    bulk_goods_ =
        Goods{bulk.description, bulk.hs_code, "VR", bulk.material, bulk.low, bulk.high, 0, 0};
    goods_ = &bulk_goods_;
    const double length = random_.uniform(3500, 5600);
    const double height = random_.uniform(700, 1900);
    const double x = random_.uniform(20, kInnerLengthMm - length - 20);
    out_.object("load", "box", {length, kInnerWidthMm - 60, height},
                {x + length / 2, 0, height / 2}, {0, 0, 0}, bulk.material,
                random_.uniform(bulk.low, bulk.high), "goods", 1);
  }

  void hide_block() {
    constexpr std::string_view kMetals[] = {"lead", "steel", "tungsten"};
    const std::string_view metal = kMetals[random_.below(std::size(kMetals))];
    const auto& p = pallets_[random_.below(pallets_.size())];
    std::array<double, 3> size{};
    for (double& s : size) s = std::round(random_.uniform(80, 200));
    const double margin = 60;
    const auto inside = [&](double middle, double whole, double part) {
      const double room = std::max(0.0, whole / 2 - part / 2 - margin);
      return middle + random_.uniform(-room, room);
    };
    const std::array<double, 3> center{inside(p.x, p.length, size[0]),
                                       inside(p.y, p.width, size[1]),
                                       inside(kPalletMm + p.height / 2, p.height, size[2])};
    out_.object("hidden", "box", {size[0], size[1], size[2]}, center, {0, 0, 0}, metal, 0,
                "threat:small_dense_object", 0);
    hidden_ = {{"material", metal}, {"size_mm", size}, {"center_mm", center}};
  }

  void weigh() {
    const SceneMasses masses = masses_of(out_.text, scene_.name);
    scene_.load_mass_kg = masses.load_kg;
    hidden_kg_ = masses.threats_kg;
  }

  void declare(std::string_view mix) {
    // A shipper knows his goods; he does not declare what he hides.
    const double honest = scene_.load_mass_kg - hidden_kg_;
    const double error = mix == "uniform" ? 0 : 0.01 * std::clamp(random_.normal(), -2.0, 2.0);
    double gross = declared_kg_ > 0 ? declared_kg_ : std::round(honest * (1 + error));
    gross = std::max(1.0, gross);
    const double packages = drums_ > 0 ? drums_
                            : goods_->unit_kg > 0
                                ? std::max(1.0, std::round(gross * 0.97 / goods_->unit_kg))
                                : 1;
    lines_.push_back({std::string(goods_->description), std::string(goods_->hs_code),
                      std::string(goods_->package), packages, gross,
                      std::round(gross * (drums_ > 0 ? 0.91 : 0.96))});
    scene_.declared_mass_kg = gross;
  }

  void expect(std::string_view mix) {
    nlohmann::json e;
    e["scene"] = scene_.name;
    e["mix"] = scene_.mix;
    e["container"] = scene_.container_number;
    e["load_mass_kg"] = std::round(scene_.load_mass_kg * 10) / 10;
    e["declared_mass_kg"] = scene_.declared_mass_kg;
    e["verdict"] = mix == "hidden" || mix == "nearly-empty" ? "inspect" : "clear";
    // One of these is enough.
    e["kinds"] = mix == "hidden"         ? nlohmann::json{"small_dense_object", "shielding"}
                 : mix == "nearly-empty" ? nlohmann::json{"empty_mismatch", "mass_mismatch"}
                                         : nlohmann::json::array();
    if (!hidden_.is_null()) e["hidden"] = hidden_;
    scene_.expect_json = e.dump(1) + "\n";
  }

  Random random_;
  GeneratedScene scene_;
  SceneText out_;
  std::vector<Pallet> pallets_;
  std::vector<DeclaredLine> lines_;
  const Goods* goods_ = nullptr;
  Goods bulk_goods_{};
  nlohmann::json hidden_;
  double declared_kg_ = 0;
  double hidden_kg_ = 0;
  int drums_ = 0;
};

}  // namespace

const std::vector<std::string_view>& mix_names() {
  static const std::vector<std::string_view> names{"clean", "hidden", "nearly-empty", "demo",
                                                   "uniform"};
  return names;
}

std::string make_container_number(std::string_view owner_and_category, int serial) {
  const std::string number = fmt::format("{}{:06}", owner_and_category, serial);
  PC_ASSERT(number.size() == 10);
  return number + core::container_check_digit(number);
}

core::Result<GeneratedScene> generate_scene(std::string_view mix, std::uint64_t seed, int index,
                                            std::string_view scanner) {
  if (is_qa_mix(mix)) return generate_qa_scene(mix, seed, index, scanner);
  if (is_goods_mix(mix)) return generate_goods_scene(mix, seed, index, scanner);
  if (std::find(mix_names().begin(), mix_names().end(), mix) == mix_names().end()) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("mix \"{}\": unknown; known are {}", mix, fmt::join(mix_names(), ", "))};
  }
  PC_TRY([[maybe_unused]] const auto known, load_scanner(scanner));
  constexpr std::string_view kDemo[] = {"clean", "hidden", "nearly-empty"};
  const std::string_view kind = mix == "demo" ? kDemo[index % 3] : mix;
  return Generator(seed, index).make(kind, seed, index, scanner);
}

}  // namespace portcullis::simulator

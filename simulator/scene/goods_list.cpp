#include "simulator/scene/goods_list.h"

namespace portcullis::simulator {

namespace {

using enum Stowage;

// Densities are those of packages. A published stowage factor (m3/t, or cubic feet per long ton of
// 1,016 kg) counts the gaps between packages, too, so that 1 / factor lies at the lower end.
// Sources, read on 2026-11-23:
//   [S] ShippingWhale, "Stowage factor" (shippingwhale.net/tools/?p=sf): aluminium ingots 0.88,
//   auto
//       parts 3.86, bath towels 3.10, beer in cases 1.32, bearings in boxes 0.71, boots in cases
//       7.08, ammonium sulphate 1.01, base oil in drums 1.46 m3/t
//   [M] Saurbier and Meurn, "Marine Cargo Operations", after everything2.com (stowage factor):
//   tyres
//       100, coffee in bags 70, lead ingots 11 cubic feet per ton
//   [T] GDV, Transport Information Service, "Stowage factor": coffee in 60 kg bags 1.9 m3/t
//   [W] Wartsila, "Encyclopedia", stowage factor: steel products 0.3 to 0.6 m3/t
//   [H] HandyBulk, "Paper products": kraft liner 65 to 90 cubic feet per tonne
//   [C] Cargo Handbook, "Cellulose, chemical pulp": bales 1.25 to 1.9 m3/t
//   [G] Segal Shipping, "Bulk stowage factors": copper 14 to 20, maize 49 to 53 cubic feet per ton
//   [O] no publication was found: from the material's own density (materials.toml) and what packing
//       usually leaves of it
constexpr GoodsKind kKinds[] = {
    {"09011100", "Coffee in bags", "BG", kFloor, "flour", 0.51, 0.62, 60, 700},        // [T] [M]
    {"10063098", "Rice in bags", "BG", kFloor, "flour", 0.66, 0.80, 25, 600},          // [O]
    {"10059000", "Maize in big bags", "BG", kBigBags, "flour", 0.68, 0.76, 900, 950},  // [G]
    {"11010015", "Wheat flour in paper bags", "BG", kPallets, "flour", 0.42, 0.52, 25, 150},  // [O]
    {"11010015", "Wheat flour in bulk", "VR", kFloor, "flour", 0.35, 0.55, 0, 6000},          // [O]
    {"15121990", "Vegetable oil in steel drums", "DR", kDrums, "oil", 0.90, 0.92, 195, 880},  // [S]
    {"17019910", "White sugar in bags", "BG", kPallets, "sugar", 0.48, 0.58, 25, 140},        // [O]
    {"17011410", "Raw sugar in bulk", "VR", kFloor, "sugar", 0.40, 0.60, 0, 6000},            // [O]
    {"20087061", "Peaches in tins", "CT", kPallets, "water", 0.60, 0.72, 12, 230, "steel",
     1.6},  // [O]
    {"22011019", "Mineral water in bottles of plastics", "PK", kPallets, "water", 0.42, 0.50, 9.5,
     300},  // [O]
    {"22030001", "Beer in bottles of glass, in cases", "CS", kPallets, "water", 0.42, 0.52, 16, 260,
     "glass", 22},  // [S]
    {"24012035", "Leaf tobacco in cartons", "CT", kPallets, "tobacco", 0.20, 0.28, 100,
     450},                                                                      // [O]
    {"25010091", "Salt in bags", "BG", kPallets, "salt", 0.95, 1.10, 25, 150},  // [O]
    {"25309070", "Mineral earth", "VR", kFloor, "soil", 0.30, 0.50, 0, 6000},   // [O]
    {"31022100", "Ammonium sulphate in big bags", "BG", kBigBags, "fertiliser", 0.85, 1.02, 1000,
     950},                                                                                  // [S]
    {"34011100", "Soap in bars, in cartons", "CT", kPallets, "soap", 0.34, 0.44, 14, 240},  // [O]
    {"34012010", "Soap flakes", "VR", kFloor, "soap", 0.25, 0.40, 0, 6000},                 // [O]
    {"39241000", "Household articles of plastics, in cartons", "CT", kPallets, "polypropylene",
     0.09, 0.16, 7, 380},  // [O]
    {"39012090", "Polyethylene granules in bags", "BG", kPallets, "polyethylene", 0.40, 0.52, 25,
     150},  // [O]
    {"39012090", "Polyethylene granules in bulk", "VR", kFloor, "polyethylene", 0.30, 0.50, 0,
     6000},                                                                               // [O]
    {"40112010", "Tyres, new", "PP", kFloor, "rubber", 0.20, 0.38, 50, 620},              // [M]
    {"40040000", "Rubber waste, shredded", "VR", kFloor, "rubber", 0.25, 0.45, 0, 6000},  // [O]
    {"44071190", "Sawn pine, in packs", "PK", kBundles, "wood", 0.38, 0.52, 900, 480},    // [O]
    {"44012100", "Wood chips", "VR", kFloor, "wood", 0.18, 0.35, 0, 6000},                // [O]
    {"47032100", "Chemical wood pulp in bales", "BL", kFloor, "paper", 0.55, 0.80, 200,
     850},                                                                             // [C]
    {"47079090", "Waste paper, pressed", "BL", kFloor, "paper", 0.20, 0.50, 0, 6000},  // [O]
    {"48025620", "Office paper in reams, in cartons", "CT", kPallets, "paper", 0.36, 0.46, 12.5,
     260},                                                                               // [O]
    {"48041119", "Kraft liner in rolls", "RO", kRolls, "paper", 0.58, 0.75, 900, 1080},  // [H]
    {"49019900", "Books in cartons", "CT", kPallets, "paper", 0.50, 0.66, 14, 260},      // [O]
    {"52010090", "Raw cotton in pressed bales", "BL", kFloor, "cotton", 0.36, 0.46, 220,
     700},                                                                    // [O]
    {"52010090", "Raw cotton", "BL", kFloor, "cotton", 0.12, 0.30, 0, 6000},  // [O]
    {"61091000", "T-shirts of cotton, in cartons", "CT", kPallets, "cotton", 0.16, 0.24, 11,
     330},  // [O]
    {"61103091", "Pullovers of man-made fibres, in cartons", "CT", kFloor, "textile", 0.12, 0.22,
     10, 450},  // [O]
    {"62034235", "Trousers of cotton, in cartons", "CT", kFloor, "cotton", 0.18, 0.28, 14,
     450},  // [O]
    {"63026000", "Bath towels of cotton, in cartons", "CT", kFloor, "cotton", 0.28, 0.36, 15,
     450},                                                                            // [S]
    {"64039196", "Boots, in cartons", "CT", kFloor, "leather", 0.12, 0.18, 12, 500},  // [S]
    {"68022300", "Granite slabs", "PX", kPlates, "concrete", 1.90, 2.40, 900, 620},   // [O]
    {"69072100", "Ceramic tiles on pallets", "PX", kPlates, "ceramic", 1.35, 1.75, 950,
     560},                                                                                 // [O]
    {"70051035", "Float glass in crates", "CR", kPlates, "glass", 1.50, 2.10, 1400, 700},  // [O]
    {"70109043", "Jars of glass, empty, on pallets", "PX", kPallets, "glass", 0.24, 0.36, 350,
     150},                                                                                  // [O]
    {"70010010", "Cullet of glass", "VR", kFloor, "glass", 0.25, 0.50, 0, 6000},            // [O]
    {"72085120", "Steel strip in coils", "RO", kCoils, "steel", 7.20, 7.80, 3000, 950},     // [W]
    {"72142000", "Steel bars in bundles", "BE", kBundles, "steel", 2.60, 4.20, 2000, 160},  // [W]
    {"72044990", "Steel scrap", "VR", kFloor, "steel", 0.20, 0.45, 0, 6000},                // [O]
    {"73063077", "Steel tubes in bundles", "BE", kBundles, "steel", 0.70, 1.60, 900, 320},  // [O]
    {"73181595", "Screws in cartons on pallets", "CT", kPlates, "steel", 1.60, 2.60, 25,
     380},                                                                            // [O]
    {"74031100", "Copper cathodes", "BE", kPlates, "copper", 4.50, 7.00, 2000, 190},  // [G]
    {"76011010", "Aluminium ingots in stacks", "BE", kPlates, "aluminium", 1.50, 2.20, 1000,
     560},  // [S]
    {"76042990", "Aluminium profiles in bundles", "BE", kBundles, "aluminium", 0.35, 0.80, 400,
     360},                                                                            // [O]
    {"76020090", "Aluminium scrap", "VR", kFloor, "aluminium", 0.15, 0.40, 0, 6000},  // [O]
    {"84122981", "Hydraulic machines", "CR", kMachines, "machinery", 0.70, 1.80, 2500,
     1400},  // [O]
    {"84821090", "Bearings in wooden boxes", "CS", kPlates, "machinery", 1.30, 1.90, 60,
     620},  // [S]
    {"85166080", "Ovens and cookers, in cartons", "CT", kFloor, "electronics", 0.14, 0.26, 35,
     620},  // [O]
    {"85287240", "Television sets, in cartons", "CT", kFloor, "electronics", 0.10, 0.20, 14,
     720},                                                                       // [O]
    {"87032319", "Passenger car", "PP", kCar, "steel", 0.06, 0.10, 1500, 4300},  // [O]
    {"87089997", "Vehicle parts, in cartons", "CT", kFloor, "machinery", 0.22, 0.36, 25,
     600},  // [S]
    {"94039100", "Furniture parts of wood, in cartons", "CT", kPallets, "wood", 0.22, 0.32, 19,
     320},                                                                          // [O]
    {"94016100", "Upholstered seats", "CT", kFloor, "wood", 0.07, 0.15, 25, 800},   // [O]
    {"95030099", "Toys, in cartons", "CT", kFloor, "plastic", 0.09, 0.18, 8, 500},  // [O]
};

}  // namespace

std::span<const GoodsKind> goods_kinds() {
  return kKinds;
}

}  // namespace portcullis::simulator

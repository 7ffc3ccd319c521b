#include "simulator/physics/beam_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace portcullis::simulator {
namespace {

struct ReferenceRow {
  const char* material;
  double areal_density, high, low, ratio;
};
// Narrow-beam transmissions of a 6 / 4 MV beam, worked out independently of this code.
constexpr ReferenceRow kReference[] = {
    {"polyethylene", 10, 6.006e-1, 5.430e-1, 1.1978},
    {"polyethylene", 40, 1.576e-1, 1.069e-1, 1.2103},
    {"polyethylene", 80, 3.345e-2, 1.606e-2, 1.2159},
    {"polyethylene", 160, 2.064e-3, 5.315e-4, 1.2194},
    {"carbon", 10, 6.373e-1, 5.839e-1, 1.1941},
    {"carbon", 40, 1.921e-1, 1.370e-1, 1.2049},
    {"carbon", 80, 4.732e-2, 2.494e-2, 1.2100},
    {"carbon", 160, 3.811e-3, 1.167e-3, 1.2124},
    {"aluminium", 10, 6.405e-1, 5.915e-1, 1.1789},
    {"aluminium", 40, 1.925e-1, 1.422e-1, 1.1839},
    {"aluminium", 80, 4.609e-2, 2.619e-2, 1.1837},
    {"aluminium", 160, 3.388e-3, 1.217e-3, 1.1801},
    {"iron", 10, 6.361e-1, 5.927e-1, 1.1560},
    {"iron", 40, 1.843e-1, 1.426e-1, 1.1515},
    {"iron", 80, 4.077e-2, 2.571e-2, 1.1440},
    {"iron", 160, 2.429e-3, 1.094e-3, 1.1324},
    {"lead", 10, 5.677e-1, 5.184e-1, 1.1607},
    {"lead", 40, 1.341e-1, 1.083e-1, 1.1064},
    {"lead", 80, 2.200e-2, 1.625e-2, 1.0794},
    {"lead", 160, 6.556e-4, 4.349e-4, 1.0560},
};

TEST(BeamModel, ReferenceTransmissionsWithinOnePercent) {
  const auto model = BeamModel::create({});
  ASSERT_TRUE(model.ok());
  for (const auto& row : kReference) {
    SCOPED_TRACE(std::string(row.material) + " " + std::to_string(row.areal_density));
    const auto material = find_material(row.material);
    ASSERT_TRUE(material.ok());
    const auto t = model->transmission(*material, row.areal_density);
    EXPECT_NEAR(t[0] / row.high, 1, 0.01);
    EXPECT_NEAR(t[1] / row.low, 1, 0.01);
    // R is what discrimination lives on: its share above 1 must hold, not only R itself.
    EXPECT_NEAR(std::log(t[1]) / std::log(t[0]), row.ratio, 0.0015);
  }
  const auto iron = find_material("iron");
  for (const auto& [mm, t] : {std::pair{100.0, 4.27e-2},
                              {200.0, 2.65e-3},
                              {300.0, 1.84e-4},
                              {320.0, 1.09e-4},
                              {400.0, 1.35e-5}}) {
    EXPECT_NEAR(model->transmission(*iron, mm / 10 * iron->density_g_cm3)[0] / t, 1, 0.01)
        << mm << " mm of iron";
  }
}

TEST(BeamModel, MeanPhotonEnergies) {
  const auto model = BeamModel::create({});
  ASSERT_TRUE(model.ok());
  EXPECT_NEAR(model->mean_energy_mev()[0], 1.62, 0.01);
  EXPECT_NEAR(model->mean_energy_mev()[1], 1.22, 0.01);
}

TEST(BeamModel, FewGridPointsAgreeWithMany) {
  const auto few = BeamModel::create({});
  const auto many = BeamModel::create({}, 2000);
  ASSERT_TRUE(few.ok() && many.ok());
  for (const auto& name : material_names()) {
    const auto material = find_material(name);
    const auto on_grid = few->attenuation_on_grid(*material);
    for (const double amount : {0.5, 5.0, 30.0, 100.0, 200.0, 300.0}) {
      const auto exact = many->behind(*material, amount);
      const float* pointers[] = {on_grid.data()};
      const float amounts[] = {static_cast<float>(amount)};
      const auto fast = few->fast(pointers, amounts);
      const double high = exact[0].deposit_mev / many->air()[0].deposit_mev;
      const double low = exact[1].deposit_mev / many->air()[1].deposit_mev;
      EXPECT_NEAR(static_cast<double>(fast.transmission_high) / high, 1, 5e-4)
          << name << " " << amount;
      EXPECT_NEAR(static_cast<double>(fast.transmission_low) / low, 1, 5e-4)
          << name << " " << amount;
      const double spread = exact[0].deposit_squared_mev2 / exact[0].deposit_mev /
                            (many->air()[0].deposit_squared_mev2 / many->air()[0].deposit_mev);
      EXPECT_NEAR(static_cast<double>(fast.spread_high) / spread, 1, 1e-3) << name << " " << amount;
    }
  }
}

TEST(BeamModel, MixedMaterialsMultiplyPerEnergyNotPerSignal) {
  // Behind iron the beam is harder, so the same water takes a smaller share of the signal.
  const auto model = BeamModel::create({});
  const auto water = *find_material("water");
  const auto iron = *find_material("iron");
  const auto mu_water = model->attenuation_on_grid(water);
  const auto mu_iron = model->attenuation_on_grid(iron);
  const float* pointers[] = {mu_water.data(), mu_iron.data()};
  const float amounts[] = {40, 100};
  const auto both = model->fast(pointers, amounts);
  const double product = model->transmission(water, 40)[0] * model->transmission(iron, 100)[0];
  EXPECT_GT(static_cast<double>(both.transmission_high), product * 1.05);
  EXPECT_LT(static_cast<double>(both.transmission_high), product * 1.5);
}

TEST(BeamModel, RefusesImpossibleEnergies) {
  BeamParameters p;
  p.energy_low_mv = 6.5;
  EXPECT_FALSE(BeamModel::create(p).ok());
}

}  // namespace
}  // namespace portcullis::simulator

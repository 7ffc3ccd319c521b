#include "simulator/physics/material.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portcullis::simulator {
namespace {

double material_test_share(const std::vector<ElementFraction>& elements, int z) {
  for (const auto& e : elements) {
    if (e.z == z) return e.mass_share;
  }
  return 0;
}

TEST(Formula, GivesMassShares) {
  // Water: 2 * 1.008 of 18.015.
  const auto water = parse_formula("H2O");
  ASSERT_TRUE(water.ok());
  EXPECT_NEAR(material_test_share(*water, 1), 2.016 / 18.015, 1e-6);
  // Cellulose: 72.066 C, 10.08 H, 79.995 O of 162.141.
  const auto cellulose = parse_formula("C6H10O5");
  ASSERT_TRUE(cellulose.ok());
  EXPECT_NEAR(material_test_share(*cellulose, 6), 72.066 / 162.141, 1e-6);
  EXPECT_NEAR(material_test_share(*cellulose, 8), 79.995 / 162.141, 1e-6);
}

TEST(Formula, Brackets) {
  const auto a = parse_formula("Ca(OH)2");
  const auto b = parse_formula("CaO2H2");
  ASSERT_TRUE(a.ok() && b.ok());
  for (const int z : {1, 8, 20})
    EXPECT_DOUBLE_EQ(material_test_share(*a, z), material_test_share(*b, z));
}

TEST(Formula, RefusesNonsense) {
  for (const char* bad : {"", "h2o", "Xx2", "H2O)", "(H2O", "H0", "H2 O", "()", "C9999999",
                          "((((((((((H))))))))))"}) {
    EXPECT_FALSE(parse_formula(bad).ok()) << bad;
  }
}

TEST(Materials, AllOfTheSceneFormatAreThere) {
  for (const char* name : {"air",          "water",         "ice",
                           "polyethylene", "polypropylene", "pvc",
                           "ptfe",         "rubber",        "paper",
                           "wood",         "cotton",        "wool",
                           "leather",      "sugar",         "flour",
                           "meat",         "tobacco",       "alcohol",
                           "petrol",       "oil",           "soap",
                           "salt",         "fertiliser",    "glass",
                           "ceramic",      "concrete",      "soil",
                           "coal",         "aluminium",     "titanium",
                           "iron",         "steel",         "stainless_steel",
                           "copper",       "brass",         "zinc",
                           "tin",          "silver",        "tungsten",
                           "gold",         "lead",          "uranium",
                           "gypsum",       "foam"}) {
    const auto material = find_material(name);
    ASSERT_TRUE(material.ok()) << name;
    EXPECT_GT(material->density_g_cm3, 0) << name;
    double sum = 0;
    for (const auto& e : material->elements) sum += e.mass_share;
    EXPECT_NEAR(sum, 1, 1e-12) << name;
  }
  const auto unknown = find_material("unobtainium");
  ASSERT_FALSE(unknown.ok());
  EXPECT_THAT(unknown.error().message, testing::HasSubstr("unobtainium"));
}

TEST(Materials, ClassesByMeanZ) {
  const auto class_of = [](const char* name) {
    return int{material_class_of_mean_z(find_material(name)->mean_z())};
  };
  for (const char* organic : {"paper", "water", "polyethylene", "sugar", "ptfe", "meat"})
    EXPECT_EQ(class_of(organic), 1) << organic;
  for (const char* light : {"aluminium", "glass", "salt", "concrete", "soil"})
    EXPECT_EQ(class_of(light), 2) << light;
  for (const char* metal : {"titanium", "steel", "copper", "zinc"})
    EXPECT_EQ(class_of(metal), 3) << metal;
  for (const char* heavy : {"tin", "tungsten", "lead", "gold", "uranium"})
    EXPECT_EQ(class_of(heavy), 4) << heavy;
}

TEST(Attenuation, ReadsNistRowsAndNeverCrossesAnEdge) {
  // NIST: iron 1 MeV 5.995e-2, mu_en 2.603e-2 cm2/g; lead 1 MeV 7.102e-2.
  EXPECT_NEAR(mass_attenuation_cm2_g(26, 1.0), 5.995e-2, 1e-8);
  EXPECT_NEAR(mass_energy_absorption_cm2_g(26, 1.0), 2.603e-2, 1e-8);
  EXPECT_NEAR(mass_attenuation_cm2_g(82, 1.0), 7.102e-2, 1e-8);
  // The K edge of lead, 88.0 keV in the table: 1.910 below, 7.683 above.
  EXPECT_NEAR(mass_attenuation_cm2_g(82, 0.0879999), 1.910, 0.005);
  EXPECT_NEAR(mass_attenuation_cm2_g(82, 0.0880001), 7.683, 0.01);
}

}  // namespace
}  // namespace portcullis::simulator

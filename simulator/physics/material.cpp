#include "simulator/physics/material.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

#include "core/config.h"

namespace portcullis::simulator {

std::string_view physics_data(std::string_view name);

namespace {

constexpr int kElements = 92;

struct ElementTable {
  std::string symbol;
  double weight = 0;
  std::vector<double> log_energy, log_mu, log_mu_en;
};

const std::array<ElementTable, kElements + 1>& element_tables() {
  static const auto tables = [] {
    std::array<ElementTable, kElements + 1> result;
    std::istringstream text{std::string(physics_data("attenuation.txt"))};
    std::string line;
    int z = 0;
    while (std::getline(text, line)) {
      if (line.empty() || line[0] == '#') continue;
      std::istringstream fields(line);
      if (line.rfind("element", 0) == 0) {
        std::string word;
        fields >> word >> z;
        PC_ASSERT(z >= 1 && z <= kElements);
        auto& table = result[static_cast<std::size_t>(z)];
        fields >> table.symbol >> table.weight;
        continue;
      }
      double energy = 0;
      double mu = 0;
      double mu_en = 0;
      fields >> energy >> mu >> mu_en;
      PC_ASSERT(!fields.fail() && z >= 1);
      auto& table = result[static_cast<std::size_t>(z)];
      table.log_energy.push_back(std::log(energy));
      table.log_mu.push_back(std::log(mu));
      table.log_mu_en.push_back(std::log(mu_en));
    }
    PC_ASSERT(z == kElements);
    return result;
  }();
  return tables;
}

double coefficient(int z, double energy_mev, bool absorption) {
  PC_ASSERT(z >= 1 && z <= kElements && energy_mev >= 0.04 && energy_mev <= 10.0001);
  const auto& table = element_tables()[static_cast<std::size_t>(z)];
  const auto& values = absorption ? table.log_mu_en : table.log_mu;
  const double x = std::log(energy_mev);
  // First row above x: at an edge that is the row after both, so x on the edge reads above it.
  auto above = static_cast<std::size_t>(
      std::upper_bound(table.log_energy.begin(), table.log_energy.end(), x) -
      table.log_energy.begin());
  above = std::clamp<std::size_t>(above, 1, values.size() - 1);
  const double x0 = table.log_energy[above - 1];
  const double x1 = table.log_energy[above];
  if (x1 <= x0) return std::exp(values[above]);
  return std::exp(values[above - 1] + (values[above] - values[above - 1]) * (x - x0) / (x1 - x0));
}

int z_of_symbol(std::string_view symbol) {
  const auto& tables = element_tables();
  for (int z = 1; z <= kElements; ++z) {
    if (tables[static_cast<std::size_t>(z)].symbol == symbol) return z;
  }
  return 0;
}

using Counts = std::map<int, double>;

core::Error formula_error(std::string_view formula, std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("formula \"{}\": {}", formula, why)};
}

/// Reads a whole count of at most six digits; 1 where there is none, 0 where it is zero or too
/// long.
double read_count(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] < '0' || text[at] > '9') return 1;
  double value = 0;
  std::size_t digits = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    value = value * 10 + (text[at] - '0');
    ++at;
    ++digits;
  }
  return digits > 6 ? 0 : value;
}

core::Result<Counts> read_group(std::string_view formula, std::size_t& at, int depth) {
  Counts counts;
  if (depth > 8) return formula_error(formula, "too many brackets");
  while (at < formula.size() && formula[at] != ')') {
    const char c = formula[at];
    Counts part;
    if (c == '(') {
      ++at;
      PC_TRY(part, read_group(formula, at, depth + 1));
      if (at >= formula.size()) return formula_error(formula, "a bracket is not closed");
      ++at;
    } else if (c >= 'A' && c <= 'Z') {
      std::size_t length = 1;
      if (at + 1 < formula.size() && formula[at + 1] >= 'a' && formula[at + 1] <= 'z') length = 2;
      const std::string_view symbol = formula.substr(at, length);
      const int z = z_of_symbol(symbol);
      if (z == 0)
        return formula_error(formula, fmt::format("\"{}\" is no element up to uranium", symbol));
      part[z] = 1;
      at += length;
    } else {
      return formula_error(formula, fmt::format("unexpected character at place {}", at + 1));
    }
    const double count = read_count(formula, at);
    if (count <= 0) return formula_error(formula, "a count is zero or too large");
    for (const auto& [z, n] : part) counts[z] += n * count;
  }
  if (counts.empty()) return formula_error(formula, "an empty group");
  return counts;
}

struct MaterialList {
  std::vector<Material> materials;
  std::vector<std::string> names;
};

void add_shares(std::map<int, double>& total, const std::vector<ElementFraction>& part,
                double share) {
  for (const auto& e : part) total[e.z] += e.mass_share * share;
}

std::vector<ElementFraction> normalised(const std::map<int, double>& shares) {
  double sum = 0;
  for (const auto& [z, share] : shares) sum += share;
  std::vector<ElementFraction> result;
  for (const auto& [z, share] : shares) result.push_back({z, share / sum});
  return result;
}

const Material* find_in(const std::vector<Material>& materials, std::string_view name) {
  for (const auto& m : materials) {
    if (m.name == name) return &m;
  }
  return nullptr;
}

/// The table is ours and part of the program: what is wrong in it is a bug of ours.
const MaterialList& material_list() {
  static const MaterialList list = [] {
    MaterialList result;
    auto root = core::ConfigReader::parse(physics_data("materials.toml"), "materials.toml");
    PC_ASSERT(root.ok());
    for (const auto& name : root->keys()) {
      auto table = root->table(name);
      Material material;
      material.name = name;
      material.density_g_cm3 = table.required_number("density", {1e-4, 25});
      std::map<int, double> shares;
      if (table.has("formula")) {
        auto parsed = parse_formula(table.text("formula", ""));
        PC_ASSERT(parsed.ok());
        add_shares(shares, *parsed, 1);
      }
      auto elements = table.table("elements");
      for (const auto& symbol : elements.keys()) {
        const int z = z_of_symbol(symbol);
        PC_ASSERT(z > 0);
        shares[z] += elements.number(symbol, 0, {0, 1});
      }
      auto others = table.table("shares");
      for (const auto& other : others.keys()) {
        const Material* found = find_in(result.materials, other);
        PC_ASSERT(found != nullptr);
        add_shares(shares, found->elements, others.number(other, 0, {0, 1}));
      }
      PC_ASSERT(!shares.empty());
      material.elements = normalised(shares);
      result.names.push_back(name);
      result.materials.push_back(std::move(material));
    }
    PC_ASSERT(root->finish().ok());
    return result;
  }();
  return list;
}

}  // namespace

double Material::mean_z() const {
  double sum = 0;
  for (const auto& e : elements) sum += e.mass_share * e.z;
  return sum;
}

std::uint8_t material_class_of_mean_z(double mean_z) {
  if (mean_z < 9.5) return 1;
  if (mean_z < 18.5) return 2;
  return mean_z < 45 ? 3 : 4;
}

core::Result<std::vector<ElementFraction>> parse_formula(std::string_view formula) {
  if (formula.empty() || formula.size() > 128)
    return formula_error(formula.substr(0, 128), "is empty or too long");
  std::size_t at = 0;
  PC_TRY(const Counts counts, read_group(formula, at, 0));
  if (at != formula.size()) return formula_error(formula, "a bracket closes that was not opened");
  std::map<int, double> shares;
  for (const auto& [z, n] : counts)
    shares[z] = n * element_tables()[static_cast<std::size_t>(z)].weight;
  return normalised(shares);
}

core::Result<Material> find_material(std::string_view name) {
  if (const Material* found = find_in(material_list().materials, name)) return *found;
  auto parsed = parse_formula(name);
  if (!parsed.ok()) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("\"{}\" is neither a known material nor a formula such as \"C6H10O5\"", name)};
  }
  Material material;
  material.name = std::string(name);
  material.elements = std::move(*parsed);
  return material;
}

const std::vector<std::string>& material_names() {
  return material_list().names;
}

double mass_attenuation_cm2_g(int z, double energy_mev) {
  return coefficient(z, energy_mev, false);
}
double mass_energy_absorption_cm2_g(int z, double energy_mev) {
  return coefficient(z, energy_mev, true);
}

double mass_attenuation_cm2_g(const Material& material, double energy_mev) {
  double sum = 0;
  for (const auto& e : material.elements) sum += e.mass_share * coefficient(e.z, energy_mev, false);
  return sum;
}
double mass_energy_absorption_cm2_g(const Material& material, double energy_mev) {
  double sum = 0;
  for (const auto& e : material.elements) sum += e.mass_share * coefficient(e.z, energy_mev, true);
  return sum;
}

}  // namespace portcullis::simulator

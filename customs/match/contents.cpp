#include "customs/match/contents.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace portcullis::customs {

namespace {

using core::Declaration;
using core::DeclaredContainer;
using core::DeclaredItem;
using Standing = DeclaredContents::Standing;

/// Packaging adds at most this share to a net mass where only that is declared.
constexpr double kPackagingShareMax = 0.30;
/// Up to so many declarations of one container all their combinations are read; beyond, each alone
/// and all together.
constexpr std::size_t kCombinedMax = 8;

bool contains_number(const std::vector<std::string>& list, const std::string& number) {
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& n) { return plain_number(n) == number; });
}

const DeclaredContainer* container_of(const Declaration& declaration, const std::string& number) {
  const DeclaredContainer* found = nullptr;
  for (const auto& c : declaration.containers) {
    if (plain_number(c.number) == number) found = &c;
  }
  return found;
}

/// What one declaration says of one container that it names.
struct DeclaredPart {
  std::optional<bool> empty;
  std::optional<double> mass_kg;
  double mass_high_kg = 0;
  bool net_only = false;
  std::string unknown_reason;  ///< Why mass_kg is absent.
};

DeclaredPart part_of(const Declaration& declaration, const std::string& number) {
  DeclaredPart part;
  const DeclaredContainer* container = container_of(declaration, number);
  const bool alone = declaration.containers.size() <= 1;
  bool goods = false;
  bool shares_known = true;
  bool gross_known = true;
  bool net_known = true;
  double gross_kg = 0;
  double net_kg = 0;
  for (const DeclaredItem& item : declaration.items) {
    const bool here = contains_number(item.containers, number);
    if (!item.containers.empty() && !here) continue;
    if (item.containers.empty() && !alone) {
      shares_known = false;  // Some of it may be here.
      continue;
    }
    goods = true;
    if (item.containers.size() > 1) shares_known = false;
    if (item.gross_mass_kg)
      gross_kg += *item.gross_mass_kg;
    else
      gross_known = false;
    if (item.net_mass_kg)
      net_kg += *item.net_mass_kg;
    else
      net_known = false;
  }

  const bool marked_empty = container != nullptr && container->empty.value_or(false);
  const bool no_goods = !goods && shares_known;
  part.empty =
      marked_empty || (no_goods && !(container != nullptr && container->empty.has_value()));

  const std::string name = reference_of(declaration);
  if (!shares_known) {
    part.unknown_reason = fmt::format(
        "{} spreads goods over several containers without saying how much is in this one", name);
  } else if (!goods) {
    if (*part.empty)
      part.mass_kg = 0;
    else
      part.unknown_reason = fmt::format("{} lists no goods", name);
  } else if (gross_known) {
    part.mass_kg = part.mass_high_kg = gross_kg;
  } else if (alone && declaration.gross_mass_kg) {
    part.mass_kg = part.mass_high_kg = *declaration.gross_mass_kg;
  } else if (net_known) {
    part.mass_kg = net_kg;
    part.mass_high_kg = net_kg * (1 + kPackagingShareMax);
    part.net_only = true;
  } else {
    part.unknown_reason = fmt::format("{} gives no mass for some of its goods", name);
  }
  return part;
}

bool share_a_seal(const DeclaredContainer& a, const DeclaredContainer& b) {
  return std::any_of(a.seals.begin(), a.seals.end(), [&](const auto& seal) {
    return std::any_of(b.seals.begin(), b.seals.end(), [&](const auto& other) {
      return plain_number(seal) == plain_number(other);
    });
  });
}

bool same_goods(const Declaration& a, const Declaration& b) {
  return !a.items.empty() && a.items.size() == b.items.size() &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(),
                    [](const DeclaredItem& x, const DeclaredItem& y) {
                      return x.hs_code == y.hs_code && x.description == y.description &&
                             x.gross_mass_kg == y.gross_mass_kg && x.net_mass_kg == y.net_mass_kg &&
                             x.packages == y.packages;
                    });
}

std::string named(const Declaration& declaration) {
  return declaration.procedure.empty()
             ? reference_of(declaration)
             : fmt::format("{} ({})", reference_of(declaration), declaration.procedure);
}

/// Why the two cannot both be true of container `number`; empty where they can.
std::string contradiction(const Declaration& a, const DeclaredPart& part_a, const Declaration& b,
                          const DeclaredPart& part_b, const std::string& number) {
  const std::string both = joined({reference_of(a), reference_of(b)});
  if (part_a.empty && part_b.empty && *part_a.empty != *part_b.empty) {
    const bool first = *part_a.empty;
    return fmt::format("{} declares it empty and {} declares goods in it",
                       reference_of(first ? a : b), reference_of(first ? b : a));
  }
  const DeclaredContainer* in_a = container_of(a, number);
  const DeclaredContainer* in_b = container_of(b, number);
  if (in_a == nullptr || in_b == nullptr) return {};
  if (!in_a->seals.empty() && !in_b->seals.empty() && !share_a_seal(*in_a, *in_b))
    return fmt::format("{} name different seals, {} and {}", both, in_a->seals.front(),
                       in_b->seals.front());
  if (!in_a->iso_type.empty() && !in_b->iso_type.empty() && in_a->iso_type != in_b->iso_type)
    return fmt::format("{} name different container types, {} and {}", both, in_a->iso_type,
                       in_b->iso_type);
  return {};
}

/// Why the two may declare the same goods; empty where nothing says so.
std::string declared_twice(const Declaration& a, const Declaration& b) {
  const std::string both = joined({reference_of(a), reference_of(b)});
  if (reference_of(a) == reference_of(b))
    return fmt::format("two messages carry the reference {}, so one may replace the other",
                       reference_of(a));
  if (!a.ucr.empty() && a.ucr == b.ucr)
    return fmt::format("{} carry the same UCR {}, so one consignment may be declared twice", both,
                       a.ucr);
  if (!a.procedure.empty() && !b.procedure.empty() && a.procedure != b.procedure)
    return fmt::format("{} and {} are of different procedures, so the same goods may stand in both",
                       named(a), named(b));
  if (same_goods(a, b))
    return fmt::format("{} declare the very same goods, so they may be declared twice", both);
  return {};
}

void add_reading(const std::vector<DeclaredPart>& parts, const std::vector<bool>& chosen,
                 DeclaredContents& contents) {
  MassReading reading;
  std::vector<std::string> references;
  reading.together = std::all_of(chosen.begin(), chosen.end(), [](bool in) { return in; });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!chosen[i]) continue;
    reading.low_kg += *parts[i].mass_kg;
    reading.high_kg += parts[i].mass_high_kg;
    reading.net_only = reading.net_only || parts[i].net_only;
    references.push_back(contents.references[i]);
  }
  reading.references = joined(references);
  contents.readings.push_back(std::move(reading));
}

void read_masses(const std::vector<DeclaredPart>& parts, DeclaredContents& contents) {
  for (const DeclaredPart& part : parts) {
    if (!part.mass_kg) {
      contents.unknown_reason = part.unknown_reason;
      return;
    }
  }
  const std::size_t count = parts.size();
  add_reading(parts, std::vector<bool>(count, true), contents);  // together leads
  if (count <= 1) return;
  if (count > kCombinedMax) {
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<bool> chosen(count, false);
      chosen[i] = true;
      add_reading(parts, chosen, contents);
    }
    return;
  }
  const unsigned all = (1U << count) - 1U;
  for (unsigned mask = 1; mask < all; ++mask) {
    std::vector<bool> chosen(count);
    for (std::size_t i = 0; i < count; ++i) chosen[i] = ((mask >> i) & 1U) != 0;
    add_reading(parts, chosen, contents);
  }
}

}  // namespace

std::string plain_number(std::string_view number) {
  std::string out;
  for (const char c : number) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    }
  }
  return out;
}

std::string reference_of(const Declaration& declaration) {
  if (!declaration.mrn.empty()) return declaration.mrn;
  if (!declaration.lrn.empty()) return declaration.lrn;
  return "a declaration without a reference";
}

bool names_container(const Declaration& declaration, const std::string& number) {
  return container_of(declaration, number) != nullptr ||
         std::any_of(declaration.items.begin(), declaration.items.end(),
                     [&](const auto& item) { return contains_number(item.containers, number); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::string mass_text(double kg) {
  if (std::abs(kg) < 1000) return fmt::format("{:.0f} kg", std::round(kg / 10) * 10);
  return fmt::format("{:.1f} t", kg / 1000);
}

DeclaredContents declared_contents(std::span<const Declaration> declarations,
                                   const std::string& number) {
  DeclaredContents contents;
  std::vector<const Declaration*> naming;
  std::vector<DeclaredPart> parts;
  for (const auto& declaration : declarations) {
    if (!names_container(declaration, number)) continue;
    naming.push_back(&declaration);
    parts.push_back(part_of(declaration, number));
    contents.references.push_back(reference_of(declaration));
  }
  if (naming.empty()) return contents;

  contents.standing = naming.size() == 1 ? Standing::kOne : Standing::kGroupage;
  for (std::size_t i = 0; i < naming.size(); ++i) {
    for (std::size_t k = i + 1; k < naming.size(); ++k) {
      if (contents.standing == Standing::kContradiction) break;
      if (auto why = contradiction(*naming[i], parts[i], *naming[k], parts[k], number);
          !why.empty()) {
        contents.standing = Standing::kContradiction;
        contents.why = std::move(why);
      } else if (contents.standing != Standing::kTwice) {
        why = declared_twice(*naming[i], *naming[k]);
        if (why.empty()) continue;
        contents.standing = Standing::kTwice;
        contents.why = std::move(why);
      }
    }
  }

  contents.empty = parts.front().empty;
  for (const DeclaredPart& part : parts) {
    if (part.empty != contents.empty) {
      contents.empty.reset();
      break;
    }
  }
  read_masses(parts, contents);
  return contents;
}

}  // namespace portcullis::customs

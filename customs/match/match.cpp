#include "customs/match/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>

namespace portcullis::customs {

namespace {

using core::Check;
using core::CheckOutcome;
using core::ContainerObservation;
using core::Declaration;
using core::DeclaredContainer;
using core::DeclaredItem;
using core::Finding;

/// A mass outside the image's interval by more than the larger of these is a difference: scales,
/// packing and pallets account for less.
constexpr double kMassToleranceShare = 0.15;
constexpr double kMassToleranceKg = 500;
/// Packaging adds at most this share to a net mass where only that is declared.
constexpr double kPackagingShareMax = 0.30;

/// Container numbers are compared without blanks, dashes and case.
std::string plain_number(std::string_view number) {
  std::string out;
  for (const char c : number) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    }
  }
  return out;
}

std::string mass_text(double kg) {
  if (std::abs(kg) < 1000) return fmt::format("{:.0f} kg", std::round(kg / 10) * 10);
  return fmt::format("{:.1f} t", kg / 1000);
}

/// What all declarations together say of one container.
struct DeclaredLoad {
  bool declared = false;          ///< Some declaration names the container.
  std::optional<bool> empty;      ///< Declared empty, or declared with goods; absent: not said.
  std::optional<double> mass_kg;  ///< Of the goods with packing; absent: not known.
  double mass_high_kg = 0;        ///< Upper end where only net masses are declared.
  bool net_only = false;
  std::string unknown_reason;  ///< Why mass_kg is absent.
};

bool contains_number(const std::vector<std::string>& list, const std::string& number) {
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& n) { return plain_number(n) == number; });
}

/// Adds one declaration's goods in `number` to `load`.
void add_declaration(const Declaration& declaration, const std::string& number,
                     DeclaredLoad& load) {
  const DeclaredContainer* container = nullptr;
  for (const auto& c : declaration.containers) {
    if (plain_number(c.number) == number) container = &c;
  }
  const bool by_item =
      std::any_of(declaration.items.begin(), declaration.items.end(),
                  [&](const auto& item) { return contains_number(item.containers, number); });
  if (container == nullptr && !by_item) return;
  load.declared = true;

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
  if (marked_empty || (no_goods && !(container != nullptr && container->empty.has_value()))) {
    if (!load.empty) load.empty = true;
  } else {
    load.empty = false;
  }

  const auto unknown = [&](std::string why) {
    if (load.unknown_reason.empty()) load.unknown_reason = std::move(why);
  };
  const std::string name = !declaration.mrn.empty()   ? declaration.mrn
                           : !declaration.lrn.empty() ? declaration.lrn
                                                      : "the declaration";
  if (!shares_known) {
    unknown(fmt::format(
        "{} spreads goods over several containers without saying how much is in this one", name));
    return;
  }
  const double before = load.mass_kg.value_or(0);
  const double before_high = load.mass_kg ? load.mass_high_kg : 0;
  if (!goods) {
    if (marked_empty || load.empty.value_or(false)) {
      load.mass_kg = before;
      load.mass_high_kg = before_high;
    } else {
      unknown(fmt::format("{} lists no goods", name));
    }
  } else if (gross_known) {
    load.mass_kg = before + gross_kg;
    load.mass_high_kg = before_high + gross_kg;
  } else if (alone && declaration.gross_mass_kg) {
    load.mass_kg = before + *declaration.gross_mass_kg;
    load.mass_high_kg = before_high + *declaration.gross_mass_kg;
  } else if (net_known) {
    load.mass_kg = before + net_kg;
    load.mass_high_kg = before_high + net_kg * (1 + kPackagingShareMax);
    load.net_only = true;
  } else {
    unknown(fmt::format("{} gives no mass for some of its goods", name));
  }
}

DeclaredLoad declared_load(std::span<const Declaration> declarations, const std::string& number) {
  DeclaredLoad load;
  for (const auto& declaration : declarations) add_declaration(declaration, number, load);
  if (!load.unknown_reason.empty()) load.mass_kg.reset();
  return load;
}

std::vector<std::string> declared_numbers(std::span<const Declaration> declarations) {
  std::vector<std::string> numbers;
  const auto add = [&](const std::string& raw) {
    std::string number = plain_number(raw);
    if (!number.empty() && std::find(numbers.begin(), numbers.end(), number) == numbers.end()) {
      numbers.push_back(std::move(number));
    }
  };
  for (const auto& declaration : declarations) {
    for (const auto& c : declaration.containers) add(c.number);
    for (const auto& item : declaration.items) {
      for (const auto& c : item.containers) add(c);
    }
  }
  return numbers;
}

std::string list_text(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& v : values) {
    if (!out.empty()) out += ", ";
    out += v;
  }
  return out.empty() ? "none" : out;
}

/// Gathers one check over several containers: the worst outcome leads, every text is kept.
class CheckBuilder {
 public:
  explicit CheckBuilder(std::string name) { check_.name = std::move(name); }
  void add(CheckOutcome outcome, const std::string& seen, const std::string& expected,
           const std::string& text) {
    append(check_.seen, seen, "; ");
    append(check_.expected, expected, "; ");
    // What differs is read first.
    if (outcome == CheckOutcome::kDiffers && any_ && check_.outcome != CheckOutcome::kDiffers) {
      check_.text = text + " " + check_.text;
    } else {
      append(check_.text, text, " ");
    }
    if (!any_ || rank(outcome) > rank(check_.outcome)) check_.outcome = outcome;
    any_ = true;
  }
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] Check take() { return std::move(check_); }

 private:
  static int rank(CheckOutcome o) {
    return o == CheckOutcome::kDiffers ? 2 : o == CheckOutcome::kUnknown ? 1 : 0;
  }
  static void append(std::string& to, const std::string& text, std::string_view separator) {
    if (text.empty()) return;
    if (!to.empty()) to += separator;
    to += text;
  }
  Check check_;
  bool any_ = false;
};

std::string container_words(const ContainerObservation& c, std::string_view number) {
  if (!number.empty()) return fmt::format("container {}", number);
  if (!c.number.empty()) return fmt::format("container {}", c.number);
  return "the container";
}

std::string sentence(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

void match_mass(const ContainerObservation& c, const DeclaredLoad& load, const std::string& words,
                CheckBuilder& check, std::vector<Finding>& findings) {
  const std::string seen =
      fmt::format("{} ({} to {})", mass_text(c.load_mass_kg), mass_text(c.load_mass_low_kg),
                  mass_text(c.load_mass_high_kg));
  if (!load.mass_kg) {
    const std::string why = load.declared ? load.unknown_reason : "no declaration names it";
    check.add(CheckOutcome::kUnknown, seen, "not known",
              sentence(fmt::format("{}: the load's mass cannot be compared: {}.", words, why)));
    return;
  }
  const double expected_low = *load.mass_kg;
  const double expected_high = std::max(load.mass_high_kg, expected_low);
  const std::string expected = load.net_only
                                   ? fmt::format("{} net, with packing up to {}",
                                                 mass_text(expected_low), mass_text(expected_high))
                                   : mass_text(expected_low);
  // How far the interval stands off what is declared; positive: the load is too heavy.
  double gap_kg = 0;
  if (c.load_mass_low_kg > expected_high) gap_kg = c.load_mass_low_kg - expected_high;
  if (c.load_mass_high_kg < expected_low) gap_kg = c.load_mass_high_kg - expected_low;
  const double tolerance_kg = std::max(kMassToleranceShare * expected_high, kMassToleranceKg);
  if (std::abs(gap_kg) <= tolerance_kg) {
    check.add(CheckOutcome::kAgrees, seen, expected,
              sentence(fmt::format("{}: the load weighs about {} in the image; {} declared.", words,
                                   mass_text(c.load_mass_kg), expected)));
    return;
  }
  const double reference = gap_kg > 0 ? expected_high : expected_low;
  const std::string text = sentence(
      fmt::format("{}: the load weighs about {} in the image, {} {} than the {} declared.", words,
                  mass_text(c.load_mass_kg), mass_text(std::abs(c.load_mass_kg - reference)),
                  gap_kg > 0 ? "more" : "less", expected));
  check.add(CheckOutcome::kDiffers, seen, expected, text);

  Finding finding;
  finding.kind = core::FindingKind::kMassMismatch;
  const double beyond = (std::abs(gap_kg) - tolerance_kg) / std::max(reference, kMassToleranceKg);
  finding.score = std::min(0.99, 0.75 + 0.4 * beyond);
  finding.bbox_px = c.bbox_px;
  finding.text = text;
  finding.evidence = {{"seen_kg", c.load_mass_kg},
                      {"seen_low_kg", c.load_mass_low_kg},
                      {"seen_high_kg", c.load_mass_high_kg},
                      {"declared_kg", expected_low},
                      {"outside_interval_kg", gap_kg}};
  findings.push_back(std::move(finding));
}

void match_empty(const ContainerObservation& c, const DeclaredLoad& load, const std::string& words,
                 CheckBuilder& check, std::vector<Finding>& findings) {
  const std::string seen = c.empty ? "empty" : fmt::format("loaded, {:.0f} % filled", c.fill * 100);
  if (!load.empty) {
    check.add(CheckOutcome::kUnknown, seen, "not known",
              sentence(fmt::format("{}: {}, so empty or loaded cannot be compared.", words,
                                   load.declared ? "no declaration says what is in it"
                                                 : "no declaration names it")));
    return;
  }
  const std::string expected = *load.empty ? "empty" : "loaded";
  if (*load.empty == c.empty) {
    check.add(CheckOutcome::kAgrees, seen, expected,
              sentence(fmt::format("{} is {} as declared.", words, expected)));
    return;
  }
  const std::string text =
      c.empty ? sentence(fmt::format("{} is declared loaded and looks empty.", words))
              : sentence(fmt::format(
                    "{} is declared empty and holds about {}, {:.0f} % of the side view filled.",
                    words, mass_text(c.load_mass_kg), c.fill * 100));
  check.add(CheckOutcome::kDiffers, seen, expected, text);
  Finding finding;
  finding.kind = core::FindingKind::kEmptyMismatch;
  finding.score = c.empty ? 0.9 : std::min(0.95, 0.75 + c.load_mass_kg / 20'000 + c.fill);
  finding.bbox_px = c.bbox_px;
  finding.text = text;
  finding.evidence = {{"seen_kg", c.load_mass_kg}, {"fill", c.fill}};
  findings.push_back(std::move(finding));
}

}  // namespace

MatchResult match(std::span<const ContainerObservation> containers,
                  std::span<const Declaration> declarations) {
  MatchResult result;
  CheckBuilder identity("identity");
  CheckBuilder mass("mass");
  CheckBuilder empty("empty");

  const std::vector<std::string> declared = declared_numbers(declarations);
  std::vector<std::string> seen;
  for (const auto& c : containers) {
    if (std::string number = plain_number(c.number); !number.empty())
      seen.push_back(std::move(number));
  }
  const std::string seen_text = containers.empty() ? "no container"
                                : seen.empty()     ? "no number read"
                                                   : list_text(seen);

  if (declarations.empty()) {
    identity.add(CheckOutcome::kUnknown, seen_text, "not known",
                 "There is no declaration to compare with.");
  } else if (declared.empty()) {
    identity.add(CheckOutcome::kUnknown, seen_text, "no container",
                 "The declaration names no container.");
  } else if (seen.size() < containers.size()) {
    identity.add(CheckOutcome::kUnknown, seen_text, list_text(declared),
                 "A container's number was not read: read it by eye.");
  } else if (containers.empty()) {
    identity.add(CheckOutcome::kUnknown, seen_text, list_text(declared),
                 "No container was found in the image.");
  } else {
    std::vector<std::string> strange;
    std::vector<std::string> missing;
    for (const auto& n : seen) {
      if (std::find(declared.begin(), declared.end(), n) == declared.end()) strange.push_back(n);
    }
    for (const auto& n : declared) {
      if (std::find(seen.begin(), seen.end(), n) == seen.end()) missing.push_back(n);
    }
    if (!strange.empty()) {
      identity.add(CheckOutcome::kDiffers, seen_text, list_text(declared),
                   fmt::format("Container {} is not on the declaration, which names {}.",
                               list_text(strange), list_text(declared)));
    } else {
      // Declared containers that are not here travel on another truck: no difference.
      identity.add(
          CheckOutcome::kAgrees, seen_text, list_text(declared),
          missing.empty()
              ? fmt::format("Container {} is as declared.", list_text(seen))
              : fmt::format(
                    "Container {} is declared; {} of the same declaration is not on this vehicle.",
                    list_text(seen), list_text(missing)));
    }
  }

  for (const auto& c : containers) {
    std::string number = plain_number(c.number);
    std::string words = container_words(c, number);
    // One container seen and one declared belong together even where its number was not read.
    if (number.empty() && containers.size() == 1 && declared.size() == 1) {
      number = declared.front();
      words = fmt::format("the only container (number not read, taken for {})", number);
    }
    const DeclaredLoad load = number.empty() ? DeclaredLoad{} : declared_load(declarations, number);
    match_mass(c, load, words, mass, result.findings);
    match_empty(c, load, words, empty, result.findings);
  }
  if (!mass.any())
    mass.add(CheckOutcome::kUnknown, "no container", "not known",
             "No container was found, so no mass can be compared.");
  if (!empty.any())
    empty.add(CheckOutcome::kUnknown, "no container", "not known",
              "No container was found, so emptiness cannot be compared.");

  result.checks.push_back(identity.take());
  result.checks.push_back(mass.take());
  result.checks.push_back(empty.take());
  return result;
}

}  // namespace portcullis::customs

#include "customs/match/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>

#include "customs/match/contents.h"
#include "customs/match/declared_goods.h"
#include "customs/match/goods_check.h"
#include "customs/match/verified_mass.h"

namespace portcullis::customs {

namespace {

using core::Check;
using core::CheckOutcome;
using core::ContainerObservation;
using core::Declaration;
using core::Finding;
using Standing = DeclaredContents::Standing;

/// A mass outside the image's interval by more than the larger of these is a difference: scales,
/// packing and pallets account for less.
constexpr double kMassToleranceShare = 0.15;
constexpr double kMassToleranceKg = 500;

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

std::string reading_text(const MassReading& reading) {
  return reading.net_only ? fmt::format("{} net, with packing up to {}", mass_text(reading.low_kg),
                                        mass_text(reading.high_kg))
                          : mass_text(reading.low_kg);
}

/// How far the image's interval stands off what is declared; positive: the load is too heavy.
double gap_kg(const ContainerObservation& c, const MassReading& reading) {
  if (c.load_mass_low_kg > reading.high_kg) return c.load_mass_low_kg - reading.high_kg;
  if (c.load_mass_high_kg < reading.low_kg) return c.load_mass_high_kg - reading.low_kg;
  return 0;
}

double tolerance_kg(const MassReading& reading) {
  return std::max(kMassToleranceShare * reading.high_kg, kMassToleranceKg);
}

bool fits(const ContainerObservation& c, const MassReading& reading) {
  return std::abs(gap_kg(c, reading)) <= tolerance_kg(reading);
}

/// The reading that comes nearest to what was seen.
const MassReading& nearest(const ContainerObservation& c, const DeclaredContents& contents) {
  return *std::min_element(contents.readings.begin(), contents.readings.end(),
                           [&](const MassReading& a, const MassReading& b) {
                             return std::abs(gap_kg(c, a)) - tolerance_kg(a) <
                                    std::abs(gap_kg(c, b)) - tolerance_kg(b);
                           });
}

/// Whether its declarations can be taken together: then one reading is left.
bool reads_as_one(const ContainerObservation& c, const DeclaredContents& contents) {
  return contents.standing == Standing::kOne ||
         (contents.standing == Standing::kGroupage && !contents.readings.empty() &&
          fits(c, contents.readings.front()));
}

Finding mass_finding(const ContainerObservation& c, double declared_kg, double gap, double beyond,
                     const std::string& text) {
  Finding finding;
  finding.kind = core::FindingKind::kMassMismatch;
  finding.score = std::min(0.99, 0.75 + 0.4 * beyond);
  finding.bbox_px = c.bbox_px;
  finding.text = text;
  finding.evidence = {{"seen_kg", c.load_mass_kg},
                      {"seen_low_kg", c.load_mass_low_kg},
                      {"seen_high_kg", c.load_mass_high_kg},
                      {"declared_kg", declared_kg},
                      {"outside_interval_kg", gap}};
  return finding;
}

void match_mass(const ContainerObservation& c, const DeclaredContents& contents,
                const std::string& words, CheckBuilder& check, std::vector<Finding>& findings) {
  const std::string seen =
      fmt::format("{} ({} to {})", mass_text(c.load_mass_kg), mass_text(c.load_mass_low_kg),
                  mass_text(c.load_mass_high_kg));
  if (contents.readings.empty()) {
    const std::string why =
        contents.standing == Standing::kNone ? "no declaration names it" : contents.unknown_reason;
    check.add(CheckOutcome::kUnknown, seen, "not known",
              sentence(fmt::format("{}: the load's mass cannot be compared: {}.", words, why)));
    return;
  }
  const bool one = reads_as_one(c, contents);
  const MassReading& reading = one ? contents.readings.front() : nearest(c, contents);
  const std::string references = joined(contents.references);
  if (fits(c, reading)) {
    if (one) {
      const std::string expected = reading_text(reading);
      check.add(
          CheckOutcome::kAgrees, seen, expected,
          sentence(fmt::format(
              "{}: the load weighs about {} in the image; {} declared{}.", words,
              mass_text(c.load_mass_kg), expected,
              contents.references.size() > 1 ? fmt::format(" by {} together", references) : "")));
    } else {
      check.add(CheckOutcome::kUnknown, seen, "not known",
                sentence(fmt::format("{}: the load's mass cannot be compared: which of {} holds is "
                                     "not known.",
                                     words, references)));
    }
    return;
  }
  const double gap = gap_kg(c, reading);
  const std::string expected = reading_text(reading);
  const double reference_kg = gap > 0 ? reading.high_kg : reading.low_kg;
  const std::string text = sentence(
      fmt::format("{}: the load weighs about {} in the image, {} {} than the {} declared{}.", words,
                  mass_text(c.load_mass_kg), mass_text(std::abs(c.load_mass_kg - reference_kg)),
                  gap > 0 ? "more" : "less", expected,
                  one ? ""
                      : fmt::format(" by {}, and no other reading of {} comes nearer",
                                    reading.references, references)));
  check.add(CheckOutcome::kDiffers, seen, expected, text);

  const double beyond =
      (std::abs(gap) - tolerance_kg(reading)) / std::max(reference_kg, kMassToleranceKg);
  findings.push_back(mass_finding(c, reading.low_kg, gap, beyond, text));
}

/// The mass that somebody weighed, as a second word on the load beside the declaration's.
void match_verified(const ContainerObservation& c, const DeclaredContents& contents,
                    const VerifiedLoad& verified, const std::string& words, CheckBuilder& check,
                    std::vector<Finding>& findings) {
  MassReading weighed;
  weighed.low_kg = verified.low_kg;
  weighed.high_kg = verified.high_kg;
  const std::string left =
      verified.tare_stated ? fmt::format("{} without the container", mass_text(verified.high_kg))
                           : fmt::format("{} to {} without the container",
                                         mass_text(verified.low_kg), mass_text(verified.high_kg));
  const std::string expected = fmt::format("weighed {}", left);
  const std::string start = fmt::format("{}: its verified gross mass of {} leaves {}", words,
                                        mass_text(verified.gross_kg), left);
  if (!fits(c, weighed)) {
    const double gap = gap_kg(c, weighed);
    const double reference_kg = gap > 0 ? weighed.high_kg : weighed.low_kg;
    const std::string text = sentence(
        fmt::format("{}, and the image shows about {}, {} {}.", start, mass_text(c.load_mass_kg),
                    mass_text(std::abs(c.load_mass_kg - reference_kg)), gap > 0 ? "more" : "less"));
    check.add(CheckOutcome::kDiffers, {}, expected, text);
    // One finding a container: what differs from the declaration has its own.
    if (!findings.empty() && findings.back().kind == core::FindingKind::kMassMismatch &&
        findings.back().bbox_px.x == c.bbox_px.x && findings.back().bbox_px.y == c.bbox_px.y)
      return;
    const double beyond =
        (std::abs(gap) - tolerance_kg(weighed)) / std::max(reference_kg, kMassToleranceKg);
    findings.push_back(mass_finding(c, weighed.low_kg, gap, beyond, text));
    return;
  }
  const bool any_agrees =
      std::any_of(contents.readings.begin(), contents.readings.end(), [&](const auto& reading) {
        const double apart =
            std::max({0.0, reading.low_kg - weighed.high_kg, weighed.low_kg - reading.high_kg});
        return apart <= tolerance_kg(reading);
      });
  if (contents.readings.empty() || any_agrees) {
    check.add(CheckOutcome::kAgrees, {}, expected,
              sentence(fmt::format("{}, as the image shows.", start)));
  } else {
    check.add(CheckOutcome::kUnknown, {}, expected,
              sentence(fmt::format("{}, as the image shows; the declaration does not agree with "
                                   "what was weighed.",
                                   start)));
  }
}

void match_empty(const ContainerObservation& c, const DeclaredContents& contents,
                 const std::string& words, CheckBuilder& check, std::vector<Finding>& findings) {
  const std::string seen = c.empty ? "empty" : fmt::format("loaded, {:.0f} % filled", c.fill * 100);
  if (!contents.empty) {
    check.add(CheckOutcome::kUnknown, seen, "not known",
              sentence(fmt::format("{}: {}, so empty or loaded cannot be compared.", words,
                                   contents.standing == Standing::kNone
                                       ? "no declaration names it"
                                       : "its declarations contradict each other")));
    return;
  }
  const std::string expected = *contents.empty ? "empty" : "loaded";
  if (*contents.empty == c.empty) {
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

void match_goods(const ContainerObservation& c, const DeclaredContents& contents,
                 std::span<const Declaration> declarations, const std::string& number,
                 const GoodsTable& table, bool simulated_scan, const std::string& words,
                 CheckBuilder& check, std::vector<Finding>& findings) {
  const GoodsComparison compared = compare_goods(
      c, contents, number.empty() ? DeclaredGoods{} : declared_goods(declarations, number), table,
      simulated_scan, words);
  check.add(compared.outcome, compared.seen, compared.expected, compared.text);
  if (compared.outcome != CheckOutcome::kDiffers) return;
  Finding finding;
  finding.kind = core::FindingKind::kMaterialMismatch;
  finding.score = std::min(0.65, 0.5 + 0.03 * compared.beyond);
  finding.bbox_px = c.bbox_px;
  finding.text = compared.text;
  finding.evidence = compared.evidence;
  findings.push_back(std::move(finding));
}

/// One container that several declarations name.
void match_several(const ContainerObservation& c, const DeclaredContents& contents,
                   const std::string& words, CheckBuilder& check) {
  const std::string references = joined(contents.references);
  const std::string start = fmt::format("{}: {}", words, references);
  const auto add = [&](CheckOutcome outcome, const std::string& text) {
    check.add(outcome, references, "one declaration, or groupage", sentence(text));
  };
  switch (contents.standing) {
    case Standing::kNone:
    case Standing::kOne:
      return;
    case Standing::kContradiction:
      return add(
          CheckOutcome::kDiffers,
          fmt::format("{}: its declarations contradict each other: {}.", words, contents.why));
    case Standing::kTwice:
      return add(CheckOutcome::kUnknown,
                 fmt::format("{}: {}; the documents must tell which holds.", words, contents.why));
    case Standing::kGroupage:
      break;
  }
  if (contents.readings.empty()) {
    return add(CheckOutcome::kUnknown,
               fmt::format("{} each declare goods in it; whether they cover it together cannot be "
                           "said: {}.",
                           start, contents.unknown_reason));
  }
  const std::string sum = reading_text(contents.readings.front());
  if (reads_as_one(c, contents)) {
    return add(CheckOutcome::kAgrees,
               fmt::format("{} together declare {}, as much as the image shows: read as groupage.",
                           start, sum));
  }
  const MassReading& reading = nearest(c, contents);
  add(CheckOutcome::kUnknown,
      fits(c, reading)
          ? fmt::format("{} together declare {}, which the image does not show; {} alone would "
                        "agree: the documents must tell which holds.",
                        start, sum, reading.references)
          : fmt::format("{} together declare {}, which the image does not show, nor what any of "
                        "them declares alone.",
                        start, sum));
}

/// Which declarations there are, before anything of them is compared.
void match_count(std::span<const Declaration> declarations, const std::vector<std::string>& numbers,
                 const std::string& not_looked_up, std::size_t set_aside, CheckBuilder& check) {
  if (declarations.empty()) {
    if (set_aside > 0)
      check.add(CheckOutcome::kUnknown, "none", "a declaration",
                fmt::format("An officer says that none of the {} declarations that name this "
                            "vehicle belongs to it.",
                            set_aside));
    else if (not_looked_up.empty())
      check.add(CheckOutcome::kUnknown, "none", "a declaration",
                "No declaration is known for this vehicle and its containers.");
    else
      check.add(CheckOutcome::kUnknown, std::string(kNotAskedFor), "a declaration",
                fmt::format("Declarations could not be asked for: {}.", not_looked_up));
    return;
  }
  std::vector<std::string> references;
  for (const auto& declaration : declarations) references.push_back(reference_of(declaration));
  if (declarations.size() == 1) {
    check.add(CheckOutcome::kAgrees, references.front(), "one declaration",
              fmt::format("One declaration, {}{}.", references.front(),
                          declarations.front().procedure.empty()
                              ? ""
                              : fmt::format(" ({})", declarations.front().procedure)));
    return;
  }
  for (const auto& declaration : declarations) {
    const bool named = std::any_of(numbers.begin(), numbers.end(), [&](const auto& number) {
      return !number.empty() && names_container(declaration, number);
    });
    if (!named)
      check.add(CheckOutcome::kUnknown, reference_of(declaration), "a container of this vehicle",
                fmt::format("{} names none of the containers seen; the documents must tell whether "
                            "it belongs to this vehicle.",
                            reference_of(declaration)));
  }
}

}  // namespace

MatchResult match(std::span<const ContainerObservation> containers,
                  std::span<const Declaration> declarations, const std::string& not_looked_up,
                  std::size_t set_aside, const GoodsTable& goods_table, bool simulated_scan) {
  MatchResult result;
  CheckBuilder declaration("declaration");
  CheckBuilder identity("identity");
  CheckBuilder mass("mass");
  CheckBuilder empty("empty");
  CheckBuilder goods("goods");

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

  std::vector<std::string> numbers;  // of the containers seen, as far as known
  for (const auto& c : containers) {
    std::string number = plain_number(c.number);
    std::string words = container_words(c, number);
    // One container seen and one declared belong together even where its number was not read.
    if (number.empty() && containers.size() == 1 && declared.size() == 1) {
      number = declared.front();
      words = fmt::format("the only container (number not read, taken for {})", number);
    }
    const DeclaredContents contents =
        number.empty() ? DeclaredContents{} : declared_contents(declarations, number);
    match_several(c, contents, words, declaration);
    match_mass(c, contents, words, mass, result.findings);
    if (const auto verified = verified_load(declarations, number); verified && !number.empty())
      match_verified(c, contents, *verified, words, mass, result.findings);
    match_empty(c, contents, words, empty, result.findings);
    match_goods(c, contents, declarations, number, goods_table, simulated_scan, words, goods,
                result.findings);
    numbers.push_back(std::move(number));
  }
  match_count(declarations, numbers, not_looked_up, set_aside, declaration);
  if (!declaration.any()) {
    std::vector<std::string> references;
    for (const auto& d : declarations) references.push_back(reference_of(d));
    declaration.add(
        CheckOutcome::kAgrees, joined(references), "one declaration a container",
        fmt::format("Each container has a declaration of its own: {}.", joined(references)));
  }
  if (!mass.any())
    mass.add(CheckOutcome::kUnknown, "no container", "not known",
             "No container was found, so no mass can be compared.");
  if (!empty.any())
    empty.add(CheckOutcome::kUnknown, "no container", "not known",
              "No container was found, so emptiness cannot be compared.");
  if (!goods.any())
    goods.add(CheckOutcome::kUnknown, "no container", "not known",
              "No container was found, so its goods cannot be compared.");

  result.checks.push_back(declaration.take());
  result.checks.push_back(identity.take());
  result.checks.push_back(mass.take());
  result.checks.push_back(empty.take());
  result.checks.push_back(goods.take());
  return result;
}

}  // namespace portcullis::customs

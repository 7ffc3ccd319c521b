#include "customs/adapters/field_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace portcullis::customs {

namespace {

using F = Field;

constexpr std::size_t kTableBytesMax = 1'000'000;
constexpr std::size_t kTableLinesMax = 5'000;

struct FieldWord {
  std::string_view word;
  F field;
};
constexpr FieldWord kFieldWords[] = {
    {"known", F::kKnown},
    {"begin-declaration", F::kBeginDeclaration},
    {"begin-item", F::kBeginItem},
    {"begin-container", F::kBeginContainer},
    {"begin-means", F::kBeginMeans},
    {"begin-document", F::kBeginDocument},
    {"message-id", F::kMessageId},
    {"message-version", F::kMessageVersion},
    {"sender", F::kSender},
    {"recipient", F::kRecipient},
    {"sent", F::kSent},
    {"lrn", F::kLrn},
    {"mrn", F::kMrn},
    {"ucr", F::kUcr},
    {"procedure", F::kProcedure},
    {"party-id", F::kPartyId},
    {"party-name", F::kPartyName},
    {"party-address", F::kPartyAddress},
    {"party-country", F::kPartyCountry},
    {"origin-country", F::kOriginCountry},
    {"destination-country", F::kDestinationCountry},
    {"place", F::kPlace},
    {"gross-mass", F::kGrossMass},
    {"gross-mass-unit", F::kGrossMassUnit},
    {"packages", F::kPackages},
    {"value", F::kValue},
    {"currency", F::kCurrency},
    {"document-type", F::kDocumentType},
    {"document-reference", F::kDocumentReference},
    {"item-number", F::kItemNumber},
    {"hs-code", F::kHsCode},
    {"item-origin", F::kItemOrigin},
    {"description", F::kDescription},
    {"item-gross-mass", F::kItemGrossMass},
    {"item-net-mass", F::kItemNetMass},
    {"item-packages", F::kItemPackages},
    {"package-kind", F::kPackageKind},
    {"marks", F::kMarks},
    {"item-value", F::kItemValue},
    {"item-currency", F::kItemCurrency},
    {"item-container", F::kItemContainer},
    {"container-number", F::kContainerNumber},
    {"iso-type", F::kIsoType},
    {"seal", F::kSeal},
    {"fullness", F::kFullness},
    {"container-gross-mass", F::kContainerGross},
    {"means-mode", F::kMeansMode},
    {"means-id", F::kMeansId},
    {"means-name", F::kMeansName},
    {"means-nationality", F::kMeansNationality},
    {"voyage", F::kVoyage},
    {"plate", F::kPlate},
    {"manifest-reference", F::kManifestReference},
    {"manifest-carrier", F::kManifestCarrier},
    {"manifest-vessel", F::kManifestVessel},
    {"manifest-imo", F::kManifestImo},
    {"manifest-voyage", F::kManifestVoyage},
    {"manifest-loading", F::kManifestLoading},
    {"manifest-discharge", F::kManifestDischarge},
    {"manifest-arrival", F::kManifestArrival},
    {"notice-code", F::kNoticeCode},
    {"notice-container", F::kNoticeContainer},
    {"notice-detail", F::kNoticeDetail},
    {"notice-at", F::kNoticeAt},
};

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::optional<Field> field_from(std::string_view word) {
  for (const auto& known : kFieldWords)
    if (known.word == word) return known.field;
  return std::nullopt;
}

bool is_of_declaration(Field field) {
  return field == F::kBeginItem || field == F::kBeginContainer ||
         (field >= F::kLrn && field <= F::kContainerVerified);
}

core::Result<std::vector<DataLine>> read_data_lines(std::string_view text, std::string_view name,
                                                    std::size_t columns) {
  const auto invalid = [&](std::size_t line, std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       line == 0 ? fmt::format("{}: {}", name, why)
                                 : fmt::format("{}: line {}: {}", name, line, why)};
  };
  if (text.size() > kTableBytesMax)
    return invalid(0, fmt::format("more than {} bytes", kTableBytesMax));
  std::vector<DataLine> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    if (std::any_of(line.begin(), line.end(), [](char c) { return c < 0x20 || c > 0x7e; }))
      return invalid(number, "holds other than printable ASCII");
    if (lines.size() == kTableLinesMax)
      return invalid(number, fmt::format("more than {} lines", kTableLinesMax));
    auto& made = lines.emplace_back(DataLine{number, {}});
    while (true) {
      const auto bar = line.find('|');
      made.values.push_back(without_blanks(line.substr(0, bar)));
      if (bar == std::string_view::npos) break;
      line.remove_prefix(bar + 1);
    }
    if (made.values.size() != columns)
      return invalid(number,
                     fmt::format("has {} values between '|', not {}", made.values.size(), columns));
  }
  if (lines.empty()) return invalid(0, "holds no line");
  return lines;
}

}  // namespace portcullis::customs

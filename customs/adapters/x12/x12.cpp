#include "customs/adapters/x12/x12.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "customs/adapters/adapter.h"
#include "customs/adapters/case_builder.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/segments.h"
#include "customs/adapters/x12/answers.h"

namespace portcullis::customs {

namespace {

using F = Field;

// X12.5: the interchange header has fixed places.
constexpr std::size_t kIsaBytes = 106;
constexpr std::size_t kIsaElementSeparator = 3;
constexpr std::size_t kIsaRepetition = 82;  // "U" before release 00402.
constexpr std::size_t kIsaComponent = 104;
constexpr std::size_t kIsaTerminator = 105;

std::string trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(' ');
  return end == std::string_view::npos ? std::string() : std::string(text.substr(0, end + 1));
}

/// Control numbers and counts of ISA, GS and ST.
class Control {
 public:
  Control(std::string_view name, CaseBuilder& builder) : name_(name), b_(builder) {}

  /// True: the segment was part of an envelope.
  core::Result<bool> take(const Segment& s) {
    if (closed_) return wrong(s, "stands after IEA");
    if (s.tag == "ISA") {
      if (s.number != 1) return wrong(s, "opens a second interchange");
      auto& head = b_.current().message;
      head.sender = trimmed(s.at(5));
      head.recipient = trimmed(s.at(7));
      head.sent = fmt::format("{}:{}", s.at(8), s.at(9));
      head.version = s.at(11);
      head.test = s.at(14) == "T";
      interchange_ = s.at(12);
      head.id = fmt::format("{}:{}", head.sender, interchange_);
      return true;
    }
    if (s.tag == "GS") {
      if (in_group_) return wrong(s, "opens a group within another");
      in_group_ = true;
      group_ = s.at(5);
      sets_ = 0;
      ++groups_;
      if (!group_numbers_.insert(group_).second) return wrong(s, given_twice(group_));
      set_numbers_.clear();  // unique in their group
      return true;
    }
    if (s.tag == "ST") {
      if (!in_group_ || in_set_)
        return wrong(s, "opens a set outside of a group or within another");
      in_set_ = true;
      set_ = s.at(1);
      segments_ = 1;
      ++sets_;
      if (!set_numbers_.insert(set_).second) return wrong(s, given_twice(set_));
      auto& name = b_.current().message.name;
      if (s.at(0) != "309" && s.at(0) != "350" && s.at(0) != "355") {
        return core::Error{
            core::ErrorCode::kUnsupported,
            fmt::format("{}: segment {}: transaction set \"{}\" is not read (309, 350, 355)", name_,
                        s.number, quotable(s.at(0), 10))};
      }
      if (!name.empty() && name != s.at(0)) return wrong(s, "is of another kind than the first");
      name = s.at(0);
      return true;
    }
    if (s.tag == "SE") {
      if (!in_set_) return wrong(s, "closes no set");
      in_set_ = false;
      return close(s, segments_ + 1, set_, "segments");
    }
    if (s.tag == "GE") {
      if (!in_group_ || in_set_) return wrong(s, "closes no group");
      in_group_ = false;
      return close(s, sets_, group_, "sets");
    }
    if (s.tag == "IEA") {
      if (in_group_ || in_set_) return wrong(s, "closes the interchange over an open group");
      closed_ = true;
      return close(s, groups_, interchange_, "groups");
    }
    if (!in_set_) return wrong(s, "stands outside of a set");
    ++segments_;
    return false;
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  [[nodiscard]] core::Error wrong(const Segment& s, std::string_view why) const {
    return {core::ErrorCode::kInvalidInput,
            fmt::format("{}: segment {}: {} {}", name_, s.number, quotable(s.tag, 10), why)};
  }
  [[nodiscard]] static std::string given_twice(std::string_view number) {
    return fmt::format("has the control number \"{}\" of an earlier one", quotable(number, 20));
  }
  core::Result<bool> close(const Segment& s, std::size_t count, const std::string& reference,
                           std::string_view what) const {
    std::size_t said = 0;
    const auto text = s.at(0);
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), said);
    if (bad != std::errc() || end != text.data() + text.size())
      return wrong(s, fmt::format("has no count of {}", what));
    if (said != count)
      return wrong(s, fmt::format("says {} {}, {} stand there", said, what, count));
    if (s.at(1) != reference)
      return wrong(s, fmt::format("has the control number \"{}\", not \"{}\"",
                                  quotable(s.at(1), 20), quotable(reference, 20)));
    return true;
  }

  std::string_view name_;
  CaseBuilder& b_;
  std::string interchange_, group_, set_;
  std::set<std::string, std::less<>> group_numbers_, set_numbers_;
  std::size_t groups_ = 0, sets_ = 0, segments_ = 0;
  bool in_group_ = false, in_set_ = false, closed_ = false;
};

/// The segments of a 309, in the loops P4, LX, N1 and VID.
class Manifest309 {
 public:
  explicit Manifest309(CaseBuilder& builder) : b_(builder) {}

  void take(const Segment& s) {
    place_ = fmt::format("segment {}, {}", s.number, s.tag);
    if (!known(s)) b_.keep_unknown(place_, s.raw);
  }

 private:
  void set(F field, std::string_view value, std::string_view argument = {},
           std::string_view unit = {}) {
    b_.set(field, argument, value, place_, unit);
  }

  bool known(const Segment& s) {
    if (s.tag == "M10") {
      set(F::kManifestCarrier, s.at(0));
      set(F::kManifestVessel, s.at(4));
      set(F::kManifestVoyage, s.at(5));
      set(F::kManifestReference, s.at(6));
      // Vessel code qualifier L: Lloyd's register, the IMO number.
      if (s.at(9) == "L") set(F::kManifestImo, s.at(3));
      return true;
    }
    if (s.tag == "P4") {
      set(F::kManifestDischarge, s.at(0));
      set(F::kManifestArrival, s.at(1));
      return true;
    }
    if (s.tag == "LX") return true;
    if (s.tag == "M11") {
      b_.begin(F::kBeginDeclaration);
      in_bill_ = true;
      container_.clear();
      role_.clear();
      set(F::kLrn, s.at(0));
      set(F::kPlace, s.at(1), "loading");
      set(F::kPackages, s.at(2));
      set(F::kGrossMass, s.at(4), {}, s.at(5));
      return true;
    }
    if (!in_bill_) return false;
    if (s.tag == "N1") {
      const auto code = s.at(0);
      role_ = code == "SH"   ? "consignor"
              : code == "CN" ? "consignee"
              : code == "N1" ? "notify"
                             : "";
      if (role_.empty()) return false;
      set(F::kPartyName, s.at(1), role_);
      set(F::kPartyId, s.at(3), role_);
      return true;
    }
    if (s.tag == "N3" || s.tag == "N4") {
      if (role_.empty()) return false;
      const bool lines = s.tag == "N3";
      for (std::size_t i = 0; i < (lines ? 2U : 3U); ++i) set(F::kPartyAddress, s.at(i), role_);
      if (!lines) set(F::kPartyCountry, s.at(3), role_);
      return true;
    }
    if (s.tag == "VID") {
      container_ = fmt::format("{}{}", s.at(1), s.at(2));
      b_.begin(F::kBeginContainer);
      set(F::kContainerNumber, container_);
      if (!container_.empty()) {
        set(F::kSeal, s.at(3));
        set(F::kSeal, s.at(4));
      }
      return true;
    }
    if (s.tag == "M7") {
      if (container_.empty()) return false;
      for (std::size_t i = 0; i < 4; ++i) set(F::kSeal, s.at(i));
      return true;
    }
    if (s.tag == "N10") {
      b_.begin(F::kBeginItem);
      set(F::kItemPackages, s.at(0));
      set(F::kDescription, s.at(1));
      set(F::kMarks, s.at(2));
      if (!s.at(4).empty()) set(F::kHsCode, s.at(4));
      set(F::kItemValue, s.at(5));
      set(F::kItemGrossMass, s.at(7), {}, s.at(6));
      set(F::kItemContainer, container_);
      return true;
    }
    return false;
  }

  CaseBuilder& b_;
  std::string place_, container_, role_;
  bool in_bill_ = false;
};

bool looks_like_x12(std::string_view bytes) {
  return bytes.size() >= kIsaBytes && bytes.starts_with("ISA");
}

core::Result<Case> parse_x12(std::string_view bytes, std::string_view name) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  if (!bytes.starts_with("ISA")) return invalid("does not begin with ISA");
  if (bytes.size() < kIsaBytes) return invalid("segment 1: ISA is cut off");
  // The extended character set of X12 is ASCII's; UTF-8 is what else comes.
  if (const auto bad = find_bad_utf8(bytes); bad != std::string_view::npos)
    return invalid(fmt::format("byte {}: not UTF-8", bad));
  Separators separators;
  separators.element = bytes[kIsaElementSeparator];
  separators.component = bytes[kIsaComponent];
  separators.terminator = bytes[kIsaTerminator];
  separators.release = 0;
  const char repetition = bytes[kIsaRepetition];
  const bool letter = (repetition >= 'A' && repetition <= 'Z') || repetition == ' ';
  separators.repetition = letter ? '\0' : repetition;
  if (separators.element == separators.component || separators.element == separators.terminator ||
      separators.component == separators.terminator)
    return invalid("segment 1: ISA names one character twice");
  // ISA16 and ISA11 are the separators themselves: that segment is taken apart without them.
  Separators plain = separators;
  plain.component = plain.repetition = 0;
  CaseBuilder builder(name);
  Control control(name, builder);
  Manifest309 manifest(builder);
  X12Status350 status(builder);
  X12Answer355 answer(builder);
  SegmentReader header(bytes.substr(0, kIsaBytes), name, plain);
  PC_TRY(const auto isa, header.next());
  if (!isa || isa->elements.size() != 16) return invalid("segment 1: ISA has not 16 elements");
  PC_TRY(const bool envelope, control.take(*isa));
  static_cast<void>(envelope);
  SegmentReader reader(bytes.substr(kIsaBytes), name, separators);
  while (true) {
    PC_TRY(auto segment, reader.next());
    if (!segment) break;
    ++segment->number;  // ISA was the first.
    PC_TRY(const bool service, control.take(*segment));
    const auto& set = builder.current().message.name;
    if (!service && set == "350")
      status.take(*segment);
    else if (!service && set == "355")
      answer.take(*segment);
    else if (!service)
      manifest.take(*segment);
    if (builder.problem()) return *builder.problem();
  }
  if (!control.closed()) return invalid("is cut off: it has no IEA");
  if (builder.current().message.name == "355") answer.end();
  PC_TRY(auto read, std::move(builder).finish());
  if (read.message.name == "350") {
    if (!status.any()) return invalid("350 without a bill's status (X4)");
    return read;
  }
  if (read.message.name == "355") return read;
  if (read.declarations.empty()) return invalid("309 without a bill of lading (M11)");
  return read;
}

}  // namespace

const Adapter& x12_adapter() {
  static constexpr MessageWriter kWriters[] = {{"350-DRAFT", write_x12_status}};
  static constexpr Adapter kAdapter = {"x12",          "field list", "309, 350, 355",
                                       looks_like_x12, parse_x12,    kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs

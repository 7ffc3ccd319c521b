#include "customs/adapters/x12/answers.h"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "customs/adapters/adapter.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables/xml_draft.h"
#include "customs/model/code_lists.h"

namespace portcullis::customs {

namespace {

using F = Field;

constexpr std::string_view kDispositions = "ace-disposition";
constexpr std::string_view kAnswers = "x12-355";
constexpr std::size_t kRemarkBytes = 30;   // X12 element 61.
constexpr std::size_t kBillBytes = 25;     // Element 598.
constexpr std::size_t kEntryBytes = 15;    // Element 601.
constexpr std::size_t kPartnerBytes = 15;  // ISA06 and ISA08.
constexpr std::uint32_t kControlNumbers = 1'000'000'000;

/// A value between the separators that we write: printable ASCII without them.
std::string x12_value(std::string_view text, std::size_t bytes_max) {
  auto out = clean_text(text, text.size());
  for (char& c : out) {
    if (c == '*' || c == '~' || c == '>') c = ' ';
    if (static_cast<unsigned char>(c) >= 0x7f) c = '?';
  }
  out.resize(std::min(out.size(), bytes_max));
  return out;
}

void add_remarks(std::vector<std::string>& segments, std::string_view text) {
  const auto all = x12_value(text, 4 * kRemarkBytes);
  for (std::size_t at = 0; at < all.size(); at += 2 * kRemarkBytes) {
    const auto second = all.size() > at + kRemarkBytes ? all.substr(at + kRemarkBytes, kRemarkBytes)
                                                       : std::string();
    segments.push_back(
        fmt::format("K1*{}{}{}", all.substr(at, kRemarkBytes), second.empty() ? "" : "*", second));
  }
}

std::string_view disposition_of(const core::Decision& decision) {
  const auto entry = code_for(kDispositions, effect_of(decision.kind));
  // Of papers that are wanted no disposition speaks: the goods stay.
  return entry ? entry->code : code_for(kDispositions, Effect::kHold)->code;
}

std::uint32_t control_number_of(std::string_view hex_id) {
  std::uint32_t number = 0;
  for (const char c : hex_id.substr(0, 7))
    number = number * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  return number % kControlNumbers;
}

}  // namespace

void X12Status350::set(F field, std::string_view value, std::string_view argument) {
  if (!value.empty()) b_.set(field, argument, value, place_);
}

void X12Status350::take(const Segment& s) {
  place_ = fmt::format("segment {}, {}", s.number, s.tag);
  if (s.tag == "X4") return release(s);
  if (s.tag == "K1" && any_) {
    set(F::kNoticeDetail, s.at(0));
    set(F::kNoticeDetail, s.at(1));
    return;
  }
  b_.keep_unknown(place_, s.raw);
}

void X12Status350::release(const Segment& s) {
  if (s.at(6).empty()) return b_.fail(place_, "has no disposition code");
  any_ = true;
  b_.set(F::kNoticeCode, kDispositions, s.at(6), place_);
  // The consolidated shipment's own bill, where there is one.
  set(F::kNoticeLrn, s.at(7).empty() ? s.at(0) : s.at(7));
  set(F::kNoticeContainer, fmt::format("{}{}", s.at(10), s.at(11)));
  set(F::kNoticeAt, fmt::format("{}{}{}", s.at(4), s.at(5).empty() ? "" : ":", s.at(5)));
  if (!s.at(3).empty()) set(F::kNoticeDetail, fmt::format("entry {} {}", s.at(2), s.at(3)));
  if (!s.at(1).empty()) set(F::kNoticeDetail, fmt::format("quantity {}", s.at(1)));
  if (!s.at(12).empty()) set(F::kNoticeDetail, fmt::format("port {}", s.at(12)));
}

void X12Answer355::remark(const Segment& s) {
  const auto text = fmt::format("{}{}{}", s.at(0), s.at(1).empty() ? "" : " ", s.at(1));
  const auto about = bill_.empty() ? "manifest " + manifest_ : bill_;
  if (!remarked_ || about != told_of_) {
    const bool accepted = text.find("ACCEPTED") != std::string::npos;
    b_.begin(F::kBeginNotice, kAnswers);
    b_.set(F::kNoticeCode, kAnswers, accepted ? "accepted" : "remark", place_);
    if (!bill_.empty()) b_.set(F::kNoticeLrn, {}, bill_, place_);
    if (!container_.empty()) b_.set(F::kNoticeContainer, {}, container_, place_);
    if (bill_.empty()) b_.set(F::kNoticeDetail, {}, about, place_);
    told_of_ = about;
  }
  b_.set(F::kNoticeDetail, {}, text, place_);
  any_ = remarked_ = true;
}

void X12Answer355::take(const Segment& s) {
  place_ = fmt::format("segment {}, {}", s.number, s.tag);
  if (s.tag == "K1" && !(s.at(0).empty() && s.at(1).empty())) return remark(s);
  if (s.tag == "M10") {
    manifest_ = s.at(6);
    b_.set(F::kManifestCarrier, {}, s.at(0), place_);
    b_.set(F::kManifestVessel, {}, s.at(4), place_);
    b_.set(F::kManifestVoyage, {}, s.at(5), place_);
    b_.set(F::kManifestReference, {}, s.at(6), place_);
  } else if (s.tag == "P4") {
    bill_.clear();
    b_.set(F::kManifestDischarge, {}, s.at(0), place_);
  } else if (s.tag == "LX") {
    bill_.clear();
    container_.clear();
  } else if (s.tag == "M11") {
    bill_ = s.at(0);
  } else if (s.tag == "M13") {
    bill_ = s.at(3);
  } else if (s.tag == "VID") {
    container_ = fmt::format("{}{}", s.at(1), s.at(2));
  } else if (s.tag == "K3") {
    // A record of customs' own: kept as it stands.
    for (std::size_t i = 0; i < 3; ++i)
      if (!s.at(i).empty()) totals_ += fmt::format("{}{}", totals_.empty() ? "" : " ", s.at(i));
    b_.keep_unknown(place_, s.raw);
  } else {
    b_.keep_unknown(place_, s.raw);
  }
}

void X12Answer355::end() {
  if (any_) return;
  if (manifest_.empty()) return b_.fail(place_, "355 names no manifest (M10) and remarks on none");
  b_.begin(F::kBeginNotice, kAnswers);
  b_.set(F::kNoticeCode, kAnswers, "no remark", place_);
  b_.set(F::kNoticeDetail, {}, "manifest " + manifest_, place_);
  if (!totals_.empty()) b_.set(F::kNoticeDetail, {}, totals_, place_);
}

core::Result<Emitted> write_x12_status(const Case& c) {
  PC_TRY(const auto a, answered(c));
  const auto& d = *a.declaration;
  std::string digits;
  for (const char digit : core::to_iso8601(a.decision->decided))
    if (digit >= '0' && digit <= '9') digits += digit;
  const auto date = digits.substr(0, 8);
  const auto time = digits.substr(8, 4);
  const auto bill = x12_value(d.lrn.empty() ? d.mrn : d.lrn, kBillBytes);
  const auto container = x12_value(a.decision->container, 14);
  const bool entry_fits = !d.mrn.empty() && d.mrn.size() <= kEntryBytes;
  const auto has_prefix = container.size() > 4;
  // X4: bill, quantity, entry type, entry, date, time, disposition, house bill, carrier, ...,
  // container's prefix and number.
  std::vector<std::string> segments = {
      "ST*350*0001",
      fmt::format("X4*{}***{}*{}*{}*{}****{}*{}", bill,
                  entry_fits ? x12_value(d.mrn, kEntryBytes) : "", date, time,
                  disposition_of(*a.decision), has_prefix ? container.substr(0, 4) : "",
                  has_prefix ? container.substr(4) : container)};
  segments.emplace_back("K1*DRAFT: CUSTOMS GIVES*THE DISPOSITION");
  if (!d.mrn.empty() && !entry_fits) add_remarks(segments, "MRN " + d.mrn);
  if (!a.decision->scan_id.empty()) add_remarks(segments, "SCAN " + a.decision->scan_id);
  add_remarks(segments, said_decision(*a.decision));
  segments.push_back(fmt::format("SE*{}*0001", segments.size() + 1));
  const auto from =
      x12_value(c.message.recipient.empty() ? "PORTCULLIS" : std::string_view(c.message.recipient),
                kPartnerBytes);
  const auto to = x12_value(
      c.message.sender.empty() ? "CUSTOMS" : std::string_view(c.message.sender), kPartnerBytes);
  const auto control = control_number_of(a.id);
  std::string out = fmt::format(
      "ISA*00*          *00*          *ZZ*{:<15}*ZZ*{:<15}*{}*{}*U*00401*{:09}*0*P*>~\n", from, to,
      date.substr(2), time, control);
  out += fmt::format("GS*SO*{}*{}*{}*{}*{}*X*004010~\n", from, to, date, time, control);
  for (const auto& segment : segments) out += segment + "~\n";
  out += fmt::format("GE*1*{}~\nIEA*1*{:09}~\n", control, control);
  return Emitted{a.id, std::move(out)};
}

}  // namespace portcullis::customs

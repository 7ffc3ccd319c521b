#include "customs/adapters/camir/camir.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

#include "customs/adapters/adapter.h"
#include "customs/adapters/camir/record_layout.h"
#include "customs/adapters/case_builder.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables_in_use.h"

namespace portcullis::customs {

namespace {

constexpr std::string_view kHeaderId = "ACR";
constexpr std::string_view kTrailerId = "ZCR";
constexpr std::string_view kDownload = "MANIFEST";
constexpr std::string_view kStatus = "STATUS";
constexpr std::string_view kAmendments = "camir-amendment";
constexpr std::string_view kDeleted = "D";
constexpr std::string_view kCancels = "1";  // UN/EDIFACT 1225, as all adapters tell it.
constexpr std::string_view kAnyRole = "*";
constexpr std::size_t kRecordsMax = kMessageBytesMax / kRecordBytes;

std::string_view without_blanks_around(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string_view without_leading_zeros(std::string_view digits) {
  const auto first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? digits.substr(0, 1) : digits.substr(first);
}

/// MMDDYY as CCYYMMDD: CAMIR is younger than 1980.
std::string date_of(std::string_view d) {
  return fmt::format("{}{}{}", d[4] >= '8' ? "19" : "20", d.substr(4, 2), d.substr(0, 4));
}

struct FileRecord {
  std::size_t number = 0;
  std::string_view text;  ///< kRecordBytes
};

/// One a line, or one after the other without line ends, as CBP transmits them.
core::Result<std::vector<FileRecord>> records_of(std::string_view bytes, std::string_view name) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  const bool lines = bytes.find('\n') != std::string_view::npos;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if ((c < 0x20 || c > 0x7e) && c != '\n' && !(c == '\r' && lines))
      return invalid(
          fmt::format("byte {}: is no printable ASCII character: CAMIR has no other", i));
  }
  std::vector<FileRecord> records;
  while (!bytes.empty()) {
    const auto number = records.size() + 1;
    auto record = bytes.substr(0, lines ? bytes.find('\n') : kRecordBytes);
    bytes.remove_prefix(std::min(bytes.size(), record.size() + (lines ? 1 : 0)));
    if (lines && record.ends_with('\r')) record.remove_suffix(1);
    if (record.find('\r') != std::string_view::npos)
      return invalid(fmt::format("record {}: holds a carriage return", number));
    if (record.size() != kRecordBytes)
      return invalid(fmt::format("record {}: has {} characters; a CAMIR record has {}", number,
                                 record.size(), kRecordBytes));
    if (number > kRecordsMax) return invalid(fmt::format("more than {} records", kRecordsMax));
    records.push_back({number, record});
  }
  if (records.empty()) return invalid("holds no record");
  return records;
}

class CamirReader {
 public:
  CamirReader(const RecordLayout& layout, std::string_view name)
      : layout_(layout), name_(name), b_(name) {}

  core::Result<Case> read(const std::vector<FileRecord>& records) {
    for (const auto& record : records) {
      take(record, records.size());
      if (b_.problem()) return *b_.problem();
    }
    if (!closed_) return invalid("is cut off: it has no ZCR");
    add_amendments();
    if (b_.problem()) return *b_.problem();
    const bool bills = !b_.current().declarations.empty() || !amendments_.empty();
    if (bills && any_status_)
      return invalid("holds a manifest's bills and status notifications: they are messages apart");
    if (!bills && !any_status_)
      return invalid("names no bill of lading (B01, A01, R02)" + unread_hint());
    b_.current().message.name = bills ? kDownload : kStatus;
    doubt_releases();
    for (const auto& id : assumed_)
      b_.remark("layout", id,
                "its positions are assumed, not CBP's: compare them, then correct camir.txt");
    return std::move(b_).finish();
  }

 private:
  [[nodiscard]] core::Error invalid(std::string_view why) const {
    return {core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name_, why)};
  }
  [[nodiscard]] std::string unread_hint() const {
    return unknown_records_ == 0
               ? std::string()
               : fmt::format("; {} of its records stand in no table", unknown_records_);
  }

  void take(const FileRecord& record, std::size_t records) {
    const auto id = record.text.substr(0, kRecordIdBytes);
    record_place_ = fmt::format("record {}, {}", record.number, quotable(id, kRecordIdBytes));
    if (closed_) return b_.fail(record_place_, "stands after ZCR");
    if ((record.number == 1) != (id == kHeaderId))
      return b_.fail(record_place_, record.number == 1
                                        ? "stands first, where a transaction file has its ACR"
                                        : "begins a second transaction file: give each as a "
                                          "message of its own");
    closed_ = id == kTrailerId;
    const auto* description = layout_.find(id);
    if (description == nullptr) {
      ++unknown_records_;
      b_.keep_unknown(record_place_, std::string(without_blanks_around(record.text)));
      return;
    }
    if (description->of_declaration && !in_bill_)
      return b_.fail(record_place_, "stands before a bill of lading (B01)");
    in_notice_ = in_notice_ && id != kTrailerId;
    record_assumed_ = description->assumed();
    check_filler(*description, record.text);
    for (const auto& field : description->fields) {
      if (b_.problem()) return;
      take_field(field, record.text, records);
    }
    if (record_assumed_ && id != kHeaderId && id != kTrailerId) assumed_.insert(description->id);
    if (b_.problem() || !closes_amendment_) return;
    amendments_.push_back(amendment_);
    amendment_ = {};
    closes_amendment_ = false;
  }

  /// What stands where the table has no field: in a record whose positions are CBP's it is kept, in
  /// one that is assumed it shows that the assumption is wrong.
  void check_filler(const RecordDescription& description, std::string_view text) {
    std::string rest(text);
    for (const auto& field : description.fields)
      std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(field.from - 1), field.length, ' ');
    const auto first = rest.find_first_not_of(' ');
    if (first == std::string::npos) return;
    const auto last = rest.find_last_not_of(' ');
    const auto place = fmt::format("{}, positions {}-{}", record_place_, first + 1, last + 1);
    if (!description.assumed()) return b_.keep_unknown(place, rest.substr(first, last - first + 1));
    b_.fail(place,
            fmt::format("\"{}\" stands where camir.txt has no field: its positions of {} are "
                        "assumed; set them from CBP's chapter",
                        quotable(std::string_view(rest).substr(first, last - first + 1), 40),
                        description.id));
  }

  void take_field(const RecordField& f, std::string_view text, std::size_t records) {
    const auto value = without_blanks_around(text.substr(f.from - 1, f.length));
    const auto place = f.length == 1
                           ? fmt::format("{}, position {}, {}", record_place_, f.from, f.name)
                           : fmt::format("{}, positions {}-{}, {}", record_place_, f.from,
                                         f.from + f.length - 1, f.name);
    const auto hint = [&] {
      return f.assumed ? "; the position is assumed: compare it, then correct camir.txt" : "";
    };
    if (value.empty()) {
      if (f.mandatory) b_.fail(place, fmt::format("is blank and must not be{}", hint()));
      return;
    }
    if (const auto why = class_problem(f.type, value); !why.empty())
      return b_.fail(place, why + hint());
    std::string taken(f.type == FieldClass::kN ? without_leading_zeros(value) : value);
    // Codes of digits (ports, entries) keep their zeros.
    if (f.type == FieldClass::kN && !is_amount(f)) taken = value;
    if (f.type == FieldClass::kDate) taken = date_of(value);
    if (f.type == FieldClass::kDateTime)
      taken = fmt::format("{}:{}", date_of(value), value.substr(6));
    use(f, taken, place, records);
  }

  static bool is_amount(const RecordField& f) {
    switch (f.use) {
      case RecordUse::kCount:
      case RecordUse::kAmendedQuantity:
        return true;
      case RecordUse::kField:
        return f.field == Field::kPackages || f.field == Field::kGrossMass ||
               f.field == Field::kItemPackages || f.field == Field::kItemGrossMass ||
               f.field == Field::kItemNetMass ||
               (f.field == Field::kNoticeDetail && f.argument == "quantity");
      default:
        return false;
    }
  }

  void use(const RecordField& f, const std::string& value, const std::string& place,
           std::size_t records) {
    switch (f.use) {
      case RecordUse::kField:
        return field(f, value, place);
      case RecordUse::kKeep:
      case RecordUse::kApplication:
        return b_.keep_unknown(place, value);
      case RecordUse::kCount:
        return count(value, place, records);
      case RecordUse::kBillIssuer:
        issuer_ = value;
        return;
      case RecordUse::kBillNumber:
        return b_.set(Field::kLrn, {}, issuer_ + value, place);
      case RecordUse::kNoticeBill:
        return b_.set(Field::kNoticeLrn, {}, issuer_ + value, place);
      case RecordUse::kPartyRole:
        return party(value);
      case RecordUse::kAmendmentAction:
        amendment_.action = value;
        closes_amendment_ = true;
        return;
      case RecordUse::kAmendedBill:
        amendment_.bill = value;
        amendment_.place = place;
        return;
      case RecordUse::kAmendedQuantity:
        amendment_.quantity = value;
        return;
      case RecordUse::kAmendmentCode:
        amendment_.code = value;
        return;
    }
  }

  void field(const RecordField& f, const std::string& value, const std::string& place) {
    switch (f.field) {
      case Field::kBeginDeclaration:
        in_bill_ = true;
        party_role_.clear();
        return b_.begin(f.field);
      case Field::kNoticeCode:
        any_status_ = in_notice_ = true;
        b_.begin(Field::kBeginNotice, f.argument);
        if (record_assumed_) assumed_statuses_.push_back(b_.current().notices.size() - 1);
        return b_.set(f.field, f.argument, value, place);
      case Field::kNoticeDetail:
      case Field::kNoticeAt:
      case Field::kNoticeContainer:
        if (!in_notice_) return b_.fail(place, "stands before a bill's status (R02)");
        return b_.set(f.field, {},
                      f.argument.empty() ? value : fmt::format("{} {}", f.argument, value), place);
      case Field::kPartyId:
      case Field::kPartyName:
      case Field::kPartyAddress:
      case Field::kPartyCountry:
        if (f.argument != kAnyRole) return b_.set(f.field, f.argument, value, place);
        if (party_role_.empty()) return b_.fail(place, "stands before a party's code (N01)");
        return b_.set(f.field, party_role_, value, place);
      default:
        return b_.set(f.field, f.argument, value, place);
    }
  }

  /// Entity codes of X12 element 98.
  void party(const std::string& code) {
    party_role_ = code == "SH"                   ? "consignor"
                  : code == "CN"                 ? "consignee"
                  : code == "N1" || code == "NP" ? "notify"
                                                 : "";
    if (!party_role_.empty()) return;
    party_role_ = "party " + code;
    b_.remark("code", code, "is no party's code that is read (SH, CN, N1, NP)");
  }

  void count(std::string_view value, const std::string& place, std::size_t records) {
    std::size_t said = 0;
    const auto [end, bad] = std::from_chars(value.data(), value.data() + value.size(), said);
    if (bad != std::errc() || end != value.data() + value.size() || said != records)
      b_.fail(place, fmt::format("says {} records, {} stand there", value, records));
  }

  /// A01 names the bill that was added, deleted or changed; its issuer stands in the J01 beside it.
  void add_amendments() {
    const auto bills = b_.current().declarations.size();
    for (const auto& a : amendments_) {
      const auto lrn = issuer_ + a.bill;
      b_.begin(Field::kBeginNotice, kAmendments);
      b_.set(Field::kNoticeCode, kAmendments, a.action, a.place);
      b_.set(Field::kNoticeLrn, {}, lrn, a.place);
      if (!a.quantity.empty()) b_.set(Field::kNoticeDetail, {}, "quantity " + a.quantity, a.place);
      if (!a.code.empty()) b_.set(Field::kNoticeDetail, {}, "amendment code " + a.code, a.place);
      if (a.action != kDeleted) continue;
      // A deletion withdraws the whole message's bills: it is read where it is alone.
      if (amendments_.size() > 1 || bills > 1 ||
          (bills == 1 && b_.current().declarations.front().lrn != lrn))
        return b_.fail(a.place, "deletes a bill in a message of several bills: give each alone");
      if (bills == 0) b_.begin(Field::kBeginDeclaration);
      b_.set(Field::kLrn, {}, lrn, a.place);
      b_.set(Field::kFunction, {}, kCancels, a.place);
    }
  }

  /// That goods may go is not taken from a place where CBP may write something else.
  void doubt_releases() {
    for (const auto i : assumed_statuses_) {
      auto& notice = b_.current().notices[i];
      if (notice.effect != Effect::kRelease) continue;
      notice.effect = Effect::kNone;
      b_.remark("layout", notice.code, "is a release at an assumed position: not taken for one");
    }
  }

  struct Amendment {
    std::string action, bill, quantity, code, place;
  };

  const RecordLayout& layout_;
  std::string_view name_;
  CaseBuilder b_;
  std::string record_place_, issuer_, party_role_;
  std::vector<Amendment> amendments_;
  Amendment amendment_;
  std::set<std::string> assumed_;              ///< Records that were read.
  std::vector<std::size_t> assumed_statuses_;  ///< Places in the case's notices.
  std::size_t unknown_records_ = 0;
  bool closed_ = false, in_bill_ = false, in_notice_ = false, any_status_ = false;
  bool closes_amendment_ = false, record_assumed_ = false;
};

bool looks_like_camir(std::string_view bytes) {
  if (!bytes.starts_with(kHeaderId)) return false;
  const auto line = std::min(bytes.find_first_of("\r\n"), bytes.size());
  return line % kRecordBytes == 0;
}

core::Result<Case> parse_camir(std::string_view bytes, std::string_view name) {
  const auto tables = tables_in_use();
  PC_TRY(const auto records, records_of(bytes, name));
  return CamirReader(tables->camir, name).read(records);
}

}  // namespace

const Adapter& camir_adapter() {
  static constexpr MessageWriter kWriters[] = {{"STATUS-DRAFT", write_camir_status}};
  static constexpr Adapter kAdapter = {"camir",          "field list", "manifest download, status",
                                       looks_like_camir, parse_camir,  kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs

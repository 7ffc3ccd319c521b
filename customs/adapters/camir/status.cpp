#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "customs/adapters/adapter.h"
#include "customs/adapters/camir/camir.h"
#include "customs/adapters/camir/record_layout.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables/xml_draft.h"
#include "customs/adapters/tables_in_use.h"
#include "customs/model/code_lists.h"

namespace portcullis::customs {

namespace {

constexpr std::string_view kAceDispositions = "ace-disposition";
constexpr std::size_t kIssuerBytes = 4;
constexpr std::size_t kRemarksMax = 12;  ///< Records; a longer text is cut.

/// CBP transmits capital letters alone, and printable ASCII.
std::string camir_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) == 0x80U) continue;  // UTF-8: one mark a character.
    out += byte < 0x20 ? ' ' : byte > 0x7e ? '?' : c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  }
  return out;
}

std::string blank_record(const RecordDescription& description) {
  std::string record(kRecordBytes, ' ');
  std::copy(description.id.begin(), description.id.end(), record.begin());
  return record;
}

/// False, and nothing written, where the value is not of the field's class or length.
bool put_field(std::string& record, const RecordField* field, std::string_view value) {
  if (field == nullptr || value.empty() || value.size() > field->length ||
      !class_problem(field->type, value).empty())
    return false;
  std::copy(value.begin(), value.end(),
            record.begin() + static_cast<std::ptrdiff_t>(field->from - 1));
  return true;
}

const RecordDescription* record_with(const RecordLayout& layout, RecordUse use, Field field,
                                     const RecordDescription* but = nullptr) {
  for (const auto& record : layout.records())
    if (&record != but && field_of(record, use, field) != nullptr) return &record;
  return nullptr;
}

struct Bill {
  std::string issuer, number;
};
/// The issuer's code stands before the number that it gave.
Bill bill_of(std::string_view lrn, std::size_t number_bytes) {
  const auto text = camir_text(lrn);
  const bool has_issuer = text.size() > kIssuerBytes &&
                          class_problem(FieldClass::kA, text.substr(0, kIssuerBytes)).empty();
  if (!has_issuer || text.size() - kIssuerBytes > number_bytes) return {{}, text};
  return {text.substr(0, kIssuerBytes), text.substr(kIssuerBytes)};
}

}  // namespace

core::Result<Emitted> write_camir_status(const Case& c) {
  PC_TRY(const auto a, answered(c));
  const auto tables = tables_in_use();
  const auto& layout = tables->camir;
  const auto lacks = [](std::string_view what) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("camir.txt: no record has the field {}: a status cannot be "
                                   "written by it",
                                   what)};
  };
  const auto* status = record_with(layout, RecordUse::kField, Field::kNoticeCode);
  if (status == nullptr) return lacks("notice-code");
  const auto* remarks = record_with(layout, RecordUse::kField, Field::kNoticeDetail, status);
  if (remarks == nullptr) return lacks("notice-detail");
  const auto& remark_field = *field_of(*remarks, RecordUse::kField, Field::kNoticeDetail);

  const auto& d = *a.declaration;
  const auto& decision = *a.decision;
  std::vector<std::string> told = {"DRAFT: CUSTOMS GIVES THE DISPOSITION"};
  auto record = blank_record(*status);
  // Of papers that are wanted no disposition speaks: the goods stay.
  const auto code = code_for(kAceDispositions, effect_of(decision.kind));
  const auto held = code_for(kAceDispositions, Effect::kHold);
  if (!put_field(record, field_of(*status, RecordUse::kField, Field::kNoticeCode),
                 code   ? code->code
                 : held ? held->code
                        : std::string_view()))
    return lacks("notice-code of a disposition's length");
  const auto* number_field = field_of(*status, RecordUse::kNoticeBill);
  const auto* issuer_field = field_of(*status, RecordUse::kBillIssuer);
  const auto bill =
      bill_of(d.lrn, issuer_field != nullptr && number_field != nullptr ? number_field->length : 0);
  const bool numbered = put_field(record, number_field, bill.number);
  if (numbered) put_field(record, issuer_field, bill.issuer);
  if (!numbered && !d.lrn.empty()) told.push_back("BILL " + d.lrn + " IS NO CAMIR NUMBER");
  if (!d.mrn.empty()) told.push_back("MRN " + d.mrn);
  std::string digits;
  for (const char digit : core::to_iso8601(decision.decided))
    if (digit >= '0' && digit <= '9') digits += digit;
  digits.resize(std::max<std::size_t>(digits.size(), 12), '0');
  put_field(record, field_of(*status, RecordUse::kField, Field::kNoticeAt),
            digits.substr(4, 4) + digits.substr(2, 2) + digits.substr(8, 4));
  if (!put_field(record, field_of(*status, RecordUse::kField, Field::kNoticeContainer),
                 camir_text(decision.container)) &&
      !decision.container.empty())
    told.push_back("CONTAINER " + decision.container);
  if (!decision.scan_id.empty()) told.push_back("SCAN " + decision.scan_id);
  told.push_back(said_decision(decision));

  auto header = blank_record(*layout.find("ACR"));
  put_field(header, field_of(*layout.find("ACR"), RecordUse::kField, Field::kRecipient),
            camir_text(c.message.recipient));
  put_field(header, field_of(*layout.find("ACR"), RecordUse::kField, Field::kSent),
            digits.substr(4, 4) + digits.substr(2, 2));
  std::vector<std::string> records = {header, record};
  for (const auto& one : told) {
    const auto text = camir_text(clean_text(one, kRemarksMax * kRecordBytes));
    for (std::size_t at = 0; at < text.size() && records.size() < 3 * kRemarksMax;
         at += remark_field.length) {
      auto line = blank_record(*remarks);
      if (put_field(line, &remark_field, std::string_view(text).substr(at, remark_field.length)))
        records.push_back(line);
    }
  }
  auto trailer = blank_record(*layout.find("ZCR"));
  put_field(trailer, field_of(*layout.find("ZCR"), RecordUse::kCount),
            fmt::format("{}", records.size() + 1));
  records.push_back(trailer);
  std::string out;
  for (const auto& line : records) out += line + "\n";
  return Emitted{a.id, std::move(out)};
}

}  // namespace portcullis::customs

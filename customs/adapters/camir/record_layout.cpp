#include "customs/adapters/camir/record_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "customs/adapters/field_names.h"
#include "customs/adapters/quotable.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kDateBytes = 6;
constexpr std::size_t kDateTimeBytes = 10;

/// Columns of the table.
enum Column : std::uint8_t {
  kRecord,
  kFrom,
  kLength,
  kClass,
  kNeed,
  kUse,
  kArgument,
  kSource,
  kName,
  kColumns
};

struct UseWord {
  std::string_view word;
  RecordUse use;
};
constexpr UseWord kUseWords[] = {{"keep", RecordUse::kKeep},
                                 {"application", RecordUse::kApplication},
                                 {"count", RecordUse::kCount},
                                 {"bill-issuer", RecordUse::kBillIssuer},
                                 {"bill-number", RecordUse::kBillNumber},
                                 {"notice-bill", RecordUse::kNoticeBill},
                                 {"party-role", RecordUse::kPartyRole},
                                 {"amendment-action", RecordUse::kAmendmentAction},
                                 {"amended-bill", RecordUse::kAmendedBill},
                                 {"amended-quantity", RecordUse::kAmendedQuantity},
                                 {"amendment-code", RecordUse::kAmendmentCode}};

struct ClassWord {
  std::string_view word;
  FieldClass type;
  std::size_t length;  ///< 0: any.
};
constexpr ClassWord kClassWords[] = {{"N", FieldClass::kN, 0},
                                     {"A", FieldClass::kA, 0},
                                     {"AN", FieldClass::kAn, 0},
                                     {"X", FieldClass::kX, 0},
                                     {"MMDDYY", FieldClass::kDate, kDateBytes},
                                     {"MMDDYYHHMM", FieldClass::kDateTime, kDateTimeBytes}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

int two_digits(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

core::Result<std::size_t> position_of(std::string_view text, std::string_view what) {
  std::size_t value = 0;
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (bad != std::errc() || end != text.data() + text.size() || value < 1 || value > kRecordBytes)
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{} \"{}\" is not a number from 1 to {}", what,
                                   quotable(text, 20), kRecordBytes)};
  return value;
}

core::Result<RecordField> field_of_line(const DataLine& line) {
  const auto wrong = [](std::string why) {
    return core::Error{core::ErrorCode::kInvalidInput, std::move(why)};
  };
  const auto& v = line.values;
  RecordField made;
  PC_TRY(made.from, position_of(v[kFrom], "position"));
  PC_TRY(made.length, position_of(v[kLength], "length"));
  if (made.from + made.length - 1 > kRecordBytes)
    return wrong(fmt::format("positions {} to {} end after the record's {}", made.from,
                             made.from + made.length - 1, kRecordBytes));
  const auto* known_class = std::find_if(std::begin(kClassWords), std::end(kClassWords),
                                         [&](const ClassWord& c) { return c.word == v[kClass]; });
  if (known_class == std::end(kClassWords))
    return wrong(fmt::format("class \"{}\" is not one of N, A, AN, X, MMDDYY, MMDDYYHHMM",
                             quotable(v[kClass], 20)));
  made.type = known_class->type;
  if (known_class->length != 0 && made.length != known_class->length)
    return wrong(fmt::format("class {} has {} positions, not {}", known_class->word,
                             known_class->length, made.length));
  if (v[kNeed] != "M" && v[kNeed] != "C")
    return wrong(
        fmt::format("\"{}\" is neither M (mandatory) nor C (conditional)", quotable(v[kNeed], 20)));
  made.mandatory = v[kNeed] == "M";
  const auto* use = std::find_if(std::begin(kUseWords), std::end(kUseWords),
                                 [&](const UseWord& u) { return u.word == v[kUse]; });
  if (use != std::end(kUseWords)) {
    made.use = use->use;
  } else if (const auto field = field_from(v[kUse])) {
    made.field = *field;
  } else {
    return wrong(fmt::format("field \"{}\" is not known", quotable(v[kUse], 40)));
  }
  if (v[kSource].empty())
    return wrong("names no source of its position (\"assumed\" where there is none)");
  if (v[kName].empty()) return wrong("names no data element");
  made.assumed = v[kSource] == "assumed";
  made.argument = v[kArgument];
  made.name = v[kName];
  return made;
}

bool begins_declaration(const RecordField& f) {
  return f.use == RecordUse::kField && f.field == Field::kBeginDeclaration;
}

bool is_of_declaration(const RecordField& f) {
  return f.use == RecordUse::kBillNumber || f.use == RecordUse::kPartyRole ||
         (f.use == RecordUse::kField && is_of_declaration(f.field));
}

}  // namespace

bool RecordDescription::assumed() const {
  return std::any_of(fields.begin(), fields.end(), [](const auto& f) { return f.assumed; });
}

core::Result<RecordLayout> RecordLayout::parse(std::string_view text, std::string_view name) {
  PC_TRY(const auto lines, read_data_lines(text, name, kColumns));
  RecordLayout layout;
  for (const auto& line : lines) {
    const auto wrong = [&](std::string_view why) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: line {}: {}", name, line.number, why)};
    };
    const auto id = line.values[kRecord];
    if (id.size() != kRecordIdBytes ||
        !std::all_of(id.begin(), id.end(), [](char c) { return is_digit(c) || is_letter(c); }))
      return wrong(fmt::format("\"{}\" is no record identifier of {} letters and digits",
                               quotable(id, 20), kRecordIdBytes));
    const auto read = field_of_line(line);
    if (!read.ok()) return wrong(read.error().message);
    auto made = *read;
    auto it = std::find_if(layout.records_.begin(), layout.records_.end(),
                           [&](const auto& r) { return r.id == id; });
    if (it == layout.records_.end()) {
      if (made.from != 1 || made.length != kRecordIdBytes)
        return wrong(
            fmt::format("the first field of {} must be its identifier: position 1, "
                        "length {}",
                        id, kRecordIdBytes));
      layout.records_.emplace_back().id = id;
      it = std::prev(layout.records_.end());
    }
    for (const auto& other : it->fields) {
      if (made.from < other.from + other.length && other.from < made.from + made.length)
        return wrong(
            fmt::format("\"{}\" of {} shares positions with \"{}\"", made.name, id, other.name));
    }
    it->begins_declaration = it->begins_declaration || begins_declaration(made);
    it->of_declaration = it->of_declaration || is_of_declaration(made);
    it->fields.push_back(std::move(made));
  }
  for (auto& record : layout.records_)
    record.of_declaration = record.of_declaration && !record.begins_declaration;
  for (const std::string_view needed : {"ACR", "ZCR"}) {
    if (layout.find(needed) == nullptr)
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: has no record {}", name, needed)};
  }
  return layout;
}

const RecordDescription* RecordLayout::find(std::string_view id) const {
  const auto it = std::find_if(records_.begin(), records_.end(),
                               [&](const auto& record) { return record.id == id; });
  return it == records_.end() ? nullptr : &*it;
}

const RecordField* field_of(const RecordDescription& record, RecordUse use, Field field) {
  for (const auto& f : record.fields)
    if (f.use == use && (use != RecordUse::kField || f.field == field)) return &f;
  return nullptr;
}

std::string class_problem(FieldClass type, std::string_view value) {
  const auto all = [&](auto&& good) { return std::all_of(value.begin(), value.end(), good); };
  const auto refuse = [&](std::string_view why) {
    return fmt::format("\"{}\" is {}", quotable(value, 40), why);
  };
  switch (type) {
    case FieldClass::kN:
      return all(is_digit) ? std::string() : refuse("no number of digits (class N)");
    case FieldClass::kA:
      return all(is_letter) ? std::string() : refuse("not of letters alone (class A)");
    case FieldClass::kAn:
      return all([](char c) { return is_digit(c) || is_letter(c); })
                 ? std::string()
                 : refuse("not of letters and digits alone (class AN)");
    case FieldClass::kX:
      return {};
    case FieldClass::kDate:
    case FieldClass::kDateTime:
      break;
  }
  const bool timed = type == FieldClass::kDateTime;
  if (value.size() != (timed ? kDateTimeBytes : kDateBytes) || !all(is_digit) ||
      two_digits(value, 0) < 1 || two_digits(value, 0) > 12 || two_digits(value, 2) < 1 ||
      two_digits(value, 2) > 31 ||
      (timed && (two_digits(value, 6) > 23 || two_digits(value, 8) > 59)))
    return refuse(timed ? "no date and time (MMDDYYHHMM)" : "no date (MMDDYY)");
  return {};
}

}  // namespace portcullis::customs

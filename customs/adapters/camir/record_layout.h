#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/adapters/case_builder.h"

namespace portcullis::customs {

// For this adapter and site_tables.h only.

inline constexpr std::size_t kRecordBytes = 80;
inline constexpr std::size_t kRecordIdBytes = 3;

/// What stands in a field: CAMIR's classes N (digits), A (letters), AN (letters and digits) and X
/// (any printable character), and dates and times as MMDDYY and MMDDYYHHMM.
enum class FieldClass : std::uint8_t { kN, kA, kAn, kX, kDate, kDateTime };

/// What is done with a field's value, where no field of the case alone takes it.
enum class RecordUse : std::uint8_t {
  kField,            ///< `field` of the case.
  kKeep,             ///< Kept as unknown, under its name.
  kApplication,      ///< The control record's application identifier.
  kCount,            ///< Number of records of the file, its control records among them.
  kBillIssuer,       ///< Of the bills after it: the first part of their number.
  kBillNumber,       ///< LRN of a declaration: issuer and number.
  kNoticeBill,       ///< The same, of a notice.
  kPartyRole,        ///< Code of the party that the fields after it speak of.
  kAmendmentAction,  ///< A, D, R: add, delete, replace the quantity.
  kAmendedBill,
  kAmendedQuantity,
  kAmendmentCode,
};

struct RecordField {
  std::size_t from = 0;  ///< First position, from 1.
  std::size_t length = 0;
  FieldClass type = FieldClass::kX;
  bool mandatory = false;
  bool assumed = false;  ///< No publication that is at hand gives its position.
  RecordUse use = RecordUse::kField;
  Field field = Field::kKnown;
  std::string argument, name;
};
struct RecordDescription {
  std::string id;  ///< "B01"
  std::vector<RecordField> fields;
  bool of_declaration = false;  ///< Needs one that began, and begins none itself.
  bool begins_declaration = false;
  [[nodiscard]] bool assumed() const;
};

/// Records of fixed length whose fields are data (customs/data/tables/camir.txt says its columns).
class RecordLayout {
 public:
  /// Fails with kInvalidInput ("name: line n: why"): what read_data_lines() refuses, a record
  /// identifier that is none, positions outside of the record or shared by two fields, a class, use
  /// or field that is not known, a record whose first field is not its identifier, no ACR or ZCR.
  static core::Result<RecordLayout> parse(std::string_view text, std::string_view name);

  /// Null where the layout has no such record.
  [[nodiscard]] const RecordDescription* find(std::string_view id) const;
  [[nodiscard]] const std::vector<RecordDescription>& records() const { return records_; }

 private:
  std::vector<RecordDescription> records_;
};

/// First field of that use (and, for kField, that field of the case), or null.
const RecordField* field_of(const RecordDescription& record, RecordUse use,
                            Field field = Field::kKnown);

/// Why `value` (blanks left out) is not of the class; empty where it is.
std::string class_problem(FieldClass type, std::string_view value);

}  // namespace portcullis::customs

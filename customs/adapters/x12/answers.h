#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "customs/adapters/case_builder.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/segments.h"

namespace portcullis::customs {

// For this adapter only.

/// The segments of a 350, US customs' status of bills: each X4 is a notice. (Field list: X12
/// segment X4; CBP, "350 Ocean Customs Status Information", February 2020.)
class X12Status350 {
 public:
  explicit X12Status350(CaseBuilder& builder) : b_(builder) {}
  void take(const Segment& s);
  [[nodiscard]] bool any() const { return any_; }

 private:
  void set(Field field, std::string_view value, std::string_view argument = {});
  void release(const Segment& s);

  CaseBuilder& b_;
  std::string place_;
  bool any_ = false;
};

/// The segments of a 355, customs' answer to a 309: each bill or manifest with remarks (K1) is a
/// notice of the list "x12-355". A K1 speaks of what stands before it. (Field list: the loops of
/// X12 transaction set 355 and the elements of M10, M11 and M13.)
class X12Answer355 {
 public:
  explicit X12Answer355(CaseBuilder& builder) : b_(builder) {}
  void take(const Segment& s);
  /// After the last: a 355 that remarks on nothing is a notice of its own.
  void end();

 private:
  void remark(const Segment& s);

  CaseBuilder& b_;
  std::string place_, manifest_, bill_, container_, told_of_, totals_;
  bool any_ = false, remarked_ = false;
};

/// A 350 with the case's last decision, as a draft: customs alone gives a bill its disposition. Its
/// K1 say so. A code is there for examination, hold and release (list "ace-disposition"); what
/// wants papers is a hold. Fails as answered_declaration() and answered_decision().
core::Result<Emitted> write_x12_status(const Case& customs_case);

}  // namespace portcullis::customs

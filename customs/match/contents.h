#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"

namespace portcullis::customs {

/// One way to read what is declared of a container: its goods weigh between these.
struct MassReading {
  double low_kg = 0;
  double high_kg = 0;  ///< Differs from low_kg where only net masses are declared.
  bool net_only = false;
  bool together = false;   ///< Of all declarations that name the container.
  std::string references;  ///< "26DE...R2", or several joined by "and".
};

/// What all declarations together say of one container.
///
/// Several declarations for one container are either groupage (each declares goods of its own, and
/// their masses add up) or an ambiguity (the same goods declared twice, a declaration that was
/// replaced, a contradiction). Which of them it is nobody here decides: the readings are all kept,
/// and `standing` says why they cannot be told apart.
struct DeclaredContents {
  enum class Standing {
    kNone,           ///< No declaration names the container.
    kOne,            ///< One does.
    kGroupage,       ///< Several do, and nothing speaks against adding them up.
    kTwice,          ///< Several do, and they may declare the same goods.
    kContradiction,  ///< Several do, and they cannot all be true.
  };
  Standing standing = Standing::kNone;
  std::vector<std::string> references;  ///< Of the declarations that name it.
  std::string why;            ///< Of kTwice and kContradiction: a clause without a full stop.
  std::optional<bool> empty;  ///< Declared empty, or with goods; absent: not said.
  std::vector<MassReading> readings;  ///< Empty: see unknown_reason. kOne: one. Else all.
  std::string unknown_reason;
};

/// `number` as plain_number() gives it. Pure.
DeclaredContents declared_contents(std::span<const core::Declaration> declarations,
                                   const std::string& number);

/// Container numbers are compared without blanks, dashes and case.
std::string plain_number(std::string_view number);
/// MRN, else LRN, else "a declaration without a reference".
std::string reference_of(const core::Declaration& declaration);
bool names_container(const core::Declaration& declaration, const std::string& number);
/// "A", "A and B", "A, B and C".
std::string joined(const std::vector<std::string>& words);
/// "410 kg", "13.1 t"
std::string mass_text(double kg);

}  // namespace portcullis::customs

#pragma once

#include <span>
#include <string_view>

#include "core/result.h"
#include "customs/adapters/parse.h"
#include "customs/model/case.h"

namespace portcullis::customs {

// For the adapters only: what each folder under customs/adapters gives to the table in parse.cpp.

struct MessageWriter {
  std::string_view message;  ///< "RES"
  core::Result<Emitted> (*write)(const Case& customs_case);
};
struct Adapter {
  std::string_view system;
  std::string_view basis;
  std::string_view reads;  ///< For people: "DEC, RES"
  bool (*looks_like)(std::string_view bytes);
  core::Result<Case> (*parse)(std::string_view bytes, std::string_view name);
  std::span<const MessageWriter> writers;
};

/// The case's only declaration and its last decision, for an answer. Fails with kInvalidInput that
/// names what is missing.
core::Result<const core::Declaration*> answered_declaration(const Case& customs_case);
core::Result<const core::Decision*> answered_decision(const Case& customs_case);

/// What an officer's decision tells customs about the goods.
Effect effect_of(core::DecisionKind decision);
/// "hold; R04; Dense object": decision, reason code, reason.
std::string said_decision(const core::Decision& decision);
/// The same decision on the same declaration has the same id: 32 characters.
std::string answer_id(const core::Decision& decision, const core::Declaration& declaration);

}  // namespace portcullis::customs

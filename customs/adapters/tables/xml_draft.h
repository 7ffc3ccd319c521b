#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "customs/adapters/adapter.h"

namespace portcullis::customs {

// For the adapters only.

/// A document of ours: a root element with leaves, in the order they are put.
class XmlDraft {
 public:
  explicit XmlDraft(const char* root);
  void put(const char* name, std::string_view text);  ///< Empty: left out.
  [[nodiscard]] std::string text() const;

 private:
  pugi::xml_document document_;
  pugi::xml_node root_;
};

/// What every answer needs.
struct Answered {
  const core::Declaration* declaration = nullptr;
  const core::Decision* decision = nullptr;
  std::string id;
};
core::Result<Answered> answered(const Case& customs_case);

}  // namespace portcullis::customs

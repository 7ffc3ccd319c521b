#pragma once

#include <pugixml.hpp>
#include <span>
#include <string_view>

#include "customs/adapters/case_builder.h"

namespace portcullis::customs {

// For the adapters only.

/// One line of an adapter: the element at `path` (local names, below the root: "Header/LRN"; an
/// attribute is "Header/@id") goes to `field`. An element that begins something has a row of its
/// own; several rows of a path are applied in their order.
struct TableRow {
  std::string_view path;
  Field field;
  std::string_view argument = {};
};

/// Reads `root` by the table, in the order of the document. Elements with text, and attributes,
/// that no row names are kept as unknown under their path. The attributes unitCode and currencyID
/// are the value's unit; formatCode, xmlns and those of XML Schema instances are not kept.
void read_table(const pugi::xml_node& root, std::span<const TableRow> rows, CaseBuilder& builder);

/// Whether the first character that is no blank opens a JSON object.
bool is_json_object(std::string_view bytes);

/// The same for JSON: objects are elements, lists repeated elements, under a root "document". Fails
/// with kInvalidInput (not JSON, not an object, more than kXmlDepthMax deep).
core::Status read_json_table(std::string_view bytes, std::string_view name,
                             std::span<const TableRow> rows, CaseBuilder& builder);

}  // namespace portcullis::customs

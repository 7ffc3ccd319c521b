#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/adapters/xml_table.h"

namespace portcullis::customs {

// For the adapters of this folder and site_tables.h only.

/// Elements of an XML or JSON document whose paths are data (customs/data/tables/carm.txt says its
/// columns).
class PathTable {
 public:
  /// Fails with kInvalidInput ("name: line n: why"): what read_data_lines() refuses, a path that is
  /// none, a field that is not known, a first line that is not the document's element.
  static core::Result<PathTable> parse(std::string_view text, std::string_view name);

  /// Local name of the document's element; in JSON the key that everything stands under.
  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] std::span<const TableRow> xml_rows() const { return xml_rows_; }
  /// The same rows, with paths that begin with the root.
  [[nodiscard]] std::span<const TableRow> json_rows() const { return json_rows_; }

 private:
  std::string root_;
  std::deque<std::string> texts_;  ///< What the rows point to: they stay where they are.
  std::vector<TableRow> xml_rows_, json_rows_;
};

}  // namespace portcullis::customs

#include "customs/adapters/xml_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "customs/adapters/safe_xml.h"

namespace portcullis::customs {

namespace {

struct SiblingCount {
  int total = 0, met = 0;
};

/// How often each name stands among siblings, and how often it was met so far. The few names that
/// there mostly are need no memory of their own; any number of them stays fast.
class SiblingNames {
 public:
  SiblingCount& of(std::string_view name) {
    for (std::size_t i = 0; i < used_; ++i)
      if (few_[i].first == name) return few_[i].second;
    if (used_ == few_.size()) return many_[name];
    few_[used_].first = name;
    return few_[used_++].second;
  }

 private:
  std::array<std::pair<std::string_view, SiblingCount>, 12> few_{};
  std::size_t used_ = 0;
  std::map<std::string_view, SiblingCount> many_;
};

class TableWalk {
 public:
  TableWalk(std::span<const TableRow> rows, CaseBuilder& builder) : builder_(builder) {
    by_path_.reserve(rows.size());
    for (const auto& row : rows) by_path_.push_back(&row);
    // Rows of one path keep their order.
    std::stable_sort(by_path_.begin(), by_path_.end(),
                     [](const auto* a, const auto* b) { return a->path < b->path; });
  }

  /// `plain`: path below the root without positions; `place`: with them, from the root.
  void children_of(const pugi::xml_node& node, std::string& plain, std::string& place) {
    SiblingNames names;
    bool any = false;
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      any = true;
      ++names.of(local_name(child)).total;
    }
    if (!any) return;
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element || builder_.problem()) continue;
      const auto name = local_name(child);
      const auto plain_size = plain.size();
      const auto place_size = place.size();
      if (!plain.empty()) plain += '/';
      plain += name;
      place += '/';
      place += name;
      auto& count = names.of(name);
      ++count.met;
      if (count.total > 1) place += fmt::format("[{}]", count.met);
      element(child, plain, place);
      plain.resize(plain_size);
      place.resize(place_size);
    }
  }

 private:
  using Rows = std::span<const TableRow* const>;
  [[nodiscard]] Rows rows_of(std::string_view path) const {
    const auto first =
        std::lower_bound(by_path_.begin(), by_path_.end(), path,
                         [](const auto* row, std::string_view p) { return row->path < p; });
    auto last = first;
    while (last != by_path_.end() && (*last)->path == path) ++last;
    return {first, last};
  }

  void element(const pugi::xml_node& node, std::string& plain, std::string& place) {
    const auto text = text_of(node);
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r')
        builder_.fail(place, "holds a control character");
    }
    std::string_view unit = node.attribute("unitCode").value();
    if (unit.empty()) unit = node.attribute("currencyID").value();
    const auto rows = rows_of(plain);
    if (!rows.empty()) {
      for (const auto* row : rows) builder_.set(row->field, row->argument, text, place, unit);
    } else if (!text.empty()) {
      builder_.keep_unknown(place, text);
    }
    for (const auto& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name.starts_with("xmlns") || name.starts_with("xsi:") || name == "formatCode" ||
          (!rows.empty() && (name == "unitCode" || name == "currencyID")))
        continue;
      const auto path = fmt::format("{}/@{}", plain, name);
      const auto of_attribute = rows_of(path);
      for (const auto* row : of_attribute)
        builder_.set(row->field, row->argument, attribute.value(), place);
      if (of_attribute.empty()) {
        builder_.keep_unknown(fmt::format("{}/@{}", place, name), attribute.value());
      }
    }
    children_of(node, plain, place);
  }

  CaseBuilder& builder_;
  std::vector<const TableRow*> by_path_;  ///< Sorted.
};

/// Nesting of brackets outside of texts: before the parser is let near it.
int json_depth(std::string_view bytes) {
  int depth = 0;
  int deepest = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_text) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

void add_json(pugi::xml_node parent, const std::string& key, const nlohmann::json& value) {
  if (value.is_array()) {
    for (const auto& element : value) add_json(parent, key, element);
    return;
  }
  auto node = parent.append_child(key.c_str());
  if (value.is_object()) {
    for (auto it = value.begin(); it != value.end(); ++it) add_json(node, it.key(), it.value());
  } else if (value.is_string()) {
    node.text().set(value.get_ref<const std::string&>().c_str());
  } else if (!value.is_null()) {
    node.text().set(value.dump().c_str());
  }
}

}  // namespace

void read_table(const pugi::xml_node& root, std::span<const TableRow> rows, CaseBuilder& builder) {
  std::string plain;
  std::string place = path_of(root);
  TableWalk(rows, builder).children_of(root, plain, place);
}

bool is_json_object(std::string_view bytes) {
  const auto start = bytes.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && bytes[start] == '{';
}

core::Status read_json_table(std::string_view bytes, std::string_view name,
                             std::span<const TableRow> rows, CaseBuilder& builder) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  if (json_depth(bytes) > kXmlDepthMax)
    return invalid(fmt::format("objects nest more than {} deep", kXmlDepthMax));
  if (const auto bad = find_bad_utf8(bytes); bad != std::string_view::npos)
    return invalid(fmt::format("byte {}: not UTF-8", bad));
  const auto json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded()) return invalid("not well-formed JSON");
  if (!json.is_object()) return invalid("is not a JSON object");
  pugi::xml_document document;
  add_json(document, "document", json);
  read_table(document.document_element(), rows, builder);
  return {};
}

}  // namespace portcullis::customs

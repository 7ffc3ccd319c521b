#include "core/config.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace portcullis::core {

struct ConfigReader::Document {
  toml::table root;
  std::string name;
  std::filesystem::path folder;
  std::optional<Error> problem;
  std::map<const toml::table*, std::set<std::string, std::less<>>> known;
};

namespace {

const toml::table* as_table(const void* pointer) {
  return static_cast<const toml::table*>(pointer);
}

const char* type_word(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

std::string plain(double value) {
  return fmt::format("{:g}", value);
}

}  // namespace

ConfigReader::ConfigReader(std::shared_ptr<Document> document, const void* table,
                           std::string prefix)
    : document_(std::move(document)), table_(table), prefix_(std::move(prefix)) {
  if (table_ != nullptr) document_->known[as_table(table_)];
}

Result<ConfigReader> ConfigReader::load(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))  // reads as an empty file
    return Error{ErrorCode::kInvalidConfig,
                 fmt::format("{}: is a folder; name the file in it", path.string())};
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return Error{ErrorCode::kNotFound,
                 fmt::format("{}: cannot be read; check the path", path.string())};
  std::ostringstream text;
  text << file.rdbuf();
  if (!file)
    return Error{ErrorCode::kNotFound,
                 fmt::format("{}: cannot be read; is it a file?", path.string())};
  auto reader = parse(text.str(), path.string());
  if (reader.ok()) {
    std::error_code ignored;
    reader->document_->folder = std::filesystem::absolute(path, ignored).parent_path();
  }
  return reader;
}

Result<ConfigReader> ConfigReader::parse(std::string_view text, std::string_view name) {
  auto document = std::make_shared<Document>();
  document->name = std::string(name);
  try {
    document->root = toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    return Error{
        ErrorCode::kInvalidConfig,
        fmt::format("{}:{}: not TOML: {}", name, error.source().begin.line, error.description())};
  }
  const toml::table* root = &document->root;
  return ConfigReader(std::move(document), root, "");
}

std::string ConfigReader::where(std::string_view key) const {
  unsigned line = 0;
  if (table_ != nullptr) {
    line = as_table(table_)->source().begin.line;
    if (!key.empty()) {
      if (const auto* node = as_table(table_)->get(key)) line = node->source().begin.line;
    }
  }
  return line == 0 ? document_->name : fmt::format("{}:{}", document_->name, line);
}

std::filesystem::path ConfigReader::folder() const {
  return document_->folder;
}

void ConfigReader::fail(std::string_view key, std::string_view why) {
  if (document_->problem) return;
  document_->problem =
      Error{ErrorCode::kInvalidConfig, fmt::format("{}: {}{}: {}", where(key), prefix_, key, why)};
}

bool ConfigReader::good() const {
  return !document_->problem;
}

const void* ConfigReader::find(std::string_view key) {
  if (table_ == nullptr) return nullptr;
  document_->known[as_table(table_)].emplace(key);
  return as_table(table_)->get(key);
}

bool ConfigReader::has(std::string_view key) const {
  return table_ != nullptr && as_table(table_)->contains(key);
}

double ConfigReader::number(std::string_view key, double fallback, Range range) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) return fallback;
  if (!node->is_number()) {
    fail(key, fmt::format("is {}, expected a number", type_word(*node)));
    return fallback;
  }
  const double value = node->value<double>().value_or(fallback);
  if (!(value >= range.min && value <= range.max)) {
    fail(key,
         fmt::format("{} is outside {} to {}", plain(value), plain(range.min), plain(range.max)));
    return fallback;
  }
  return value;
}

std::int64_t ConfigReader::integer(std::string_view key, std::int64_t fallback, Range range) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) return fallback;
  if (!node->is_integer()) {
    fail(key, fmt::format("is {}, expected a whole number", type_word(*node)));
    return fallback;
  }
  const auto value = node->value<std::int64_t>().value_or(fallback);
  if (static_cast<double>(value) < range.min || static_cast<double>(value) > range.max) {
    fail(key, fmt::format("{} is outside {} to {}", value, plain(range.min), plain(range.max)));
    return fallback;
  }
  return value;
}

bool ConfigReader::boolean(std::string_view key, bool fallback) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) return fallback;
  if (!node->is_boolean()) {
    fail(key, fmt::format("is {}, expected true or false", type_word(*node)));
    return fallback;
  }
  return node->value<bool>().value_or(fallback);
}

std::string ConfigReader::text(std::string_view key, std::string_view fallback) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) return std::string(fallback);
  if (!node->is_string()) {
    fail(key, fmt::format("is {}, expected a text in quotes", type_word(*node)));
    return std::string(fallback);
  }
  return node->value<std::string>().value_or(std::string(fallback));
}

std::size_t ConfigReader::choice(std::string_view key, std::size_t fallback,
                                 const std::vector<std::string_view>& choices) {
  if (!has(key)) {
    find(key);
    return fallback;
  }
  const std::string value = text(key, "");
  const auto found = std::find(choices.begin(), choices.end(), value);
  if (found == choices.end()) {
    fail(key, fmt::format("\"{}\" is none of {}", value, fmt::join(choices, ", ")));
    return fallback;
  }
  return static_cast<std::size_t>(found - choices.begin());
}

std::vector<double> ConfigReader::numbers(std::string_view key, std::vector<double> fallback,
                                          std::size_t count, Range range) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) return fallback;
  if (count == 1 && node->is_number())
    return {number(key, fallback.empty() ? range.min : fallback[0], range)};
  const auto* array = node->as_array();
  if (array == nullptr) {
    fail(key, fmt::format("is {}, expected a list of numbers", type_word(*node)));
    return fallback;
  }
  if (count != 0 && array->size() != count) {
    fail(key, fmt::format("has {} values, expected {}", array->size(), count));
    return fallback;
  }
  std::vector<double> values;
  for (const auto& element : *array) {
    const auto value = element.value<double>();
    if (!element.is_number() || !value) {
      fail(key, fmt::format("holds {}, expected numbers only", type_word(element)));
      return fallback;
    }
    if (!(*value >= range.min && *value <= range.max)) {
      fail(key, fmt::format("{} is outside {} to {}", plain(*value), plain(range.min),
                            plain(range.max)));
      return fallback;
    }
    values.push_back(*value);
  }
  return values;
}

std::vector<std::string> ConfigReader::texts(std::string_view key,
                                             std::vector<std::string> fallback) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) return fallback;
  const auto* array = node->as_array();
  if (array == nullptr) {
    fail(key, fmt::format("is {}, expected a list of texts", type_word(*node)));
    return fallback;
  }
  std::vector<std::string> values;
  for (const auto& element : *array) {
    if (!element.is_string()) {
      fail(key, fmt::format("holds {}, expected texts only", type_word(element)));
      return fallback;
    }
    values.push_back(element.value<std::string>().value_or(""));
  }
  return values;
}

std::filesystem::path ConfigReader::path(std::string_view key) {
  const std::string value = text(key, "");
  if (value.empty()) return {};
  const std::filesystem::path given(value);
  return given.is_absolute() ? given : (document_->folder / given).lexically_normal();
}

double ConfigReader::required_number(std::string_view key, Range range) {
  if (!has(key)) fail(key, "is missing");
  return number(key, range.min, range);
}

std::int64_t ConfigReader::required_integer(std::string_view key, Range range) {
  if (!has(key)) fail(key, "is missing");
  return integer(key, static_cast<std::int64_t>(range.min), range);
}

std::string ConfigReader::required_text(std::string_view key) {
  if (!has(key)) fail(key, "is missing");
  std::string value = text(key, "");
  if (value.empty()) fail(key, "is empty");
  return value;
}

std::vector<double> ConfigReader::required_numbers(std::string_view key, std::size_t count,
                                                   Range range) {
  if (!has(key)) fail(key, "is missing");
  return numbers(key, std::vector<double>(count, range.min), count, range);
}

std::vector<std::vector<double>> ConfigReader::required_rows(std::string_view key,
                                                             std::size_t count, Range range) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) {
    fail(key, "is missing");
    return {};
  }
  const auto problem = [&](std::string_view why) {
    fail(key, why);
    return std::vector<std::vector<double>>();
  };
  const auto* array = node->as_array();
  if (array == nullptr)
    return problem(fmt::format("is {}, expected a list of lists", type_word(*node)));
  std::vector<std::vector<double>> rows;
  for (const auto& element : *array) {
    const auto* inner = element.as_array();
    if (inner == nullptr || inner->size() != count) {
      return problem(fmt::format("holds an entry that is not a list of {} numbers", count));
    }
    std::vector<double> row;
    for (const auto& cell : *inner) {
      const auto value = cell.value<double>();
      if (!cell.is_number() || !value)
        return problem(fmt::format("holds {}, expected numbers only", type_word(cell)));
      if (!(*value >= range.min && *value <= range.max)) {
        return problem(fmt::format("{} is outside {} to {}", plain(*value), plain(range.min),
                                   plain(range.max)));
      }
      row.push_back(*value);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

ConfigReader ConfigReader::table(std::string_view key) {
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node != nullptr && !node->is_table())
    fail(key, fmt::format("is {}, expected a table", type_word(*node)));
  return ConfigReader(document_, node != nullptr ? node->as_table() : nullptr,
                      fmt::format("{}{}.", prefix_, key));
}

std::vector<ConfigReader> ConfigReader::tables(std::string_view key) {
  std::vector<ConfigReader> result;
  const auto* node = static_cast<const toml::node*>(find(key));
  if (node == nullptr) return result;
  const auto* array = node->as_array();
  if (array == nullptr) {
    fail(key, fmt::format("is {}, expected [[{}]] tables", type_word(*node), key));
    return result;
  }
  std::size_t index = 0;
  for (const auto& element : *array) {
    if (!element.is_table()) {
      fail(key, fmt::format("holds {}, expected tables only", type_word(element)));
      return result;
    }
    result.push_back(ConfigReader(document_, element.as_table(),
                                  fmt::format("{}{}[{}].", prefix_, key, index++)));
  }
  return result;
}

std::vector<std::string> ConfigReader::keys() const {
  std::vector<std::pair<unsigned, std::string>> found;
  if (table_ != nullptr) {
    for (const auto& [key, node] : *as_table(table_))
      found.emplace_back(node.source().begin.line, key.str());
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  names.reserve(found.size());
  for (auto& entry : found) names.push_back(std::move(entry.second));
  return names;
}

Status ConfigReader::finish() const {
  if (document_->problem) return *document_->problem;
  const toml::node* unknown = nullptr;
  std::string name;
  for (const auto& [table, known] : document_->known) {
    for (const auto& [key, node] : *table) {
      if (known.contains(key.str())) continue;
      if (unknown == nullptr || node.source().begin.line < unknown->source().begin.line) {
        unknown = &node;
        name = key.str();
      }
    }
  }
  if (unknown != nullptr) {
    return Error{ErrorCode::kInvalidConfig,
                 fmt::format("{}:{}: {}: unknown key; remove it or correct its spelling",
                             document_->name, unknown->source().begin.line, name)};
  }
  return {};
}

}  // namespace portcullis::core

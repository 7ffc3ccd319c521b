#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::core {

/// Reads one TOML table strictly: every value has a range, every key must be known.
///
/// The first problem is kept and the getters then return their defaults, so that a reader is a
/// plain list of calls ended by finish():
///
///     ConfigReader root = ...;
///     config.prf_hz = root.number("prf_hz", 400, {1, 2000});
///     PC_CHECK(root.finish());   // "lane.toml:12: prf_hz: 5000 is outside 1 to 2000"
///
/// A reader of a sub-table shares the first problem with its root; finish() of the root
/// checks unknown keys in all tables that were opened.
///
/// Ownership: keeps the parsed document alive. Threading: one thread.
class ConfigReader {
 public:
  struct Range {
    double min;
    double max;
  };

  /// Fails with kNotFound or kInvalidConfig ("FILE:LINE: why").
  static Result<ConfigReader> load(const std::filesystem::path& path);
  /// As load(), from text; `name` stands for the file in messages.
  static Result<ConfigReader> parse(std::string_view text, std::string_view name);

  [[nodiscard]] bool has(std::string_view key) const;

  // With a default: the key is optional.
  double number(std::string_view key, double fallback, Range range);
  std::int64_t integer(std::string_view key, std::int64_t fallback, Range range);
  bool boolean(std::string_view key, bool fallback);
  std::string text(std::string_view key, std::string_view fallback);
  /// One of `choices`; the index in it.
  std::size_t choice(std::string_view key, std::size_t fallback,
                     const std::vector<std::string_view>& choices);
  /// Exactly `count` numbers (any number of them where count is 0). Where count is 1 a number
  /// alone is read as a list of one.
  std::vector<double> numbers(std::string_view key, std::vector<double> fallback, std::size_t count,
                              Range range);
  std::vector<std::string> texts(std::string_view key, std::vector<std::string> fallback);
  /// A path relative to the file's folder, made absolute; empty where the key is absent.
  std::filesystem::path path(std::string_view key);

  // Without: a missing key is a problem.
  double required_number(std::string_view key, Range range);
  std::int64_t required_integer(std::string_view key, Range range);
  std::string required_text(std::string_view key);
  std::vector<double> required_numbers(std::string_view key, std::size_t count, Range range);
  /// A list of lists of `count` numbers each, such as the corners of a polygon.
  std::vector<std::vector<double>> required_rows(std::string_view key, std::size_t count,
                                                 Range range);

  /// A sub-table; an absent one reads as empty.
  ConfigReader table(std::string_view key);
  /// An array of tables; an absent one has no elements.
  std::vector<ConfigReader> tables(std::string_view key);
  /// The keys of this table, in the order of the file.
  [[nodiscard]] std::vector<std::string> keys() const;

  /// Notes a problem of the caller's finding at `key` ("FILE:LINE: key: why").
  void fail(std::string_view key, std::string_view why);
  /// True while no problem was found: guards work that makes no sense after one.
  [[nodiscard]] bool good() const;
  /// The first problem, or one for each unknown key's first, or success.
  [[nodiscard]] Status finish() const;
  /// "scene.toml:12", for messages about this table or the key in it.
  [[nodiscard]] std::string where(std::string_view key = {}) const;
  /// Folder of the file, for relative paths.
  [[nodiscard]] std::filesystem::path folder() const;

 private:
  struct Document;
  struct Node;
  ConfigReader(std::shared_ptr<Document> document, const void* table, std::string prefix);

  const void* find(std::string_view key);

  std::shared_ptr<Document> document_;
  const void* table_ = nullptr;  // const toml::table*, null for an absent one
  std::string prefix_;
};

}  // namespace portcullis::core

#pragma once

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "archive/audit/log_files.h"

namespace portcullis::archive::test {

/// A folder in memory that knows what would be on the disk: bytes are there when write() returns,
/// names when their folder was synced. It can stop at any operation, half done or not, and then
/// come back as after a kill (everything that was done) or after a power cut (what was synced, and
/// any part of the rest).
class MemoryLogFiles final : public LogFiles {
 public:
  std::map<std::string, std::shared_ptr<std::string>> files;
  int operations = 0;
  int fail_at = -1;  ///< Number of the operation that fails, and with it all after it.
  bool half_done = false;

  [[nodiscard]] core::Result<std::string> read(const std::string& path) const override {
    if (dead_) return dead();
    const auto found = files.find(path);
    if (found == files.end()) return core::Error{core::ErrorCode::kNotFound, path + ": not there"};
    return *found->second;
  }
  [[nodiscard]] core::Result<std::vector<std::string>> list() const override {
    if (dead_) return dead();
    std::vector<std::string> names;
    for (const auto& [name, content] : files) names.push_back(name);
    return names;
  }
  core::Status write(const std::string& path, std::string_view content) override {
    const bool fails = next_fails();
    if (fails && !half_done) return dead();
    if (!folders_.contains(folder_of(path)))
      return core::Error{core::ErrorCode::kIo, path + ": no folder for it"};
    auto& file = files[path];
    if (!file) {
      file = std::make_shared<std::string>();
      pending_.push_back({folder_of(path), path, file, false});
    }
    *file = fails ? content.substr(0, content.size() / 2) : content;
    if (fails) return dead();
    return {};
  }
  core::Status rename(const std::string& from, const std::string& to) override {
    const bool fails = next_fails();
    if (fails && !half_done) return dead();
    if (!folders_.contains(folder_of(to)))
      return core::Error{core::ErrorCode::kIo, to + ": no folder for it"};
    const auto file = files.at(from);
    files.erase(from);
    files[to] = file;
    pending_.push_back({folder_of(from), from, nullptr, false});
    pending_.push_back({folder_of(to), to, file, false});
    if (fails) return dead();
    return {};
  }
  core::Status remove(const std::string& path) override {
    const bool fails = next_fails();
    if (fails && !half_done) return dead();
    files.erase(path);
    pending_.push_back({folder_of(path), path, nullptr, false});
    if (fails) return dead();
    return {};
  }
  core::Status make_folder(const std::string& path) override {
    const bool fails = next_fails();
    if (fails && !half_done) return dead();
    if (folders_.insert(path).second) pending_.push_back({folder_of(path), path, nullptr, true});
    if (fails) return dead();
    return {};
  }
  core::Status sync_folder(const std::string& path) override {
    const bool fails = next_fails();
    if (fails && !half_done) return dead();
    std::vector<Change> rest;
    for (auto& change : pending_) {
      if (change.folder == path)
        apply(change);
      else
        rest.push_back(std::move(change));
    }
    pending_ = std::move(rest);
    if (fails) return dead();
    return {};
  }

  /// The process was killed: what it did is there.
  void come_back() {
    dead_ = false;
    fail_at = -1;
  }
  /// The power went: of what was not synced each thing is there with this probability.
  void come_back_from_power_cut(double kept, std::mt19937& random) {
    come_back();
    for (const auto& change : pending_) {
      if (std::uniform_real_distribution<>(0, 1)(random) < kept) apply(change);
    }
    pending_.clear();
    folders_ = durable_folders_;
    files.clear();
    for (const auto& [name, content] : durable_) {
      bool reachable = true;
      for (auto slash = name.find('/'); slash != std::string::npos;
           slash = name.find('/', slash + 1))
        reachable = reachable && folders_.contains(name.substr(0, slash));
      // Two names of one file would be one file in nothing but this picture of a disk.
      if (reachable) files[name] = std::make_shared<std::string>(*content);
    }
    durable_ = files;
  }
  [[nodiscard]] MemoryLogFiles copy() const {
    MemoryLogFiles other;
    for (const auto& [name, content] : files)
      other.files[name] = std::make_shared<std::string>(*content);
    other.folders_ = folders_;
    return other;
  }

 private:
  struct Change {
    std::string folder, name;
    std::shared_ptr<std::string> file;  // null: removed
    bool is_folder;
  };
  static std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
  }
  static core::Error dead() { return {core::ErrorCode::kIo, "the disk is gone"}; }
  bool next_fails() {
    dead_ = dead_ || operations == fail_at;
    // After the operation that fails nothing is done, not even by half.
    half_done = half_done && operations == fail_at;
    ++operations;
    return dead_;
  }
  void apply(const Change& change) {
    if (change.is_folder)
      durable_folders_.insert(change.name);
    else if (change.file)
      durable_[change.name] = change.file;
    else
      durable_.erase(change.name);
  }

  bool dead_ = false;
  std::set<std::string> folders_{""}, durable_folders_{""};
  std::map<std::string, std::shared_ptr<std::string>> durable_;
  std::vector<Change> pending_;
};

}  // namespace portcullis::archive::test

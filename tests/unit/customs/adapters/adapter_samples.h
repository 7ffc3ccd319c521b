#pragma once

#include <string>
#include <vector>

namespace portcullis::customs {

/// One whole message of an adapter, for the contract that all of them keep.
struct AdapterSample {
  std::string system;
  std::string what;
  std::string bytes;
  bool detected = true;  ///< Found without naming the system.
  /// Text of the message, and what stands in its place: each makes the message wrong.
  struct Breakage {
    std::string from, to;
    std::string says;  ///< In the error.
  };
  std::vector<Breakage> breakages;
  /// A code of the message that stands in a code list of ours, and one that stands in none.
  std::string code, unknown_code;
  /// A place for something that nobody knows: put before `before`, it is kept.
  std::string unknown_before, unknown, unknown_value;
  bool lines = false;  ///< Of lines that stand for themselves: a whole one less is a shorter file.
};
std::vector<AdapterSample> adapter_samples();

}  // namespace portcullis::customs

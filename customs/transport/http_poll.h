#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "customs/gateway/gateway.h"
#include "customs/transport/http_client.h"

namespace portcullis::customs {

/// Asks a system that sends nothing by itself (Korea's UNI-PASS) and gives its answers to the
/// gateway, which knows what it had before.
///
/// The keys to ask for stand in a file, one a line, read anew at each look: a site writes there
/// what it waits for. Each is asked for once in a period, one request at a time with a gap between
/// two. A system that does not answer is left alone for 1, 2, 4 s and so on up to 5 min, or for as
/// long as it asks.
///
/// Ownership: borrows gateway and clock. Threading: step() one thread at a time; problem() and
/// abort() from any.
class HttpPoll final {
 public:
  struct Config {
    std::string name;  ///< Stands for the system in messages: "unipass".
    /// "https://HOST/PATH?crkyCn={secret}&cargMtNo={key}": {key} is a line's first word, {second}
    /// its second ("{key}" a bill, "{second}" its year), {secret} the first line of `secret`.
    std::string address;
    std::filesystem::path keys;    ///< Lines that begin with '#' are remarks.
    std::filesystem::path secret;  ///< Needed where the address has {secret}.
    HttpPeer peer;
    std::int64_t period_s = 300;
    std::int64_t gap_ms = 1'000;
  };
  /// Fails with kInvalidConfig: the address, or what stands in braces there.
  static core::Status check(const Config& config);

  HttpPoll(Config config, Gateway& gateway, const core::Clock& clock);

  /// Asks for one key that is due. Returns when to call again.
  core::Duration step();
  [[nodiscard]] std::string problem() const;
  /// Ends a request that runs.
  void abort() { client_.abort(); }

 private:
  struct Key {
    std::string first, second;
    auto operator<=>(const Key&) const = default;
  };
  core::Result<std::vector<Key>> read_keys() const;
  core::Result<std::string> address_of(const Key& key) const;
  core::Status ask(const Key& key, std::int64_t& retry_after_s);
  void note(std::string problem);

  const Config config_;
  Gateway& gateway_;
  const core::Clock& clock_;
  HttpClient client_;
  std::map<Key, core::TimePoint> due_;
  core::TimePoint next_;
  int attempts_ = 0;
  mutable std::mutex mutex_;
  std::string problem_;
};

}  // namespace portcullis::customs

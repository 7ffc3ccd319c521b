#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "core/result.h"
#include "core/time.h"
#include "customs/transport/http_client.h"

namespace portcullis::customs {

/// Takes the answers from the outbox to their receiver, the one written first before the others.
///
/// A file that the receiver took is moved to outbox/sent, one that he refused to outbox/refused
/// with `NAME.reason.txt` beside it. What could not be given waits: all of them again after 1, 2,
/// 4 s and so on up to 5 min, or as long as the receiver asks for. A kill between the receiver's
/// word and the move gives it once more, under the same name with the same bytes: the name is its
/// idempotency key.
/// Files that are being written (".new", a dot before the name) are left alone.
///
/// Ownership: borrows the clock. Threading: step() one thread at a time; problem() from any.
class OutboxDelivery final {
 public:
  struct Told {
    enum class Outcome : std::uint8_t { kTaken, kRefused, kLater };
    Outcome outcome = Outcome::kLater;
    std::string reason;              ///< Where it was not taken.
    std::int64_t retry_after_s = 0;  ///< What the receiver asks for.
  };
  /// Gives one answer to the receiver and waits for his word.
  using Send = std::function<Told(const std::string& name, const std::string& content)>;

  /// Makes the folders. Fails with kIo.
  static core::Result<std::unique_ptr<OutboxDelivery>> create(std::filesystem::path outbox,
                                                              Send send, const core::Clock& clock);

  /// Gives all that is there, unless it has to wait. Returns when to call again.
  core::Duration step();
  /// Empty while all is well; else why answers wait.
  [[nodiscard]] std::string problem() const;

 private:
  OutboxDelivery(std::filesystem::path outbox, Send send, const core::Clock& clock);
  core::Status deliver(const std::filesystem::path& file, bool& wait);
  void note(std::string problem);

  const std::filesystem::path outbox_;
  const Send send_;
  const core::Clock& clock_;
  core::TimePoint next_;
  int attempts_ = 0;
  std::int64_t asked_s_ = 0;
  mutable std::mutex mutex_;
  std::string problem_;
};

/// Sends by HTTP POST: the content as the body, the name as "Idempotency-Key". Taken is an answer
/// with 200 to 299; 400, 404 and the like are a refusal; 401, 403, 408, 425, 429 and 500 and more
/// are for later. Borrows the client.
OutboxDelivery::Send http_send(HttpClient& client, std::string address);

}  // namespace portcullis::customs

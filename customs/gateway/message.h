#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"

/// A message on its way through the gateway. Plain values.
namespace portcullis::customs {

/// As it came in.
struct IncomingMessage {
  std::string bytes;
  std::string name;    ///< Stands for the message in reasons: a file name, "http".
  std::string origin;  ///< "folder", "http"
};

enum class MessageState : std::uint8_t { kTaken, kRefused };

/// What the sender is told. `id` is ours: of a message that was taken it follows from system,
/// sender and the sender's message id, of one that was refused from its bytes, so that the same
/// message always has the same.
struct Receipt {
  std::string id;
  MessageState state = MessageState::kRefused;
  bool repeated = false;  ///< It had come before; nothing was applied again.
  std::string sha256;
  std::string system, kind;        ///< "wco", "DEC"; empty where it could not be read.
  std::string sender, message_id;  ///< As the message says.
  core::ErrorCode code = core::ErrorCode::kInvalidInput;  ///< Of a refusal.
  std::string reason;                                     ///< Of a refusal.
  std::uint64_t declarations = 0;
  core::UtcTime received;
};

/// What a part of a message can be found by.
enum class ReferenceKind : std::uint8_t {
  kContainer = 1,
  kPlate = 2,
  kUcr = 3,
  kMrn = 4,
  kLrn = 5,
  kMeans = 6,  ///< Chassis, wagon, vessel: any transport means' identity.
};

/// A message read, checked and made ready for the store; made without the store (message_form.h).
struct MessageForm {
  IncomingMessage incoming;
  Receipt receipt;  ///< kRefused: the rest is empty.

  struct Reference {
    ReferenceKind kind;
    std::string value;  ///< In the form that comparison_key() gives.
  };
  /// One declaration, or all that is none (notices, orders, manifest). The store keeps the bytes
  /// and where each part is in them; the canonical case is read from the bytes again when somebody
  /// asks for it (read_part()), as adapters give the same for the same.
  struct Part {
    std::string id;              ///< The message's; "-POSITION" after it where there are several.
    std::uint32_t position = 0;  ///< Of the declaration in the message, from 1; 0: the rest.
    bool is_declaration = false;
    /// Read and kept, but never bound: a test, or a cancellation.
    bool withdrawn = false;
    bool test = false;  ///< Does not even withdraw what came before it.
    std::string declarant, lrn;
    std::vector<Reference> references;
  };
  std::vector<Part> parts;
  std::string compressed;  ///< The bytes as the store keeps them (zstd).
};

}  // namespace portcullis::customs

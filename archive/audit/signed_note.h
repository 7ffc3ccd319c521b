#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/audit/merkle.h"
#include "core/result.h"

/// Signed notes (c2sp.org/signed-note) with Ed25519 (RFC 8032), the keys' text forms as Go's
/// golang.org/x/mod/sumdb/note writes them, and checkpoints (c2sp.org/tlog-checkpoint).
/// Errors: kInvalidInput for text that is none of these, kCorrupt for a signature that does not
/// hold. Threading: values; const calls from any thread.
namespace portcullis::archive {

/// "NAME+1a2b3c4d+BASE64": who may have signed.
class VerifierKey final {
 public:
  static core::Result<VerifierKey> parse(std::string_view text);
  /// From a file with that line; kNotFound, or kInvalidInput naming the file.
  static core::Result<VerifierKey> load(const std::filesystem::path& path);
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint32_t id() const { return id_; }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;

 private:
  friend class SignerKey;
  std::string name_;
  std::uint32_t id_ = 0;
  std::string public_key_;  // 32 bytes
};

/// The private key. On the disk in a file that its owner alone may read.
class SignerKey final {
 public:
  /// `name`: non-empty, without blanks, '+' and control characters.
  static core::Result<SignerKey> make(std::string_view name);
  static core::Result<SignerKey> parse(std::string_view text);
  /// kRefused where others than the owner may read the file.
  static core::Result<SignerKey> load(const std::filesystem::path& path);
  /// Loads it, or makes and stores a new one (mode 0600, on the disk when it returns).
  static core::Result<SignerKey> load_or_make(const std::filesystem::path& path,
                                              std::string_view name);
  [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }
  [[nodiscard]] std::string sign(std::string_view message) const;

 private:
  SignerKey() = default;
  [[nodiscard]] std::string text() const;
  VerifierKey verifier_;
  std::string seed_;  // 32 bytes
};

/// `text` ends in a newline. The note with one signature line.
std::string sign_note(std::string_view text, const SignerKey& key);
/// The text of a note that `key` signed. Lines of unknown keys (witnesses) are passed over.
core::Result<std::string> open_note(std::string_view note, const VerifierKey& key);

/// The head of a log.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  TreeHash root{};
};
/// The text that is signed, of three lines.
std::string checkpoint_text(const Checkpoint& checkpoint);
/// Signed by the log `origin` = the key's name.
core::Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

/// RFC 4648, section 4; decoding takes only what encoding gives.
std::string base64_of(std::string_view bytes);
core::Result<std::string> from_base64(std::string_view text);

}  // namespace portcullis::archive

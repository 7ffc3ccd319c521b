#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

/// A part that only the holder of a private key can read: libsodium's sealed box (X25519,
/// XSalsa20-Poly1305; https://doc.libsodium.org/public-key_cryptography/sealed_boxes). Whoever
/// seals cannot open it again, and needs no secret.
namespace portcullis::core {

struct SealingKeys {
  std::string public_text;   ///< 64 hexadecimal digits.
  std::string private_text;  ///< 64 hexadecimal digits; a secret.
};
SealingKeys make_sealing_keys();

/// The first line of a file as 32 bytes in hexadecimal. Fails with kNotFound, kIo, or kInvalidInput
/// naming the file.
Result<std::string> load_key_bytes(const std::filesystem::path& path);

/// `public_key`: 32 bytes. 48 bytes longer than `bytes`, and other ones at each call.
Result<std::string> seal_part(std::string_view bytes, std::string_view public_key);
/// `private_key`: 32 bytes. kCorrupt where it was sealed for another key, or changed.
Result<std::string> open_part(std::string_view sealed, std::string_view private_key);

}  // namespace portcullis::core

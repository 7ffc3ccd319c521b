#include "core/package/sealed_part.h"

#include <sodium.h>

#include <array>

#include "core/files.h"

namespace portcullis::core {
namespace {

constexpr std::size_t kKeyFileBytesMax = 4'096;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string hex_of(const unsigned char* bytes, std::size_t count) {
  std::string hex(2 * count + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, count);
  hex.pop_back();
  return hex;
}

Status begin_sodium() {
  if (sodium_init() < 0)
    return Error{ErrorCode::kInternal, "libsodium: cannot be used (no source of randomness)"};
  return {};
}

}  // namespace

SealingKeys make_sealing_keys() {
  PC_ASSERT(begin_sodium().ok());
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open_key{};
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> secret_key{};
  crypto_box_keypair(open_key.data(), secret_key.data());
  SealingKeys keys{hex_of(open_key.data(), open_key.size()),
                   hex_of(secret_key.data(), secret_key.size())};
  sodium_memzero(secret_key.data(), secret_key.size());
  return keys;
}

Result<std::string> load_key_bytes(const std::filesystem::path& path) {
  PC_TRY(const auto text, read_file(path, kKeyFileBytesMax));
  std::string key(crypto_box_PUBLICKEYBYTES, '\0');
  std::size_t bytes = 0;
  const char* end = nullptr;
  const auto line = text.substr(0, text.find_first_of("\r\n"));
  if (sodium_hex2bin(bytes_of(key), key.size(), line.data(), line.size(), nullptr, &bytes, &end) !=
          0 ||
      bytes != key.size() || end != line.data() + line.size())
    return Error{ErrorCode::kInvalidInput,
                 path.string() + ": its first line is not a key of 64 hexadecimal digits"};
  return key;
}

Result<std::string> seal_part(std::string_view bytes, std::string_view public_key) {
  PC_CHECK(begin_sodium());
  if (public_key.size() != crypto_box_PUBLICKEYBYTES)
    return Error{ErrorCode::kInvalidInput, "the public key has not 32 bytes"};
  std::string sealed(bytes.size() + crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal(bytes_of(sealed), bytes_of(bytes), bytes.size(), bytes_of(public_key)) != 0)
    return Error{ErrorCode::kInvalidInput, "the public key is none that can be sealed for"};
  return sealed;
}

Result<std::string> open_part(std::string_view sealed, std::string_view private_key) {
  PC_CHECK(begin_sodium());
  if (private_key.size() != crypto_box_SECRETKEYBYTES)
    return Error{ErrorCode::kInvalidInput, "the private key has not 32 bytes"};
  if (sealed.size() < crypto_box_SEALBYTES)
    return Error{ErrorCode::kCorrupt, "is too short for a sealed part"};
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open_key{};
  crypto_scalarmult_base(open_key.data(), bytes_of(private_key));
  std::string bytes(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(bytes_of(bytes), bytes_of(sealed), sealed.size(), open_key.data(),
                           bytes_of(private_key)) != 0)
    return Error{ErrorCode::kCorrupt, "was sealed for another key, or was changed since"};
  return bytes;
}

}  // namespace portcullis::core

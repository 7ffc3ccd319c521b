#include "access/password.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <vector>

#include "core/hex.h"

namespace portcullis::access {
namespace {

constexpr std::size_t kPasswordBytesMin = 10;  // and no rule of its letters: length is what counts
constexpr std::size_t kPasswordBytesMax = 256;
constexpr std::size_t kDigestBytes = 32;

void need_sodium() {
  static const bool ready = sodium_init() >= 0;
  PC_ASSERT(ready);
}

}  // namespace

core::Result<std::string> hash_password(std::string_view name, std::string_view password,
                                        const PasswordCost& cost) {
  need_sodium();
  const auto bad = [](std::string why) {
    return core::Error{core::ErrorCode::kInvalidInput, std::move(why)};
  };
  if (password.size() < kPasswordBytesMin || password.size() > kPasswordBytesMax) {
    return bad(fmt::format("the password has {} bytes; {} to {} are wanted, such as four words",
                           password.size(), kPasswordBytesMin, kPasswordBytesMax));
  }
  if (password == name) return bad("the password is the account's name");
  std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
  if (crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), cost.passes,
                                 cost.memory_bytes) != 0) {
    return core::Error{core::ErrorCode::kInternal,
                       fmt::format("there is no memory to hash the password with ({} MiB)",
                                   cost.memory_bytes >> 20U)};
  }
  return std::string(text.data());
}

bool password_fits(const std::string& hash, std::string_view password) {
  need_sodium();
  return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string random_hex(std::size_t bytes) {
  need_sodium();
  std::vector<std::byte> random(bytes);
  randombytes_buf(random.data(), random.size());
  return core::hex(random);
}

std::string token_digest(std::string_view token) {
  need_sodium();
  std::array<std::byte, kDigestBytes> digest{};
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr,
                     0);
  return core::hex(digest);
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace portcullis::access

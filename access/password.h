#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

/// Passwords as argon2id hashes (RFC 9106) in the usual text form "$argon2id$v=19$m=...", made and
/// checked by libsodium.
namespace portcullis::access {

/// What a guess costs. Defaults: RFC 9106's second recommendation is 64 MiB and three passes.
struct PasswordCost {
  std::uint64_t passes = 3;
  std::size_t memory_bytes = std::size_t{64} << 20U;
};

/// Fails with kInvalidInput where the password is shorter than 10 or longer than 256 bytes or
/// equals `name`, with kInternal where the memory is not to be had.
core::Result<std::string> hash_password(std::string_view name, std::string_view password,
                                        const PasswordCost& cost = {});
/// Takes as long as hashing did. False also where `hash` is none.
[[nodiscard]] bool password_fits(const std::string& hash, std::string_view password);

/// `bytes` random bytes as hexadecimal digits.
std::string random_hex(std::size_t bytes);
/// BLAKE2b of a token, as hexadecimal digits: what is kept of it.
std::string token_digest(std::string_view token);
/// Overwrites a secret.
void wipe(std::string& secret);

}  // namespace portcullis::access

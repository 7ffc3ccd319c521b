#include "archive/audit/salts.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <span>

#include "core/hex.h"

namespace portcullis::archive {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytesShown = 16;

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  PC_ASSERT(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                 reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                 reinterpret_cast<unsigned char*>(digest.data()), &size) != nullptr);
  digest.resize(size);
  return digest;
}

core::Result<std::unique_ptr<Salts>> Salts::open(const std::filesystem::path& path) {
  // Made here, so that it is its owner's from the first byte.
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: cannot open: {}", path.string(), std::strerror(errno))};
  }
  ::close(fd);
  PC_TRY(auto database, core::Database::open(path, core::Database::Mode::kCreate));
  database.set_busy_timeout_ms(5000);
  PC_CHECK(
      database.execute("PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
                       "CREATE TABLE IF NOT EXISTS salt (kind TEXT NOT NULL, value TEXT NOT NULL,"
                       " salt BLOB NOT NULL, PRIMARY KEY (kind, value)) STRICT"));
  return std::unique_ptr<Salts>(new Salts(std::move(database)));
}

core::Result<std::string> Salts::hash(std::string_view kind, std::string_view value) {
  const std::lock_guard lock(mutex_);
  std::string salt;
  {
    PC_TRY(auto found, database_.prepare("SELECT salt FROM salt WHERE kind = ? AND value = ?"));
    PC_TRY(const bool row, found.bind(0, kind).bind(1, value).step());
    if (row) {
      const auto blob = found.blob(0);
      salt.assign(reinterpret_cast<const char*>(blob.data()), blob.size());
    }
  }
  if (salt.size() != kSaltBytes) {
    std::array<std::byte, kSaltBytes> fresh{};
    PC_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(fresh.data()),
                         static_cast<int>(fresh.size())) == 1);
    PC_TRY(auto insert,
           database_.prepare("INSERT OR REPLACE INTO salt (kind, value, salt) VALUES (?, ?, ?)"));
    PC_CHECK(insert.bind(0, kind).bind(1, value).bind_blob(2, fresh).run());
    salt.assign(reinterpret_cast<const char*>(fresh.data()), fresh.size());
  }
  const std::string hash = hmac_sha256(salt, value);
  return core::hex(std::as_bytes(std::span(hash)).first(kHashBytesShown));
}

core::Status Salts::erase(std::string_view kind, std::string_view value) {
  const std::lock_guard lock(mutex_);
  PC_TRY(auto gone, database_.prepare("DELETE FROM salt WHERE kind = ? AND value = ?"));
  return gone.bind(0, kind).bind(1, value).run();
}

}  // namespace portcullis::archive

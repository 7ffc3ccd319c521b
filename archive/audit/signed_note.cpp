#include "archive/audit/signed_note.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "core/files.h"

namespace portcullis::archive {
namespace {

constexpr std::string_view kSignatureBegin = "\xE2\x80\x94 ";  // em dash, space
constexpr std::string_view kPrivateBegin = "PRIVATE+KEY+";
constexpr char kEd25519 = 1;  // the signature type's byte
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kSignatureLinesMax = 100;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

core::Error bad_note(std::string why) {
  return {core::ErrorCode::kInvalidInput, "is no signed note: " + std::move(why)};
}

/// Names and note texts in Unicode beyond ASCII are not ours, but a note may carry them.
bool good_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u > 0x20 && u != 0x7F && c != '+';
  });
}

std::uint32_t key_id(std::string_view name, std::string_view public_key) {
  const TreeHash hash = sha256(fmt::format("{}\n{}{}", name, kEd25519, public_key));
  return static_cast<std::uint32_t>(hash[0]) << 24U | static_cast<std::uint32_t>(hash[1]) << 16U |
         static_cast<std::uint32_t>(hash[2]) << 8U | hash[3];
}

std::string big_endian(std::uint32_t value) {
  return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U),
          static_cast<char>(value >> 8U), static_cast<char>(value)};
}

/// "NAME+HASH+BASE64" into name, id and the 32 bytes behind the type's byte.
struct KeyParts {
  std::string name;
  std::uint32_t id = 0;
  std::string bytes;
};
core::Result<KeyParts> key_parts(std::string_view text) {
  const core::Error bad{core::ErrorCode::kInvalidInput,
                        "is no Ed25519 note key (NAME+8 hexadecimal digits+base64)"};
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || second - first != 9) return bad;
  KeyParts parts;
  parts.name = text.substr(0, first);
  const auto hex = text.substr(first + 1, 8);
  const auto read = std::from_chars(hex.data(), hex.data() + hex.size(), parts.id, 16);
  if (!good_name(parts.name) || read.ec != std::errc() || read.ptr != hex.data() + hex.size())
    return bad;
  auto bytes = from_base64(text.substr(second + 1));
  if (!bytes.ok() || bytes->size() != kKeyBytes + 1 || bytes->front() != kEd25519) return bad;
  parts.bytes = bytes->substr(1);
  return parts;
}

std::string without_newline(std::string text) {
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

core::Error os_error(const std::filesystem::path& path, const char* what) {
  return {core::ErrorCode::kIo,
          fmt::format("{}: cannot {}: {}", path.string(), what, std::strerror(errno))};
}

}  // namespace

std::string base64_of(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), octets(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

core::Result<std::string> from_base64(std::string_view text) {
  const core::Error bad{core::ErrorCode::kInvalidInput, "is not base64 (RFC 4648, section 4)"};
  if (text.size() % 4 != 0 || text.size() > (1U << 20U)) return bad;
  std::string bytes(text.size() / 4 * 3 + 1, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), octets(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return bad;
  bytes.resize(static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < 2 && i < text.size() && text[text.size() - 1 - i] == '='; ++i)
    bytes.pop_back();
  // OpenSSL takes blanks and loose last bits as well: one text for one value, or edits go unseen.
  if (base64_of(bytes) != text) return bad;
  return bytes;
}

core::Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  PC_TRY(auto parts, key_parts(text));
  if (parts.id != key_id(parts.name, parts.bytes)) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("key {}: its id {:08x} does not belong to its bytes", parts.name, parts.id)};
  }
  VerifierKey key;
  key.name_ = std::move(parts.name);
  key.id_ = parts.id;
  key.public_key_ = std::move(parts.bytes);
  // One text for one key: hexadecimal digits of the other case are an edit.
  if (key.text() != text)
    return core::Error{core::ErrorCode::kInvalidInput, "is not written as note keys are"};
  return key;
}

core::Result<VerifierKey> VerifierKey::load(const std::filesystem::path& path) {
  PC_TRY(auto content, core::read_file(path, 4096));
  auto key = parse(without_newline(std::move(content)));
  if (!key.ok()) return key.error().with_context(path.string());
  return key;
}

std::string VerifierKey::text() const {
  return fmt::format("{}+{:08x}+{}", name_, id_, base64_of(kEd25519 + public_key_));
}

bool VerifierKey::verifies(std::string_view message, std::string_view signature) const {
  if (signature.size() != kSignatureBytes) return false;
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(public_key_),
                                            public_key_.size()),
                &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return key && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                          message.size()) == 1;
}

core::Result<SignerKey> SignerKey::make(std::string_view name) {
  std::string seed(kKeyBytes, '\0');
  PC_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(seed.data()),
                       static_cast<int>(seed.size())) == 1);
  if (!good_name(name)) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("\"{}\" is no name of a log's key: no blanks and no '+' in it", name)};
  }
  const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed), seed.size()),
                &EVP_PKEY_free);
  std::size_t size = kKeyBytes;
  SignerKey made;
  made.verifier_.name_ = name;
  made.verifier_.public_key_.resize(size);
  PC_ASSERT(key &&
            EVP_PKEY_get_raw_public_key(
                key.get(), reinterpret_cast<unsigned char*>(made.verifier_.public_key_.data()),
                &size) == 1);
  made.verifier_.id_ = key_id(name, made.verifier_.public_key_);
  made.seed_ = std::move(seed);
  return made;
}

core::Result<SignerKey> SignerKey::parse(std::string_view text) {
  if (text.substr(0, kPrivateBegin.size()) != kPrivateBegin)
    return core::Error{core::ErrorCode::kInvalidInput, "is no private note key"};
  PC_TRY(auto parts, key_parts(text.substr(kPrivateBegin.size())));
  const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(parts.bytes),
                                             parts.bytes.size()),
                &EVP_PKEY_free);
  std::size_t size = kKeyBytes;
  SignerKey read;
  read.verifier_.name_ = std::move(parts.name);
  read.verifier_.public_key_.resize(size);
  PC_ASSERT(key &&
            EVP_PKEY_get_raw_public_key(
                key.get(), reinterpret_cast<unsigned char*>(read.verifier_.public_key_.data()),
                &size) == 1);
  read.verifier_.id_ = key_id(read.verifier_.name_, read.verifier_.public_key_);
  if (read.verifier_.id_ != parts.id)
    return core::Error{core::ErrorCode::kInvalidInput, "its id does not belong to its bytes"};
  read.seed_ = std::move(parts.bytes);
  return read;
}

core::Result<SignerKey> SignerKey::load(const std::filesystem::path& path) {
  PC_TRY(auto content, core::read_file(path, 4096));
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return os_error(path, "read");
  if ((info.st_mode & 0077U) != 0) {
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: others may read this private key; chmod 600, and think of "
                                   "making a new one",
                                   path.string())};
  }
  auto key = parse(without_newline(std::move(content)));
  if (!key.ok()) return key.error().with_context(path.string());
  return key;
}

core::Result<SignerKey> SignerKey::load_or_make(const std::filesystem::path& path,
                                                std::string_view name) {
  auto loaded = load(path);
  if (loaded.ok() || loaded.error().code != core::ErrorCode::kNotFound) return loaded;
  PC_TRY(auto made, make(name));
  // Under another name until it is whole; never readable by others, not for an instant.
  std::filesystem::path beside = path;
  beside += ".new";
  ::unlink(beside.c_str());
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return os_error(beside, "create");
  const std::string text = made.text() + "\n";
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  const core::Error error = os_error(beside, "write");
  ::close(fd);
  if (!written) return error;
  if (::rename(beside.c_str(), path.c_str()) != 0) return os_error(path, "create");
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = directory >= 0 && ::fsync(directory) == 0;
  if (directory >= 0) ::close(directory);
  if (!synced) return os_error(folder, "sync");
  return made;
}

std::string SignerKey::text() const {
  return fmt::format("{}{}+{:08x}+{}", kPrivateBegin, verifier_.name(), verifier_.id(),
                     base64_of(kEd25519 + seed_));
}

std::string SignerKey::sign(std::string_view message) const {
  const Key key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed_), seed_.size()),
      &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  PC_ASSERT(key && context &&
            EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
            EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           octets(message), message.size()) == 1 &&
            size == kSignatureBytes);
  return signature;
}

std::string sign_note(std::string_view text, const SignerKey& key) {
  PC_ASSERT(!text.empty() && text.back() == '\n');
  return fmt::format("{}\n{}{} {}\n", text, kSignatureBegin, key.verifier().name(),
                     base64_of(big_endian(key.verifier().id()) + key.sign(text)));
}

core::Result<std::string> open_note(std::string_view note, const VerifierKey& key) {
  if (std::any_of(note.begin(), note.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }))
    return bad_note("it has control characters");
  const auto split = note.rfind("\n\n");
  if (split == std::string_view::npos || note.back() != '\n' || split + 2 == note.size())
    return bad_note("it has no signatures after an empty line");
  const auto text = note.substr(0, split + 1);
  auto rest = note.substr(split + 2);
  bool verified = false;
  for (std::size_t lines = 1; !rest.empty(); ++lines) {
    if (lines > kSignatureLinesMax) return bad_note("it has too many signatures");
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    const auto blank = line.find(' ', kSignatureBegin.size());
    if (line.substr(0, kSignatureBegin.size()) != kSignatureBegin ||
        blank == std::string_view::npos)
      return bad_note(fmt::format("signature line {} is not one", lines));
    const auto name = line.substr(kSignatureBegin.size(), blank - kSignatureBegin.size());
    const auto bytes = from_base64(line.substr(blank + 1));
    if (!good_name(name) || !bytes.ok() || bytes->size() < 5)
      return bad_note(fmt::format("signature line {} is not one", lines));
    if (name != key.name() || bytes->substr(0, 4) != big_endian(key.id())) continue;
    if (!key.verifies(text, std::string_view(*bytes).substr(4))) {
      return core::Error{core::ErrorCode::kCorrupt,
                         fmt::format("the signature of {} does not hold", key.name())};
    }
    verified = true;
  }
  if (!verified) {
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("is not signed by {} (key {:08x})", key.name(), key.id())};
  }
  return std::string(text);
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                     base64_of(hash_bytes(checkpoint.root)));
}

core::Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  PC_TRY(const auto text, open_note(note, key));
  const core::Error bad{core::ErrorCode::kInvalidInput,
                        "is no checkpoint (origin, tree size, root hash)"};
  const std::string_view view = text;
  const auto first = view.find('\n');
  const auto second = view.find('\n', first + 1);
  const auto third = second == std::string_view::npos ? second : view.find('\n', second + 1);
  if (third == std::string_view::npos) return bad;
  Checkpoint checkpoint;
  checkpoint.origin = view.substr(0, first);
  const auto size = view.substr(first + 1, second - first - 1);
  const auto read = std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
  auto root = from_base64(view.substr(second + 1, third - second - 1));
  if (read.ec != std::errc() || read.ptr != size.data() + size.size() ||
      size != std::to_string(checkpoint.size) || !root.ok() ||
      root->size() != checkpoint.root.size())
    return bad;
  std::memcpy(checkpoint.root.data(), root->data(), root->size());
  if (checkpoint.origin != key.name()) {
    return core::Error{core::ErrorCode::kCorrupt, fmt::format("is of the log \"{}\", signed by {}",
                                                              checkpoint.origin, key.name())};
  }
  return checkpoint;
}

}  // namespace portcullis::archive

#include "apps/lane/photo_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/files.h"
#include "services/lane/office_backend.h"

namespace portcullis::apps {
namespace {

constexpr std::string_view kJpegEnd = "\xff\xd9";
constexpr std::string_view kPngEnd{"\0\0\0\0IEND\xae\x42\x60\x82", 12};
constexpr std::size_t kAfterEndMax = 64;  // some cameras fill up behind the picture's end

std::filesystem::path photo_folder(const std::filesystem::path& folder, const std::string& scan) {
  return folder / "photos" / scan;
}

}  // namespace

const char* photo_extension(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return ".jpg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return ".png";
  return nullptr;
}

bool photo_is_whole(std::string_view bytes) {
  const char* extension = photo_extension(bytes);
  if (extension == nullptr) return false;
  const std::string_view end = std::string_view(extension) == ".jpg" ? kJpegEnd : kPngEnd;
  const std::size_t tail = std::min(bytes.size(), end.size() + kAfterEndMax);
  return bytes.substr(bytes.size() - tail).find(end) != std::string_view::npos;
}

core::Status may_be_photo(std::string_view bytes) {
  if (photo_extension(bytes) == nullptr)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "the file is no photo: JPEG and PNG are taken"};
  if (bytes.size() > services::kPhotoBytesMax)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "the photo is larger than 8 MiB; take it smaller"};
  return {};
}

core::Result<std::string> keep_photo(const std::filesystem::path& folder, const std::string& scan,
                                     std::string_view bytes) {
  PC_CHECK(may_be_photo(bytes));
  const auto into = photo_folder(folder, scan);
  std::error_code error;
  std::filesystem::create_directories(into, error);
  if (error)
    return core::Error{core::ErrorCode::kIo, fmt::format("{}: {}", into.string(), error.message())};
  std::string sha256 = core::sha256_hex(bytes);
  PC_CHECK(core::write_file_atomically(into / (sha256 + photo_extension(bytes)), bytes));
  return sha256;
}

core::Result<std::string> read_photo(const std::filesystem::path& folder, const std::string& scan,
                                     const std::string& sha256) {
  const auto from = photo_folder(folder, scan);
  auto bytes = core::read_file(from / (sha256 + ".jpg"), services::kPhotoBytesMax);
  if (!bytes.ok() && bytes.error().code == core::ErrorCode::kNotFound)
    bytes = core::read_file(from / (sha256 + ".png"), services::kPhotoBytesMax);
  if (bytes.ok() && core::sha256_hex(*bytes) != sha256)
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("photo {} of scan {}: its file was changed", sha256, scan)};
  return bytes;
}

}  // namespace portcullis::apps

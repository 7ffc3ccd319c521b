#include "apps/lane/camera_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apps/lane/case_notes.h"
#include "apps/lane/photo_files.h"
#include "core/files.h"
#include "core/log.h"
#include "services/lane/office_backend.h"

namespace portcullis::apps {
namespace {

constexpr const char* kCameraComponent = "camera";

/// Within `folder`, links followed. Fails with kInvalidInput for what leads out of it, kNotFound.
core::Result<std::filesystem::path> picture_path(const std::filesystem::path& folder,
                                                 const std::string& reference) {
  const std::filesystem::path named(reference);
  std::error_code error;
  const auto base = std::filesystem::canonical(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kNotFound,
                       "the folder of the cameras' pictures cannot be read"};
  const auto whole = std::filesystem::weakly_canonical(base / named, error);
  const auto inside = whole.lexically_relative(base);
  if (error || named.is_absolute() || inside.empty() || inside == "." || *inside.begin() == "..")
    return core::Error{core::ErrorCode::kInvalidInput,
                       "the camera's reference does not lie in the folder of its pictures"};
  return whole;
}

}  // namespace

void CameraPictures::keep_event(const std::string& scan_id, std::string_view kind,
                                const std::string& text, core::UtcTime at) {
  if (const auto kept = parts_.catalogue.add_event(scan_id, kind, text, at); !kept.ok())
    core::log_warning(kCameraComponent, kept.error().message);
}

void CameraPictures::keep(const std::string& scan_id,
                          const std::vector<lane::CameraReading>& readings) {
  if (readings.empty()) return;
  const auto until = parts_.clock.now() + kWaitMax;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const lane::CameraReading& one = readings[i];
    keep_event(scan_id, kReadingEvent,
               reading_json({one.utc, one.camera, one.said_kind, one.text, one.confidence, {}, {}}),
               one.utc);
    if (one.image.empty() || parts_.from.empty()) continue;
    if (waiting_.size() >= kWaitingMax) {
      core::log_warning(kCameraComponent,
                        fmt::format("picture {} is not looked for: {} are waited for already",
                                    one.image, waiting_.size()));
      continue;
    }
    waiting_.push_back({scan_id, one.camera, one.image, i, until});
  }
  tell(scan_id);
  look();
}

void CameraPictures::look() {
  std::vector<std::string> changed;
  std::erase_if(waiting_, [&](const Waiting& one) {
    if (take(one) == Outcome::kNotYet) return false;
    if (std::find(changed.begin(), changed.end(), one.scan_id) == changed.end())
      changed.push_back(one.scan_id);
    return true;
  });
  waiting_count_ = waiting_.size();
  for (const auto& scan_id : changed) tell(scan_id);
}

CameraPictures::Outcome CameraPictures::take(const Waiting& one) {
  const auto now = parts_.clock.utc_now();
  const auto refused = [&](const std::string& why) {
    core::log_warning(kCameraComponent,
                      fmt::format("picture {} of camera {}: {}", one.reference, one.camera, why));
    keep_event(one.scan_id, kPictureEvent, picture_json(one.place, {}, 0, why), now);
    return Outcome::kDone;
  };
  const bool last = parts_.clock.now() >= one.until;
  const auto path = picture_path(parts_.from, one.reference);
  if (!path.ok() && (last || path.error().code != core::ErrorCode::kNotFound))
    return refused(path.error().message);
  if (!path.ok()) return Outcome::kNotYet;
  const auto bytes = core::read_file(*path, services::kPhotoBytesMax);
  if (!bytes.ok()) {
    if (bytes.error().code == core::ErrorCode::kInvalidInput)
      return refused("the picture is larger than 8 MiB");
    return last ? refused("the camera's picture did not come within a minute") : Outcome::kNotYet;
  }
  // A file that is being written begins as a picture before it ends as one.
  if (!photo_is_whole(*bytes)) {
    if (!last) return Outcome::kNotYet;
    return refused(photo_extension(*bytes) == nullptr
                       ? "the camera's file is no picture: JPEG and PNG are taken"
                       : "the camera's picture ends before its end");
  }
  const auto sha256 = keep_photo(parts_.into, one.scan_id, *bytes);
  if (!sha256.ok()) return last ? refused(sha256.error().message) : Outcome::kNotYet;
  keep_event(one.scan_id, kPictureEvent, picture_json(one.place, *sha256, bytes->size(), {}), now);
  if (parts_.taken) parts_.taken(one.scan_id, one.camera, *sha256, bytes->size());
  return Outcome::kDone;
}

void CameraPictures::tell(const std::string& scan_id) {
  if (!parts_.changed) return;
  if (const auto stored = parts_.catalogue.show(scan_id); stored.ok())
    parts_.changed(scan_id, readings_of(*stored));
}

}  // namespace portcullis::apps

#include "simulator/live/camera_picture.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/files.h"

namespace portcullis::simulator {
namespace {

constexpr int kWidth_px = 480, kHeight_px = 270;
constexpr int kFont = cv::FONT_HERSHEY_DUPLEX;

/// As large as fits `box`, in its middle.
void write_within(cv::Mat& picture, const cv::Rect& box, const std::string& text,
                  const cv::Scalar& ink) {
  int below = 0;
  const cv::Size at_one = cv::getTextSize(text, kFont, 1, 2, &below);
  const double scale = std::min(box.width / std::max(1.0, static_cast<double>(at_one.width)),
                                box.height / std::max(1.0, 1.0 * at_one.height + below));
  const cv::Size size = cv::getTextSize(text, kFont, scale, 2, &below);
  const cv::Point at(box.x + (box.width - size.width) / 2, box.y + (box.height + size.height) / 2);
  cv::putText(picture, text, at, kFont, scale, ink, 2, cv::LINE_AA);
}

void draw_front(cv::Mat& picture, const std::string& plate) {
  picture.setTo(cv::Scalar(58, 63, 70));
  cv::rectangle(picture, {0, 150, kWidth_px, 120}, cv::Scalar(34, 36, 40), cv::FILLED);  // bumper
  for (const int x : {24, kWidth_px - 104})
    cv::rectangle(picture, {x, 40, 80, 60}, cv::Scalar(214, 220, 226), cv::FILLED);  // lamps
  for (int y = 30; y < 140; y += 18)
    cv::line(picture, {130, y}, {kWidth_px - 130, y}, cv::Scalar(40, 44, 48), 6);  // grille
  const cv::Rect sign(100, 170, 280, 64);
  cv::rectangle(picture, sign, cv::Scalar(240, 240, 236), cv::FILLED);
  cv::rectangle(picture, sign, cv::Scalar(20, 20, 20), 3);
  write_within(picture, {112, 178, 256, 48}, plate, cv::Scalar(16, 16, 16));
}

void draw_side(cv::Mat& picture, const std::string& text) {
  static const std::array<cv::Scalar, 5> kPaints{cv::Scalar(134, 48, 36), cv::Scalar(28, 74, 116),
                                                 cv::Scalar(36, 94, 66), cv::Scalar(122, 84, 40),
                                                 cv::Scalar(96, 100, 104)};
  unsigned sum = 0;
  for (const char c : text.substr(0, 4)) sum += static_cast<unsigned char>(c);
  const cv::Scalar paint = kPaints[sum % kPaints.size()];
  picture.setTo(paint);
  for (int x = 0; x < kWidth_px; x += 24)  // corrugation
    cv::rectangle(picture, {x, 0, 10, kHeight_px}, paint * 0.86, cv::FILLED);
  write_within(picture, {30, 70, kWidth_px - 60, 70}, text, cv::Scalar(236, 238, 240));
}

}  // namespace

core::Result<std::string> draw_camera_picture(std::string_view kind, const std::string& text) {
  cv::Mat picture(kHeight_px, kWidth_px, CV_8UC3);  // red, green, blue
  if (kind == "plate")
    draw_front(picture, text);
  else
    draw_side(picture, text);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = kWidth_px;
  image.height = kHeight_px;
  image.format = PNG_FORMAT_RGB;
  image.flags = PNG_IMAGE_FLAG_FAST;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = bytes.size();
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.data, 0, nullptr) == 0)
    return core::Error{core::ErrorCode::kIo,
                       std::string("a camera's picture was not made: ") + image.message};
  bytes.resize(size);
  return bytes;
}

core::Status put_camera_picture(const std::filesystem::path& folder, const std::string& name,
                                std::string_view kind, const std::string& text) {
  PC_TRY(const auto picture, draw_camera_picture(kind, text));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return core::Error{core::ErrorCode::kIo, folder.string() + ": " + error.message()};
  return core::write_file_atomically(folder / name, picture);
}

}  // namespace portcullis::simulator

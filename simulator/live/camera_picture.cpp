#include "simulator/live/camera_picture.h"

#include <cairo/cairo.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/files.h"

namespace portcullis::simulator {
namespace {

constexpr int kWidth_px = 480, kHeight_px = 270;

struct Rgb {
  double r, g, b;  ///< 0 to 1.
};
struct Box {
  double x, y, w, h;  ///< Pixels.
};

void fill(cairo_t* to, const Box& box, const Rgb& paint) {
  cairo_set_source_rgb(to, paint.r, paint.g, paint.b);
  cairo_rectangle(to, box.x, box.y, box.w, box.h);
  cairo_fill(to);
}

/// As large as fits `box`, in its middle.
void write_within(cairo_t* to, const Box& box, const std::string& text, const Rgb& ink) {
  cairo_select_font_face(to, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  constexpr double kSize = 100;
  cairo_set_font_size(to, kSize);
  cairo_text_extents_t at_size;
  cairo_text_extents(to, text.c_str(), &at_size);
  const double scale =
      std::min(box.w / std::max(1.0, at_size.width), box.h / std::max(1.0, at_size.height));
  cairo_set_font_size(to, kSize * scale);
  cairo_set_source_rgb(to, ink.r, ink.g, ink.b);
  cairo_move_to(to, box.x + (box.w - at_size.width * scale) / 2 - at_size.x_bearing * scale,
                box.y + (box.h - at_size.height * scale) / 2 - at_size.y_bearing * scale);
  cairo_show_text(to, text.c_str());
}

void draw_front(cairo_t* to, const std::string& plate) {
  fill(to, {0, 0, kWidth_px, kHeight_px}, {0.23, 0.25, 0.27});
  fill(to, {0, 150, kWidth_px, 120}, {0.13, 0.14, 0.16});  // bumper
  for (const double x : {24.0, kWidth_px - 104.0})
    fill(to, {x, 40, 80, 60}, {0.84, 0.86, 0.89});  // lamps
  for (int i = 0; i < 6; ++i)
    fill(to, {130, 27.0 + 18 * i, kWidth_px - 260, 6}, {0.16, 0.17, 0.19});  // grille
  fill(to, {100, 170, 280, 64}, {0.08, 0.08, 0.08});
  fill(to, {103, 173, 274, 58}, {0.94, 0.94, 0.92});
  write_within(to, {114, 182, 252, 40}, plate, {0.06, 0.06, 0.06});
}

void draw_side(cairo_t* to, const std::string& text) {
  static constexpr std::array<Rgb, 5> kPaints{{{0.53, 0.19, 0.14},
                                               {0.11, 0.29, 0.45},
                                               {0.14, 0.37, 0.26},
                                               {0.48, 0.33, 0.16},
                                               {0.38, 0.39, 0.41}}};
  unsigned sum = 0;
  for (const char c : text.substr(0, 4)) sum += static_cast<unsigned char>(c);
  const Rgb& paint = kPaints[sum % kPaints.size()];
  fill(to, {0, 0, kWidth_px, kHeight_px}, paint);
  for (int i = 0; i * 24 < kWidth_px; ++i)  // corrugation
    fill(to, {24.0 * i, 0, 10, kHeight_px}, {paint.r * 0.86, paint.g * 0.86, paint.b * 0.86});
  write_within(to, {30, 80, kWidth_px - 60, 56}, text, {0.93, 0.93, 0.94});
}

}  // namespace

core::Result<std::string> draw_camera_picture(std::string_view kind, const std::string& text) {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, kWidth_px, kHeight_px),
      &cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> to(cairo_create(surface.get()),
                                                              &cairo_destroy);
  if (kind == "plate")
    draw_front(to.get(), text);
  else
    draw_side(to.get(), text);
  std::string bytes;
  const auto write = [](void* into, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
  };
  auto status = cairo_status(to.get());
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream(surface.get(), write, &bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    return core::Error{core::ErrorCode::kIo, std::string("a camera's picture was not made: ") +
                                                 cairo_status_to_string(status)};
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

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

namespace portcullis::simulator {

/// What a camera at the lane's entry would have taken, as PNG: a plate at a truck's front
/// ("plate"), or a container's side with its number or type. 480 x 270 pixels, the same bytes for
/// the same words. `text` is drawn as it is painted on the vehicle, which a camera may misread.
/// Fails with kIo.
core::Result<std::string> draw_camera_picture(std::string_view kind, const std::string& text);

/// Into `folder`, which is made where it is missing, so that at any moment it is there whole or not
/// at all. Fails with kIo.
core::Status put_camera_picture(const std::filesystem::path& folder, const std::string& name,
                                std::string_view kind, const std::string& text);

}  // namespace portcullis::simulator

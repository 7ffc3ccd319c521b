#pragma once

#include <string>

#include "core/result.h"
#include "imaging/images.h"

namespace portcullis::imaging {

/// Size that a thumbnail fits into, pixels.
inline constexpr int kThumbnailColumns = 240;
inline constexpr int kThumbnailRows = 80;

/// A small PNG of the images for lists: the material view without marks on the light ground, the
/// whole scan. Each pixel is the mean transmission of what it stands for and its most frequent
/// material, of two equally frequent the denser. The same bytes on any number of threads.
/// Fails with kInternal where there is nothing in the images or the encoder refuses.
core::Result<std::string> thumbnail_png(const Images& images);

}  // namespace portcullis::imaging

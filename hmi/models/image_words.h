#pragma once

#include <span>

namespace portcullis::hmi::words {

/// What imaging says of an image's quality and of its calibration; for lane_words.h.
std::span<const char* const> image_sentences();

}  // namespace portcullis::hmi::words

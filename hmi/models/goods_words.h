#pragma once

#include <span>

namespace portcullis::hmi::words {

/// What customs/match/goods_check.cpp says of a load's look; for lane_words.h.
std::span<const char* const> goods_sentences();

}  // namespace portcullis::hmi::words

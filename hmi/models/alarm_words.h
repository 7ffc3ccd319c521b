#pragma once

#include <span>

namespace portcullis::hmi::words {

/// What the lane says of its alarms, in English: a part of the table of words::lane(), which
/// translates it (context "lane"). Static.
std::span<const char* const> alarm_sentences();

}  // namespace portcullis::hmi::words

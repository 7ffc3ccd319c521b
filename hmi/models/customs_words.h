#pragma once

#include <span>

namespace portcullis::hmi::words {

/// What the lane says of what customs ordered, of what was weighed and of the revenue at stake, in
/// English: a part of the table of words::lane(), which translates it (context "lane"). Static.
std::span<const char* const> customs_sentences();

}  // namespace portcullis::hmi::words

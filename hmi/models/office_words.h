#pragma once

#include <span>

namespace portcullis::hmi::words {

/// What the lane's office says (inspections, photos, tickets, handovers), for words::lane().
std::span<const char* const> office_sentences();

}  // namespace portcullis::hmi::words

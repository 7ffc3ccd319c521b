#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"

namespace portcullis::apps {

enum class PasswordEntry : std::uint8_t { kOnce, kTwice };

/// From the terminal, hidden (kTwice: and again, as a new one must be), or the first line of what
/// comes in; never from the command line, which every process of the machine can read. Fails with
/// kInvalidInput. The caller wipes it (access::wipe()).
core::Result<std::string> read_password(PasswordEntry entry);

}  // namespace portcullis::apps

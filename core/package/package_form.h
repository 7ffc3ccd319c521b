#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/package/package.h"

// For this folder only: what writer and reader of a package share.
namespace portcullis::core {

inline constexpr const char* kPackageFormat = "portcullis-package";
bool is_part_name(std::string_view name);
/// The text of SHA256SUMS.
std::string sums_text(const std::vector<PackagePart>& parts, std::string_view manifest);

}  // namespace portcullis::core

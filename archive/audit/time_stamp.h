#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"

/// Time stamps of RFC 3161 (updated by RFC 5816) over a checkpoint: somebody else's word that the
/// log stood so at a time. Files are DER as `openssl ts` reads them. Threading: pure.
namespace portcullis::archive {

/// TimeStampReq over SHA-256 of `data`, with a random nonce, asking for the authority's
/// certificate.
core::Result<std::string> time_stamp_request(std::string_view data);

struct TimeStamp {
  core::UtcTime time;  ///< As the authority states it, to the second.
  std::string serial;  ///< Of the token, hexadecimal.
};
/// Checks a TimeStampResp: granted, over `data`, signed by a certificate for time stamping that
/// `ca` (PEM) vouches for; where `request` is not empty, also its nonce. Fails with kNotFound or
/// kInvalidConfig (`ca`), kInvalidInput (no response), kRefused (the authority's words) or
/// kCorrupt.
core::Result<TimeStamp> check_time_stamp(std::string_view data, std::string_view request,
                                         std::string_view response,
                                         const std::filesystem::path& ca);

// The files of stamps, in a folder of their own: the log's holds nothing else than the log.
std::filesystem::path stamps_folder_of(
    const std::filesystem::path& log_folder);  ///< "audit-stamps"
inline constexpr const char* kStampSuffix = ".tsr";
inline constexpr const char* kStampedSuffix = ".checkpoint";

/// The newest stamped checkpoint of a folder with its stamp. kNotFound where there is none.
struct KeptStamp {
  std::string checkpoint, response;
};
core::Result<KeptStamp> newest_stamp(const std::filesystem::path& folder);

}  // namespace portcullis::archive

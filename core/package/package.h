#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// What leaves for others as one file: a ZIP (PKWARE's APPNOTE, as unzip and python's zipfile read
/// it) of named parts with a manifest of their SHA-256 hashes. A part of core of its own, so that
/// core itself needs no ZIP library.
///
/// `manifest.json` lists every part, `SHA256SUMS` says the same for `sha256sum -c`. The same parts
/// give the same bytes with the same zlib: no dates, hosts or users stand in it.
namespace portcullis::core {

inline constexpr const char* kManifestPart = "manifest.json";
inline constexpr const char* kSumsPart = "SHA256SUMS";
inline constexpr int kPackageVersion = 1;
/// Kind of the package of a scan for another administration (docs/exchange.md).
inline constexpr const char* kScanBundleKind = "scan-bundle";

struct PackagePart {
  /// "images/high.tif": letters, digits, '.', '-', '_' between '/', at most 120 bytes.
  std::string name;
  std::string about;  ///< One sentence for whoever opens it.
  std::string bytes;
};
struct PackageHead {
  std::string kind;               ///< "scan-bundle"
  std::string subject;            ///< Id of the scan.
  std::string software;           ///< Who made it.
  std::string facts_json = "{}";  ///< Further facts, one JSON object.
};

/// The package's bytes; write them with write_file_atomically(). Fails with kInvalidInput (a part's
/// name, or twice the same), naming the part. Threading: pure.
Result<std::string> pack(const PackageHead& head, const std::vector<PackagePart>& parts);

struct PackageLimits {
  std::uint64_t bytes_max = std::uint64_t{2} << 30U;  ///< Of all parts together, unpacked.
  std::size_t parts_max = 1'000;
};
struct Package {
  PackageHead head;
  std::vector<PackagePart> parts;  ///< All of the manifest, in its order; checked.

  /// Null where there is none.
  [[nodiscard]] const PackagePart* find(std::string_view name) const;
};

/// Reads what pack() made, from a hostile world: sizes before anything is unpacked, plain
/// names, no part that the manifest does not list and none missing, every size and hash. Fails with
/// kNotFound, kIo, kInvalidInput (no package, or one with more or other parts) or kCorrupt (a part
/// is not what the manifest says); each names file and part. Threading: pure.
Result<Package> read_package(const std::filesystem::path& path, const PackageLimits& limits = {});
/// `name` stands for the file in errors.
Result<Package> unpack(std::string_view zip, std::string_view name,
                       const PackageLimits& limits = {});

}  // namespace portcullis::core

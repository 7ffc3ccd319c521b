#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/package/package.h"
#include "core/result.h"
#include "core/time.h"
#include "customs/gateway/watched_folder.h"

namespace portcullis::customs {

/// A partner administration's scan bundle as it was taken (docs/exchange.md).
struct PartnerBundle {
  std::string file;  ///< In the folder "taken".
  std::string scan_id, software, sha256;
  core::UtcTime received;
  std::vector<std::string> containers, mrns;
};

/// Whether a package is a whole scan bundle: of its kind, with a canonical case, and with images
/// that are the ones that images.json tells. Fails with kInvalidInput that names `name` and the
/// part.
core::Status check_bundle(const core::Package& package, const std::string& name);

/// A watched folder for bundles. What two looks found alike is read with all its hashes; a whole
/// one goes to `taken`, named by its scan and its hash, with NAME.json beside it; all else goes to
/// `quarantine`, untouched, with NAME.reason.txt. The same bytes again change nothing.
///
/// Hashes say that a bundle is whole, not who sent it: that is the transport's to say, who may
/// write into the folder. Ownership: borrows the clock. Threading: one thread. Every step can be
/// cut off by kill -9.
class PartnerShelf final {
 public:
  struct Told {
    bool taken = false;
    std::string subject, sha256, detail;
  };
  /// Called before a bundle is moved to where it stays; where it fails the bundle waits.
  using Note = std::function<core::Status(const Told&)>;

  /// Makes the folders. Fails with kIo.
  static core::Result<std::unique_ptr<PartnerShelf>> open(std::filesystem::path folder, Note note,
                                                          const core::Clock& clock);
  /// One look. Returns how many bundles it took or refused; fails only where the folder does.
  core::Result<int> poll();

 private:
  PartnerShelf(std::filesystem::path folder, Note note, const core::Clock& clock)
      : folder_(std::move(folder)), note_(std::move(note)), clock_(clock) {}
  core::Status take(const std::string& name);
  core::Status refuse(const std::filesystem::path& file, const std::string& name,
                      const std::string& sha256, const std::string& reason);

  const std::filesystem::path folder_;
  const Note note_;
  const core::Clock& clock_;
  TwoLooks looks_;
};

/// Bundles of a shelf's folder, those of one container or all (empty), by file name. Also beside a
/// gateway at work.
core::Result<std::vector<PartnerBundle>> partner_bundles(const std::filesystem::path& folder,
                                                         const std::string& container);

}  // namespace portcullis::customs

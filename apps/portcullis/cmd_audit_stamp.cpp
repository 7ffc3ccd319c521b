#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/audit/tile_log.h"
#include "archive/audit/time_stamp.h"
#include "core/files.h"
#include "customs/transport/http_client.h"

namespace portcullis::apps {
namespace {

struct StampOptions {
  std::string folder, key, tsa, ca, authorization, stamps, stamp, checkpoint;
};

constexpr std::size_t kStampFileBytesMax = 1'000'000;
constexpr long kHttpOk = 200;

core::Status run_audit_stamp(const StampOptions& options) {
  PC_TRY(const auto files,
         archive::DiskLogFiles::open(options.folder, archive::DiskLogFiles::Access::kRead));
  PC_TRY(const auto key, archive::VerifierKey::load(options.key));
  auto reader = archive::TileLogReader::open(files, key);
  if (!reader.ok()) return reader.error().with_context(options.folder);
  const auto& note = reader->checkpoint_note();
  const auto folder = options.stamps.empty() ? archive::stamps_folder_of(options.folder)
                                             : std::filesystem::path(options.stamps);
  const auto stem = (folder / std::to_string(reader->size())).string();
  std::error_code error;
  if (std::filesystem::exists(stem + archive::kStampSuffix, error)) {
    std::fprintf(stderr, "portcullis: %s%s is there: the log has not grown\n", stem.c_str(),
                 archive::kStampSuffix);
    return {};
  }
  PC_TRY(const auto request, archive::time_stamp_request(note));
  customs::HttpPeer peer;
  peer.authorization = options.authorization;
  customs::HttpClient client(peer);
  const auto answer =
      client.post(options.tsa, request, {{"Content-Type", "application/timestamp-query"}});
  if (!answer.ok()) return answer.error().with_context("no time stamp");
  if (answer->status != kHttpOk)
    return core::Error{core::ErrorCode::kUnavailable, "no time stamp: " + options.tsa +
                                                          ": answers with status " +
                                                          std::to_string(answer->status)};
  const auto stamp = archive::check_time_stamp(note, request, answer->body, options.ca);
  if (!stamp.ok()) return stamp.error().with_context(options.tsa);
  std::filesystem::create_directories(folder, error);
  // The checkpoint first: a stamp always has what it is of beside it.
  PC_CHECK(core::write_file_atomically(stem + archive::kStampedSuffix, note));
  PC_CHECK(core::write_file_atomically(stem + archive::kStampSuffix, answer->body));
  std::printf("%s%s: %llu entries stood at %s, token %s\n", stem.c_str(), archive::kStampSuffix,
              static_cast<unsigned long long>(reader->size()),
              core::to_iso8601(stamp->time).c_str(), stamp->serial.c_str());
  return {};
}

core::Status run_audit_check_stamp(const StampOptions& options) {
  PC_TRY(const auto note, core::read_file(options.checkpoint, kStampFileBytesMax));
  PC_TRY(const auto response, core::read_file(options.stamp, kStampFileBytesMax));
  const auto stamp = archive::check_time_stamp(note, {}, response, options.ca);
  if (!stamp.ok()) return stamp.error().with_context(options.stamp);
  std::printf("good: stood so at %s, token %s\n", core::to_iso8601(stamp->time).c_str(),
              stamp->serial.c_str());
  return {};
}

}  // namespace

void add_audit_stamp(Command audit, int& exit_code) {
  auto options = std::make_shared<StampOptions>();
  auto stamp = audit.add_subcommand(
      "stamp", "Has the log's head stamped by a time stamping authority (RFC 3161)");
  stamp.add_option("dir", options->folder, "The log's folder").required();
  stamp.add_option("--key", options->key, "The log's public key (log.vkey), from elsewhere")
      .required();
  stamp.add_option("--tsa", options->tsa, "Address of the authority").required();
  stamp.add_option("--tsa-ca", options->ca, "PEM: who vouches for the authority's certificate")
      .required();
  stamp.add_option("--authorization", options->authorization,
                   "File with the value of the header Authorization");
  stamp.add_option("--stamps", options->stamps, "Folder for the stamps; else DIR-stamps");
  stamp.callback([options, &exit_code] {
    const auto status = run_audit_stamp(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });

  auto check = audit.add_subcommand("check-stamp", "Checks a time stamp of a checkpoint");
  check.add_option("stamp", options->stamp, "SIZE.tsr").required();
  check.add_option("--checkpoint", options->checkpoint, "SIZE.checkpoint").required();
  check.add_option("--tsa-ca", options->ca, "PEM: who vouches for the authority's certificate")
      .required();
  check.callback([options, &exit_code] {
    const auto status = run_audit_check_stamp(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps

#pragma once

#include <QImage>
#include <QString>
#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"

/// What the pages Inspect and Supervise are told and say, as in api/office.proto and lane.proto.
/// Plain data: no gRPC.
namespace portcullis::hmi {

struct InspectionOrderData {
  std::string case_id, vehicle_plate;
  std::vector<std::string> container_numbers;
  core::UtcTime referred;
  std::string referred_by, reason_code, reason_text;
  bool done = false;
  std::uint32_t photos = 0;
};
struct StoredPhotoData {
  std::string sha256, name;
  std::uint64_t bytes = 0;
  std::string by;
};
/// A photo as it is to be seen: JPEG; empty where it cannot be, with the reason where there is one.
struct PhotoPictureData {
  std::string case_id, sha256;
  int side_max_px = 0;
  std::string jpeg, problem;
};
struct OutcomeData {
  std::string result;  ///< "nothing", "found", "not_examined"; empty: not said yet.
  std::string what, where, how_much;
};
struct OutcomesData {
  std::string case_id;
  std::vector<OutcomeData> outcomes;  ///< One a finding, then one for the rest.
  std::vector<std::string> seals_found, seals_put;
  std::string user;
};

struct RateData {
  std::string name;
  std::uint32_t hits = 0, count = 0;
  double low = 0, high = 1;  ///< 95 % interval of the hits' share.
};
struct ReaderLoadData {
  std::string name;
  std::uint32_t readings = 0;
  double median_s = 0, p90_s = 0;
  std::uint32_t overridden = 0;
};
struct WaitingCaseData {
  std::string case_id, plate, reader;
  core::UtcTime since;
};
struct ComplaintData {
  std::string ticket, case_id, cause, text, by;
  core::UtcTime at;
  std::string done_by, done_text;
};
struct SupervisionData {
  std::uint32_t queue = 0;
  double oldest_s = 0;
  std::vector<WaitingCaseData> waiting;
  std::vector<ReaderLoadData> readers;
  std::vector<RateData> finders, checks, reasons, rules, drawn;
  std::vector<std::string> overrides, outcomes_missing;
  std::vector<ComplaintData> complaints;
  core::UtcTime counted_from;  ///< Older scans of these days are left out; ns 0: none is.
};

struct HandoverItemData {
  std::string kind, subject, text;
  core::UtcTime since;
};
struct HandoverData {
  std::string draft;
  core::UtcTime utc;
  std::vector<HandoverItemData> items;
  core::UtcTime last_at;  ///< ns 0: none has been signed yet.
  std::string last_from, last_to;
};
struct ReferenceData {
  std::string scan_id, case_id;
  std::string kind;  ///< "empty", "goods"
  std::string chapter;
  core::UtcTime started;
};
/// `path`: the file to write.
struct ReportFileData {
  std::string case_id, language;
  QString user, path;
};
struct ViewFileData {
  std::string case_id;
  QString view;  ///< What is shown, in words.
  QString user, path;
  QImage picture;
};
struct SignatureData {
  std::string draft, from, from_password, to, to_password, remark;
};

}  // namespace portcullis::hmi

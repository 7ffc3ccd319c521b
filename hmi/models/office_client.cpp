#include "hmi/models/office_client.h"

#include <grpcpp/grpcpp.h>

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QThread>
#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <utility>

#include "api/lane.grpc.pb.h"
#include "api/office.grpc.pb.h"
#include "core/files.h"
#include "hmi/models/lane_channel.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/photo_model.h"
#include "services/wire/grpc_error.h"

namespace portcullis::hmi {
namespace {

namespace office_wire = portcullis::api::v1;
using Limit = std::chrono::milliseconds;

constexpr Limit kOfficeDeadline{5000};
constexpr Limit kFiguresDeadline{20'000};  // a month of cases is read
constexpr Limit kPhotoDeadline{60'000};
constexpr Limit kReportDeadline{90'000};
constexpr Limit kSignDeadline{20'000};  // two passwords are dear to check
constexpr qint64 kPhotoFileBytesMax = qint64{8} * 1024 * 1024;
constexpr qsizetype kPhotoPart = qsizetype{32} * 1024;

QString office_words(const grpc::Status& status) {
  switch (services::error_code_from_grpc(status.error_code())) {
    case core::ErrorCode::kUnavailable:
      return QObject::tr("the lane does not answer");
    case core::ErrorCode::kTimeout:
      return QObject::tr("no answer from the lane in time");
    default:
      return QString::fromStdString(status.error_message());
  }
}

InspectionOrderData order_from(const office_wire::InspectionOrder& from) {
  InspectionOrderData to;
  to.case_id = from.case_id();
  to.vehicle_plate = from.vehicle_plate();
  to.container_numbers.assign(from.container_numbers().begin(), from.container_numbers().end());
  to.referred.ns = from.referred_utc_ns();
  to.referred_by = from.referred_by();
  to.reason_code = from.reason_code();
  to.reason_text = from.reason_text();
  to.done = from.done();
  to.photos = from.photos();
  return to;
}

template <class Rates>
std::vector<RateData> rates_from(const Rates& from) {
  std::vector<RateData> to;
  for (const auto& rate : from)
    to.push_back({rate.name(), rate.hits(), rate.count(), rate.low(), rate.high()});
  return to;
}

SupervisionData supervision_from(const office_wire::SuperviseReply& from) {
  SupervisionData to;
  to.queue = from.queue();
  to.oldest_s = from.oldest_s();
  for (const auto& one : from.waiting())
    to.waiting.push_back({one.case_id(), one.vehicle_plate(), one.reader(), {one.since_utc_ns()}});
  for (const auto& one : from.readers())
    to.readers.push_back({one.name(), one.readings(), one.median_time_on_image_s(),
                          one.p90_time_on_image_s(), one.overridden()});
  to.finders = rates_from(from.finders());
  to.checks = rates_from(from.checks());
  to.reasons = rates_from(from.reasons());
  to.rules = rates_from(from.rules());
  to.drawn = rates_from(from.drawn());
  to.overrides.assign(from.overrides().begin(), from.overrides().end());
  to.outcomes_missing.assign(from.outcomes_missing().begin(), from.outcomes_missing().end());
  for (const auto& one : from.complaints())
    to.complaints.push_back({one.ticket(),
                             one.case_id(),
                             one.cause(),
                             one.text(),
                             one.by(),
                             {one.utc_ns()},
                             one.done_by(),
                             one.done_text()});
  to.counted_from.ns = from.counted_from_utc_ns();
  return to;
}

HandoverData handover_from(const office_wire::Handover& from) {
  HandoverData to;
  to.draft = from.draft();
  to.utc.ns = from.utc_ns();
  for (const auto& item : from.items())
    to.items.push_back({item.kind(), item.subject(), item.text(), {item.since_utc_ns()}});
  to.last_at.ns = from.last().signed_utc_ns();
  to.last_from = from.last().from();
  to.last_to = from.last().to();
  return to;
}

/// The file's bytes, or why they cannot be sent.
QString read_photo(const QString& path, QByteArray& bytes) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return OfficeClient::tr("%1 cannot be read: %2")
        .arg(QFileInfo(path).fileName(), file.errorString());
  if (file.size() > kPhotoFileBytesMax)
    return OfficeClient::tr("%1 is larger than 8 MiB; take the photo smaller")
        .arg(QFileInfo(path).fileName());
  bytes = file.readAll();
  return {};
}

/// Opened beside its place, its folder made; or why it cannot be.
QString open_to_save(QSaveFile& file) {
  const QString folder = QFileInfo(file.fileName()).absolutePath();
  if (!QDir().mkpath(folder))
    return OfficeClient::tr("the folder %1 cannot be made; see portcullis-hmi --export-folder")
        .arg(folder);
  if (!file.open(QIODevice::WriteOnly))
    return OfficeClient::tr("%1 cannot be written: %2").arg(file.fileName(), file.errorString());
  return {};
}
/// In its place and on the disk, or why not.
QString saved(QSaveFile& file) {
  if (file.commit()) return {};
  return OfficeClient::tr("%1 cannot be written: %2").arg(file.fileName(), file.errorString());
}

}  // namespace

class OfficeClient::Impl {
 public:
  Impl(const QString& address, const LaneClient& lane, OfficeClient& owner)
      : owner_(owner), lane_(lane) {
    const auto channel = lane_channel(address, GRPC_DEFAULT_MAX_RECV_MESSAGE_LENGTH);
    lane_stub_ = office_wire::Lane::NewStub(channel);
    stub_ = office_wire::Office::NewStub(channel);
    worker_.moveToThread(&thread_);
    thread_.start();
  }
  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (open_ != nullptr) open_->TryCancel();
    }
    thread_.quit();
    thread_.wait();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// `job` on the client's thread, in the session of now.
  void run(std::function<void(const std::string& token)> job) {
    QMetaObject::invokeMethod(
        &worker_, [job = std::move(job), token = lane_.session_token()] { job(token); },
        Qt::QueuedConnection);
  }
  void post(std::function<void()> job) {
    QMetaObject::invokeMethod(&owner_, std::move(job), Qt::QueuedConnection);
  }
  void fail(const grpc::Status& status) {
    post([this, words = office_words(status)] { Q_EMIT owner_.failed(words); });
  }
  template <class Call>
  grpc::Status call(const std::string& token, Limit limit, const Call& made) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + limit);
    if (!token.empty()) context.AddMetadata(kSessionKey, token);
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return grpc::Status::CANCELLED;
      open_ = &context;
    }
    grpc::Status status = made(context);
    const std::lock_guard lock(mutex_);
    open_ = nullptr;
    return status;
  }
  office_wire::Lane::Stub& lane_stub() { return *lane_stub_; }
  office_wire::Office::Stub& stub() { return *stub_; }

 private:
  OfficeClient& owner_;
  const LaneClient& lane_;
  std::unique_ptr<office_wire::Lane::Stub> lane_stub_;
  std::unique_ptr<office_wire::Office::Stub> stub_;
  std::mutex mutex_;
  bool stopping_ = false;
  grpc::ClientContext* open_ = nullptr;  // of the call that is made
  QThread thread_;
  QObject worker_;  // lives in thread_
};

OfficeClient::OfficeClient(const QString& address, const LaneClient& lane, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>(address, lane, *this)) {}
OfficeClient::~OfficeClient() = default;

void OfficeClient::list_inspections() {
  impl_->run([this](const std::string& token) {
    office_wire::ListInspectionsReply reply;
    const auto status = impl_->call(token, kOfficeDeadline, [&](grpc::ClientContext& context) {
      return impl_->stub().ListInspections(&context, {}, &reply);
    });
    if (!status.ok()) return impl_->fail(status);
    std::vector<InspectionOrderData> orders;
    for (const auto& order : reply.orders()) orders.push_back(order_from(order));
    impl_->post([this, orders = std::move(orders)] { Q_EMIT inspections_arrived(orders); });
  });
}

void OfficeClient::list_photos(const std::string& case_id) {
  impl_->run([this, case_id](const std::string& token) {
    office_wire::ListPhotosRequest request;
    request.set_case_id(case_id);
    office_wire::ListPhotosReply reply;
    const auto status = impl_->call(token, kOfficeDeadline, [&](grpc::ClientContext& context) {
      return impl_->stub().ListPhotos(&context, request, &reply);
    });
    if (!status.ok()) return impl_->fail(status);
    std::vector<StoredPhotoData> photos;
    for (const auto& one : reply.photos())
      photos.push_back({one.sha256(), one.name(), one.bytes(), one.by()});
    impl_->post(
        [this, case_id, photos = std::move(photos)] { Q_EMIT photos_arrived(case_id, photos); });
  });
}

void OfficeClient::add_photo(const std::string& case_id, const QString& path, const QString& user) {
  impl_->run([this, case_id, path, user](const std::string& token) {
    QByteArray bytes;
    QString reason = read_photo(path, bytes);
    bool ok = false;
    if (reason.isEmpty()) {
      office_wire::AddPhotoReply reply;
      const auto status = impl_->call(token, kPhotoDeadline, [&](grpc::ClientContext& context) {
        const auto writer = impl_->stub().AddPhoto(&context, &reply);
        office_wire::PhotoPart part;
        part.set_case_id(case_id);
        part.set_name(QFileInfo(path).fileName().left(60).toStdString());
        part.set_user(user.toStdString());
        qsizetype at = 0;
        do {
          const qsizetype count = std::min(kPhotoPart, bytes.size() - at);
          part.set_data(bytes.constData() + at, static_cast<std::size_t>(count));
          if (!writer->Write(part)) break;
          part.Clear();
          at += count;
        } while (at < bytes.size());
        writer->WritesDone();
        return writer->Finish();
      });
      ok = status.ok() && reply.ok();
      reason = status.ok() ? QString::fromStdString(reply.reason()) : office_words(status);
    }
    impl_->post([this, case_id, ok, reason] { Q_EMIT photo_answered(case_id, ok, reason); });
  });
}

void OfficeClient::fetch_photo(const std::string& case_id, const std::string& sha256,
                               int side_max_px) {
  impl_->run([this, case_id, sha256, side_max_px](const std::string& token) {
    PhotoPictureData picture{case_id, sha256, side_max_px, {}, {}};
    office_wire::GetPhotoRequest request;
    request.set_case_id(case_id);
    request.set_sha256(sha256);
    QByteArray bytes;
    const auto status = impl_->call(token, kPhotoDeadline, [&](grpc::ClientContext& context) {
      const auto reader = impl_->stub().GetPhoto(&context, request);
      office_wire::PhotoData part;
      while (reader->Read(&part)) {
        bytes.append(part.data().data(), static_cast<qsizetype>(part.data().size()));
        if (bytes.size() > kPhotoFileBytesMax) context.TryCancel();
      }
      return reader->Finish();
    });
    // Made small here: a large photo takes tenths of a second.
    if (status.ok())
      picture.jpeg = photo_picture(bytes, side_max_px).toStdString();
    else
      picture.problem = office_words(status).toStdString();
    impl_->post([this, picture = std::move(picture)] { Q_EMIT photo_fetched(picture); });
  });
}

void OfficeClient::record_outcome(const OutcomesData& outcomes) {
  office_wire::RecordOutcomeRequest request;
  request.set_case_id(outcomes.case_id);
  request.set_user(outcomes.user);
  for (const OutcomeData& one : outcomes.outcomes) {
    auto* wire = request.add_outcomes();
    wire->set_result(one.result);
    wire->set_what(one.what);
    wire->set_where(one.where);
    wire->set_how_much(one.how_much);
  }
  for (const auto& seal : outcomes.seals_found) request.add_seals_found(seal);
  for (const auto& seal : outcomes.seals_put) request.add_seals_put(seal);
  impl_->run([this, request](const std::string& token) {
    office_wire::Reply reply;
    const auto status = impl_->call(token, kOfficeDeadline, [&](grpc::ClientContext& context) {
      return impl_->lane_stub().RecordOutcome(&context, request, &reply);
    });
    const bool ok = status.ok() && reply.ok();
    const QString reason =
        status.ok() ? QString::fromStdString(reply.reason()) : office_words(status);
    impl_->post([this, case_id = request.case_id(), ok, reason] {
      Q_EMIT outcome_answered(case_id, ok, reason);
    });
  });
}

void OfficeClient::supervise(std::uint32_t days) {
  impl_->run([this, days](const std::string& token) {
    office_wire::SuperviseRequest request;
    request.set_days(days);
    office_wire::SuperviseReply reply;
    const auto status = impl_->call(token, kFiguresDeadline, [&](grpc::ClientContext& context) {
      return impl_->lane_stub().Supervise(&context, request, &reply);
    });
    if (!status.ok()) return impl_->fail(status);
    impl_->post([this, data = supervision_from(reply)] { Q_EMIT supervision_arrived(data); });
  });
}

void OfficeClient::ask_handover() {
  impl_->run([this](const std::string& token) {
    office_wire::Handover reply;
    const auto status = impl_->call(token, kFiguresDeadline, [&](grpc::ClientContext& context) {
      return impl_->stub().GetHandover(&context, {}, &reply);
    });
    if (!status.ok()) return impl_->fail(status);
    impl_->post([this, data = handover_from(reply)] { Q_EMIT handover_arrived(data); });
  });
}

void OfficeClient::complain(const std::string& case_id, const std::string& cause,
                            const QString& text, const QString& user) {
  office_wire::ComplainRequest request;
  request.set_case_id(case_id);
  request.set_cause(cause);
  request.set_text(text.toStdString());
  request.set_user(user.toStdString());
  impl_->run([this, request](const std::string& token) {
    office_wire::OfficeReply reply;
    const auto status = impl_->call(token, kOfficeDeadline, [&](grpc::ClientContext& context) {
      return impl_->stub().Complain(&context, request, &reply);
    });
    const bool ok = status.ok() && reply.ok();
    const QString reason =
        status.ok() ? QString::fromStdString(reply.reason()) : office_words(status);
    impl_->post([this, ok, reason] { Q_EMIT complaint_answered(ok, reason); });
  });
}

void OfficeClient::sign_handover(const SignatureData& signature) {
  office_wire::SignHandoverRequest request;
  request.set_draft(signature.draft);
  request.set_from(signature.from);
  request.set_from_password(signature.from_password);
  request.set_to(signature.to);
  request.set_to_password(signature.to_password);
  request.set_remark(signature.remark);
  impl_->run([this, request](const std::string& token) {
    office_wire::OfficeReply reply;
    const auto status = impl_->call(token, kSignDeadline, [&](grpc::ClientContext& context) {
      return impl_->stub().SignHandover(&context, request, &reply);
    });
    const bool ok = status.ok() && reply.ok();
    const QString reason =
        status.ok() ? QString::fromStdString(reply.reason()) : office_words(status);
    impl_->post([this, ok, reason] { Q_EMIT handover_answered(ok, reason); });
  });
}

void OfficeClient::save_report(const ReportFileData& report) {
  impl_->run([this, report](const std::string& token) {
    QSaveFile file(report.path);
    QString problem = open_to_save(file);
    if (problem.isEmpty()) {
      office_wire::GetReportRequest request;
      request.set_case_id(report.case_id);
      request.set_language(report.language);
      request.set_user(report.user.toStdString());
      const auto status = impl_->call(token, kReportDeadline, [&](grpc::ClientContext& context) {
        const auto reader = impl_->stub().GetReport(&context, request);
        office_wire::ReportData part;
        while (reader->Read(&part))
          file.write(part.data().data(), static_cast<qint64>(part.data().size()));
        return reader->Finish();
      });
      problem = status.ok() ? saved(file) : office_words(status);
    }
    impl_->post([this, path = report.path, problem] {
      Q_EMIT file_answered(path, problem.isEmpty(), problem);
    });
  });
}

void OfficeClient::save_view(const ViewFileData& view) {
  impl_->run([this, view](const std::string& token) {
    QSaveFile file(view.path);
    QString problem = open_to_save(file);
    if (problem.isEmpty()) {
      QByteArray png;
      QBuffer buffer(&png);
      buffer.open(QIODevice::WriteOnly);
      view.picture.save(&buffer, "PNG");
      office_wire::NoteViewRequest request;
      request.set_case_id(view.case_id);
      request.set_sha256(core::sha256_hex(png.toStdString()));
      request.set_view(view.view.toStdString());
      request.set_user(view.user.toStdString());
      office_wire::OfficeReply reply;
      const auto status = impl_->call(token, kOfficeDeadline, [&](grpc::ClientContext& context) {
        return impl_->stub().NoteView(&context, request, &reply);
      });
      if (!status.ok())
        problem = office_words(status);
      else if (!reply.ok())
        problem = QString::fromStdString(reply.reason());
      else {
        file.write(png);
        problem = saved(file);
      }
    }
    impl_->post([this, path = view.path, problem] {
      Q_EMIT file_answered(path, problem.isEmpty(), problem);
    });
  });
}

void OfficeClient::list_references(const std::string& case_id) {
  impl_->run([this, case_id](const std::string& token) {
    office_wire::ListReferencesRequest request;
    request.set_case_id(case_id);
    office_wire::ListReferencesReply reply;
    const auto status = impl_->call(token, kOfficeDeadline, [&](grpc::ClientContext& context) {
      return impl_->stub().ListReferences(&context, request, &reply);
    });
    if (!status.ok()) impl_->fail(status);
    std::vector<ReferenceData> references;
    for (const auto& one : reply.references())
      references.push_back({one.scan_id(), one.case_id(), one.kind(), one.chapter(),
                            core::UtcTime{one.started_utc_ns()}});
    impl_->post([this, case_id, references = std::move(references)] {
      Q_EMIT references_arrived(case_id, references);
    });
  });
}

void OfficeClient::set_reference(const std::string& case_id, const std::string& kind,
                                 const std::string& chapter, const QString& user) {
  office_wire::SetReferenceRequest request;
  request.set_case_id(case_id);
  request.set_kind(kind);
  request.set_chapter(chapter);
  request.set_user(user.toStdString());
  impl_->run([this, request](const std::string& token) {
    office_wire::OfficeReply reply;
    const auto status = impl_->call(token, kOfficeDeadline, [&](grpc::ClientContext& context) {
      return impl_->stub().SetReference(&context, request, &reply);
    });
    const bool ok = status.ok() && reply.ok();
    const QString reason =
        status.ok() ? QString::fromStdString(reply.reason()) : office_words(status);
    impl_->post([this, ok, reason] { Q_EMIT reference_answered(ok, reason); });
  });
}

}  // namespace portcullis::hmi

#include "services/lane/office_server.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

#include "api/office.grpc.pb.h"
#include "services/lane/caller.h"
#include "services/lane/lane_wire.h"
#include "services/wire/grpc_error.h"

namespace portcullis::services {
namespace {

namespace office_wire = portcullis::api::v1;

constexpr const char* kOfficeSessionKey = "portcullis-session";
constexpr std::uint32_t kInspectionDays = 7;
constexpr std::uint32_t kInspectionDaysMax = 31;
constexpr std::size_t kOfficeNameBytesMax = 128;
constexpr std::size_t kFileNameBytesMax = 200;
constexpr std::size_t kOfficeTextBytesMax = 2000;
constexpr std::size_t kPhotoPartBytes = std::size_t{32} * 1024;
constexpr int kPhotosAtOnceMax = 4;  // each is held in memory until it is whole
constexpr int kReportsAtOnceMax = 2;
constexpr int kSigningsMax = 2;  // each checks two passwords, of 64 MiB

grpc::Status office_error(const core::Error& error) {
  return {static_cast<grpc::StatusCode>(grpc_code(error.code)), error.message};
}

/// Counts a costly call in while it lives.
class OfficeSlot {
 public:
  OfficeSlot(std::atomic<int>& open, int most) : open_(open), admitted_(++open <= most) {}
  ~OfficeSlot() { --open_; }
  OfficeSlot(const OfficeSlot&) = delete;
  OfficeSlot& operator=(const OfficeSlot&) = delete;
  [[nodiscard]] bool admitted() const { return admitted_; }
  static grpc::Status refusal() {
    return {grpc::StatusCode::RESOURCE_EXHAUSTED, "too many at once; try again"};
  }

 private:
  std::atomic<int>& open_;
  const bool admitted_;
};

void photo_to_wire(const Photo& from, office_wire::Photo& to) {
  to.set_sha256(from.sha256);
  to.set_name(utf8(from.name));
  to.set_bytes(from.bytes);
  to.set_by(utf8(from.by));
  to.set_added_utc_ns(from.added.ns);
}

void order_to_wire(const InspectionOrder& from, office_wire::InspectionOrder& to) {
  to.set_case_id(utf8(from.case_id));
  to.set_vehicle_plate(utf8(from.vehicle_plate));
  for (const auto& number : from.container_numbers) to.add_container_numbers(utf8(number));
  to.set_referred_utc_ns(from.referred.ns);
  to.set_referred_by(utf8(from.referred_by));
  to.set_reason_code(utf8(from.reason_code));
  to.set_reason_text(utf8(from.reason_text));
  to.set_done(from.done);
  to.set_photos(from.photos);
}

void handover_to_wire(const Handover& from, office_wire::Handover& to) {
  to.set_draft(from.draft);
  to.set_utc_ns(from.utc.ns);
  for (const HandoverItem& item : from.items) {
    auto* wire = to.add_items();
    wire->set_kind(item.kind);
    wire->set_subject(utf8(item.subject));
    wire->set_text(utf8(item.text));
    wire->set_since_utc_ns(item.since.ns);
  }
  auto* last = to.mutable_last();
  last->set_signed_utc_ns(from.last.at.ns);
  last->set_from(utf8(from.last.from));
  last->set_to(utf8(from.last.to));
  last->set_remark(utf8(from.last.remark));
  last->set_sha256(from.last.sha256);
}

class OfficeService final : public office_wire::Office::Service {
 public:
  OfficeService(OfficeBackend& backend, access::Sessions* sessions)
      : backend_(backend), sessions_(sessions) {}

  grpc::Status ListInspections(grpc::ServerContext* context,
                               const office_wire::ListInspectionsRequest* request,
                               office_wire::ListInspectionsReply* reply) override {
    std::string user;
    if (const auto let = let_in(*context, access::Right::kSeeCases, user, false); !let.ok())
      return let;
    const std::uint32_t days = request->days() == 0 ? kInspectionDays : request->days();
    const auto orders = backend_.list_inspections(std::min(days, kInspectionDaysMax));
    if (!orders.ok()) return office_error(orders.error());
    for (const auto& order : *orders) order_to_wire(order, *reply->add_orders());
    return grpc::Status::OK;
  }

  grpc::Status ListPhotos(grpc::ServerContext* context,
                          const office_wire::ListPhotosRequest* request,
                          office_wire::ListPhotosReply* reply) override {
    std::string user;
    if (const auto let = let_in(*context, access::Right::kSeeCases, user, false); !let.ok())
      return let;
    const auto photos = backend_.list_photos(request->case_id());
    if (!photos.ok()) return office_error(photos.error());
    for (const auto& photo : *photos) photo_to_wire(photo, *reply->add_photos());
    return grpc::Status::OK;
  }

  grpc::Status AddPhoto(grpc::ServerContext* context,
                        grpc::ServerReader<office_wire::PhotoPart>* reader,
                        office_wire::AddPhotoReply* reply) override {
    const OfficeSlot slot(photos_open_, kPhotosAtOnceMax);
    if (!slot.admitted()) return OfficeSlot::refusal();
    office_wire::PhotoPart part;
    std::string case_id, name, user, bytes;
    bool first = true;
    while (reader->Read(&part)) {
      if (first) {
        user = part.user();
        if (const auto let = let_in(*context, access::Right::kInspect, user, true); !let.ok())
          return let;
        case_id = part.case_id();
        name = part.name();
        if (user.empty() || user.size() > kOfficeNameBytesMax || name.size() > kFileNameBytesMax) {
          reply->set_reason("field user: 1 to 128 bytes; field name: at most 200");
          return grpc::Status::OK;
        }
      }
      first = false;
      if (bytes.size() + part.data().size() > kPhotoBytesMax) {
        reply->set_reason("the photo is larger than 8 MiB; take it smaller");
        return grpc::Status::OK;
      }
      bytes += part.data();
    }
    if (first) return {grpc::StatusCode::INVALID_ARGUMENT, "no part of a photo came"};
    // A call that broke off ends like one that is whole.
    if (context->IsCancelled()) return {grpc::StatusCode::CANCELLED, "the photo was cut off"};
    const auto photo = backend_.add_photo(case_id, name, bytes, user);
    reply->set_ok(photo.ok());
    if (photo.ok())
      photo_to_wire(*photo, *reply->mutable_photo());
    else
      reply->set_reason(photo.error().message);
    return grpc::Status::OK;
  }

  grpc::Status GetPhoto(grpc::ServerContext* context, const office_wire::GetPhotoRequest* request,
                        grpc::ServerWriter<office_wire::PhotoData>* writer) override {
    const OfficeSlot slot(photos_open_, kPhotosAtOnceMax);
    if (!slot.admitted()) return OfficeSlot::refusal();
    std::string user;
    if (const auto let = let_in(*context, access::Right::kSeeCases, user, false); !let.ok())
      return let;
    const auto bytes = backend_.photo(request->case_id(), request->sha256());
    if (!bytes.ok()) return office_error(bytes.error());
    for (std::size_t at = 0; at < bytes->size(); at += kPhotoPartBytes) {
      office_wire::PhotoData part;
      part.set_data(bytes->substr(at, kPhotoPartBytes));
      if (!writer->Write(part)) return {grpc::StatusCode::CANCELLED, "the transfer was cut off"};
    }
    return grpc::Status::OK;
  }

  grpc::Status Complain(grpc::ServerContext* context, const office_wire::ComplainRequest* request,
                        office_wire::OfficeReply* reply) override {
    Complaint complaint{request->case_id(), request->cause(), request->text(), request->user()};
    if (const auto let = let_in(*context, access::Right::kComplain, complaint.user, true);
        !let.ok())
      return let;
    fill_office(*reply, fits(complaint.user, complaint.text) ? backend_.complain(complaint)
                                                             : core::Status(too_long()));
    return grpc::Status::OK;
  }

  grpc::Status CloseTicket(grpc::ServerContext* context,
                           const office_wire::CloseTicketRequest* request,
                           office_wire::OfficeReply* reply) override {
    TicketDone done{request->case_id(), request->ticket(), request->text(), request->user()};
    if (const auto let = let_in(*context, access::Right::kMaintain, done.user, true); !let.ok())
      return let;
    fill_office(*reply, fits(done.user, done.text) ? backend_.close_ticket(done)
                                                   : core::Status(too_long()));
    return grpc::Status::OK;
  }

  grpc::Status GetHandover(grpc::ServerContext* context, const office_wire::GetHandoverRequest*,
                           office_wire::Handover* reply) override {
    std::string user;
    if (const auto let = let_in(*context, access::Right::kHandOver, user, false); !let.ok())
      return let;
    const auto made = backend_.handover();
    if (!made.ok()) return office_error(made.error());
    handover_to_wire(*made, *reply);
    return grpc::Status::OK;
  }

  grpc::Status GetReport(grpc::ServerContext* context, const office_wire::GetReportRequest* request,
                         grpc::ServerWriter<office_wire::ReportData>* writer) override {
    const OfficeSlot slot(reports_open_, kReportsAtOnceMax);
    if (!slot.admitted()) return OfficeSlot::refusal();
    ReportRequest wanted{request->case_id(), request->language(), request->user()};
    if (const auto let = let_in(*context, access::Right::kSeeCases, wanted.user, true); !let.ok())
      return let;
    if (!fits(wanted.user, {})) return office_error(too_long());
    const auto pdf = backend_.report(wanted);
    if (!pdf.ok()) return office_error(pdf.error());
    for (std::size_t at = 0; at < pdf->size(); at += kPhotoPartBytes) {
      office_wire::ReportData part;
      part.set_data(pdf->substr(at, kPhotoPartBytes));
      if (!writer->Write(part)) return {grpc::StatusCode::CANCELLED, "the transfer was cut off"};
    }
    return grpc::Status::OK;
  }

  grpc::Status NoteView(grpc::ServerContext* context, const office_wire::NoteViewRequest* request,
                        office_wire::OfficeReply* reply) override {
    ExportedView view{request->case_id(), request->sha256(), request->view(), request->user()};
    if (const auto let = let_in(*context, access::Right::kSeeCases, view.user, true); !let.ok())
      return let;
    fill_office(*reply,
                fits(view.user, view.view) ? backend_.note_view(view) : core::Status(too_long()));
    return grpc::Status::OK;
  }

  grpc::Status ListReferences(grpc::ServerContext* context,
                              const office_wire::ListReferencesRequest* request,
                              office_wire::ListReferencesReply* reply) override {
    std::string user;
    if (const auto let = let_in(*context, access::Right::kSeeCases, user, false); !let.ok())
      return let;
    const auto references = backend_.list_references(request->case_id());
    if (!references.ok()) return office_error(references.error());
    for (const ReferenceScan& one : *references) {
      auto* wire = reply->add_references();
      wire->set_scan_id(one.scan_id);
      wire->set_case_id(one.case_id);
      wire->set_kind(one.kind);
      wire->set_chapter(utf8(one.chapter));
      wire->set_started_utc_ns(one.started.ns);
      wire->set_by(utf8(one.by));
    }
    return grpc::Status::OK;
  }

  grpc::Status SetReference(grpc::ServerContext* context,
                            const office_wire::SetReferenceRequest* request,
                            office_wire::OfficeReply* reply) override {
    ReferenceChoice choice{request->case_id(), request->kind(), request->chapter(),
                           request->user()};
    if (const auto let = let_in(*context, access::Right::kReference, choice.user, true); !let.ok())
      return let;
    fill_office(*reply, fits(choice.user, choice.chapter) ? backend_.set_reference(choice)
                                                          : core::Status(too_long()));
    return grpc::Status::OK;
  }

  grpc::Status SignHandover(grpc::ServerContext* context,
                            const office_wire::SignHandoverRequest* request,
                            office_wire::OfficeReply* reply) override {
    const OfficeSlot slot(signings_open_, kSigningsMax);
    if (!slot.admitted()) return OfficeSlot::refusal();
    HandoverSignature signature{request->draft(), request->from(),        request->from_password(),
                                request->to(),    request->to_password(), request->remark()};
    if (const auto let = let_in(*context, access::Right::kHandOver, signature.from, true);
        !let.ok())
      return let;
    const bool short_enough =
        fits(signature.from, signature.remark) && signature.to.size() <= kOfficeNameBytesMax &&
        signature.from_password.size() <= 1024 && signature.to_password.size() <= 1024;
    fill_office(*reply,
                short_enough ? backend_.sign_handover(signature) : core::Status(too_long()));
    return grpc::Status::OK;
  }

 private:
  /// With accounts `user` becomes the session's name, whatever was said.
  grpc::Status let_in(const grpc::ServerContext& context, access::Right right, std::string& user,
                      bool active) {
    const auto found = context.client_metadata().find(kOfficeSessionKey);
    const std::string token = found == context.client_metadata().end()
                                  ? std::string()
                                  : std::string(found->second.data(), found->second.size());
    Admission admission = admit(sessions_, token, right, active);
    if (sessions_ != nullptr) user = std::move(admission.caller.user);
    switch (admission.how) {
      case Admission::How::kMay:
        return grpc::Status::OK;
      case Admission::How::kNoSession:
        return {grpc::StatusCode::UNAUTHENTICATED, admission.reason};
      case Admission::How::kMayNot:
        break;
    }
    return {grpc::StatusCode::PERMISSION_DENIED, admission.reason};
  }
  static bool fits(const std::string& user, const std::string& text) {
    return !user.empty() && user.size() <= kOfficeNameBytesMax &&
           text.size() <= kOfficeTextBytesMax;
  }
  static core::Error too_long() {
    return {core::ErrorCode::kInvalidInput,
            "a name has 1 to 128 bytes, a text at most 2000, a password at most 1024"};
  }
  static void fill_office(office_wire::OfficeReply& reply, const core::Status& status) {
    reply.set_ok(status.ok());
    if (!status.ok()) reply.set_reason(status.error().message);
  }

  OfficeBackend& backend_;
  access::Sessions* const sessions_;  // null: no accounts
  std::atomic<int> photos_open_{0};
  std::atomic<int> signings_open_{0};
  std::atomic<int> reports_open_{0};
};

}  // namespace

std::unique_ptr<grpc::Service> make_office_service(OfficeBackend& backend,
                                                   access::Sessions* sessions) {
  return std::make_unique<OfficeService>(backend, sessions);
}

}  // namespace portcullis::services

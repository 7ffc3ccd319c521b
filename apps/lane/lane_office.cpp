#include "apps/lane/lane_office.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "access/rights.h"
#include "apps/lane/case_notes.h"
#include "apps/lane/photo_files.h"
#include "archive/audit/outside_notes.h"
#include "core/files.h"
#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr const char* kOfficeComponent = "office";
constexpr std::int64_t kOfficeDayNs = 86'400LL * 1'000'000'000;
constexpr std::uint32_t kOrdersLookedAt = 2000;
constexpr std::size_t kPhotosMax = 24;  // a case
constexpr std::size_t kDraftsKept = 8;
constexpr std::int64_t kDraftLivesNs = 30LL * 60 * 1'000'000'000;
constexpr std::uint32_t kHandoverDays = 31;
constexpr std::size_t kHandoverBytesMax = std::size_t{4} * 1024 * 1024;

core::Error office_refuses(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

std::string plate_or_id(const std::string& plate, const std::string& case_id) {
  return plate.empty() ? case_id : plate;
}

nlohmann::json item_json(const services::HandoverItem& item) {
  nlohmann::json object = {{"kind", item.kind}, {"subject", item.subject}, {"text", item.text}};
  if (item.since.ns != 0) object["since"] = core::to_iso8601(item.since);
  return object;
}

}  // namespace

LaneOffice::LaneOffice(Parts parts)
    : parts_(std::move(parts)), references_(parts_.catalogue, parts_.clock) {
  read_last_handover();
}

void LaneOffice::lane_event(core::UtcTime utc, const std::string& kind, const std::string& text) {
  if (kind != "bypass") return;
  const std::lock_guard lock(bypass_mutex_);
  if (text.find("is active") != std::string::npos)
    bypass_since_ = utc;
  else
    bypass_since_.reset();
}

core::Result<archive::CatalogueCase> LaneOffice::stored_case(const std::string& case_id) {
  if (case_id.empty()) return core::Error{core::ErrorCode::kNotFound, "field case_id: is empty"};
  return parts_.catalogue.show(case_id);
}

// ---- physical inspections

core::Result<std::vector<services::InspectionOrder>> LaneOffice::list_inspections(
    std::uint32_t days) {
  archive::CatalogueQuery query;
  query.from =
      core::UtcTime{parts_.clock.utc_now().ns - static_cast<std::int64_t>(days) * kOfficeDayNs};
  query.limit = kOrdersLookedAt;
  PC_TRY(const auto scans, parts_.catalogue.find(query));
  std::vector<services::InspectionOrder> orders;
  for (const auto& scan : scans) {
    PC_TRY(const auto stored, parts_.catalogue.show(scan.id));
    const auto inspections = referred_to_inspection(stored);
    if (inspections.empty()) continue;
    const core::Decision& referred = inspections.back();
    services::InspectionOrder order;
    order.case_id = referred.case_id;
    order.vehicle_plate = scan.plate;
    for (const auto& one : archive::standing_of(stored))
      if (one.decision && one.decision->kind == core::DecisionKind::kPhysicalInspection &&
          !one.container.empty())
        order.container_numbers.push_back(one.container);
    order.referred = referred.decided;
    order.referred_by = referred.officer;
    order.reason_code = referred.reason_code;
    order.reason_text = referred.reason_text;
    order.done = !outcomes_of(stored).empty();
    order.photos = static_cast<std::uint32_t>(photos_of(stored).size());
    orders.push_back(std::move(order));
  }
  std::stable_sort(orders.begin(), orders.end(), [](const auto& a, const auto& b) {
    if (a.done != b.done) return b.done;
    return a.done ? a.referred.ns > b.referred.ns : a.referred.ns < b.referred.ns;
  });
  return orders;
}

core::Result<std::vector<services::Photo>> LaneOffice::list_photos(const std::string& case_id) {
  PC_TRY(const auto stored, stored_case(case_id));
  return photos_of(stored);
}

core::Result<services::Photo> LaneOffice::add_photo(const std::string& case_id,
                                                    const std::string& name, std::string_view bytes,
                                                    const std::string& user) {
  PC_CHECK(may_be_photo(bytes));
  const std::lock_guard lock(mutex_);
  PC_TRY(const auto stored, stored_case(case_id));
  if (referred_to_inspection(stored).empty())
    return office_refuses("the case was not referred to a physical inspection");
  services::Photo photo{core::sha256_hex(bytes), name, bytes.size(), user, parts_.clock.utc_now()};
  const auto kept = photos_of(stored);
  for (const auto& one : kept)
    if (one.sha256 == photo.sha256) return one;
  if (kept.size() >= kPhotosMax)
    return office_refuses(fmt::format("the case has {} photos already", kPhotosMax));
  PC_CHECK(keep_photo(parts_.folder, stored.scan.id, bytes));
  PC_CHECK(parts_.catalogue.add_event(stored.scan.id, kPhotoEvent, photo_json(photo), photo.added));
  tell({"inspection_photo",
        case_id,
        user,
        {{"sha256", photo.sha256}, {"bytes", static_cast<std::int64_t>(photo.bytes)}},
        {}});
  return photo;
}

core::Result<std::string> LaneOffice::photo(const std::string& case_id, const std::string& sha256) {
  PC_TRY(const auto stored, stored_case(case_id));
  const auto photos = photos_of(stored);
  const auto readings = readings_of(stored);
  // Only what is in the record names a file.
  if (std::none_of(photos.begin(), photos.end(),
                   [&](const auto& one) { return one.sha256 == sha256; }) &&
      std::none_of(readings.begin(), readings.end(),
                   [&](const auto& one) { return one.picture == sha256; }))
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("case {} has no such photo", case_id)};
  return read_photo(parts_.folder, stored.scan.id, sha256);
}

// ---- images that are unfit

core::Status LaneOffice::complain(const services::Complaint& complaint) {
  const auto causes = access::image_complaint_causes();
  if (std::find(causes.begin(), causes.end(), complaint.cause) == causes.end())
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("field cause: \"{}\" is none of those that are known", complaint.cause)};
  if (complaint.cause == "other" && complaint.text.size() < 3)
    return office_refuses("another cause needs words that say which");
  const std::lock_guard lock(mutex_);
  PC_TRY(const auto stored, stored_case(complaint.case_id));
  access::ImageComplaint ticket;
  ticket.ticket =
      fmt::format("{}-{}", stored.scan.id.substr(0, 8), complaints_of(stored).size() + 1);
  ticket.cause = complaint.cause;
  ticket.text = complaint.text;
  ticket.by = complaint.user;
  PC_CHECK(parts_.catalogue.add_event(stored.scan.id, kComplaintEvent, complaint_json(ticket),
                                      parts_.clock.utc_now()));
  core::log_warning(kOfficeComponent, fmt::format("ticket {}: the image is unfit: {}",
                                                  ticket.ticket, complaint.cause));
  tell({"image_complaint",
        complaint.case_id,
        complaint.user,
        {{"ticket", ticket.ticket}, {"cause", complaint.cause}},
        {}});
  return {};
}

core::Status LaneOffice::close_ticket(const services::TicketDone& done) {
  if (done.text.size() < 3) return office_refuses("say in words what was done");
  const std::lock_guard lock(mutex_);
  PC_TRY(const auto stored, stored_case(done.case_id));
  const auto complaints = complaints_of(stored);
  const auto one = std::find_if(complaints.begin(), complaints.end(),
                                [&](const auto& c) { return c.ticket == done.ticket; });
  if (one == complaints.end())
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("the case has no ticket {}", done.ticket)};
  if (!one->done_by.empty()) return office_refuses("the ticket is closed already");
  PC_CHECK(parts_.catalogue.add_event(stored.scan.id, kTicketDoneEvent, ticket_done_json(done),
                                      parts_.clock.utc_now()));
  tell({"image_complaint_done", done.case_id, done.user, {{"ticket", done.ticket}}, {}});
  return {};
}

// ---- print and export

core::Result<std::string> LaneOffice::report(const services::ReportRequest& request) {
  PC_TRY(const auto stored, stored_case(request.case_id));
  // It shows what each reader said: nobody who is still to read may see it.
  if (!core::vehicle_decision(archive::standing_of(stored)))
    return office_refuses("the case is not decided yet; its report can be printed after that");
  if (!parts_.print) return office_refuses("this lane prints no reports");
  return parts_.print(request);
}

core::Status LaneOffice::note_view(const services::ExportedView& view) {
  const bool is_hash = view.sha256.size() == 64 &&
                       view.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "field sha256: needs the file's SHA-256 in 64 hexadecimal digits"};
  PC_CHECK(stored_case(view.case_id));
  // On the disk before the picture is: the log takes it up from there, also after a kill.
  return archive::leave_note(parts_.folder,
                             {core::make_uuid(),
                              "export",
                              parts_.clock.utc_now(),
                              view.case_id,
                              view.user,
                              {{"format", "png"}, {"sha256", view.sha256}, {"view", view.view}}});
}

// ---- references to compare with

core::Result<std::vector<services::ReferenceScan>> LaneOffice::list_references(
    const std::string& case_id) {
  return references_.list(case_id);
}

core::Status LaneOffice::set_reference(const services::ReferenceChoice& choice) {
  const std::lock_guard lock(mutex_);
  PC_CHECK(references_.set(choice));
  tell({"reference",
        choice.case_id,
        choice.user,
        {{"kind", choice.kind}, {"chapter", choice.chapter}},
        {}});
  return {};
}

// ---- handover of a shift

core::Result<std::vector<services::HandoverItem>> LaneOffice::open_things() {
  const services::LaneStatus status = parts_.status();
  std::vector<services::HandoverItem> items;
  items.push_back({"lane", status.lane, status.state_text, {}});
  PC_TRY(const auto seen, parts_.desk.supervise(kHandoverDays));
  for (const auto& one : seen.waiting) {
    const std::string subject = plate_or_id(one.plate, one.case_id);
    items.push_back({"open_case", subject, "waits for a decision", one.since});
    if (!one.reader.empty()) items.push_back({"reader", subject, one.reader, {}});
  }
  for (const auto& bay : status.bays) {
    if (bay.since.ns == 0) continue;
    items.push_back(
        {"bay", fmt::format("{}, {}", bay.number, bay.vehicle_plate), bay.place_text, bay.since});
  }
  PC_TRY(const auto orders, list_inspections(kHandoverDays));
  for (const auto& order : orders) {
    if (order.done) continue;
    items.push_back({"outcome_missing", plate_or_id(order.vehicle_plate, order.case_id),
                     order.referred_by, order.referred});
  }
  {
    const std::lock_guard lock(bypass_mutex_);
    if (bypass_since_)
      items.push_back({"bypass", "", "an interlock bypass is active", *bypass_since_});
  }
  for (const auto& alarm : status.alarms) {
    if (alarm.state != "shelved") continue;
    items.push_back({"shelved_alarm", alarm.title,
                     fmt::format("until {}, by {}: {}", core::to_iso8601(alarm.shelved_until),
                                 alarm.shelved_by, alarm.shelved_reason),
                     alarm.raised});
  }
  for (const auto& device : status.devices) {
    if (device.level == services::DeviceLevel::kOk) continue;
    items.push_back({"device", device.name, device.text, {}});
  }
  for (const auto& complaint : seen.complaints) {
    if (complaint.done_by.empty())
      items.push_back({"image_complaint", complaint.ticket, complaint.cause, complaint.at});
  }
  return items;
}

core::Result<services::Handover> LaneOffice::handover() {
  services::Handover made;
  PC_TRY(made.items, open_things());
  made.utc = parts_.clock.utc_now();
  made.draft = core::make_uuid();
  const std::lock_guard lock(mutex_);
  made.last = last_;
  drafts_.push_back(made);
  if (drafts_.size() > kDraftsKept) drafts_.pop_front();
  return made;
}

core::Status LaneOffice::may_sign(const std::string& name, const std::string& password,
                                  const char* who) {
  const auto account = parts_.accounts->check(name, password, parts_.clock.utc_now());
  if (!account.ok()) return account.error().with_context(who);
  if (!access::may(account->roles, access::Right::kHandOver))
    return office_refuses(fmt::format("{}: {} may not hand a shift over", who, name));
  return {};
}

core::Status LaneOffice::sign_handover(const services::HandoverSignature& signature) {
  if (parts_.accounts == nullptr)
    return office_refuses("this lane has no accounts, so that nobody can sign");
  if (signature.from == signature.to)
    return office_refuses("two persons sign a handover; both names are the same");
  services::Handover draft;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(drafts_.begin(), drafts_.end(), [&](const auto& one) {
      return one.draft == signature.draft && parts_.clock.utc_now().ns - one.utc.ns < kDraftLivesNs;
    });
    if (found == drafts_.end())
      return office_refuses("the list is too old to be signed; look at the new one first");
    draft = *found;
  }
  PC_CHECK(may_sign(signature.from, signature.from_password, "who hands over"));
  PC_CHECK(may_sign(signature.to, signature.to_password, "who takes over"));
  services::SignedHandover done;
  done.at = parts_.clock.utc_now();
  done.from = signature.from;
  done.to = signature.to;
  done.remark = signature.remark;
  nlohmann::json items = nlohmann::json::array();
  for (const auto& item : draft.items) items.push_back(item_json(item));
  const std::string content = nlohmann::json{
      {"signed", core::to_iso8601(done.at)},
      {"listed", core::to_iso8601(draft.utc)},
      {"from", done.from},
      {"to", done.to},
      {"remark", done.remark},
      {"items", items}}.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
  done.sha256 = core::sha256_hex(content);
  const auto folder = parts_.folder / "handovers";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}", folder.string(), error.message())};
  const std::lock_guard lock(mutex_);
  // Signed once: the same list is not handed over by two pairs.
  if (std::erase_if(drafts_, [&](const auto& one) { return one.draft == signature.draft; }) == 0)
    return office_refuses("the list has been signed meanwhile; look at the new one first");
  PC_CHECK(core::write_file_atomically(
      folder / fmt::format("{}-{}.json", done.at.ns, done.sha256.substr(0, 12)), content));
  last_ = done;
  tell({"handover",
        "",
        done.from,
        {{"sha256", done.sha256}, {"items", static_cast<std::int64_t>(draft.items.size())}},
        {{"to", done.to}}});
  return {};
}

void LaneOffice::read_last_handover() {
  std::filesystem::path newest;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(parts_.folder / "handovers", error)) {
    if (file.path().extension() == ".json" && file.path().filename() > newest.filename())
      newest = file.path();
  }
  if (newest.empty()) return;
  const auto content = core::read_file(newest, kHandoverBytesMax);
  const auto object = content.ok() ? nlohmann::json::parse(*content, nullptr, false)
                                   : nlohmann::json(nlohmann::json::value_t::discarded);
  if (!object.is_object()) {
    core::log_warning(
        kOfficeComponent,
        fmt::format("{}: cannot be read; the page shows no handover before", newest.string()));
    return;
  }
  last_.sha256 = core::sha256_hex(*content);
  last_.from = object.value("from", "");
  last_.to = object.value("to", "");
  last_.remark = object.value("remark", "");
  last_.at.ns = std::strtoll(newest.filename().c_str(), nullptr, 10);
}

}  // namespace portcullis::apps

#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/files.h"
#include "services/lane/office_backend.h"

namespace portcullis::test {

/// An office in memory, for tests of its screens and server. It does what its test tells it.
/// Threading: thread-safe.
class FakeOffice final : public services::OfficeBackend {
 public:
  void set_orders(std::vector<services::InspectionOrder> orders) {
    const std::lock_guard lock(mutex_);
    orders_ = std::move(orders);
  }
  void set_items(std::vector<services::HandoverItem> items) {
    const std::lock_guard lock(mutex_);
    items_ = std::move(items);
  }
  struct AddedPhoto {
    std::string case_id, bytes, user;
    services::Photo photo;
  };
  [[nodiscard]] std::vector<AddedPhoto> photos() const {
    const std::lock_guard lock(mutex_);
    return photos_;
  }
  [[nodiscard]] std::vector<services::HandoverSignature> signatures() const {
    const std::lock_guard lock(mutex_);
    return signatures_;
  }
  [[nodiscard]] std::vector<services::Complaint> complaints() const {
    const std::lock_guard lock(mutex_);
    return complaints_;
  }

  core::Result<std::vector<services::InspectionOrder>> list_inspections(std::uint32_t) override {
    const std::lock_guard lock(mutex_);
    return orders_;
  }
  core::Result<std::vector<services::Photo>> list_photos(const std::string& case_id) override {
    const std::lock_guard lock(mutex_);
    std::vector<services::Photo> photos;
    for (const auto& one : photos_)
      if (one.case_id == case_id) photos.push_back(one.photo);
    return photos;
  }
  core::Result<services::Photo> add_photo(const std::string& case_id, const std::string& name,
                                          std::string_view bytes,
                                          const std::string& user) override {
    const std::lock_guard lock(mutex_);
    services::Photo photo{core::sha256_hex(bytes), name, bytes.size(), user, {}};
    photos_.push_back({case_id, std::string(bytes), user, photo});
    return photo;
  }
  core::Result<std::string> photo(const std::string& case_id, const std::string& sha256) override {
    const std::lock_guard lock(mutex_);
    for (const auto& one : photos_)
      if (one.case_id == case_id && one.photo.sha256 == sha256) return one.bytes;
    return core::Error{core::ErrorCode::kNotFound, "no such photo"};
  }
  core::Status complain(const services::Complaint& complaint) override {
    const std::lock_guard lock(mutex_);
    complaints_.push_back(complaint);
    return {};
  }
  core::Status close_ticket(const services::TicketDone&) override { return {}; }
  core::Result<services::Handover> handover() override {
    const std::lock_guard lock(mutex_);
    return services::Handover{"draft-1", {1'764'000'000'000'000'000}, items_, {}};
  }
  core::Status sign_handover(const services::HandoverSignature& signature) override {
    const std::lock_guard lock(mutex_);
    if (signature.to_password == "wrong")
      return core::Error{core::ErrorCode::kRefused,
                         "who takes over: name or password is not right"};
    signatures_.push_back(signature);
    return {};
  }
  core::Result<std::string> report(const services::ReportRequest& request) override {
    const std::lock_guard lock(mutex_);
    reports_.push_back(request);
    if (!prints_) return core::Error{core::ErrorCode::kRefused, "the case is not decided yet"};
    return "%PDF-1.7 of " + request.case_id + std::string(100'000, ' ') + "%%EOF\n";
  }
  core::Status note_view(const services::ExportedView& view) override {
    const std::lock_guard lock(mutex_);
    if (!prints_) return core::Error{core::ErrorCode::kIo, "the audit log cannot be written"};
    views_.push_back(view);
    return {};
  }
  core::Result<std::vector<services::ReferenceScan>> list_references(
      const std::string& case_id) override {
    const std::lock_guard lock(mutex_);
    references_asked_.push_back(case_id);
    return references_;
  }
  core::Status set_reference(const services::ReferenceChoice& choice) override {
    const std::lock_guard lock(mutex_);
    choices_.push_back(choice);
    return {};
  }
  void set_references(std::vector<services::ReferenceScan> references) {
    const std::lock_guard lock(mutex_);
    references_ = std::move(references);
  }
  [[nodiscard]] std::vector<services::ReferenceChoice> reference_choices() const {
    const std::lock_guard lock(mutex_);
    return choices_;
  }
  /// Otherwise reports and notes of views are refused.
  void set_prints(bool prints) {
    const std::lock_guard lock(mutex_);
    prints_ = prints;
  }
  [[nodiscard]] std::vector<services::ReportRequest> reports() const {
    const std::lock_guard lock(mutex_);
    return reports_;
  }
  [[nodiscard]] std::vector<services::ExportedView> views() const {
    const std::lock_guard lock(mutex_);
    return views_;
  }

 private:
  bool prints_ = true;
  std::vector<services::ReportRequest> reports_;
  std::vector<services::ExportedView> views_;
  std::vector<services::ReferenceScan> references_;
  std::vector<std::string> references_asked_;
  std::vector<services::ReferenceChoice> choices_;
  mutable std::mutex mutex_;
  std::vector<services::InspectionOrder> orders_;
  std::vector<services::HandoverItem> items_;
  std::vector<AddedPhoto> photos_;
  std::vector<services::HandoverSignature> signatures_;
  std::vector<services::Complaint> complaints_;
};

}  // namespace portcullis::test

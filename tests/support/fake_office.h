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

 private:
  mutable std::mutex mutex_;
  std::vector<services::InspectionOrder> orders_;
  std::vector<services::HandoverItem> items_;
  std::vector<AddedPhoto> photos_;
  std::vector<services::HandoverSignature> signatures_;
  std::vector<services::Complaint> complaints_;
};

}  // namespace portcullis::test

#include "customs/gateway/partner_shelf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "gateway_samples.h"

namespace portcullis::customs {
namespace {

using test::names_in;
using test::put_file;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kScan = "7f1c1c5e-0000-4000-8000-000000000007";

/// A bundle as docs/exchange.md describes it.
struct Bundle {
  core::PackageHead head{"scan-bundle", kScan, "Another maker 2.1",
                         R"({"containers": ["CSQU3054383"]})"};
  Case told;
  std::string high = "II*\1 sixteen bits of it";
  nlohmann::json images;

  Bundle() {
    told.id = kScan;
    auto& declaration = told.declarations.emplace_back();
    declaration.mrn = "06DE586600006143E1";
    declaration.containers = {{"MWCU6059784", {}, {}, std::nullopt}};
    images = {{"scan", kScan},
              {"files", {{"high", {{"file", "high.tif"}, {"sha256", core::sha256_hex(high)}}}}}};
  }
  [[nodiscard]] std::vector<core::PackagePart> parts() const {
    return {{"case.json", "", to_json(told).dump()},
            {"images/high.tif", "", high},
            {"images/images.json", "", images.dump()}};
  }
  [[nodiscard]] std::string zip() const { return core::pack(head, parts()).value(); }
};

class PartnerTest : public ::testing::Test {
 protected:
  void open(const std::string& name) {
    folder_ = test::test_folder("partner-" + name);
    auto config = test::config_in(folder_);
    config.partner = shelf();
    gateway_ = Gateway::create(config, clock_).value();
  }
  void look_twice() {
    for (int i = 0; i < 2; ++i) {
      const auto looked = gateway_->poll();
      ASSERT_TRUE(looked.ok()) << looked.error().message;
    }
  }
  [[nodiscard]] std::filesystem::path shelf() const { return folder_ / "partner"; }
  std::vector<std::string> event_types() {
    std::vector<std::string> types;
    const auto events = gateway_->events_after(0, 100);
    for (const auto& event : *events) types.push_back(event.type);
    return types;
  }
  std::string reason_of(const std::string& zip) {
    put_file(shelf() / "b.zip", zip);
    look_twice();
    const auto place = shelf() / "quarantine" / "b.zip";
    const auto reason = core::read_file(place.string() + ".reason.txt", 10'000);
    if (!reason.ok()) return "was taken";
    EXPECT_EQ(core::read_file(place, 1 << 20).value(), zip);  // Untouched.
    std::filesystem::remove(place);
    std::filesystem::remove(place.string() + ".reason.txt");
    return *reason;
  }

  core::ManualClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(PartnerTest, AWholeBundleIsTakenOnceAndFoundByItsContainers) {
  open("whole");
  const auto zip = Bundle().zip();
  put_file(shelf() / "from-there.zip", zip.substr(0, 200));
  ASSERT_TRUE(gateway_->poll().ok());
  put_file(shelf() / "from-there.zip", zip);  // It grew: still being written.
  ASSERT_TRUE(gateway_->poll().ok());
  EXPECT_THAT(names_in(shelf() / "taken"), IsEmpty());
  ASSERT_TRUE(gateway_->poll().ok());
  const auto name = std::string(kScan) + "-" + core::sha256_hex(zip).substr(0, 12) + ".zip";
  EXPECT_THAT(names_in(shelf() / "taken"), ElementsAre(name, name + ".json"));
  EXPECT_EQ(core::read_file(shelf() / "taken" / name, 1 << 20).value(), zip);
  for (const char* number : {"CSQU3054383", "mwcu 605978-4", ""}) {
    const auto found = partner_bundles(shelf(), number);
    ASSERT_TRUE(found.ok()) << found.error().message;
    ASSERT_EQ(found->size(), 1U) << number;
    EXPECT_EQ(found->front().scan_id, kScan);
    EXPECT_EQ(found->front().software, "Another maker 2.1");
    EXPECT_THAT(found->front().mrns, ElementsAre("06DE586600006143E1"));
    EXPECT_EQ(found->front().received, clock_.utc_now());
  }
  EXPECT_THAT(*partner_bundles(shelf(), "TGHU1234560"), IsEmpty());
  put_file(shelf() / "again.zip", zip);
  look_twice();
  EXPECT_EQ(names_in(shelf() / "taken").size(), 2U);
  EXPECT_THAT(names_in(shelf()), IsEmpty());
  EXPECT_THAT(event_types(), ElementsAre("bundle_taken"));
}

TEST_F(PartnerTest, WhatIsWrongOrMissingIsRefusedByName) {
  open("wrong");
  EXPECT_THAT(reason_of("no zip"), HasSubstr("b.zip: is no ZIP"));
  Bundle bundle;
  bundle.head.kind = "scan-evidence";
  EXPECT_THAT(reason_of(bundle.zip()), HasSubstr("manifest.json: kind is \"scan-evidence\""));
  bundle = {};
  bundle.head.subject = "another";
  EXPECT_THAT(reason_of(bundle.zip()), HasSubstr("case.json: is of another scan"));
  bundle = {};
  bundle.images["scan"] = "another";
  EXPECT_THAT(reason_of(bundle.zip()), HasSubstr("images/images.json: is of another scan"));
  bundle = {};
  bundle.high += "!";
  EXPECT_THAT(reason_of(bundle.zip()),
              HasSubstr("images/high.tif: is not the image that images.json tells"));
  bundle = {};
  bundle.images["files"]["low"] = {{"file", "low.tif"}, {"sha256", ""}};
  EXPECT_THAT(reason_of(bundle.zip()), HasSubstr("images/low.tif: is missing"));
  bundle = {};
  for (const char* part : {"case.json", "images/images.json"}) {
    auto parts = bundle.parts();
    std::erase_if(parts, [&](const auto& one) { return one.name == part; });
    EXPECT_THAT(reason_of(core::pack(bundle.head, parts).value()),
                HasSubstr(std::string(part) + ": is missing"));
  }
  auto parts = bundle.parts();
  parts[0].bytes = R"({"declarations": 7})";
  EXPECT_THAT(reason_of(core::pack(bundle.head, parts).value()), HasSubstr("case.json: "));
  auto bent = bundle.zip();
  bent[bent.find("images/high.tif") + 20] ^= 1;
  EXPECT_THAT(reason_of(bent), HasSubstr("b.zip: "));
  bundle = {};
  bundle.head.subject = bundle.told.id = "../../etc";
  EXPECT_THAT(reason_of(bundle.zip()), HasSubstr("manifest.json: subject: is no id"));
  EXPECT_THAT(names_in(shelf() / "taken"), IsEmpty());
  const auto types = event_types();
  EXPECT_EQ(types.size(), 11U);
  EXPECT_THAT(types, ::testing::Each("bundle_refused"));
}

// A name that is no text stays out of what the audit log is told.
TEST_F(PartnerTest, AFileOfAnyNameIsNoted) {
  open("name");
  put_file(shelf() / "b\xff\n.zip", "no zip");
  look_twice();
  const auto events = gateway_->events_after(0, 10);
  ASSERT_TRUE(events.ok());
  ASSERT_EQ(events->size(), 1U);
  for (const auto& text : {events->front().subject, events->front().detail})
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }))
        << text;
}

}  // namespace
}  // namespace portcullis::customs

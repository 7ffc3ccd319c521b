#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "archive/catalogue.h"
#include "core/child_process.h"
#include "core/files.h"
#include "customs/gateway/message_store.h"
#include "customs/gateway/order_book.h"
#include "customs/risk/releases.h"
#include "customs/risk/rules.h"
#include "gateway_samples.h"
#include "tests/support/environment.h"

namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPlain = R"(
[selection]
yellow_weight = 30
red_weight = 60
yellow_score = 0.5
red_score = 0.9
random_share = 0.25
random_channel = "yellow"

[[rule]]
id = "watched-box"
owner = "Port unit"
reason = "Container on the port's list"
channel = "red"
[[rule.when]]
field = "declarations.containers.number"
one_of = ["CSQU3054383"]
)";

class GatewaySelectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(std::string("selection-") +
                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_ / "risk");
    first_ = propose("plain.toml", kPlain);
    activate(first_);
    reopen();
  }
  void reopen() {
    gateway_.reset();
    auto config = test::config_in(folder_);
    config.risk_site = folder_ / "risk";
    auto made = Gateway::create(config, clock_);
    ASSERT_TRUE(made.ok()) << made.error().message;
    gateway_ = std::move(made).value();
  }
  [[nodiscard]] std::filesystem::path record_file() const {
    return folder_ / "risk" / "releases.json";
  }
  void change(const std::function<bool(ReleaseRecord&)>& how) {
    auto record = ReleaseRecord::load(record_file());
    ASSERT_TRUE(record.ok());
    ASSERT_TRUE(how(*record));
    ASSERT_TRUE(record->save(record_file()).ok());
    // Two changes within the file system's clock tick are still two.
    std::filesystem::last_write_time(record_file(), std::filesystem::file_time_type::clock::now() +
                                                        std::chrono::seconds(++changes_));
  }
  std::string propose(const std::string& file, const std::string& rules) {
    test::put_file(folder_ / "risk" / file, rules);
    const auto loaded = load_risk_rules(folder_ / "risk" / file);
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    change([&](ReleaseRecord& record) {
      return record.propose(ReleaseKind::kRules, loaded->id, file, "ann", clock_.utc_now()).ok();
    });
    return loaded->id;
  }
  void activate(const std::string& id) {
    change([&](ReleaseRecord& record) {
      return record.approve(ReleaseKind::kRules, id, "bob", {}, clock_.utc_now()).ok() &&
             record.approve(ReleaseKind::kRules, id, "cat", {}, clock_.utc_now()).ok();
    });
  }
  void declare(const std::string& lrn, const std::string& container) {
    static int number = 0;
    test::put_file(folder_ / "inbox" / fmt::format("{}.xml", ++number),
                   test::dec_message(lrn, container));
    for (int look = 0; look < 2; ++look) ASSERT_TRUE(gateway_->poll().ok());
  }
  std::string id_of(const std::string& container) {
    const auto found = gateway_->find_declarations({{container}, "", {}});
    EXPECT_TRUE(found.ok() && found->size() == 1u);
    return found.ok() && !found->empty() ? found->front().id : "";
  }
  BoundSelection bind(const std::string& id, std::optional<double> draw,
                      const std::string& scan = "scan-1") {
    const auto bound = gateway_->bind({scan, {id}, draw});
    EXPECT_TRUE(bound.ok()) << bound.error().message;
    return bound.ok() && bound->size() == 1 ? bound->front() : BoundSelection{};
  }
  std::vector<MessageStore::KeptSelection> kept(const std::string& id) {
    auto store = MessageStore::open(folder_ / "store.sqlite");
    EXPECT_TRUE(store.ok());
    auto all = store->selections(id);
    EXPECT_TRUE(all.ok());
    return *all;
  }
  std::vector<std::string> logged() {
    std::vector<std::string> details;
    const auto events = gateway_->events_after(0, 1000);
    EXPECT_TRUE(events.ok());
    for (const auto& event : *events)
      if (event.type == "case_selected") details.push_back(event.detail);
    return details;
  }

  core::ManualClock clock_{core::TimePoint(std::chrono::hours(1)),
                           core::parse_iso8601("2026-11-22T12:00:00Z").value()};
  std::filesystem::path folder_;
  std::string first_;
  int changes_ = 0;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(GatewaySelectionTest, ABoundCaseIsSelectedOnceKeptLoggedAndTold) {
  declare("L1", "CSQU3054383");
  const auto id = id_of("CSQU3054383");
  const auto bound = bind(id, 0.99);
  EXPECT_EQ(bound.channel, "red");
  EXPECT_THAT(bound.reason, HasSubstr("Container on the port's list"));
  EXPECT_FALSE(bound.random);
  EXPECT_TRUE(bound.is_new);
  EXPECT_THAT(bound.rules, ElementsAre("watched-box"));
  EXPECT_FALSE(bind(id, 0.99).is_new);
  EXPECT_TRUE(bind(id, 0.99, "scan-2").is_new);
  reopen();
  EXPECT_FALSE(bind(id, 0.99).is_new);
  ASSERT_EQ(kept(id).size(), 2u);
  EXPECT_EQ(kept(id).front().selection.rules, std::vector<std::string>{"watched-box"});
  EXPECT_EQ(kept(id).front().selection.probability, 1.0);
  const auto whole = gateway_->find_case(id);
  ASSERT_TRUE(whole.ok() && whole->has_value());
  EXPECT_EQ((*whole)->selection->channel, Channel::kRed);
  EXPECT_EQ((*whole)->selection->selected_by, "rules " + first_);
  EXPECT_EQ((*whole)->times.selected, clock_.utc_now());
  EXPECT_THAT((*whole)->scan_ids, ElementsAre("scan-1", "scan-2"));
  ASSERT_EQ(logged().size(), 2u);
  EXPECT_THAT(logged().front(), HasSubstr("red; probability 1; rules " + first_));
  EXPECT_THAT(logged().front(), Not(HasSubstr("CSQU")));  // No field of the case.

  DecisionSubmission submission;
  submission.idempotency_key = "k";
  submission.declaration_id = id;
  submission.decision.scan_id = "scan-1";
  submission.decision.kind = core::DecisionKind::kHold;
  submission.decision.reason_text = "Dense object";
  submission.decision.decided = clock_.utc_now();
  const auto receipt = gateway_->submit_decision(submission);
  ASSERT_TRUE(receipt.ok()) << receipt.error().message;
  const auto answer = *core::read_file(folder_ / "outbox" / receipt->answer_file, 100'000);
  EXPECT_THAT(answer, HasSubstr("Dense object; selected red, probability 1, rules " + first_));
  // The record keeps the officer's own words.
  EXPECT_EQ((*gateway_->find_case(id))->decisions.at(0).reason_text, "Dense object");
}

TEST_F(GatewaySelectionTest, WhatNothingElseSelectsIsDrawn) {
  declare("L1", "MWCU6059784");
  const auto id = id_of("MWCU6059784");
  const auto drawn = bind(id, 0.2, "a");
  EXPECT_EQ(drawn.channel, "yellow");
  EXPECT_TRUE(drawn.random);
  const auto not_drawn = bind(id, 0.25, "b");
  EXPECT_EQ(not_drawn.channel, "green");
  EXPECT_FALSE(not_drawn.random);
  const auto no_signer = bind(id, std::nullopt, "c");
  EXPECT_EQ(no_signer.channel, "yellow");
  EXPECT_THAT(no_signer.reason, HasSubstr("no draw could be had"));
  const auto all = kept(id);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].selection.probability, 0.25);
  EXPECT_EQ(all[1].selection.probability, 0.25);  // Whether it was drawn or not.
  EXPECT_EQ(all[2].selection.probability, 1.0);
  EXPECT_FALSE(all[2].draw.has_value());
}

TEST_F(GatewaySelectionTest, AChangedDeclarationIsSelectedAnewAndBothAreKept) {
  declare("L1", "MWCU6059784");
  const auto before = id_of("MWCU6059784");
  EXPECT_EQ(bind(before, 0.9).channel, "green");
  declare("L1", "CSQU3054383");  // The same trader's same reference: it takes the other's place.
  const auto after = id_of("CSQU3054383");
  ASSERT_NE(after, before);
  const auto selected = kept(after);
  ASSERT_EQ(selected.size(), 1u);
  EXPECT_EQ(selected[0].selection.channel, Channel::kRed);
  EXPECT_EQ(selected[0].scan_id, "scan-1");
  EXPECT_EQ(selected[0].draw, 0.9);
  ASSERT_EQ(kept(before).size(), 1u);
  EXPECT_EQ(kept(before)[0].selection.channel, Channel::kGreen);
  EXPECT_EQ(logged().size(), 2u);
  // One that was bound to nothing is not selected.
  declare("L2", "TGHU1234560");
  declare("L2", "TGHU1234565");
  EXPECT_EQ(logged().size(), 2u);
}

TEST_F(GatewaySelectionTest, NewRulesAreTakenUpWhenTwoPeopleHaveActivatedThem) {
  declare("L1", "MWCU6059784");
  const auto id = id_of("MWCU6059784");
  auto wider = std::string(kPlain);
  wider.replace(wider.find("CSQU3054383"), 11, "MWCU6059784");
  const auto second = propose("wider.toml", wider);
  ASSERT_TRUE(gateway_->poll().ok());
  EXPECT_EQ(bind(id, 0.9).channel, "green");  // In shadow: it is noted.
  EXPECT_THAT(kept(id).back().selection.shadow_rules, ElementsAre("watched-box@" + second));
  EXPECT_THAT(logged().back(), HasSubstr("in shadow " + second + ": red"));
  activate(second);
  ASSERT_TRUE(gateway_->poll().ok());
  EXPECT_EQ(bind(id, 0.9).channel, "red");
  EXPECT_EQ(kept(id).size(), 2u);
  // Changed behind the record: what was approved goes on selecting, and it is said.
  test::put_file(folder_ / "risk" / "wider.toml", kPlain);
  change([](ReleaseRecord&) { return true; });
  const auto looked = gateway_->poll();
  ASSERT_FALSE(looked.ok());
  EXPECT_THAT(looked.error().message, HasSubstr("proposed and approved"));
  EXPECT_EQ(bind(id, 0.9).channel, "red");
}

TEST_F(GatewaySelectionTest, WhatIsAskedWronglyIsRefused) {
  EXPECT_EQ(gateway_->bind({"", {"x"}, 0.5}).error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(gateway_->bind({"s", {"x"}, 0.5}).error().code, core::ErrorCode::kNotFound);
  EXPECT_EQ(gateway_->bind({"s", {}, 1.0}).error().code, core::ErrorCode::kInvalidInput);
  std::filesystem::remove(record_file());
  gateway_.reset();
  auto config = test::config_in(folder_);
  config.risk_site = folder_ / "risk";
  EXPECT_EQ(Gateway::create(config, clock_).error().code, core::ErrorCode::kRefused);
}

// A fifth of duty on what two tonnes of toys are worth.
TEST_F(GatewaySelectionTest, TheRevenueAtStakeIsReckonedByTheSitesTariffAndStaysWithTheCase) {
  constexpr const char* kBox = "CSQU3054383";
  test::put_file(folder_ / "inbox" / "toys.csv",
                 "declaration reference,trader id,commodity code,container,gross mass kg,item "
                 "value,currency\nT-1,T100,950300,CSQU3054383,2000,10000,GBP\n");
  for (int look = 0; look < 2; ++look) ASSERT_TRUE(gateway_->poll().ok());
  const auto id = id_of(kBox);
  core::InspectionReport report;
  core::ContainerObservation seen;
  seen.number = kBox;
  seen.bbox_px = {1, 2, 3, 4};
  seen.load_mass_kg = 5'000;
  seen.load_mass_low_kg = 4'500;
  seen.load_mass_high_kg = 5'500;
  report.containers = {seen};
  core::Finding heavier;
  heavier.kind = core::FindingKind::kMassMismatch;
  heavier.bbox_px = seen.bbox_px;
  report.findings = {heavier};
  const auto without = gateway_->assess_revenue({id}, report);
  ASSERT_TRUE(without.ok()) << without.error().message;
  EXPECT_FALSE(without->has_value()) << "the site has no tariff";
  test::put_file(folder_ / "risk" / "tariff.csv",
                 "hs_code,tax,rate,basis,valid_from,valid_to\n95,duty,20,value,,\n");
  reopen();
  const auto stake = gateway_->assess_revenue({id}, report);
  ASSERT_TRUE(stake.ok() && stake->has_value());
  EXPECT_THAT((*stake)->text, HasSubstr("goods of 15,000 GBP are not declared and 3,000 GBP"));
  EXPECT_EQ(gateway_->assess_revenue({"no-such"}, report).error().code, core::ErrorCode::kNotFound);

  // What was known when it was decided is found with the case.
  bind(id, 0.5);
  DecisionSubmission submission;
  submission.idempotency_key = "k";
  submission.declaration_id = id;
  submission.decision.scan_id = "scan-1";
  submission.decision.decided = clock_.utc_now();
  submission.report = report;
  submission.report.checks = {**stake};
  ASSERT_TRUE(gateway_->submit_decision(submission).ok());
  const auto whole = gateway_->find_case(id);
  ASSERT_TRUE(whole.ok() && whole->has_value());
  ASSERT_EQ((*whole)->checks.size(), 1u);
  EXPECT_EQ((*whole)->checks[0].text, (*stake)->text);
  EXPECT_EQ((*whole)->findings.size(), 1u);
  // Selection knows nothing of it: it comes before the scan.
  auto store = MessageStore::open(folder_ / "store.sqlite");
  ASSERT_TRUE(store.ok());
  const auto told = store->told_case(id);
  ASSERT_TRUE(told.ok() && told->has_value());
  EXPECT_TRUE((*told)->checks.empty());
}

// The program as people run it: store and catalogue in, one document a line out.
TEST_F(GatewaySelectionTest, CasesAreListedWithWhatWasFoundWhenTheyWereOpened) {
  declare("L1", "CSQU3054383");
  const auto id = id_of("CSQU3054383");
  EXPECT_EQ(bind(id, 0.99, "scan-1").channel, "red");
  DecisionSubmission submission;
  submission.idempotency_key = "k";
  submission.declaration_id = id;
  submission.decision.scan_id = "scan-1";
  submission.decision.kind = core::DecisionKind::kPhysicalInspection;
  submission.decision.decided = clock_.utc_now();
  submission.report.checks = {
      {"revenue", core::CheckOutcome::kDiffers, "3 t more", "2 t declared", "3,000 GBP at stake."}};
  ASSERT_TRUE(gateway_->submit_decision(submission).ok());
  gateway_.reset();
  const auto catalogue_file = folder_ / "catalogue.sqlite";
  {
    auto catalogue = archive::Catalogue::open_for_lane(catalogue_file, clock_.utc_now());
    ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
    core::ScanMeta meta;
    meta.id = "scan-1";
    meta.started = clock_.utc_now();
    ASSERT_TRUE(catalogue->begin_scan(meta, folder_ / "scan-1.pscan").ok());
    ASSERT_TRUE(catalogue
                    ->add_event("scan-1", "inspection_outcome",
                                R"({"by":"dmitri","outcomes":[{"result":"found"}]})",
                                clock_.utc_now())
                    .ok());
  }
  const auto run = [&](std::vector<std::string> arguments) {
    const auto out = folder_ / "said.txt";
    std::filesystem::remove(out);
    const auto program =
        std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) / "portcullis";
    auto child = core::ChildProcess::start({program, std::move(arguments), {}, out, -1});
    EXPECT_TRUE(child.ok()) << child.error().message;
    const auto ended = child->wait(std::chrono::seconds(60));
    EXPECT_TRUE(ended && ended->clean());
    return core::read_file(out, 10 << 20).value();
  };
  const auto store = (folder_ / "store.sqlite").string();
  auto plain = nlohmann::json::parse(run({"customs", "cases", "--store", store}));
  EXPECT_EQ(plain["selection"]["channel"], "red");
  EXPECT_TRUE(plain["inspection"].is_null());
  EXPECT_EQ(plain["checks"][0]["text"], "3,000 GBP at stake.");
  const auto lines =
      run({"customs", "cases", "--store", store, "--catalogue", catalogue_file.string()});
  auto opened = nlohmann::json::parse(lines);
  EXPECT_EQ(opened["inspection"]["outcome"], "differs");
  EXPECT_EQ(opened["inspection"]["officer"], "dmitri");
  // What `risk hit-rates` makes of it: one case, opened, a hit.
  const auto cases = folder_ / "cases.jsonl";
  test::put_file(cases, lines);
  const auto rates = nlohmann::json::parse(run({"risk", "hit-rates", cases.string(), "--json"}));
  EXPECT_THAT(rates.dump(), HasSubstr("\"hits\":1"));
  // An officer said that another declaration holds: what was found is nothing of this one's.
  {
    auto catalogue = archive::Catalogue::open_for_lane(catalogue_file, clock_.utc_now());
    ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
    ASSERT_TRUE(catalogue->bind_declaration("scan-1", id, "container", {}, clock_.utc_now()).ok());
    ASSERT_TRUE(catalogue
                    ->add_event("scan-1", archive::kChoiceEvent,
                                archive::choice_json({{}, "anna", "", {id, "other"}, {id}}),
                                clock_.utc_now())
                    .ok());
  }
  const auto aside = nlohmann::json::parse(
      run({"customs", "cases", "--store", store, "--catalogue", catalogue_file.string()}));
  EXPECT_TRUE(aside["inspection"].is_null());
  EXPECT_EQ(aside["selection"]["channel"], "red");
}

TEST_F(GatewaySelectionTest, OrphansOfBothSidesAreListed) {
  const std::vector<std::string> boxes = {"CSQU3054383", "MWCU6059784", "MSCU1234566",
                                          "TGHU7654320"};
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    declare("L" + std::to_string(i + 1), boxes[i]);
    ids.push_back(id_of(boxes[i]));
  }
  bind(ids[2], 0.99, "scan-elsewhere");  // on another lane: not in this one's catalogue
  bind(ids[3], 0.99, "scan-2");
  gateway_.reset();
  const auto catalogue_file = folder_ / "catalogue.sqlite";
  const auto now = clock_.utc_now();
  {
    auto catalogue = archive::Catalogue::open_for_lane(catalogue_file, now);
    ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
    // 1: L1's. 2: L4's, until an officer set it aside. 3: nothing. 4: runs yet. 5: never scanned.
    for (int number = 1; number <= 5; ++number) {
      core::ScanMeta meta;
      meta.id = "scan-" + std::to_string(number);
      meta.started.ns = now.ns + number * 1'000'000'000LL;
      if (number == 5) {
        ASSERT_TRUE(catalogue->add_unscanned(meta, "it drove away", meta.started).ok());
        continue;
      }
      ASSERT_TRUE(catalogue->begin_scan(meta, folder_ / (meta.id + ".pscan")).ok());
      if (number == 4) continue;
      ASSERT_TRUE(
          catalogue->end_scan(meta.id, core::ScanOutcome::kPartial, "halted", meta.started, {})
              .ok());
    }
    ASSERT_TRUE(catalogue->bind_declaration("scan-1", ids[0], "container", {}, now).ok());
    ASSERT_TRUE(catalogue->bind_declaration("scan-2", ids[3], "container", {}, now).ok());
    ASSERT_TRUE(catalogue
                    ->add_event("scan-2", archive::kChoiceEvent,
                                archive::choice_json({{}, "anna", "", {ids[3]}, {ids[3]}}), now)
                    .ok());
  }
  const auto orphans = [&](std::vector<std::string> more) {
    const auto out = folder_ / "said.txt";
    std::filesystem::remove(out);
    const auto program =
        std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) / "portcullis";
    std::vector<std::string> arguments = {"customs",
                                          "orphans",
                                          "--json",
                                          "--store",
                                          (folder_ / "store.sqlite").string(),
                                          "--catalogue",
                                          catalogue_file.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto child = core::ChildProcess::start({program, std::move(arguments), {}, out, -1});
    EXPECT_TRUE(child.ok()) << child.error().message;
    const auto ended = child->wait(std::chrono::seconds(60));
    EXPECT_TRUE(ended && ended->clean());
    return nlohmann::json::parse(core::read_file(out, 10 << 20).value());
  };
  const auto all = orphans({});
  std::vector<std::string> declared, scanned;
  for (const auto& one : all["declarations"]) declared.push_back(one["store_id"]);
  for (const auto& one : all["scans"]) scanned.push_back(one["id"]);
  EXPECT_THAT(declared, ::testing::ElementsAre(ids[1], ids[3]));
  EXPECT_EQ(all["declarations"][0]["containers"], nlohmann::json({boxes[1]}));
  EXPECT_THAT(scanned, ::testing::ElementsAre("scan-3", "scan-2"));
  EXPECT_EQ(all["scans"][0]["set_aside"], 0);
  EXPECT_EQ(all["scans"][1]["set_aside"], 1);
  const auto later = orphans({"--from", core::to_iso8601(core::UtcTime{now.ns + 3'000'000'000LL})});
  EXPECT_TRUE(later["declarations"].empty());
  ASSERT_EQ(later["scans"].size(), 1u);
  EXPECT_EQ(later["scans"][0]["id"], "scan-3");
}

// SOLAS VI/2: what the packed container weighed, told by somebody else than the declarant.
TEST_F(GatewaySelectionTest, VerifiedMassesReachTheDeclarationHoweverLateTheyCome) {
  constexpr const char* kBox = "CSQU3054383";
  const auto weigh = [&](const std::string& id, int kg) {
    test::put_file(folder_ / "inbox" / (id + ".edi"),
                   fmt::format("UNB+UNOA:2+WEIGHER+TERMINAL+261122:1105+{}'UNH+1+VERMAS:D:16A:UN'"
                               "BGM+749+{}+9'DTM+137:202611221105:203'EQD+CN+{}+45G1'"
                               "MEA+AAE+VGM+KGM:{}'SEL+S9'DOC+SM1:VGM+C-1'UNT+8+1'UNZ+1+{}'",
                               id, id, kBox, kg, id));
    for (int look = 0; look < 2; ++look) ASSERT_TRUE(gateway_->poll().ok());
  };
  const auto verified = [&] {
    const auto found = gateway_->find_declarations({{kBox}, "", {}});
    EXPECT_TRUE(found.ok() && found->size() == 1u);
    return found.ok() && !found->empty() ? found->front().declaration.containers.at(0)
                                         : core::DeclaredContainer{};
  };
  declare("L1", kBox);
  EXPECT_FALSE(verified().verified_gross_kg);
  weigh("V1", 24'150);
  EXPECT_EQ(verified().verified_gross_kg, 24'150);
  EXPECT_EQ(verified().iso_type, "45G1");
  weigh("V2", 23'900);  // The newest counts.
  EXPECT_EQ(verified().verified_gross_kg, 23'900);
  const auto whole = gateway_->find_case(id_of(kBox));
  ASSERT_TRUE(whole.ok() && whole->has_value());
  EXPECT_EQ((*whole)->declarations[0].containers[0].verified_gross_kg, 23'900);
}

ScanOrder appointment(const std::string& reference, const std::string& container,
                      const std::string& planned, OrderState state = OrderState::kPlanned) {
  ScanOrder order;
  order.reference = reference;
  order.container = container;
  order.planned = planned;
  order.state = state;
  return order;
}

TEST(OrderBook, WhoNeverCameIsANoShowAndWhoCameIsNot) {
  const auto now = core::parse_iso8601("2026-01-05T15:00:00Z").value();
  const auto message = [](ScanOrder order) {
    Case one;
    one.orders = {std::move(order)};
    return one;
  };
  auto weighing = appointment("W", "MWCU6059784", "2026-01-01T00:00:00Z");
  weighing.movement = "weighing";
  const std::vector<Case> messages = {
      message(appointment("A", "CSQU3054383", "2026-01-04T14:00:00Z")),
      message(appointment("B", "MWCU6059784", "2026-01-04T14:10:00Z")),
      message(appointment("C", "TGHU1916530", "2026-01-04T14:20:00Z")),
      message(appointment("D", "HLXU6993175", "2026-01-05T14:00:00Z")),
      message(appointment("E", "PONU5854055", "some day")),
      message(appointment("F", "MSKU1234565", "2026-01-01T14:00:00Z")), message(weighing),
      // B came at the gate; F was put off to tomorrow; what went wrong with C nobody said.
      message(appointment("", "MWCU 605978-4", "", OrderState::kArrived)),
      message(appointment("F2", "MSKU1234565", "2026-01-06T14:00:00Z"))};
  const auto book = order_book(messages, {"TGHU1916530"}, now, std::chrono::hours(24));
  std::vector<std::pair<std::string, OrderState>> states;
  states.reserve(book.size());
  for (const auto& order : book) states.emplace_back(order.reference, order.state);
  EXPECT_THAT(states,
              ElementsAre(std::pair("A", OrderState::kNoShow), std::pair("B", OrderState::kArrived),
                          std::pair("C", OrderState::kScanned),
                          std::pair("D", OrderState::kPlanned),  // not yet a day late
                          std::pair("E", OrderState::kPlanned),  // no time to be late by
                          std::pair("F2", OrderState::kPlanned)));
  // Within the grace nobody is a no-show.
  EXPECT_EQ(order_book(messages, {}, now, std::chrono::hours(26)).front().state,
            OrderState::kPlanned);
  // It came after all, and another appointment after it was closed is another order.
  const std::vector<Case> late = {
      message(appointment("A", "CSQU3054383", "2026-01-01T14:00:00Z", OrderState::kNoShow)),
      message(appointment("", "CSQU3054383", "", OrderState::kArrived)),
      message(appointment("A2", "CSQU3054383", "2026-01-05T20:00:00Z"))};
  const auto again = order_book(late, {}, now, std::chrono::hours(24));
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(again[0].state, OrderState::kArrived);
  EXPECT_EQ(again[1].state, OrderState::kPlanned);
}

TEST_F(GatewaySelectionTest, OrdersOfTheStoreAreListedAsTheyStand) {
  test::put_file(folder_ / "inbox" / "appointments.csv",
                 "reference,planned,container\nA-1,2026-11-20T12:00:00Z,CSQU3054383\n"
                 "A-2,2026-11-22T11:00:00Z,MWCU6059784\n");
  for (int look = 0; look < 2; ++look) ASSERT_TRUE(gateway_->poll().ok());
  gateway_.reset();
  auto store = MessageStore::open(folder_ / "store.sqlite");
  ASSERT_TRUE(store.ok());
  std::int64_t after = 0;
  const auto messages = store->others_after(after, 10);
  ASSERT_TRUE(messages.ok()) << messages.error().message;
  const auto book = order_book(*messages, {}, clock_.utc_now(), std::chrono::hours(24));
  ASSERT_EQ(book.size(), 2u);
  EXPECT_EQ(book[0].state, OrderState::kNoShow);
  EXPECT_EQ(book[1].state, OrderState::kPlanned);
  EXPECT_TRUE(store->others_after(after, 10)->empty());
}

}  // namespace
}  // namespace portcullis::customs

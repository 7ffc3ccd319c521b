// Every predicate over the whole space of its tags and of what may be wrong with them.
#include "plc/interlock/interlock.h"

#include <gtest/gtest.h>

#include <functional>

namespace portcullis::plc {
namespace {

using std::chrono::milliseconds;
constexpr core::Duration kStale = milliseconds(100);
const core::TimePoint kNow{std::chrono::hours(1)};

/// The ways a bit can be: true and false as fresh as can be and just not stale, and tripped.
enum class Way {
  kTrue,
  kFalse,
  kTrueAtLimit,
  kFalseAtLimit,
  kTrueStale,
  kFalseStale,
  kUnread,
  kUnwired,
  kOutOfRange
};
constexpr int kWays = 9;

void put(PlcImage& image, Tag tag, Way way) {
  TagReading& r = image.at(tag);
  r.validity = Validity::kGood;
  r.read_at = kNow;
  r.raw = way == Way::kTrue || way == Way::kTrueAtLimit || way == Way::kTrueStale ? 1 : 0;
  if (way == Way::kTrueAtLimit || way == Way::kFalseAtLimit) r.read_at = kNow - kStale;
  if (way == Way::kTrueStale || way == Way::kFalseStale)
    r.read_at = kNow - kStale - core::Duration(1);
  // Tripped whatever the value says: the value is the one that would be good.
  if (way == Way::kUnread) r = {1, kNow, Validity::kUnread};
  if (way == Way::kUnwired) r = {1, kNow, Validity::kUnwired};
  if (way == Way::kOutOfRange) r = {1, kNow, Validity::kOutOfRange};
}
bool says_true(Way way) {
  return way == Way::kTrue || way == Way::kTrueAtLimit;
}
bool says_false(Way way) {
  return way == Way::kFalse || way == Way::kFalseAtLimit;
}

struct BitPredicate {
  std::string name;
  bool (*predicate)(const PlcView&) noexcept;
  std::vector<Tag> must_be_true;
  std::vector<Tag> must_be_false;
};

const std::vector<BitPredicate> kPredicates = {
    {"estop_healthy",
     estop_healthy,
     {Tag::kEstopChainHealthy, Tag::kEstopPanelOk, Tag::kEstopSourceOk, Tag::kEstopDetectorOk},
     {}},
    {"estop_buttons_released",
     estop_buttons_released,
     {Tag::kEstopPanelOk, Tag::kEstopSourceOk, Tag::kEstopDetectorOk},
     {}},
    {"key_on", key_on, {Tag::kKeyOn}, {Tag::kKeyOff, Tag::kKeyService}},
    {"key_off", key_off, {Tag::kKeyOff}, {Tag::kKeyOn, Tag::kKeyService}},
    {"key_service", key_service, {Tag::kKeyService}, {Tag::kKeyOff, Tag::kKeyOn}},
    {"search_complete", search_complete, {Tag::kSearchComplete}, {}},
    {"barriers_closed",
     barriers_closed,
     {Tag::kBarrierEntryClosed, Tag::kBarrierExitClosed},
     {Tag::kBarrierEntryOpen, Tag::kBarrierExitOpen}},
    {"barrier_entry_open",
     barrier_entry_open,
     {Tag::kBarrierEntryOpen},
     {Tag::kBarrierEntryClosed}},
    {"barrier_entry_closed",
     barrier_entry_closed,
     {Tag::kBarrierEntryClosed},
     {Tag::kBarrierEntryOpen}},
    {"barrier_exit_open", barrier_exit_open, {Tag::kBarrierExitOpen}, {Tag::kBarrierExitClosed}},
    {"barrier_exit_closed",
     barrier_exit_closed,
     {Tag::kBarrierExitClosed},
     {Tag::kBarrierExitOpen}},
    {"entry_clear_beneath", entry_clear_beneath, {Tag::kBarrierEntryClearBeneath}, {}},
    {"exit_clear_beneath", exit_clear_beneath, {Tag::kBarrierExitClearBeneath}, {}},
    {"people_clear", people_clear, {Tag::kPeopleClear}, {}},
    {"cab_clear", cab_clear, {Tag::kCabClear}, {}},
    {"cab_occupied", cab_occupied, {}, {Tag::kCabClear}},
    {"vehicle_at_entry", vehicle_at_entry, {Tag::kVehicleAtEntry}, {}},
    {"entry_free", entry_free, {}, {Tag::kVehicleAtEntry}},
    {"vehicle_in_tunnel", vehicle_in_tunnel, {Tag::kVehicleInTunnel}, {}},
    {"vehicle_at_exit", vehicle_at_exit, {Tag::kVehicleAtExit}, {}},
    {"lane_empty", lane_empty, {}, {Tag::kVehicleInTunnel, Tag::kVehicleAtExit}},
    {"lamp_proven", lamp_proven, {Tag::kWarningLampCurrent}, {}},
    {"dose_monitors_well", dose_monitors_well, {Tag::kDoseMonitorOk}, {Tag::kDoseMonitorAlarm}},
    {"no_bypass", no_bypass, {}, {Tag::kBypassActive}},
    {"ups_on_mains", ups_on_mains, {}, {Tag::kUpsOnBattery}},
    {"beam_enabled", beam_enabled, {Tag::kSourceHvContactor}, {Tag::kTriggerInhibit}},
    {"beam_disabled", beam_disabled, {Tag::kTriggerInhibit}, {Tag::kSourceHvContactor}},
    {"beam_not_sensed", beam_not_sensed, {}, {Tag::kBeamSensed}},
    {"beam_permit_granted", beam_permit_granted, {Tag::kBeamPermitGranted}, {}},
    {"motion_permit_granted", motion_permit_granted, {Tag::kMotionPermitGranted}, {}},
};

TEST(Interlock, EachPredicateOverItsWholeSpace) {
  for (const BitPredicate& p : kPredicates) {
    std::vector<Tag> tags = p.must_be_true;
    tags.insert(tags.end(), p.must_be_false.begin(), p.must_be_false.end());
    std::size_t vectors = 1;
    for (std::size_t i = 0; i < tags.size(); ++i) vectors *= kWays;
    for (std::size_t v = 0; v < vectors; ++v) {
      PlcImage image;
      bool expected = true;
      std::size_t rest = v;
      for (std::size_t i = 0; i < tags.size(); ++i) {
        const auto way = static_cast<Way>(rest % kWays);
        rest /= kWays;
        put(image, tags[i], way);
        expected = expected && (i < p.must_be_true.size() ? says_true(way) : says_false(way));
      }
      ASSERT_EQ(p.predicate(PlcView(image, kNow, kStale)), expected) << p.name << " vector " << v;
    }
  }
}

TEST(Interlock, EightChannelPredicatesOverTheirWholeSpace) {
  struct Row {
    bool (*predicate)(const PlcView&) noexcept;
    Tag first;
  };
  // Five ways a channel: 5^8 = 390,625 vectors for each.
  constexpr Way kChannelWays[] = {Way::kTrue, Way::kFalse, Way::kTrueStale, Way::kUnread,
                                  Way::kUnwired};
  for (const Row row :
       {Row{doors_closed, Tag::kDoor1ClosedA}, Row{curtains_clear, Tag::kCurtain1ClearA}}) {
    PlcImage image;
    const PlcView plc(image, kNow, kStale);
    for (std::size_t v = 0; v < 390'625; ++v) {
      bool expected = true;
      std::size_t rest = v;
      for (std::size_t i = 0; i < 8; ++i) {
        const Way way = kChannelWays[rest % 5];
        rest /= 5;
        put(image, static_cast<Tag>(static_cast<std::size_t>(row.first) + i), way);
        expected = expected && way == Way::kTrue;
      }
      ASSERT_EQ(row.predicate(plc), expected) << v;
    }
  }
}

void put_number(PlcImage& image, Tag tag, std::int64_t raw, core::Duration age = {}) {
  image.at(tag) = {raw, kNow - age, Validity::kGood};
}

TEST(Interlock, SpeedAndPositionAtTheirBounds) {
  PlcImage image;
  const PlcView plc(image, kNow, kStale);
  EXPECT_FALSE(speed_in_band(plc, -1e9, 1e9)) << "unread";
  EXPECT_FALSE(standstill(plc, 1e9)) << "unread";
  for (const auto& [speed, in_band] : {std::pair{339, false},
                                       {340, true},
                                       {400, true},
                                       {460, true},
                                       {461, false},
                                       {-400, false},
                                       {0, false}}) {
    put_number(image, Tag::kSpeedMmS, speed);
    EXPECT_EQ(speed_in_band(plc, 340, 460), in_band) << speed;
  }
  for (const auto& [speed, still] :
       {std::pair{-11, false}, {-10, true}, {0, true}, {10, true}, {11, false}}) {
    put_number(image, Tag::kSpeedMmS, speed);
    EXPECT_EQ(standstill(plc, 10), still) << speed;
  }
  put_number(image, Tag::kSpeedMmS, 400, kStale + core::Duration(1));
  EXPECT_FALSE(speed_in_band(plc, 340, 460)) << "stale";
  EXPECT_FALSE(standstill(plc, 1000)) << "stale";

  put_number(image, Tag::kGantryPositionMm, 100);
  EXPECT_FALSE(gantry_inside(plc, 0, 1000)) << "limit switches unread";
  for (const auto& [start, end, inside] :
       {std::tuple{0, 0, true}, {1, 0, true}, {0, 1, true}, {1, 1, false}}) {
    put_number(image, Tag::kGantryLimitStart, start);
    put_number(image, Tag::kGantryLimitEnd, end);
    EXPECT_EQ(gantry_inside(plc, 0, 1000), inside);
  }
  put_number(image, Tag::kGantryLimitEnd, 0);
  for (const auto& [position, inside] :
       {std::pair{-1, false}, {0, true}, {1000, true}, {1001, false}}) {
    put_number(image, Tag::kGantryPositionMm, position);
    EXPECT_EQ(gantry_inside(plc, 0, 1000), inside) << position;
    EXPECT_EQ(gantry_at_or_below(plc, 0), position <= 0);
    EXPECT_EQ(gantry_at_or_above(plc, 1000), position >= 1000);
  }
  image.at(Tag::kGantryLimitEnd).validity = Validity::kUnread;
  EXPECT_FALSE(gantry_inside(plc, -1e9, 1e9));
}

TEST(Interlock, PlcModeAndFaultWord) {
  PlcImage image;
  const PlcView plc(image, kNow, kStale);
  EXPECT_FALSE(plc_running(plc));
  EXPECT_FALSE(plc_fault_free(plc));
  for (int mode = 0; mode <= 2; ++mode) {
    put_number(image, Tag::kPlcMode, mode);
    EXPECT_EQ(plc_running(plc), mode == 1);
  }
  for (int bit = 0; bit < 16; ++bit) {
    put_number(image, Tag::kFaultWord, 1 << bit);
    EXPECT_FALSE(plc_fault_free(plc));
  }
  put_number(image, Tag::kFaultWord, 0);
  EXPECT_TRUE(plc_fault_free(plc));
}

PlcImage healthy_image() {
  PlcImage image;
  for (TagReading& r : image.tags) r = {0, kNow, Validity::kGood};
  return image;
}

TEST(Interlock, DataAreFreshOnlyWithEveryTagOfTheChain) {
  PlcImage image = healthy_image();
  const PlcView plc(image, kNow, kStale);
  EXPECT_TRUE(plc_data_fresh(plc));
  for (std::size_t i = 0; i < kTagCount; ++i) {
    const TagInfo& info = tag_table()[i];
    const bool input = info.area == Area::kDiscreteInput || info.area == Area::kInputRegister;
    const bool counts = input && info.safety != SafetyClass::kNone;
    for (const Validity validity : {Validity::kUnread, Validity::kOutOfRange, Validity::kUnwired}) {
      image.tags[i].validity = validity;
      // A status tag may be left unwired by the site; a chain tag may not.
      const bool excused = validity == Validity::kUnwired && info.safety == SafetyClass::kStatus;
      EXPECT_EQ(plc_data_fresh(plc), !counts || excused) << info.name;
      image.tags[i].validity = Validity::kGood;
    }
    image.tags[i].read_at = kNow - kStale - core::Duration(1);
    EXPECT_EQ(plc_data_fresh(plc), !counts) << info.name;
    image.tags[i].read_at = kNow;
  }
}

TEST(Interlock, HeartbeatAndConfirmationCountTheWatchdogTime) {
  PlcImage image = healthy_image();
  const PlcView plc(image, kNow, kStale);
  EXPECT_FALSE(plc_heartbeat_alive(plc, milliseconds(300))) << "never seen to change";
  EXPECT_FALSE(commands_confirmed(plc, milliseconds(300)));
  image.heartbeat_seen = image.commands_seen = true;
  for (const auto& [age_ms, alive] : {std::pair{0, true}, {300, true}, {301, false}}) {
    image.heartbeat_changed = image.commands_confirmed = kNow - milliseconds(age_ms);
    EXPECT_EQ(plc_heartbeat_alive(plc, milliseconds(300)), alive) << age_ms;
    EXPECT_EQ(commands_confirmed(plc, milliseconds(300)), alive) << age_ms;
  }
  image.heartbeat_changed = kNow;
  image.at(Tag::kPlcHeartbeat).read_at = kNow - milliseconds(101);
  EXPECT_FALSE(plc_heartbeat_alive(plc, milliseconds(300))) << "stale";
}

TEST(Interlock, HardwareSaysWhatItIs) {
  PlcImage image;
  const PlcView plc(image, kNow, kStale);
  EXPECT_EQ(hardware_simulated(plc), std::nullopt);
  put_number(image, Tag::kSimulated, 1);
  EXPECT_EQ(hardware_simulated(plc), true);
  put_number(image, Tag::kSimulated, 0);
  EXPECT_EQ(hardware_simulated(plc), false);
  put_number(image, Tag::kSimulated, 1, kStale * 2);
  EXPECT_EQ(hardware_simulated(plc), std::nullopt);
}

// ---- two channels -------------------------------------------------------------------------------

TEST(Discrepancy, CountsOverHalfASecondForEachPair) {
  for (std::size_t pair = 0; pair < kPairCount; ++pair) {
    for (const bool a : {true, false}) {
      DiscrepancyState state;
      PlcImage image = healthy_image();
      for (const ChannelPair& p : channel_pairs())
        image.at(p.b).raw = p.b_inverted ? 1 : 0;  // all agree, at 0
      const ChannelPair& p = channel_pairs()[pair];
      image.at(p.a).raw = a ? 1 : 0;
      image.at(p.b).raw = (a ? 0 : 1) ^ (p.b_inverted ? 1 : 0);
      int tripped_ms = -1;
      for (int ms = 0; ms <= 700 && tripped_ms < 0; ms += 10) {
        const core::TimePoint now = kNow + milliseconds(ms);
        for (TagReading& r : image.tags) r.read_at = now;
        const DiscrepancyResult result = watch_channels(state, PlcView(image, now, kStale));
        state = result.state;
        for (std::size_t other = 0; other < kPairCount; ++other) {
          EXPECT_TRUE(other == pair || !result.discrepant[other]);
        }
        if (result.discrepant[pair]) tripped_ms = ms;
        EXPECT_EQ(result.doors_and_curtains_agree(),
                  pair == kPairCount - 1 || !result.discrepant[pair]);
        EXPECT_EQ(result.beam_off_means_agree(),
                  pair != kPairCount - 1 || !result.discrepant[pair]);
      }
      EXPECT_EQ(tripped_ms, 510) << p.text;
    }
  }
}

TEST(Discrepancy, AgreementStartsTheTimeAnewAndStaleDataDoNot) {
  DiscrepancyState state;
  PlcImage image = healthy_image();
  for (const ChannelPair& p : channel_pairs()) image.at(p.b).raw = p.b_inverted ? 1 : 0;
  const auto step_at = [&](int ms, bool differ, bool fresh) {
    const core::TimePoint now = kNow + milliseconds(ms);
    for (TagReading& r : image.tags) r.read_at = now;
    image.at(Tag::kDoor1ClosedA).raw = differ ? 1 : 0;
    if (!fresh) image.at(Tag::kDoor1ClosedB).read_at = now - milliseconds(200);
    const DiscrepancyResult result = watch_channels(state, PlcView(image, now, kStale));
    state = result.state;
    return result.discrepant[0];
  };
  EXPECT_FALSE(step_at(0, true, true));
  EXPECT_FALSE(step_at(490, true, true));
  EXPECT_FALSE(step_at(495, false, true)) << "agree again";
  EXPECT_FALSE(step_at(600, true, true));
  EXPECT_FALSE(step_at(900, true, false));
  EXPECT_TRUE(step_at(1101, true, false)) << "a running time goes on through stale data";
  EXPECT_FALSE(step_at(1200, false, true));
  EXPECT_FALSE(step_at(1300, true, false)) << "stale data start none";
  EXPECT_FALSE(step_at(2300, true, true));
}

}  // namespace
}  // namespace portcullis::plc

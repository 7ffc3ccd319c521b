// A passage as an N42 document, read by another program's XML parser and checked against the rules
// of ANSI N42.42-2011 as tests/support/check_n42.py has them written down.
#include "firmware_bridge/rpm/n42.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/child_process.h"
#include "core/files.h"
#include "tests/support/environment.h"

namespace portcullis::firmware_bridge {
namespace {

PortalOccupancy passage_of(bool alarm, bool beam) {
  core::ManualClock clock;
  PortalMonitor monitor{PortalMonitor::Config{}};
  const auto line = [&](std::string_view text) {
    clock.advance(std::chrono::milliseconds(200));
    monitor.push(text, clock.now(), clock.utc_now());
  };
  monitor.set_connected(true, clock.now());
  line("GB,000250,000250,000250,000250");
  line("NB,000001,000001,000001,000001");
  for (int i = 0; i < 6; ++i)
    line(i % 2 == 0 ? "GS,000044,000046,000045,000045" : "GS,000046,000044,000045,000045");
  if (beam) monitor.set_beam_on(true, clock.now());
  line("NS,000001,000001,000000,000001");
  line(alarm ? "GA,000900,000901,000100,000100" : "GS,000045,000047,000045,000045");
  if (alarm) line("NA,000009,000008,000001,000001");
  line("SP,0.2249,03.032,004.88,000000");
  line("GX,000123,004000,000000,000000");
  auto passages = monitor.take_occupancies();
  return passages.empty() ? PortalOccupancy{} : passages.front();
}

N42Context context_of() {
  N42Context context;
  context.document_uuid = "0a91ca36-f473-4319-bef3-134898d15b69";
  context.identifier = "Lane 1";
  context.description = "Lane 1 <entry> & \x01 exit";
  context.software_version = "1.2.3";
  context.item = "plate AB123CD";
  context.simulated = true;
  return context;
}

struct N42Row {
  const char* name;
  bool alarm, beam;
  int samples;
};
class N42Document : public ::testing::TestWithParam<N42Row> {};

TEST_P(N42Document, KeepsToTheStandard) {
  const N42Row& row = GetParam();
  const auto occupancy = passage_of(row.alarm, row.beam);
  const auto document = n42_document(occupancy, context_of());
  ASSERT_TRUE(document.ok()) << document.error().message;
  const auto folder =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) / "n42";
  std::filesystem::create_directories(folder);
  const auto file = folder / (std::string(row.name) + ".n42");
  ASSERT_TRUE(core::write_file_atomically(file, *document).ok());
  auto checker = core::ChildProcess::start(
      {.program = "/usr/bin/python3",
       .arguments = {"tests/support/check_n42.py", file.string(), std::to_string(row.samples),
                     row.alarm ? (row.beam ? "portal" : "own") : "none",
                     occupancy.valid ? "Success" : "Failure"},
       .environment = {},
       .output = folder / (std::string(row.name) + ".said")});
  ASSERT_TRUE(checker.ok()) << checker.error().message;
  const auto exit = checker->wait(std::chrono::seconds(20));
  const auto said = core::read_file(folder / (std::string(row.name) + ".said"), 1 << 16);
  ASSERT_TRUE(exit.has_value());
  EXPECT_TRUE(exit->clean()) << (said.ok() ? *said : "");
}
INSTANTIATE_TEST_SUITE_P(Each, N42Document,
                         ::testing::Values(N42Row{"quiet", false, false, 8},
                                           N42Row{"alarm", true, false, 9},
                                           N42Row{"beam", true, true, 9}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(N42, APassageWithoutASampleIsNoDocument) {
  PortalOccupancy empty;
  empty.lines.push_back({{}, "GX,000001,000000,000000,000000", false});
  const auto document = n42_document(empty, context_of());
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, core::ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace portcullis::firmware_bridge

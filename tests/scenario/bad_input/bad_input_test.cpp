// Truncated, mistyped and impossible input to every program and command: one line on stderr that
// names file and field, exit 2, nothing written.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "archive/scan_file.h"
#include "core/child_process.h"
#include "core/files.h"
#include "tests/support/environment.h"

namespace portcullis {
namespace {

namespace fs = std::filesystem;

/// {d} in arguments and contents is the row's own folder, {data} the tests' data.
struct BadInput {
  std::string name;
  std::string program;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> files;  ///< Made before, by name.
  std::vector<std::string> named;            ///< What the line must name.
};
void PrintTo(const BadInput& row, std::ostream* out) {
  *out << row.name;
}

const std::string kScene =
    "seed = 1\n[vehicle]\nkind = \"none\"\n[[object]]\nname = \"a\"\nshape = \"box\"\n"
    "size_mm = [100, 100, 100]\ncenter_mm = [500, 0, 500]\nmaterial = \"iron\"\n";
const std::string kLane =
    "installation = \"i.pscan\"\n[api]\nsocket = \"lane.sock\"\n[storage]\nfolder = \"s\"\n"
    "[plc]\nport = 1\n[source]\nport = 2\n[detector]\ncontrol_port = 3\n[portal]\nport = 4\n"
    "[camera]\nport = 5\n";
const std::string kGateway =
    "inbox = \"in\"\noutbox = \"out\"\nstore = \"g.sqlite\"\nsocket = \"g.sock\"\n";
const std::string kSim = "seed = 1\n";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

BadInput scene_row(const std::string& name, const std::string& text,
                   std::vector<std::string> named) {
  named.emplace_back("scene.toml");
  return {"scene_" + name,
          "portcullis",
          {"simulate", "{d}/scene.toml", "--out", "{d}/o.pscan", "--truth", "{d}/truth"},
          {{"scene.toml", text}},
          named};
}
BadInput config_row(const std::string& what, const std::string& name, const std::string& text,
                    std::vector<std::string> named, bool check = false) {
  std::vector<std::string> arguments = {"--config", "{d}/" + what + ".toml"};
  if (check) arguments.emplace_back("--check-config");
  named.push_back(what + ".toml");
  return {what + "_" + name, "portcullis-" + what, arguments, {{what + ".toml", text}}, named};
}

std::vector<BadInput> rows() {
  std::vector<BadInput> all;
  const auto add = [&](BadInput row) { all.push_back(std::move(row)); };

  // ---- scenes
  add(scene_row("truncated", kScene.substr(0, kScene.find("[100, 100") + 6), {":7"}));
  add(scene_row("binary", std::string("\x00\x01\xff\xfe scene", 10), {}));
  add(scene_row("mistyped_key", changed(kScene, "size_mm", "size"), {"size_mm"}));
  add(scene_row("mistyped_value", changed(kScene, "[100, 100, 100]", "\"big\""),
                {"size_mm", ":7"}));
  add(scene_row("negative_size", changed(kScene, "[100, 100, 100]", "[100, -1, 100]"),
                {"size_mm", ":7"}));
  add(scene_row("not_a_number", changed(kScene, "[100, 100, 100]", "[nan, 1, 1]"), {"size_mm"}));
  add(scene_row("unknown_material", changed(kScene, "\"iron\"", "\"unobtainium\""),
                {"material", "unobtainium", ":9"}));
  add(scene_row("unknown_shape", changed(kScene, "\"box\"", "\"blob\""), {"shape", ":6"}));
  add(scene_row("unknown_scanner", "[scan]\nscanner = \"none-such\"\n" + kScene.substr(9),
                {"scanner", "none-such"}));
  add(scene_row("no_such_declaration", kScene + "[declaration]\nfile = \"nowhere.xml\"\n",
                {"nowhere.xml"}));
  add(scene_row("range_upside_down", kScene + "[scan]\nx_from_mm = 1000\nx_to_mm = 0\n", {"x_"}));
  add(scene_row("speed_of_light", kScene + "[scan]\nspeed_mm_s = 3e11\n", {"speed_mm_s"}));
  add(scene_row("seed_of_text", changed(kScene, "seed = 1", "seed = \"one\""), {"seed", ":1"}));
  add({"scene_missing",
       "portcullis",
       {"simulate", "{d}/no.toml", "--out", "{d}/o.pscan"},
       {},
       {"no.toml"}});

  // ---- declarations
  const std::string xml = "<?xml version=\"1.0\"?>\n";
  const std::vector<std::pair<std::string, std::string>> messages = {
      {"empty", ""},
      {"truncated", xml + "<MetaData><Declaration><Func"},
      {"other_root", xml + "<Invoice/>"},
      {"doctype", xml + "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"},
      {"binary", std::string("\x00\x01\x02\x03", 4)},
      {"text", "this is no message\n"},
  };
  for (const auto& [name, text] : messages) {
    add({"customs_parse_" + name,
         "portcullis",
         {"customs", "parse", "{d}/m.xml"},
         {{"m.xml", text}},
         {"m.xml"}});
  }
  add({"customs_parse_system",
       "portcullis",
       {"customs", "parse", "{d}/m.xml", "--system", "nonesuch"},
       {{"m.xml", xml + "<a/>"}},
       {"nonesuch"}});
  add({"customs_parse_missing", "portcullis", {"customs", "parse", "{d}/no.xml"}, {}, {"no.xml"}});
  add({"customs_emit_text",
       "portcullis",
       {"customs", "emit", "{d}/case.json", "--system", "wco", "--message", "RES"},
       {{"case.json", "{\"declarations\": ["}},
       {"case.json"}});
  add({"customs_emit_other",
       "portcullis",
       {"customs", "emit", "{d}/case.json", "--system", "wco", "--message", "RES"},
       {{"case.json", "[1, 2]"}},
       {"case.json"}});
  add({"customs_emit_message",
       "portcullis",
       {"customs", "emit", "{d}/case.json", "--system", "wco", "--message", "XYZ"},
       {{"case.json", "{}"}},
       {"XYZ"}});
  add({"customs_check_id_kind", "portcullis", {"customs", "check-id", "shoe", "1"}, {}, {"shoe"}});

  // ---- scan files
  for (const auto& command : std::vector<std::vector<std::string>>{
           {"info", "{d}/x.pscan"},
           {"info", "--json", "{d}/x.pscan"},
           {"process", "{d}/x.pscan", "--out", "{d}/images"},
           {"inspect", "{d}/x.pscan", "--json"},
           {"export", "{d}/x.pscan", "--format", "tiff", "--out", "{d}/o.tif"}}) {
    const std::string name = command[0] + (command[1] == "--json" ? "_json" : "");
    add({name + "_text", "portcullis", command, {{"x.pscan", "no scan\n"}}, {"x.pscan"}});
    add({name + "_empty", "portcullis", command, {{"x.pscan", ""}}, {"x.pscan"}});
    add({name + "_cut_header",
         "portcullis",
         command,
         {{"x.pscan", "SQLite format 3"}},
         {"x.pscan"}});
    add({name + "_missing", "portcullis", command, {}, {"x.pscan"}});
    add({name + "_half", "portcullis", command, {{"x.pscan", "{half}"}}, {"x.pscan"}});
    add({name + "_flipped", "portcullis", command, {{"x.pscan", "{flipped}"}}, {"x.pscan"}});
  }
  add({"inspect_declaration",
       "portcullis",
       {"inspect", "{d}/x.pscan", "--declaration", "{d}/m.xml"},
       {{"x.pscan", "no scan"}, {"m.xml", "<a"}},
       {"m.xml"}});
  for (const std::string format : {"pdf", "n42", "bundle", "evidence"})
    add({"export_" + format,
         "portcullis",
         {"export", "{d}/x.pscan", "--format", format, "--out", "{d}/o"},
         {{"x.pscan", "no scan\n"}},
         {"x.pscan"}});
  add({"evidence_text",
       "portcullis",
       {"evidence", "verify", "{d}/e.zip"},
       {{"e.zip", "no package"}},
       {"e.zip"}});
  add({"evidence_missing", "portcullis", {"evidence", "verify", "{d}/e.zip"}, {}, {"e.zip"}});
  add({"bundle_text",
       "portcullis",
       {"customs", "check-bundle", "{d}/b.zip"},
       {{"b.zip", "no package"}},
       {"b.zip"}});
  add({"stamp_text",
       "portcullis",
       {"audit", "check-stamp", "{d}/1.tsr", "--checkpoint", "{d}/1.checkpoint", "--tsa-ca",
        "{d}/ca.pem"},
       {{"1.tsr", "no stamp"}, {"1.checkpoint", "log\n1\n"}, {"ca.pem", "no certificate"}},
       {"1.tsr"}});
  add({"export_format",
       "portcullis",
       {"export", "{d}/x.pscan", "--format", "bmp", "--out", "{d}/o.bmp"},
       {},
       {"--format"}});
  add({"catalogue_text",
       "portcullis",
       {"catalogue", "find", "--catalogue", "{d}/c.sqlite"},
       {{"c.sqlite", "no catalogue"}},
       {"c.sqlite"}});
  add({"catalogue_missing",
       "portcullis",
       {"catalogue", "check", "--catalogue", "{d}/c.sqlite"},
       {},
       {"c.sqlite"}});
  add({"catalogue_scan_file",
       "portcullis",
       {"catalogue", "find", "--catalogue", "{d}/x.pscan"},
       {{"x.pscan", "{whole}"}},
       {"x.pscan"}});
  add({"catalogue_limit",
       "portcullis",
       {"catalogue", "find", "--catalogue", "{d}/c.sqlite", "--limit", "0"},
       {},
       {"--limit"}});

  // ---- usage
  add({"no_command", "portcullis", {}, {}, {"subcommand"}});
  add({"unknown_command", "portcullis", {"dance"}, {}, {"dance"}});
  add({"missing_option",
       "portcullis",
       {"simulate", "{d}/scene.toml"},
       {{"scene.toml", kScene}},
       {"--out"}});
  add({"scenes_mix",
       "portcullis",
       {"scenes", "--seed", "1", "--count", "1", "--mix", "nonesuch", "--out", "{d}/out"},
       {},
       {"nonesuch"}});
  add({"scenes_count",
       "portcullis",
       {"scenes", "--seed", "1", "--count", "many", "--mix", "demo", "--out", "{d}/out"},
       {},
       {"--count"}});
  add({"scenes_scanner",
       "portcullis",
       {"scenes", "--seed", "1", "--count", "1", "--mix", "demo", "--out", "{d}/out", "--scanner",
        "nonesuch"},
       {},
       {"nonesuch"}});
  add({"demo_scenes",
       "portcullis",
       {"demo", "--out", "{d}/out", "--scenes", "{d}/no"},
       {},
       {"{d}/no"}});
  for (const char* program : {"portcullis-lane", "portcullis-sim", "portcullis-gateway"}) {
    add({std::string(program).substr(11) + "_no_config", program, {}, {}, {"--config"}});
    add({std::string(program).substr(11) + "_no_file",
         program,
         {"--config", "{d}/no.toml"},
         {},
         {"no.toml"}});
    add({std::string(program).substr(11) + "_folder", program, {"--config", "{d}"}, {}, {"{d}"}});
  }
  add({"worker_no_socket", "portcullis-worker", {}, {}, {"--socket-fd"}});
  add({"hmi_no_address", "portcullis-hmi", {}, {}, {"--connect"}});
  add({"hmi_address", "portcullis-hmi", {"--connect", "lane"}, {}, {"--connect", "lane"}});
  add({"hmi_theme",
       "portcullis-hmi",
       {"--connect", "unix:/x", "--theme", "pink"},
       {},
       {"--theme"}});
  add({"hmi_size", "portcullis-hmi", {"--connect", "unix:/x", "--size", "1x"}, {}, {"--size"}});

  // ---- lane.toml
  add(config_row("lane", "truncated", kLane.substr(0, kLane.size() - 4), {"port"}));
  add(config_row("lane", "unclosed", "installation = \"i.psc", {":1"}));
  add(config_row("lane", "unknown_key", kLane + "[cycle]\nwarning_min = 5\n", {"warning_min"}));
  add(config_row("lane", "short_warning", kLane + "[cycle]\nwarning_min_s = 1\n",
                 {"warning_min_s"}));
  add(config_row("lane", "port_text", changed(kLane, "port = 4", "port = \"four\""),
                 {"port", "portal"}));
  add(config_row("lane", "port_range", changed(kLane, "port = 4", "port = 70000"),
                 {"port", "70000"}));
  add(config_row("lane", "no_socket", changed(kLane, "socket = \"lane.sock\"\n", ""), {"socket"}));
  add(config_row("lane", "checked", changed(kLane, "port = 4", "port = 0"), {"port"}, true));
  add({"lane_installation_missing",
       "portcullis-lane",
       {"--config", "{d}/lane.toml"},
       {{"lane.toml", kLane}},
       {"i.pscan"}});
  add({"lane_installation_text",
       "portcullis-lane",
       {"--config", "{d}/lane.toml"},
       {{"lane.toml", kLane}, {"i.pscan", "no scan"}},
       {"i.pscan"}});
  add({"lane_installation_no_wedges",
       "portcullis-lane",
       {"--config", "{d}/lane.toml"},
       {{"lane.toml", kLane}, {"i.pscan", "{whole}"}},
       {"i.pscan", "wedge"}});

  // ---- sim.toml
  add(config_row("sim", "unknown_key", kSim + "sed = 1\n", {"sed"}));
  add(config_row("sim", "table_for_value", "seed = [1]\n", {"seed", ":1"}));
  add(config_row("sim", "travel", "[gantry]\ntravel_from_mm = 100\ntravel_to_mm = 0\n",
                 {"travel_to_mm"}));
  add(config_row("sim", "truck_without_scene", kSim + "[[truck]]\ngamma_cps = 1\n", {"scene"}));
  add(config_row("sim", "truck_missing", kSim + "[[truck]]\nscene = \"no.toml\"\n",
                 {"scene", "no.toml"}));
  add(config_row("sim", "scanner", "scanner = \"nonesuch\"\n", {"nonesuch"}));
  add({"sim_truck_broken",
       "portcullis-sim",
       {"--config", "{d}/sim.toml", "--check-config"},
       {{"sim.toml", kSim + "[[truck]]\nscene = \"t.toml\"\n"},
        {"t.toml", changed(kScene, "\"iron\"", "\"unobtainium\"")}},
       {"t.toml", "unobtainium"}});

  // ---- gateway.toml
  add(config_row("gateway", "unknown_key", kGateway + "pol_ms = 100\n", {"pol_ms"}));
  add(config_row("gateway", "poll", kGateway + "poll_ms = 1\n", {"poll_ms"}));
  add(config_row("gateway", "no_store", changed(kGateway, "store = \"g.sqlite\"\n", ""),
                 {"store"}));
  add(config_row("gateway", "same_folder", changed(kGateway, "\"out\"", "\"in\""), {"outbox"}));
  add(config_row("gateway", "truncated", "inbox = ", {":1"}));
  add({"gateway_tables_missing",
       "portcullis-gateway",
       {"--config", "{d}/gateway.toml", "--check-config"},
       {{"gateway.toml", "tables = \"t\"\n" + kGateway}},
       {"tables", "is no folder of tables"}});
  add({"gateway_store_text",
       "portcullis-gateway",
       {"--config", "{d}/gateway.toml"},
       {{"gateway.toml", kGateway}, {"g.sqlite", "no store, but long enough to be read as one"}},
       {"g.sqlite"}});
  return all;
}

/// A small sound scan file, to be damaged. Each test process makes its own: rows run side by side.
std::string sound_scan() {
  static const std::string bytes = [] {
    const fs::path path = fs::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
                          "bad_input" / ("whole-" + std::to_string(::getpid()) + ".pscan");
    fs::create_directories(path.parent_path());
    fs::remove(path);
    core::ScanMeta meta;
    meta.id = "11111111-2222-4333-8444-555555555555";
    meta.started = core::UtcTime{1'700'000'000'000'000'000};
    meta.simulated = true;
    auto& geometry = meta.geometry;
    geometry.source_y_mm = -5000;
    geometry.source_z_mm = 1000;
    geometry.module_count = 1;
    geometry.pixels_per_module = 16;
    geometry.pixel_pitch_mm = 4;
    geometry.encoder_mm_per_count = 0.1;
    geometry.pulse_rate_hz = 400;
    for (int i = 0; i < 16; ++i) geometry.pixels.push_back({3000, 100.0 * i});
    core::Calibration calibration;
    calibration.id = "c";
    for (auto* frame : {&calibration.dark, &calibration.air_high, &calibration.air_low}) {
      frame->mean_counts.assign(16, 1000);
      frame->variance_counts2.assign(16, 1);
      frame->lines = 100;
    }
    calibration.air_high.energy = core::Energy::kHigh;
    calibration.air_low.energy = core::Energy::kLow;
    auto writer = archive::ScanWriter::create(path, meta, calibration);
    EXPECT_TRUE(writer.ok()) << (writer.ok() ? "" : writer.error().message);
    if (!writer.ok()) return std::string();
    EXPECT_TRUE(writer->seal(core::ScanOutcome::kComplete, "", meta.started).ok());
    auto read = core::read_file(path, 1U << 24U);
    EXPECT_TRUE(read.ok());
    fs::remove(path);
    return read.ok() ? std::move(read).value() : std::string();
  }();
  return bytes;
}

std::string filled(std::string text, const fs::path& folder) {
  if (text == "{whole}") return sound_scan();
  if (text == "{half}") return sound_scan().substr(0, sound_scan().size() / 2);
  if (text == "{flipped}") {
    // The page that holds the tables' names.
    std::string bytes = sound_scan();
    for (std::size_t i = 100; i < bytes.size() && i < 4096; i += 3)
      bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
    return bytes;
  }
  for (std::size_t at = text.find("{d}"); at != std::string::npos; at = text.find("{d}", at))
    text.replace(at, 3, folder.string());
  return text;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    names.push_back(entry.path().lexically_relative(folder).string());
  std::sort(names.begin(), names.end());
  return names;
}

class BadInputTest : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputTest, OneLineExit2NothingWritten) {
  const BadInput& row = GetParam();
  const fs::path out =
      fs::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) / "bad_input";
  const fs::path folder = out / row.name;
  const fs::path said_path = out / (row.name + ".log");
  fs::remove_all(folder);
  fs::remove(said_path);
  fs::create_directories(folder);
  for (const auto& [name, text] : row.files)
    ASSERT_TRUE(core::write_file_atomically(folder / name, filled(text, folder)).ok());
  std::vector<std::string> arguments;
  for (const auto& argument : row.arguments) arguments.push_back(filled(argument, folder));
  const auto before = names_in(folder);

  auto process = core::ChildProcess::start(
      {fs::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) / row.program,
       arguments,
       {{"QT_QPA_PLATFORM", "offscreen"}},
       said_path,
       -1});
  ASSERT_TRUE(process.ok()) << process.error().message;
  const auto exit = process->wait(std::chrono::seconds(30));
  ASSERT_TRUE(exit.has_value()) << "it still runs";
  const auto said = core::read_file(said_path, 1 << 16);
  ASSERT_TRUE(said.ok());
  EXPECT_EQ(exit->signal, 0) << exit->text();
  EXPECT_EQ(exit->code, 2) << *said;
  EXPECT_EQ(std::count(said->begin(), said->end(), '\n'), 1) << *said;
  for (const auto& word : row.named)
    EXPECT_NE(said->find(filled(word, folder)), std::string::npos) << word << " in: " << *said;
  EXPECT_EQ(names_in(folder), before) << *said;
}

INSTANTIATE_TEST_SUITE_P(Table, BadInputTest, ::testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace portcullis

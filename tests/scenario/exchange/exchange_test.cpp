// `portcullis export` and `portcullis evidence` over an archive as a lane leaves it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "archive/scan_file.h"
#include "core/child_process.h"
#include "core/files.h"
#include "core/package/package.h"
#include "imaging/pipeline/process.h"
#include "imaging/pipeline/write_images.h"
#include "tests/support/environment.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"
#include "tests/unit/report/archive_sample.h"

namespace portcullis {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds kProgramLimit{60};
constexpr const char* kPlate = "AB123CD";

struct Told {
  int code = -1;
  std::string text;
};

class Exchange : public ::testing::Test {
 protected:
  /// An archive with a scan of real lines: a steel block in air, decided on in the material view.
  void make(const std::string& name, bool with_log = true) {
    imaging::testing::SyntheticOptions options;
    options.pairs = 60;
    options.modules = 4;
    raw_ = imaging::testing::synthetic_scan(options, [](double x, double z) {
      imaging::testing::Path path{};
      if (x > 0 && x < 100 && z > 500 && z < 2'000) path[imaging::testing::kIron] = 40;
      return path;
    });
    sample_.raw = &raw_;
    sample_.audit = with_log;
    sample_.declaration = report::test::sample_declaration();
    sample_.view_json =
        R"({"mode": "material", "window_hi": 5.0, "power": 0.72, "fitted": false,
            "part_px": [4, 6, 30, 40]})";
    folder_ = report::test::make_archive("exchange-" + name, sample_);
    scan_ = folder_ / "scans" / (sample_.scan_id + ".pscan");
    const auto again = archive::read_scan(scan_);
    ASSERT_TRUE(again.ok()) << again.error().message;
    const auto images = imaging::process(*again, {}, {});
    ASSERT_TRUE(images.ok()) << images.error().message;
    const auto encoded = imaging::encode_images(*images);
    ASSERT_TRUE(encoded.ok());
    for (const auto& one : *encoded)
      ASSERT_TRUE(archive::store_image(scan_, one.name, "{}", one.bytes).ok());
  }

  Told run(const std::string& program, std::vector<std::string> arguments) {
    const auto out = folder_ / "told.txt";
    fs::remove(out);
    auto child = core::ChildProcess::start(
        {program, std::move(arguments), {{"TMPDIR", folder_.string()}}, out, -1});
    if (!child.ok()) return {-1, child.error().message};
    const auto ended = child->wait(kProgramLimit);
    const auto text = core::read_file(out, 10 << 20);
    return {ended && ended->signal == 0 ? ended->code : -1, text.ok() ? *text : std::string()};
  }
  Told portcullis(std::vector<std::string> arguments) {
    return run(::portcullis::test::set_variable("PORTCULLIS_BIN") + "/portcullis",
               std::move(arguments));
  }
  Told python(std::vector<std::string> arguments) {
    return run(::portcullis::test::set_variable("PORTCULLIS_PYTHON"), std::move(arguments));
  }
  Told exported(const std::string& format, const fs::path& out,
                std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"export", scan_.string(), "--format",
                                       format,   "--out",        out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return portcullis(std::move(arguments));
  }
  std::string seal() { return archive::read_scan_info(scan_).value().sha256; }

  core::RawScan raw_;
  report::test::Sample sample_;
  fs::path folder_, scan_;
};

constexpr const char* kCheckPackage = "tests/independent/exchange/check_package.py";

TEST_F(Exchange, ABundleIsWholeForOtherPrograms) {
  make("bundle");
  const auto zip = folder_ / "b.zip";
  const auto told = exported("bundle", zip);
  ASSERT_EQ(told.code, 0) << told.text;
  const auto tested = run("unzip", {"-t", zip.string()});
  EXPECT_EQ(tested.code, 0) << tested.text;
  const auto checked = python({kCheckPackage, zip.string()});
  ASSERT_EQ(checked.code, 0) << checked.text;
  for (const char* name :
       {"kind scan-bundle", "part case.json", "part images/high.tif", "part images/low.tif",
        "part images/mass.tif", "part images/material.tif", "part images/images.json",
        "part report.pdf"})
    EXPECT_THAT(checked.text, HasSubstr(name));
  EXPECT_THAT(checked.text, Not(HasSubstr("radiation.n42")));  // No lines of a portal are there.
  const auto package = core::read_package(zip);
  ASSERT_TRUE(package.ok()) << package.error().message;
  const auto said = nlohmann::json::parse(package->find("case.json")->bytes);
  EXPECT_EQ(said["declarations"][0]["mrn"], "06DE586600006143E1");
  EXPECT_EQ(said["decisions"].size(), 2U);
  EXPECT_EQ(said["findings"].size(), 2U);
  ASSERT_TRUE(
      core::write_file_atomically(folder_ / "r.pdf", package->find("report.pdf")->bytes).ok());
  EXPECT_EQ(run("qpdf", {"--check", (folder_ / "r.pdf").string()}).code, 0);
  // What one site hands out, another's gateway takes.
  const auto taken = portcullis({"customs", "check-bundle", zip.string()});
  EXPECT_EQ(taken.code, 0) << taken.text;
  EXPECT_THAT(taken.text, HasSubstr("good: scan " + sample_.scan_id));
  // The same case, the same bytes; and each export has left its note for the log.
  ASSERT_EQ(exported("bundle", folder_ / "b2.zip").code, 0);
  EXPECT_EQ(core::read_file(zip, 1 << 30).value(),
            core::read_file(folder_ / "b2.zip", 1 << 30).value());
  std::size_t notes = 0;
  for (const auto& note : fs::directory_iterator(folder_ / "audit-notes")) {
    static_cast<void>(note);
    ++notes;
  }
  EXPECT_EQ(notes, 2U);
}

TEST_F(Exchange, EvidenceHoldsWithPersonalDataSealedApart) {
  make("evidence");
  ASSERT_EQ(portcullis({"evidence", "key", "--out", (folder_ / "site").string()}).code, 0);
  const auto zip = folder_ / "e.zip";
  const auto told = exported("evidence", zip, {"--seal-key", (folder_ / "site.pub").string()});
  ASSERT_EQ(told.code, 0) << told.text;
  const auto package = core::read_package(zip);
  ASSERT_TRUE(package.ok()) << package.error().message;

  // Nothing personal stands open: plate, officers, parties, the officers' own words.
  for (const auto& part : package->parts) {
    for (const char* personal : {kPlate, "anna", "boris", "carla", "erika", "Müller", "Rollers"})
      EXPECT_EQ(part.bytes.find(personal), std::string::npos) << personal << " in " << part.name;
  }
  EXPECT_NE(package->find("raw/scan.pscan")->bytes.find("ready to scanning"), std::string::npos);
  const auto custody = nlohmann::json::parse(package->find("custody.json")->bytes);
  EXPECT_EQ(custody["seal"], seal());
  ASSERT_EQ(custody["acts"].size(), 3U);
  EXPECT_EQ(custody["acts"][0]["by"], "person-1");
  EXPECT_EQ(custody["acts"][1]["log_entry"], 4);  // The decision's entry: the fifth of the log.
  EXPECT_EQ(custody["acts"][2]["view"], "views/3.tif");
  const auto views = nlohmann::json::parse(package->find("views/views.json")->bytes);
  EXPECT_EQ(views["planes_of_the_screen"], "the same");

  // With nothing of ours: hashes, the sealed part, and the seal once the plate is put back.
  fs::create_directory(folder_ / "restored");
  const auto checked = python({kCheckPackage, zip.string(), (folder_ / "site.key").string(),
                               (folder_ / "restored").string()});
  ASSERT_EQ(checked.code, 0) << checked.text;
  EXPECT_THAT(checked.text,
              AllOf(HasSubstr("personal people.json"), HasSubstr("personal report.pdf"),
                    HasSubstr("personal case.json")));
  const auto sealed =
      python({"tests/unit/archive/compute_seal.py", (folder_ / "restored/scan.pscan").string()});
  EXPECT_EQ(sealed.text, seal() + "\n");

  const auto log_key = (folder_ / "audit/log.vkey").string();
  const auto verified = portcullis({"evidence", "verify", zip.string(), "--log-key", log_key,
                                    "--private-key", (folder_ / "site.key").string()});
  EXPECT_EQ(verified.code, 0) << verified.text;
  for (const char* line : {"good: the seal of the scan holds", "says the same seal of the scan",
                           "good: 4 planes come out of the lines with the same pixels",
                           "good: 1 decided views come out of the lines with the same bytes",
                           "good: 3 entries are proven to be in the log"})
    EXPECT_THAT(verified.text, HasSubstr(line));
  const auto closed = portcullis({"evidence", "verify", zip.string(), "--log-key", log_key});
  EXPECT_EQ(closed.code, 0) << closed.text;
  EXPECT_THAT(closed.text, HasSubstr("not checked: seal: plate and people were taken out"));

  const auto opened =
      portcullis({"evidence", "open", zip.string(), "--private-key",
                  (folder_ / "site.key").string(), "--out", (folder_ / "opened").string()});
  ASSERT_EQ(opened.code, 0) << opened.text;
  EXPECT_TRUE(archive::verify_seal(folder_ / "opened/scan.pscan").ok());
  EXPECT_THAT(core::read_file(folder_ / "opened/people.json", 10'000).value(),
              AllOf(HasSubstr("anna"), HasSubstr("boris"), HasSubstr("carla")));
}

TEST_F(Exchange, EvidenceWithoutAKeySaysThatPersonalDataAreLeftOut) {
  make("evidence-open");
  const auto zip = folder_ / "e.zip";
  const auto told = exported("evidence", zip);
  ASSERT_EQ(told.code, 0) << told.text;
  EXPECT_THAT(told.text, HasSubstr("personal data are left out"));
  const auto package = core::read_package(zip);
  ASSERT_TRUE(package.ok());
  EXPECT_EQ(package->find("personal/personal.zip.sealed"), nullptr);
  EXPECT_THAT(package->find("VERIFY.txt")->bytes, HasSubstr("NOT\n"));
  EXPECT_THAT(package->head.facts_json, HasSubstr("left out: no key was given"));
}

/// Evidence with one part exchanged and every hash of the package made right again.
TEST_F(Exchange, ForgedEvidenceIsRefusedThoughItsHashesFit) {
  make("forged");
  const auto zip = folder_ / "e.zip";
  ASSERT_EQ(exported("evidence", zip).code, 0);
  const auto package = core::read_package(zip);
  ASSERT_TRUE(package.ok());
  const auto forged = [&](const std::string& name, auto change) {
    auto parts = package->parts;
    for (auto& part : parts)
      if (part.name == name) change(part.bytes);
    const auto bytes = core::pack(package->head, parts);
    EXPECT_TRUE(bytes.ok());
    EXPECT_TRUE(core::write_file_atomically(folder_ / "f.zip", *bytes).ok());
    return portcullis({"evidence", "verify", (folder_ / "f.zip").string(), "--log-key",
                       (folder_ / "audit/log.vkey").string()});
  };
  const auto view = forged("views/3.tif", [](std::string& bytes) { bytes.back() ^= 1; });
  EXPECT_EQ(view.code, 1);
  EXPECT_THAT(view.text, HasSubstr("views/3.tif: another picture comes out of the lines"));
  const auto plane = forged("images/high.tif", [&](std::string& bytes) {
    bytes = package->find("images/low.tif")->bytes;
  });
  EXPECT_EQ(plane.code, 1);
  EXPECT_THAT(plane.text, HasSubstr("images/high.tif: other pixels come out of the lines"));
  const auto proof =
      forged("audit/proof-3.txt", [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; });
  EXPECT_EQ(proof.code, 1);
  EXPECT_THAT(proof.text, HasSubstr("audit/proof-3.txt"));
  // Hashes that do not fit are refused before anything else.
  auto bytes = core::read_file(zip, 1 << 30).value();
  const auto at = bytes.find("views/3.tif");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 60] ^= 1;
  ASSERT_TRUE(core::write_file_atomically(folder_ / "g.zip", bytes).ok());
  EXPECT_NE(portcullis({"evidence", "verify", (folder_ / "g.zip").string()}).code, 0);
}

TEST_F(Exchange, AScanByItselfHasPagesAndABundleButNoLog) {
  make("alone");
  const auto alone = folder_ / "alone" / "x" / "scan.pscan";
  fs::create_directories(alone.parent_path());
  fs::copy_file(scan_, alone);
  scan_ = alone;
  const auto pdf = folder_ / "alone.pdf";
  ASSERT_EQ(exported("pdf", pdf).code, 0);
  EXPECT_EQ(run("qpdf", {"--check", pdf.string()}).code, 0);
  const auto text = run("pdftotext", {pdf.string(), "-"});
  EXPECT_THAT(text.text, AllOf(HasSubstr(sample_.scan_id), HasSubstr("outside an archive")));
  const auto told = exported("evidence", folder_ / "alone.zip");
  ASSERT_EQ(told.code, 0) << told.text;
  const auto package = core::read_package(folder_ / "alone.zip");
  ASSERT_TRUE(package.ok());
  EXPECT_THAT(package->find("VERIFY.txt")->bytes, HasSubstr("No audit log stands behind"));
}

}  // namespace
}  // namespace portcullis

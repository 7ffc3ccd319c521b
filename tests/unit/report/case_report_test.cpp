#include "report/case_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "archive/audit/tlog_proof.h"
#include "archive_sample.h"
#include "core/child_process.h"
#include "core/files.h"
#include "report/sentences.h"

namespace portcullis::report {
namespace {

using test::Sample;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds kToolLimit{60};

/// What an independent program says; its failure is one of the test.
std::string told_by(const std::string& program, std::vector<std::string> arguments,
                    const std::filesystem::path& folder) {
  const auto out = folder / (program + ".out");
  std::filesystem::remove(out);
  auto child = core::ChildProcess::start({program, std::move(arguments), {}, out, -1});
  if (!child.ok()) {
    ADD_FAILURE() << child.error().message;
    return {};
  }
  const auto ended = child->wait(kToolLimit);
  const auto text = core::read_file(out, 100 << 20);
  std::string said = text.ok() ? *text : std::string();
  EXPECT_TRUE(ended && ended->clean()) << program << ": " << said;
  return said;
}

struct Pages {
  std::filesystem::path folder, file;
  std::string bytes, text, info;
};

/// Prints a case and lets qpdf and poppler read it.
Pages print(const std::filesystem::path& folder, const Sample& sample, Language language) {
  Pages pages;
  pages.folder = folder;
  const auto gathered = gather_case(sample.scan_id, {folder, {}, {}});
  EXPECT_TRUE(gathered.ok()) << (gathered.ok() ? "" : gathered.error().message);
  if (!gathered.ok()) return pages;
  auto pdf = case_report_pdf(*gathered, language);
  EXPECT_TRUE(pdf.ok()) << (pdf.ok() ? "" : pdf.error().message);
  if (!pdf.ok()) return pages;
  pages.bytes = std::move(pdf).value();
  pages.file = folder / ("report-" + std::string(language_code(language)) + ".pdf");
  EXPECT_TRUE(core::write_file_atomically(pages.file, pages.bytes).ok());
  told_by("qpdf", {"--check", pages.file.string()}, folder);
  // Left-to-right text in the order in which it was put down; the other in that of reading.
  std::vector<std::string> arguments{"-raw", pages.file.string(), "-"};
  if (right_to_left(language)) arguments.erase(arguments.begin());
  pages.text = told_by("pdftotext", arguments, folder);
  pages.info = told_by("pdfinfo", {"-isodates", pages.file.string()}, folder);
  return pages;
}

Sample whole_sample() {
  Sample sample;
  sample.declaration = test::sample_declaration();
  return sample;
}

/// Without blanks, line ends and the marks that say how text runs.
std::string squeezed(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte <= ' ') continue;
    if (text.compare(i, 2, "\xE2\x80") == 0 && i + 2 < text.size()) {
      i += 2;
      continue;
    }
    out += text[i];
  }
  return out;
}

/// The page says it, in whatever lines.
MATCHER_P(Says, words, "") {
  return squeezed(arg).find(squeezed(words)) != std::string::npos;
}

TEST(ReportWords, EveryPhraseHasEveryLanguageAndTheSamePlaces) {
  for (const auto& phrase : phrases()) {
    for (const auto text : {phrase.french, phrase.spanish, phrase.arabic}) {
      EXPECT_FALSE(text.empty()) << phrase.english;
      for (const char* place : {"%1", "%2", "%3", "%4"})
        EXPECT_EQ(text.find(place) == std::string_view::npos,
                  phrase.english.find(place) == std::string_view::npos)
            << phrase.english;
    }
  }
  EXPECT_EQ(language_from("ar"), Language::kArabic);
  EXPECT_FALSE(language_from("de"));
  EXPECT_EQ(say_reason(Language::kFrench, "a_site's_own"), "a_site's_own");
}

TEST(CaseReport, HoldsEverythingOfTheCase) {
  const Sample sample = whole_sample();
  const auto folder = test::make_archive("whole", sample);
  const Pages pages = print(folder, sample, Language::kEnglish);
  for (const char* part : {"Case report",
                           "7f1c1c5e-0000-4000-8000-000000000007",
                           "AB123CD",
                           "CSQU3054383",
                           "Lane 3",
                           "Small dense object",
                           "0.87",
                           "A dense object of about 95 kg",
                           "agreed",
                           "unsure",
                           "9,300 kg (8,800 to 9,800)",
                           "Lighter than declared",
                           "gamma alarm",
                           "7.2",
                           "06DE586600006143E1",
                           "Müller & Söhne",
                           "Printing paper",
                           "480255",
                           "anna",
                           "boris",
                           "carla",
                           "dmitri",
                           "Rollers are not that dense.",
                           "override: Physical inspection",
                           "lead box",
                           "not examined",
                           "2026-01-01 00:00:10",
                           "2026-01-01 00:01:17",
                           "cal-7",
                           "test/lane-3",
                           "the same",
                           "portcullis audit check-proof"})
    EXPECT_THAT(pages.text, Says(part));
  const auto stored = archive::read_scan_info(folder / "scans" / (sample.scan_id + ".pscan"));
  ASSERT_TRUE(stored.ok());
  EXPECT_THAT(pages.text, Says(stored->sha256));
  EXPECT_THAT(pages.text, Not(Says("SIMULATION")));
  // Dated by the case: its last event is the inspection's outcome.
  EXPECT_THAT(pages.info, AllOf(HasSubstr("2026-01-01T01:06:40"), HasSubstr("A4")));
  // Two pictures of the standard image, one of the material.
  const std::string images = told_by("pdfimages", {"-list", pages.file.string()}, folder);
  EXPECT_EQ(std::count(images.begin(), images.end(), '\n'), 2 + 3) << images;
  // Every font is in the file.
  std::istringstream fonts(told_by("pdffonts", {pages.file.string()}, folder));
  int number = 0;
  for (std::string line; std::getline(fonts, line); ++number) {
    if (number >= 2) {
      EXPECT_THAT(line, HasSubstr("yes yes yes"));
    }
  }
  EXPECT_GE(number, 4);
}

TEST(CaseReport, IsTheSameBytesForTheSameCase) {
  const Sample sample = whole_sample();
  const auto folder = test::make_archive("same", sample);
  for (const auto language : {Language::kEnglish, Language::kArabic}) {
    const auto first = gather_case(sample.scan_id, {folder, {}, {}});
    ASSERT_TRUE(first.ok());
    const auto one = case_report_pdf(*first, language);
    const auto two = case_report_pdf(*first, language);
    ASSERT_TRUE(one.ok() && two.ok());
    EXPECT_TRUE(*one == *two);
  }
}

TEST(CaseReport, SpeaksFourLanguages) {
  const Sample sample = whole_sample();
  const auto folder = test::make_archive("languages", sample);
  EXPECT_THAT(print(folder, sample, Language::kFrench).text,
              AllOf(Says("Rapport de cas"), Says("Petit objet dense"), Says("Contrôle physique"),
                    Says("page 1 sur")));
  EXPECT_THAT(print(folder, sample, Language::kSpanish).text,
              AllOf(Says("Informe del caso"), Says("Inspección física")));
  const std::string arabic = print(folder, sample, Language::kArabic).text;
  for (const auto& words : {say(Language::kArabic, "Case report"),
                            say(Language::kArabic, core::DecisionKind::kPhysicalInspection),
                            say(Language::kArabic, core::FindingKind::kSmallDenseObject)})
    EXPECT_THAT(arabic, Says(words));
  // What people wrote stays as they wrote it.
  EXPECT_THAT(arabic, Says("A dense object of about 95 kg"));
  EXPECT_THAT(arabic, Says(sample.declaration.consignee));
}

TEST(ReportSentences, TheMachinesSentencesAreInTheReportsLanguage) {
  // As customs/match, inspection/verdict and customs/risk write them.
  for (const char* english :
       {"Container PONU5854055: the load weighs about 410 kg in the image, 13.1 t less than the "
        "13.5 "
        "t declared.",
        "Container PONU5854055: its verified gross mass of 14.3 t leaves 11.7 t to 12.4 t without "
        "the container, and the image shows about 18.0 t, 5.6 t more.",
        "Container PONU5854055: about 5.0 t are not declared. If they are more of the declared "
        "goods, goods of 10,000 EUR are not declared and 3,200 EUR of duties and taxes are at "
        "stake. By the image's 90 % interval it is 2,560 to 3,840 EUR. Other goods may owe more or "
        "less.",
        "Container PONU5854055: the revenue at stake cannot be said: it is declared empty, so what "
        "it holds has no declared value.",
        "No alarm; nothing over background.",
        "A container's number was not read: read it by eye."}) {
    for (const auto language : {Language::kFrench, Language::kSpanish, Language::kArabic}) {
      EXPECT_TRUE(knows_sentences(language, english)) << language_code(language) << ": " << english;
      const auto said = say_sentences(language, english);
      EXPECT_THAT(said, Not(HasSubstr("declared"))) << said;
      EXPECT_THAT(said, Not(HasSubstr("%1")));
    }
    EXPECT_EQ(say_sentences(Language::kEnglish, english), english);
  }
  EXPECT_THAT(
      say_sentences(Language::kFrench,
                    "Container PONU5854055: the load weighs about 410 kg in the image, 13.1 t less "
                    "than the 13.5 t declared."),
      AllOf(HasSubstr("PONU5854055"), HasSubstr("410 kg"), HasSubstr("13.5 t")));
  // What nobody has translated stays, also beside what somebody has.
  EXPECT_EQ(say_sentences(Language::kFrench, "Smoke on the water."), "Smoke on the water.");
  EXPECT_THAT(
      say_sentences(Language::kArabic,
                    "Smoke on the water. A container's number was not read: read it by eye."),
      AllOf(HasSubstr("Smoke on the water. "), Not(HasSubstr("by eye"))));
  EXPECT_EQ(say_sentences(Language::kArabic, ""), "");
  EXPECT_FALSE(knows_sentences(Language::kSpanish, std::string(20'000, '(')));
}

TEST(CaseReport, ShowsWhatTheScreenShowedWhenItWasDecided) {
  Sample sample = whole_sample();
  sample.audit = false;
  sample.view_json =
      R"({"mode":"both","window_lo":0.5,"window_hi":2.25,"power":1,"edges":true,"scale":3.5,)"
      R"("part_px":[480,60,300,200],"fitted":false,"never_shown":0.125})";
  const auto folder = test::make_archive("view", sample);
  const Pages pages = print(folder, sample, Language::kEnglish);
  for (const char* part :
       {"What the screen showed when it was decided", "standard and material image",
        "contrast 0.50 to 2.25 (attenuation), exponent 1.00", "edges",
        "in sight 300 x 200 pixels from column 480, row 60", "enlarged 3.50 times",
        "13 % of the cargo was never shown at 1:2 or closer", "Contrast and sight of the decision",
        "drawn without enhancements", "not recorded"})
    EXPECT_THAT(pages.text, Says(part));
  const std::string images = told_by("pdfimages", {"-list", pages.file.string()}, folder);
  EXPECT_EQ(std::count(images.begin(), images.end(), '\n'), 2 + 4) << images;
  // One that is no view is not shown as one.
  sample.view_json = R"({"mode":"x-ray eyes"})";
  const auto other = test::make_archive("no-view", sample);
  EXPECT_THAT(print(other, sample, Language::kFrench).text,
              AllOf(Says("non enregistré"), Not(Says("x-ray eyes"))));
}

TEST(CaseReport, KnowsOfRadiationWhatTheCheckKnows) {
  Sample sample = whole_sample();
  sample.radiation_stored = sample.audit = false;
  const auto folder = test::make_archive("radiation", sample);
  EXPECT_THAT(print(folder, sample, Language::kEnglish).text,
              AllOf(Says("No alarm; nothing over background."), Says("not stored with the scan"),
                    Not(Says("No radiation measurement is stored"))));
  EXPECT_THAT(print(folder, sample, Language::kFrench).text,
              Says(say_sentences(Language::kFrench, "No alarm; nothing over background.")));
}

TEST(CaseReport, NoHeadingIsBrokenInsideItsWord) {
  Sample sample = whole_sample();
  sample.audit = false;
  const auto folder = test::make_archive("headings", sample);
  for (const auto& [language, words] :
       {std::pair(Language::kFrench, std::vector<std::string>{"Rayonnement", "Vérification"}),
        {Language::kSpanish, {"Radiación", "Comprobación", "Declaración"}}}) {
    const auto pages = print(folder, sample, language);
    for (const auto& word : words) {
      EXPECT_THAT(pages.text, HasSubstr(word));
      for (std::size_t i = 1; i < word.size(); ++i)
        EXPECT_THAT(pages.text, Not(HasSubstr(word.substr(0, i) + "\n" + word.substr(i)))) << word;
    }
  }
}

TEST(CaseReport, TheSquareCodeIsTheProofAndHolds) {
  const Sample sample = whole_sample();
  const auto folder = test::make_archive("proof", sample);
  const auto gathered = gather_case(sample.scan_id, {folder, {}, {}});
  ASSERT_TRUE(gathered.ok());
  EXPECT_EQ(gathered->audit.entries.size(), 3U) << "arrival, seal, decision";
  EXPECT_EQ(gathered->audit.proven, 4U);
  const Pages pages = print(folder, sample, Language::kEnglish);
  // Found on the printed page as a phone finds it, at 300 dots to the inch.
  told_by("pdftoppm", {"-r", "300", "-png", "-gray", pages.file.string(), (folder / "p").string()},
          folder);
  std::string code;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".png") continue;
    const auto out = folder / "code.txt";
    std::filesystem::remove(out);
    auto child = core::ChildProcess::start(
        {"zbarimg",
         {"-q", "--raw", "-Sdisable", "-Sqrcode.enable", entry.path().string()},
         {},
         out,
         -1});
    ASSERT_TRUE(child.ok());
    const auto ended = child->wait(kToolLimit);
    if (ended && ended->clean()) code = core::read_file(out, 1 << 20).value();
    // Where there is no message bus zbarimg says so first.
    const std::size_t begin = code.find("c2sp.org/");
    if (begin != std::string::npos) code.erase(0, begin);
  }
  ASSERT_FALSE(code.empty()) << "no square code was found on any page";
  if (code.size() > gathered->audit.proof.size()) code.pop_back();  // zbarimg ends with a new line
  EXPECT_EQ(code, gathered->audit.proof);
  const auto key = archive::VerifierKey::load(folder / "audit" / archive::kKeyFile);
  ASSERT_TRUE(key.ok());
  const auto proven = archive::check_inclusion_proof(code, *key);
  ASSERT_TRUE(proven.ok()) << proven.error().message;
  EXPECT_EQ(proven->index, 4U);
  EXPECT_THAT(proven->entry, HasSubstr(sample.scan_id));
}

TEST(CaseReport, AVehicleWithoutAScanSaysWhy) {
  Sample sample = whole_sample();
  sample.scan = sample.audit = sample.decided = false;
  const auto folder = test::make_archive("unscanned", sample);
  const Pages pages = print(folder, sample, Language::kEnglish);
  EXPECT_THAT(
      pages.text,
      AllOf(Says("No scan was made"), Says("the vehicle left before a scan was started"),
            Says("not decided yet"), Says("Printing paper"), Says("No audit log could be read")));
  auto catalogue = archive::Catalogue::open_to_read(folder / "catalogue.sqlite");
  ASSERT_TRUE(catalogue.ok());
  const auto check = catalogue->check(true);
  ASSERT_TRUE(check.ok());
  EXPECT_THAT(check->problems, ::testing::IsEmpty());
}

TEST(CaseReport, APartialScanSaysSo) {
  Sample sample = whole_sample();
  sample.outcome = core::ScanOutcome::kPartial;
  const auto folder = test::make_archive("partial", sample);
  EXPECT_THAT(
      print(folder, sample, Language::kEnglish).text,
      AllOf(Says("partial: the beam went off after 4.2 m"), Says("A dense object of about 95 kg")));
}

TEST(CaseReport, SaysWhoChoseAmongSeveralDeclarationsAndWhatWasSetAside) {
  Sample sample = whole_sample();
  sample.audit = false;
  sample.chosen_by = "Zoë of the gate";
  const auto folder = test::make_archive("chosen", sample);
  const Pages pages = print(folder, sample, Language::kEnglish);
  EXPECT_THAT(pages.text, AllOf(Says("Zoë of the gate"), Says("26GB0000000002"),
                                Says("2026-01-01 00:01:20"), Says(sample.declaration.mrn)));
  EXPECT_THAT(print(folder, sample, Language::kSpanish).text, Says("Apartadas"));
}

TEST(CaseReport, NamesTheDecisionOnEachContainerAndTheVehiclesIsTheStrictest) {
  Sample sample = whole_sample();
  sample.decided = false;
  const auto folder = test::make_archive("containers", sample);
  {
    auto catalogue = archive::Catalogue::open_for_lane(folder / "catalogue.sqlite", test::kStart);
    ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
    core::VehicleIdentity identity;
    identity.plate = "AB123CD";
    for (const char* number : {"CSQU3054383", "MWCU6059784"}) {
      core::ContainerReading reading;
      reading.number = number;
      reading.check_digit_ok = true;
      identity.containers.push_back(reading);
    }
    ASSERT_TRUE(catalogue->set_identity(sample.scan_id, identity).ok());
    core::Decision decision;
    decision.case_id = decision.scan_id = sample.scan_id;
    decision.container = "MWCU6059784";
    decision.container_only = true;
    decision.kind = core::DecisionKind::kHold;
    decision.officer = "erika";
    ASSERT_TRUE(catalogue->add_decision("1", decision).ok());
    decision.container = "CSQU3054383";
    decision.kind = core::DecisionKind::kRelease;
    decision.officer = "franz";
    ASSERT_TRUE(catalogue->add_decision("2", decision).ok());
  }
  const Pages pages = print(folder, sample, Language::kEnglish);
  for (const char* part :
       {"Decision Hold", "Container CSQU3054383 Release", "Container MWCU6059784 Hold", "franz",
        "erika", "decision: Release", "decision: Hold"})
    EXPECT_THAT(pages.text, Says(part));
  EXPECT_THAT(pages.text, Not(Says("override"))) << "neither is in the other's place";
}

TEST(CaseReport, TakesNineThousandItemsAndATextOfTenThousandCharacters) {
  Sample sample = whole_sample();
  sample.audit = false;
  auto& items = sample.declaration.items;
  std::string text;
  for (int i = 0; text.size() < 10'000; ++i) text += "w" + std::to_string(i) + " ";
  text.resize(10'000);
  items.front().description = text;
  for (int i = 2; i <= 9'999; ++i)
    items.push_back({i, "480255", "Goods number " + std::to_string(i), "PX", 1, 1.0, 1.0, {}});
  // One word that fits no line, and bytes that are no text.
  items[1].description = std::string(10'000, 'x');
  items[2].description = "broken \xFF\xFE and \x01 turned \xE2\x80\xAE back";
  const auto folder = test::make_archive("long", sample);
  const Pages pages = print(folder, sample, Language::kEnglish);
  EXPECT_THAT(pages.text, Says("Goods number 9999"));
  EXPECT_THAT(pages.text, Says("Goods number 5000"));
  EXPECT_THAT(pages.text, HasSubstr("broken \xEF\xBF\xBD"));
  const std::string all = pages.text;
  EXPECT_GE(std::count(all.begin(), all.end(), 'x'), 10'000);
  std::size_t missing = 0;
  for (int i = 0; i < 1'700; ++i)
    missing += all.find("w" + std::to_string(i)) == std::string::npos ? 1U : 0U;
  EXPECT_EQ(missing, 0U);
}

TEST(CaseReport, NoCaseNoArchiveAndABrokenImageAreNamed) {
  const Sample sample = whole_sample();
  const auto folder = test::make_archive("broken", sample);
  const auto none = gather_case("no-such-case", {folder, {}, {}});
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, core::ErrorCode::kNotFound);
  EXPECT_THAT(none.error().message, HasSubstr("no-such-case"));
  EXPECT_FALSE(gather_case(sample.scan_id, {folder / "nowhere", {}, {}}).ok());
  const auto file = folder / "scans" / (sample.scan_id + ".pscan");
  ASSERT_TRUE(archive::store_image(file, "high", "{}", "II*\0 not an image").ok());
  EXPECT_THAT(print(folder, sample, Language::kEnglish).text,
              Says("No image is stored with this scan: high: "));
  std::filesystem::remove(file);
  EXPECT_THAT(print(folder, sample, Language::kEnglish).text, Says(".pscan"));
}

TEST(ReportPlanes, ReductionKeepsMeansAndClasses) {
  EXPECT_EQ(reduction(900, 2'400), 1);
  EXPECT_EQ(reduction(4'801, 2'400), 3);
  const Plane plane{3, 2, {10, 20, 7, 30, 41, 9}};
  EXPECT_EQ(mean_of(plane, 2).codes, (std::vector<std::uint16_t>{25, 8}));
  const Plane classes{4, 2, {1, 3, 2, 2, 3, 3, 4, 4}};
  EXPECT_EQ(most_of(classes, 2).codes, (std::vector<std::uint16_t>{3, 2}));
  for (const auto* broken : {"", "II*", "MM\0*\0\0\0\10"})
    EXPECT_FALSE(read_plane(broken, "high").ok());
}

}  // namespace
}  // namespace portcullis::report

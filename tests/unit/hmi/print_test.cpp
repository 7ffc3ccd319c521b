#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "core/files.h"
#include "hmi/models/print_model.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

class PrintTest : public ScreenTest {
 protected:
  PrintTest() { print_.folder = QString::fromStdString((folder_ / "out" / "here").string()); }

  void opened(bool decided) {
    open(true, 1920, 1080);
    review(true);
    if (decided) {
      auto view = test::truck_case("case-1", "scan-1", true);
      view.state = services::CaseState::kDecided;
      view.decision = core::Decision{};
      view.decision->kind = core::DecisionKind::kRelease;
      lane_.show_case(view);
      ASSERT_TRUE(wait_for([&] { return app_->inspection_case().decided(); }));
    }
    control_key(Qt::Key_P);
    ASSERT_NE(item("print_card"), nullptr);
  }
  [[nodiscard]] std::vector<std::filesystem::path> written() const {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& one : std::filesystem::directory_iterator(folder_ / "out" / "here", none))
      files.push_back(one.path());
    return files;
  }
  bool says(const char* words) {
    return wait_for([&] { return text("print_message").contains(QLatin1String(words)); });
  }
  static std::string bytes_of(const std::filesystem::path& file) {
    return core::read_file(file, std::size_t{64} << 20U).value();
  }
};

TEST_F(PrintTest, WhatTheImageShowsIsAFileThatSaysWhoseItIsAndWhatWasDone) {
  opened(false);
  key(Qt::Key_Escape);
  key(Qt::Key_9);  // inverse
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  control_key(Qt::Key_P);
  key(Qt::Key_2);
  ASSERT_TRUE(says("Written: ")) << text("print_message").toStdString();
  ASSERT_EQ(written().size(), 1U);
  const std::string bytes = bytes_of(written()[0]);
  const auto noted = office_.views();
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0].case_id, "case-1");
  EXPECT_EQ(noted[0].user, "anna");
  EXPECT_EQ(noted[0].sha256, core::sha256_hex(bytes));
  EXPECT_THAT(noted[0].view, ::testing::HasSubstr("nverse"));
  QImage picture;
  ASSERT_TRUE(picture.loadFromData(QByteArray::fromStdString(bytes), "PNG"));
  const std::string said = picture.text(QStringLiteral("Description")).toStdString();
  EXPECT_THAT(said, ::testing::HasSubstr("case-1"));
  EXPECT_THAT(said, ::testing::HasSubstr("scan-1"));
  EXPECT_THAT(said, ::testing::HasSubstr("nverse"));
  EXPECT_THAT(said, ::testing::HasSubstr("anna"));
  EXPECT_THAT(said, ::testing::HasSubstr("SIMULATION"));
  // The image's own pixels, with nothing of the card; below them black words on white.
  const auto* pane = item("upper_pane");
  ASSERT_NE(pane, nullptr);
  EXPECT_GE(picture.width(), static_cast<int>(pane->width()));
  EXPECT_GT(picture.height(), static_cast<int>(pane->height()));
  EXPECT_EQ(picture.pixelColor(1, picture.height() - 1), QColor(Qt::white));
  bool dark = false;
  for (int x = 0; x < picture.width() && !dark; ++x)
    for (int y = picture.height() - 40; y < picture.height() && !dark; ++y)
      dark = picture.pixelColor(x, y).lightness() < 64;
  EXPECT_TRUE(dark) << "no words below the image";
  shoot("print-view");
  if (const char* out = std::getenv("PORTCULLIS_TEST_OUT"))
    picture.save(QString::fromStdString(std::string(out) + "/hmi/print-export.png"));
}

TEST_F(PrintTest, TheReportComesFromTheLaneWhenTheCaseIsDecided) {
  opened(false);
  EXPECT_THAT(text("report_blocked").toStdString(), ::testing::HasSubstr("decided"));
  key(Qt::Key_1);
  EXPECT_TRUE(stays([&] { return office_.reports().empty(); }));
  EXPECT_TRUE(written().empty());
}

TEST_F(PrintTest, TheReportOfADecidedCaseIsWritten) {
  opened(true);
  key(Qt::Key_1);
  ASSERT_TRUE(says("Written: ")) << text("print_message").toStdString();
  ASSERT_EQ(written().size(), 1U);
  const std::string bytes = bytes_of(written()[0]);
  EXPECT_TRUE(bytes.starts_with("%PDF-1.7 of case-1"));
  EXPECT_TRUE(bytes.ends_with("%%EOF\n")) << "all parts";
  ASSERT_EQ(office_.reports().size(), 1U);
  EXPECT_EQ(office_.reports()[0].language, "en");
  EXPECT_EQ(office_.reports()[0].user, "anna");
  EXPECT_EQ(item("print_3"), nullptr) << "there is no printer";
  // Once more: another file, the first stays.
  key(Qt::Key_1);
  ASSERT_TRUE(wait_for([&] { return written().size() == 2; }));
}

TEST_F(PrintTest, WhatTheLaneRefusesIsNotWritten) {
  office_.set_prints(false);
  opened(true);
  key(Qt::Key_2);
  ASSERT_TRUE(says("Not written: the audit log cannot be written"));
  click("print_1");
  ASSERT_TRUE(says("Not written: the case is not decided yet"));
  EXPECT_TRUE(written().empty());
}

TEST_F(PrintTest, AFolderThatCannotBeIsSaidBeforeAnythingIsNoted) {
  std::ofstream(folder_ / "out") << "a file";
  opened(true);
  key(Qt::Key_2);
  ASSERT_TRUE(says("cannot be made; see portcullis-hmi --export-folder"));
  click("print_1");
  ASSERT_TRUE(wait_for([&] { return app_->pages().print().report_allowed(); }));
  EXPECT_TRUE(office_.views().empty());
  EXPECT_TRUE(office_.reports().empty());
}

TEST_F(PrintTest, OnPaperThroughTheCommandThatIsConfigured) {
  const auto printer = folder_ / "printer", printed = folder_ / "printed";
  std::ofstream(printer)
      << "#!/bin/sh\n[ \"$1\" = -d ] || { echo 'no such printer' >&2; exit 3; }\n"
      << "cp \"$2\" '" << printed.string() << "'\n";
  ASSERT_EQ(::chmod(printer.c_str(), 0700), 0);
  print_.command = QString::fromStdString(printer.string()) + QStringLiteral(" -d");
  opened(true);
  key(Qt::Key_3);
  ASSERT_TRUE(says("Sent to the printer")) << text("print_message").toStdString();
  ASSERT_EQ(written().size(), 1U);
  EXPECT_EQ(bytes_of(printed), bytes_of(written()[0]));
}

TEST_F(PrintTest, APrinterThatFailsIsSaidAndTheFileStays) {
  print_.command = QStringLiteral("/nonexistent/lp");
  opened(true);
  key(Qt::Key_3);
  ASSERT_TRUE(says("Not printed: "));
  EXPECT_EQ(written().size(), 1U);
}

}  // namespace
}  // namespace portcullis::hmi

#include "imaging/qa/qa_report.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/imaging/qa/drawn_images.h"

namespace portcullis::imaging {
namespace {

TEST(QaReportFiles, JsonAndPageNameWhatWasRead) {
  DrawnScene scene;
  scene.attenuation = [](double x, double z) -> std::pair<double, double> {
    if (!in_box(x, z, 0, 0, 400, 400)) return {0, 0};
    return in_box(x, z, 40, 40, 60, 60) ? std::pair{3.03, 3.48} : std::pair{3.0, 3.45};
  };
  const Images images = draw_images(scene);
  const QaReport report = read_test_objects(images, {});
  QaContext context;
  context.scan_id = "8b6c";
  context.calibration_id = "cal<1>";
  context.scanner = "gantry";
  context.scan_software = "0.1";
  context.software = "0.2";
  const auto json = to_json(report, context, images);
  EXPECT_EQ(json["scan"]["id"], "8b6c");
  EXPECT_EQ(json["scan"]["calibration_id"], "cal<1>");
  EXPECT_EQ(json["software"], "0.2");
  EXPECT_EQ(json["scan"]["columns"], 500);
  ASSERT_EQ(json["shims"].size(), 1U);
  ASSERT_EQ(json["arrows"].size(), 1U);
  EXPECT_EQ(json["arrows"][0]["direction"], "not seen");
  EXPECT_FALSE(json["air"]["measured"].get<bool>() && json["air"].contains("reason"));

  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto folder =
      (out != nullptr ? std::filesystem::path(out) : std::filesystem::temp_directory_path()) /
      "qa-report";
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(write_qa_report(folder, report, context, images).ok());
  EXPECT_TRUE(std::filesystem::exists(folder / "zone-0.png"));
  EXPECT_TRUE(std::filesystem::exists(folder / "qa.json"));
  std::stringstream page;
  page << std::ifstream(folder / "index.html").rdbuf();
  EXPECT_NE(page.str().find("arrow not seen"), std::string::npos);
  EXPECT_NE(page.str().find("cal&lt;1&gt;"), std::string::npos);
}

TEST(QaReportFiles, AFolderThatCannotBeMadeIsNamed) {
  DrawnScene scene;
  scene.columns = scene.rows = 80;
  scene.attenuation = [](double, double) { return std::pair{0.0, 0.0}; };
  const Images images = draw_images(scene);
  const auto status = write_qa_report("/dev/null/here", read_test_objects(images, {}), {}, images);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("/dev/null/here"), std::string::npos);
}

}  // namespace
}  // namespace portcullis::imaging

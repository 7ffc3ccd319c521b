#include "inspection/worker/job.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "core/crc32c.h"

namespace portcullis {
namespace {

using inspection::parse_job;

imaging::Images small_images() {
  imaging::Images images;
  images.grid = {3, 2, 2.0, -250, 4700};
  images.transmission_high = {1, 0.5F, 0.25F, 0.125F, 0.1F, 1e-7F};
  images.transmission_low = {1, 0.4F, 0.2F, 0.1F, 0.05F, 1e-7F};
  images.mass_g_cm2 = {0, 10, 20, 30, 40, 50};
  images.material = {0, 1, 2, 3, 4, 5};
  images.material_confidence_percent = {0, 20, 40, 60, 80, 100};
  images.obliquity = {1.1F, 1.0F};
  images.bad = {0, 0, 0, 1, 0, 0};
  images.lines_lost = 7;
  images.scatter_left = 3e-5;
  return images;
}

std::vector<std::byte> small_job() {
  core::VehicleIdentity identity;
  identity.plate = "AB123CD";
  identity.containers.push_back({"CSQU3054383", "22G1", true, 0.9});
  const auto images = small_images();
  const auto bytes = inspection::job_bytes(images, identity, {});
  std::vector<std::byte> job(bytes.value());
  EXPECT_TRUE(inspection::write_job(42, images, identity, {0.4, 0.6}, job).ok());
  return job;
}

template <class T>
void put(std::vector<std::byte>& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}
/// Both checksums made right again: what a hostile sender would do.
void sign(std::vector<std::byte>& job) {
  put(job, 60, core::crc32c(std::span<const std::byte>(job).subspan(128)));
  put(job, 64, core::crc32c(std::span<const std::byte>(job).first(64)));
}

TEST(WorkerJob, LiesAsThePageSays) {
  const auto job = small_job();
  EXPECT_EQ(std::memcmp(job.data(), "PCWJOB02", 8), 0);
  std::int32_t columns = 0;
  std::memcpy(&columns, job.data() + 16, 4);
  EXPECT_EQ(columns, 3);
  float second = 0;
  std::memcpy(&second, job.data() + 128 + 4, 4);
  EXPECT_EQ(second, 0.5F);
  // Three planes of 6 floats, 2 rows: the classes start at 128 + 72 + 8.
  EXPECT_EQ(static_cast<int>(job[128 + 72 + 8 + 5]), 5);
  EXPECT_EQ(static_cast<int>(job[128 + 72 + 8 + 6 + 5]), 100);
}

TEST(WorkerJob, ComesBackAsItWas) {
  const auto job = parse_job(small_job());
  ASSERT_TRUE(job.ok()) << job.error().message;
  EXPECT_EQ(job->number, 42U);
  EXPECT_EQ(job->images.transmission_low, small_images().transmission_low);
  EXPECT_EQ(job->images.material, small_images().material);
  EXPECT_EQ(job->images.obliquity, small_images().obliquity);
  EXPECT_EQ(job->images.grid.z_first_mm, 4700);
  EXPECT_EQ(job->images.lines_lost, 7U);
  EXPECT_EQ(job->images.scatter_left, 3e-5);
  EXPECT_EQ(job->identity.containers[0].number, "CSQU3054383");
  EXPECT_EQ(job->parameters.shielding_score_min, 0.6);
}

TEST(WorkerJob, EverySingleDamagedByteIsNoticed) {
  const auto whole = small_job();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i >= 68 && i < 128) continue;  // reserved
    auto damaged = whole;
    damaged[i] ^= std::byte{0x10};
    EXPECT_FALSE(parse_job(damaged).ok()) << "byte " << i;
  }
  for (std::size_t n = 0; n < whole.size(); ++n)
    EXPECT_FALSE(parse_job(std::span(whole).first(n)).ok()) << n;
}

TEST(WorkerJob, WellSignedNonsenseIsRefused) {
  const auto refused = [](auto change, const char* field) {
    auto job = small_job();
    change(job);
    sign(job);
    const auto parsed = parse_job(job);
    ASSERT_FALSE(parsed.ok()) << field;
    EXPECT_NE(parsed.error().message.find(field), std::string::npos) << parsed.error().message;
  };
  refused([](auto& j) { put(j, 16, std::int32_t{-3}); }, "columns");
  refused(
      [](auto& j) {
        put(j, 16, std::int32_t{65'535});
        put(j, 20, std::int32_t{16'384});
      },
      "pixels");
  refused([](auto& j) { put(j, 20, std::int32_t{3}); }, "size");
  refused([](auto& j) { put(j, 24, 0.0); }, "mm_per_px");
  refused([](auto& j) { put(j, 32, std::numeric_limits<double>::quiet_NaN()); }, "x_first_mm");
  refused([](auto& j) { put(j, 56, std::uint32_t{0xFFFFFFFF}); }, "JSON");
  refused([](auto& j) { put(j, 128, std::numeric_limits<float>::quiet_NaN()); },
          "transmission_high");
  refused([](auto& j) { put(j, 128 + 48, -1.0F); }, "mass_g_cm2");
  refused([](auto& j) { put(j, 128 + 72, 0.0F); }, "obliquity");
  refused([](auto& j) { j[128 + 72 + 8] = std::byte{6}; }, "material");
  refused([](auto& j) { j[128 + 72 + 8 + 6] = std::byte{101}; }, "material_confidence_percent");
  refused([](auto& j) { j[128 + 72 + 8 + 18] = std::byte{'['}; }, "JSON");
}

TEST(WorkerJob, ABlockIsTheImagesOfItsColumns) {
  const auto images = small_images();
  auto block = imaging::whole_block(images);
  block.first_column = -100;
  block.columns = 2;
  const auto grid = inspection::block_grid(block, 2.0, 4700);
  std::vector<std::byte> memory(inspection::block_bytes(block, grid).value());
  ASSERT_TRUE(inspection::write_block(9, block, grid, images.obliquity, memory).ok());
  const auto job = parse_job(memory);
  ASSERT_TRUE(job.ok()) << job.error().message;
  EXPECT_EQ(job->number, 9U);
  EXPECT_EQ(job->images.grid.x_first_mm, -200.0);
  EXPECT_EQ(job->images.transmission_high, (std::vector<float>{1, 0.5F, 0.125F, 0.1F}));
  EXPECT_EQ(job->images.material, (std::vector<std::uint8_t>{0, 1, 3, 4}));
  EXPECT_EQ(job->images.bad, (std::vector<std::uint8_t>{0, 0, 1, 0}));
  EXPECT_EQ(job->images.scatter_left, 3e-5);
}

TEST(WorkerJob, TheEndOfAScanComesBackAndNonsenseIsRefused) {
  inspection::JobEnd end;
  end.blocks = 3;
  end.grid = {700, 2138, 2.0, -512, 4775.25};
  end.identity.containers.push_back({"CSQU3054383", "22G1", true, 0.9});
  end.parameters.shielding_score_min = 0.25;
  const std::string text = inspection::write_job_end(end);
  const auto back = inspection::parse_job_end(text);
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(back->blocks, 3U);
  EXPECT_EQ(back->grid.columns, 700);
  EXPECT_EQ(back->grid.z_first_mm, 4775.25);
  EXPECT_EQ(back->identity.containers[0].iso_type, "22G1");
  EXPECT_EQ(back->parameters.shielding_score_min, 0.25);
  for (std::size_t n = 0; n < text.size(); ++n)
    EXPECT_FALSE(inspection::parse_job_end(std::string_view(text).substr(0, n)).ok()) << n;
  end.grid.columns = 0;
  EXPECT_FALSE(inspection::parse_job_end(inspection::write_job_end(end)).ok());
}

TEST(WorkerJob, PlanesThatDoNotFitAreNotSent) {
  auto images = small_images();
  images.bad.pop_back();
  EXPECT_FALSE(inspection::job_bytes(images, {}, {}).ok());
}

}  // namespace
}  // namespace portcullis

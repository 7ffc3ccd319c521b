// A day at the screen in virtual time: its memory at the end of the day is that of its first hour.
// PORTCULLIS_MEMORY_CASES=1500 (tools/campaign memory) takes a whole day's cases.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsOurs = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kMemoryIsOurs = false;
#else
constexpr bool kMemoryIsOurs = true;
#endif
#else
constexpr bool kMemoryIsOurs = true;
#endif

constexpr int kCasesByDefault = 40;
constexpr int kCasesOfADay = 1500;
constexpr int kColumns = 800, kRows = 300;
/// High, low and mass at 16 bits, classes at 8 and their steps of half the size each.
constexpr double kPlanesMib = kColumns * kRows * 7.0 * 4 / 3 / (1 << 20);
constexpr int kFewCases = 4;       // where a sanitizer keeps what was freed
constexpr int kCasesMeasured = 5;  // the least of so many: a plane may just be on its way

/// What the process has in memory, MiB (proc(5), statm).
double resident_mib() {
  std::ifstream file("/proc/self/statm");
  long pages = 0, resident = 0;
  file >> pages >> resident;
  return static_cast<double>(resident) * 4096 / (1 << 20);
}

class MemoryTest : public ScreenTest {
 protected:
  static int case_count() {
    if (!kMemoryIsOurs) return kFewCases;
    const char* wanted = std::getenv("PORTCULLIS_MEMORY_CASES");
    return wanted != nullptr ? std::max(kCasesByDefault, std::atoi(wanted)) : kCasesByDefault;
  }
  /// One case as an officer takes it: looks closer, in other colours, answers, decides.
  void work_through(int number) {
    const std::string id = std::to_string(number);
    const bool clear = number % 2 == 0;
    lane_.show_case(test::truck_case("case-" + id, "scan-" + id, clear));
    ASSERT_TRUE(wait_for([&] {
      return app_->inspection_case().case_id() == QString::fromStdString("case-" + id) &&
             app_->image_drawn() && app_->images().complete();
    })) << id;
    clock_.advance(std::chrono::milliseconds(501));
    app_->view().zoom_about(300, 100, 3);
    key(Qt::Key_2);
    key(Qt::Key_7);
    if (number % 10 == 0) {
      key(Qt::Key_F3);
      key(Qt::Key_Escape);
    }
    key(Qt::Key_S);
    ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
    for (int left = app_->inspection_case().finding_count(); left > 0; --left) {
      key(Qt::Key_A);
      ASSERT_TRUE(wait_for([&] { return app_->inspection_case().unanswered() < left; })) << id;
      key(Qt::Key_N);
    }
    ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); })) << id;
    key(clear ? Qt::Key_L : Qt::Key_I);
    key(Qt::Key_1);
    key(Qt::Key_Return);
    ASSERT_TRUE(wait_for([&] { return static_cast<int>(lane_.decisions().size()) == number; }))
        << id;
  }
};

TEST_F(MemoryTest, OfADayIsThatOfItsFirstHour) {
  lane_.set_image_size(kColumns, kRows);
  open();
  const int cases = case_count();
  const bool whole_day = cases >= kCasesOfADay;
  const int first_hour = whole_day ? cases / 24 : cases / 2;
  const auto between = std::chrono::milliseconds(24 * 3600 * 1000LL / cases);
  double at_first = 1e9, at_last = 1e9;
  for (int number = 1; number <= cases; ++number) {
    ASSERT_NO_FATAL_FAILURE(work_through(number));
    clock_.advance(between);
    lane_.change_status([](services::LaneStatus&) {});  // the lane still speaks
    ASSERT_TRUE(wait_for([&] { return !app_->lane().stale(); }));
    if (number > first_hour - kCasesMeasured && number <= first_hour)
      at_first = std::min(at_first, resident_mib());
    if (number % std::max(cases / 12, 1) == 0) {
      std::printf("%d cases: %.1f MiB\n", number, resident_mib());
      std::fflush(stdout);
    }
    if (number > cases - kCasesMeasured) at_last = std::min(at_last, resident_mib());
  }
  if (!kMemoryIsOurs) return;
  std::printf("%d cases: %.1f MiB after %d of them, %.1f MiB at the end\n", cases, at_first,
              first_hour, at_last);
  if (whole_day) {
    EXPECT_LT(at_last, 1.05 * at_first);
  } else {
    // The caches still fill, by less than half of what the planes of a case take.
    EXPECT_LT(at_last - at_first, (cases - first_hour) * kPlanesMib / 2);
  }
}

}  // namespace
}  // namespace portcullis::hmi

#include <gtest/gtest.h>

#include <QGuiApplication>

#include "hmi/app/level_memory.h"
#include "hmi/app/warnings.h"

// The real screen, off the screen: no display, no GPU.
int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  portcullis::hmi::keep_memory_level();
  portcullis::hmi::count_warnings();
  ::testing::InitGoogleTest(&argc, argv);
  const QGuiApplication application(argc, argv);
  return RUN_ALL_TESTS();
}

#include "tests/support/stall_watch.h"

/// Half of what these lanes allow their PLC's data in age.
int main(int argc, char** argv) {
  return portcullis::test::run_tests_unless_stalled(argc, argv, std::chrono::milliseconds(125));
}

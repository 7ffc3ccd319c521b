#pragma once

namespace portcullis::hmi {

/// Sends Qt's messages to stderr as they would go, and counts warnings and worse from now on.
/// Call before the QGuiApplication is made.
void count_warnings();
int warnings_counted();

}  // namespace portcullis::hmi

#pragma once

namespace portcullis::hmi {

/// Planes and pictures of a case (more than half a MiB each) are given back to the system when the
/// case is left, instead of into a heap that small things then tear into pieces: over 1,500 cases
/// the screen's memory grew by 10 % without it and by 2 % with it. For the whole process; call
/// before any thread is begun. Does nothing where the C library is not glibc.
void keep_memory_level();

}  // namespace portcullis::hmi

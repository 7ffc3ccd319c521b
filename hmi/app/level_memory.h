#pragma once

namespace portcullis::hmi {

/// All threads take memory from one heap instead of one each: planes and pictures of a case then
/// go where those of the case before were, whichever thread asks. Over 1,500 cases the screen's
/// memory grew by 10 % without it and by 1 to 2 % with it, and the first picture of a case is no
/// slower (docs/performance.md). For the whole process; call before any thread is begun. Does
/// nothing where the C library is not glibc.
void keep_memory_level();

}  // namespace portcullis::hmi

#include "imaging/pipeline/deflate.h"

#include <isa-l/igzip_lib.h>

#include <cstdint>
#include <limits>

#include "core/assert.h"
#include "core/scratch.h"

namespace portcullis::imaging {

core::Result<std::string> deflate(std::span<const std::byte> raw, DeflateForm form) {
  // What does not compress is stored, at some bytes for each 64 KiB; headers, flush and checksum.
  const std::size_t room = raw.size() + raw.size() / 64 + 4096;
  PC_ASSERT(room <= std::numeric_limits<std::uint32_t>::max());
  // Strips are as large as each other: a thread's room is taken, and touched, once.
  static thread_local core::Scratch<std::uint8_t> room_kept, work_kept;
  const std::span<std::uint8_t> out = room_kept.of(room);
  const std::span<std::uint8_t> work = work_kept.of(ISAL_DEF_LVL1_DEFAULT);
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.level = 1;
  stream.level_buf = work.data();
  stream.level_buf_size = static_cast<std::uint32_t>(work.size());
  stream.gzip_flag = form == DeflateForm::kZlibStream ? IGZIP_ZLIB : IGZIP_DEFLATE;
  stream.flush = form == DeflateForm::kPiece ? FULL_FLUSH : NO_FLUSH;
  stream.end_of_stream = form == DeflateForm::kPiece ? 0 : 1;
  // It reads only.
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(raw.data()));
  stream.avail_in = static_cast<std::uint32_t>(raw.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<std::uint32_t>(room);
  const int done = isal_deflate_stateless(&stream);
  if (done != COMP_OK || stream.avail_in != 0)
    return core::Error{core::ErrorCode::kInternal,
                       "deflate: ISA-L refused (" + std::to_string(done) + ")"};
  return std::string(reinterpret_cast<const char*>(out.data()), stream.total_out);
}

}  // namespace portcullis::imaging

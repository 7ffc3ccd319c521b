#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "customs/match/goods_table.h"

// Any bytes as the table of what loads look like that a site may bring: one whose text is read as
// the same table again, or an error of one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace customs = portcullis::customs;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto table = customs::parse_goods(bytes, "fuzz");
  if (!table.ok()) {
    PC_ASSERT(table.error().message.find('\n') == std::string::npos);
    return 0;
  }
  for (const auto& [chapter, goods] : table->chapters) {
    for (const auto& range : goods.ranges) {
      PC_ASSERT(range.samples <= goods.samples && range.least <= range.low &&
                range.low <= range.median && range.median <= range.high &&
                range.high <= range.most);
    }
  }
  const auto again = customs::parse_goods(customs::goods_text(*table), "again");
  PC_ASSERT(again.ok() && again->chapters.size() == table->chapters.size());
  return 0;
}

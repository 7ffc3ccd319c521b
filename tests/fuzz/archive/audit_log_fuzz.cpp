#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "archive/audit/audit_entry.h"
#include "archive/audit/draws.h"
#include "archive/audit/tile_names.h"
#include "archive/audit/tlog_proof.h"
#include "core/assert.h"

// The first byte chooses the parser. What is taken must be the one way to write it: a second text
// for the same thing would be an edit that nobody sees.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portcullis::archive;  // NOLINT: in this function only
  static const auto key =
      VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  PC_ASSERT(key.ok());
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] % 7) {
    case 0:
      if (const auto entry = parse_audit_entry(text); entry.ok())
        PC_ASSERT(*to_canonical_json(*entry) == text);
      break;
    case 1:
      if (const auto tile = parse_tile_path(text)) PC_ASSERT(tile_path(*tile) == text);
      break;
    case 2: {
      const auto count = static_cast<std::uint32_t>(text.size() % 257);
      const auto entries = entries_of(text, count);
      if (!entries.ok()) break;
      std::string again;
      for (const auto entry : *entries) add_to_bundle(again, entry);
      PC_ASSERT(again == text);
      break;
    }
    case 3:
      if (const auto other = VerifierKey::parse(text); other.ok()) PC_ASSERT(other->text() == text);
      break;
    case 4:
      // Nobody here holds the private key.
      PC_ASSERT(!open_checkpoint(text, *key).ok() || text.find("PeterNeumann") == 0);
      break;
    case 5:
      (void)check_inclusion_proof("c2sp.org/tlog-proof@v1\n" + std::string(text), *key);
      break;
    default: {
      DrawLedger ledger;
      ledger.take(0, text);
      (void)check_draws(ledger, portcullis::core::UtcTime{});
    }
  }
  return 0;
}

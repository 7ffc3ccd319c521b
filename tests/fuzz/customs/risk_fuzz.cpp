#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "core/files.h"
#include "customs/risk/releases.h"
#include "customs/risk/risk_model.h"
#include "customs/risk/risk_table.h"
#include "customs/risk/tariff.h"

namespace {

/// An error of one line, where there is one.
template <class T>
bool read_or_one_line(const portcullis::core::Result<T>& read) {
  if (read.ok()) return true;
  PC_ASSERT(read.error().message.find('\n') == std::string::npos);
  return false;
}

}  // namespace

// Any bytes as each of the files that risk reads, a model's content with the right hash too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace customs = portcullis::customs;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto table = customs::parse_risk_table(bytes, "fuzz", "Fraud");
  if (read_or_one_line(table)) PC_ASSERT(table->labels.size() == table->rows.size());
  if (const auto tariff = customs::Tariff::parse(bytes, "fuzz"); read_or_one_line(tariff))
    static_cast<void>(tariff->due("24022090", 1, 1, 0));
  if (const auto record = customs::ReleaseRecord::parse(bytes, "fuzz"); read_or_one_line(record))
    static_cast<void>(record->text());
  static_cast<void>(read_or_one_line(customs::RiskModel::parse(bytes, "fuzz")));
  const auto forged = "portcullis-risk-model 1 sha256=" + portcullis::core::sha256_hex(bytes) +
                      "\n" + std::string(bytes);
  if (const auto model = customs::RiskModel::parse(forged, "fuzz"); read_or_one_line(model))
    static_cast<void>(model->score(customs::RiskRow{}));
  return 0;
}

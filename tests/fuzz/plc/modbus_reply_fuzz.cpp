// Whatever bytes answer a Modbus request, in whatever pieces, on either wire: a value is taken only
// from a reply that fits its request, and nothing beyond what was asked for is touched.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "plc/modbus/wire.h"

using namespace portcullis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  constexpr std::uint8_t kFunctions[] = {1, 2, 3, 4, 15, 16};
  constexpr std::uint16_t kMark = 0xA5A5;
  plc::ModbusRequest request;
  request.unit = data[0];
  request.function = kFunctions[data[1] % 6];
  request.count = static_cast<std::uint16_t>(1 + data[2] % 120);
  const std::vector<std::uint16_t> written(request.count, 1);
  request.words = written;
  const auto tcp = plc::encode_modbus_tcp(request, 7);
  const auto rtu = plc::encode_modbus_rtu(request);
  if (tcp.size > 260 || rtu.size > 256 || plc::modbus_crc(rtu.view()) != 0) std::abort();

  const std::size_t piece = 1 + data[3] % 64;
  for (const auto wire : {plc::ModbusStream::Wire::kTcp, plc::ModbusStream::Wire::kRtu}) {
    plc::ModbusStream stream(wire);
    for (std::size_t at = 4; at < size && !stream.lost(); at += piece) {
      stream.push({data + at, std::min(piece, size - at)});
      while (const auto reply = stream.next()) {
        std::vector<std::uint16_t> out(request.count + 8, kMark);
        const auto verdict = plc::judge_modbus_reply(request, reply->pdu, out);
        const bool good = verdict.kind == plc::ModbusVerdict::Kind::kGood;
        if (good && reply->pdu[0] != request.function) std::abort();
        const std::size_t from = good && request.function < 15 ? request.count : 0;
        for (std::size_t i = from; i < out.size(); ++i)
          if (out[i] != kMark) std::abort();
      }
    }
  }
  return 0;
}

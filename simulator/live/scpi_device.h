#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "firmware_bridge/codec/scpi.h"

namespace portcullis::simulator {

/// The part that source and detector have in common on their text wire: messages, the common
/// commands (*IDN?, *RST, *TST?, *CLS) and the error queue. One device, any number of
/// connections; they share its error queue.
/// Threading: one thread. No socket inside; time is handed in.
class ScpiDevice {
 public:
  virtual ~ScpiDevice() = default;

  /// Carries out one line without its LF. The reply line without LF, or nothing where there was no
  /// query. Malformed input and refusals go to the error queue.
  std::optional<std::string> handle(std::string_view line, core::TimePoint now);
  /// A line was thrown away for its length.
  void note_overlong() { errors_.push(firmware_bridge::scpi_error::kInputOverrun); }

 protected:
  /// What became of one unit.
  struct Outcome {
    std::optional<std::string> reply;
    std::optional<firmware_bridge::ScpiError> error;
  };
  static Outcome done() { return {}; }
  static Outcome reply(std::string text) { return {std::move(text), {}}; }
  static Outcome refuse(int number);
  /// The standard's text, then ";" and the device's own words.
  static Outcome refuse(int number, std::string_view why);

  [[nodiscard]] virtual std::string identity() const = 0;
  /// *TST?: 0 when well.
  [[nodiscard]] virtual int self_test() const = 0;
  virtual void reset(core::TimePoint now) = 0;
  /// A unit that is not one of the common ones.
  virtual Outcome carry_out(const firmware_bridge::ScpiUnit& unit, core::TimePoint now) = 0;

  firmware_bridge::ScpiErrorQueue errors_;

 private:
  Outcome carry_out_common(const firmware_bridge::ScpiUnit& unit, core::TimePoint now);
};

}  // namespace portcullis::simulator

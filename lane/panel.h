#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// The driver panel: which messages there are, their pictograms, and their words in the languages
/// that drivers read. The numbers are those of the PLC's tag driver_panel_message.
namespace portcullis::lane {

namespace sign {
inline constexpr std::uint16_t kBlank = 0;
inline constexpr std::uint16_t kStop = 1;
inline constexpr std::uint16_t kEngineOff = 2;
inline constexpr std::uint16_t kLeaveCab = 3;
inline constexpr std::uint16_t kStandHere = 4;
inline constexpr std::uint16_t kReturn = 5;
inline constexpr std::uint16_t kDriveOn = 6;
inline constexpr std::uint16_t kWait = 7;
inline constexpr std::uint16_t kToEntry = 8;       ///< Round to the entry, to be scanned again.
inline constexpr std::uint16_t kToInspection = 9;  ///< To the inspection place.
inline constexpr std::uint16_t kGoToBay = 10;      ///< Plus the number of the bay, from 1.
}  // namespace sign

/// "stop", "engine_off", "leave_cab", "stand_here", "return", "drive_on", "wait", "to_entry",
/// "to_inspection", "go_to_bay"; empty for a blank panel and for numbers that mean nothing.
[[nodiscard]] std::string_view panel_pictogram(std::uint16_t message) noexcept;
/// ISO 639-1 codes of the languages that the panel speaks: "en", "fr", "es", "ar", "de", "ru",
/// "tr".
[[nodiscard]] std::span<const std::string_view> panel_languages() noexcept;
/// The words of a message; empty for a blank panel, an unknown number or an unknown language.
[[nodiscard]] std::string panel_text(std::uint16_t message, std::string_view language);

}  // namespace portcullis::lane

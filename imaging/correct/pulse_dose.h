#pragma once

#include <span>

namespace portcullis::imaging {

/// Whether a pulse broke off (an arc in the accelerator): its dose stands far below that of the
/// pulses of its energy on both sides, so its spectrum is not the one that was calibrated. The
/// light is as much less as the dose, so in air nothing shows it.
///
/// `before`, `after`: doses of the measured pulses of the same energy around it, any order, in any
/// one unit; a side of fewer than three is not asked. With both sides, a dose that rises while the
/// source warms up or steps to another level is no arc. Far below is 12 % (three quarters of the
/// least that an arc takes away here, 20 %, are left for pulses that were strong; the pulses'
/// own spread is 2 %), and six times the spread that the neighbours show, where the source
/// is less steady. Pure; no allocation for up to 32 neighbours a side.
[[nodiscard]] bool broke_off(double dose, std::span<const double> before,
                             std::span<const double> after);

}  // namespace portcullis::imaging

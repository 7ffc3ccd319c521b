#pragma once

#include <memory>

#include "core/scan.h"

namespace portcullis::bench {

/// A 45-foot truck of 10,000 columns on the shipped gantry's array, both energies, made from theory
/// (no simulator): the same for all benchmarks of a program, made at the first call.
std::shared_ptr<core::RawScan> truck_scan();

/// Photons that a pixel's noise in air is worth, by pulse.
inline constexpr double kPhotonsInAir = 53'000;

/// The least bits a sample of the first `share` of the scan's lines can be kept in, on average:
/// what its photon noise alone holds, were all else foreseen.
double noise_bits(const core::RawScan& scan, double share);

}  // namespace portcullis::bench

#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "services/lane/lane_backend.h"

namespace portcullis::test {

inline constexpr int kTruckColumns = 3000;
inline constexpr int kTruckRows = 1000;

/// A truck drawn by hand: container, cartons, drums, a pump set, and two things that do not belong.
/// 3000 x 1000 pixels of 5 mm. `seed` makes its noise.
services::Image draw_truck(services::ImagePlane plane, unsigned seed);
/// The case of that truck: declaration, checks, two findings, radiation profile.
services::CaseView truck_case(const std::string& case_id, const std::string& scan_id, bool clear);

/// Cases that are not as usual: "partial" (a scan cut short), "undeclared", "lookup" (the gateway
/// did not answer), "ambiguous" (two declarations), "findings" (six of them), "goods" (40 items
/// with long descriptions and codes of 10 digits), "mass" (only the mass differs). Other names:
/// truck_case().
services::CaseView scene_case(const std::string& scene, const std::string& case_id,
                              const std::string& scan_id);
/// An image of one grey, any size.
services::Image plain_image(services::ImagePlane plane, std::uint32_t columns, std::uint32_t rows);

/// One column of the truck as the live picture shows it; `gray` has kTruckRows.
void truck_column(int column, std::span<std::uint8_t> gray);

}  // namespace portcullis::test

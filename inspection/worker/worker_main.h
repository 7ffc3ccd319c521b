#pragma once

#include <functional>

#include "imaging/flag/flag.h"
#include "imaging/flag/work_plane.h"

namespace portcullis::inspection {

/// What a worker does with a job; imaging::flag in the product.
using FlagFunction = std::function<imaging::FlagResult(
    const imaging::Images&, const core::VehicleIdentity&, const imaging::FlagParameters&)>;

/// The same on the work plane of a scan that came in blocks.
using PlaneFunction = std::function<imaging::FlagResult(
    const imaging::WorkPlane&, const core::ImageGrid&, const core::VehicleIdentity&,
    const imaging::FlagParameters&)>;

/// The worker's life: greets on `socket_fd`, then takes jobs until the socket closes. Returns the
/// exit code: 0 where the lane closed the socket, 1 with one line on stderr otherwise. Asks the
/// kernel to be killed when its parent dies. A job it cannot read is answered with an error and
/// the worker goes on. Blocks of a scan that runs are averaged as they come and not answered; a
/// block that is no good is told at the scan's end.
int run_worker(int socket_fd, const FlagFunction& flag_function,
               const PlaneFunction& plane_function);

}  // namespace portcullis::inspection

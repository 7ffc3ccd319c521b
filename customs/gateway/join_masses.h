#pragma once

#include "customs/model/case.h"

namespace portcullis::customs {

/// Gives each declared container the masses that others than its declaration's items tell: verified
/// gross mass and tare of the declaration's own equipment, and, over it, what VERMAS messages about
/// the container say; of several the newest counts (`whole.orders` is oldest first). Pure.
void join_masses(Case& whole);

}  // namespace portcullis::customs

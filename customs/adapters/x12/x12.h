#pragma once

namespace portcullis::customs {

struct Adapter;

/// ANSI ASC X12: the customs manifest (309), as US ACE and Canada's ACI use it.
const Adapter& x12_adapter();

}  // namespace portcullis::customs

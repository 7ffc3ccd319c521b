#pragma once

namespace portcullis::customs {

struct Adapter;

/// ANSI ASC X12 as US ACE and Canada's ACI use it: the customs manifest (309), the status of its
/// bills (350) and the answer to it (355); a draft of a status.
const Adapter& x12_adapter();

}  // namespace portcullis::customs

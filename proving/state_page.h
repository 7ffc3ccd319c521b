#pragma once

#include <string>

namespace portcullis::proving {

/// The page docs/lane_states.md, from the lane's own tables: diagram of the changes of state
/// (Mermaid), which command is possible in which state, the conditions of beam, the invariants and
/// the guards. The same text always; a test compares it with the page.
[[nodiscard]] std::string state_page();

}  // namespace portcullis::proving

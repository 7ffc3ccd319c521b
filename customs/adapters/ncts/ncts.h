#pragma once

namespace portcullis::customs {
struct Adapter;
}

namespace portcullis::customs::ncts {

/// EU New Computerised Transit System, phase 5: CC015C (declaration), CC060C (control decision) and
/// CC044C (unloading remarks) to a case; CC044C as a draft from one.
const Adapter& adapter();

}  // namespace portcullis::customs::ncts

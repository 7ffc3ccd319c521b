#include "imaging/pipeline/parameters.h"

#include <nlohmann/json.hpp>
#include <string>

namespace portcullis::imaging {

nlohmann::json to_json(const Parameters& parameters) {
  nlohmann::json corrections = nlohmann::json::object();
  for (const auto& [name, member] : kCorrections)
    corrections[std::string(name)] = parameters.corrections.*member;
  return {{"denoise", parameters.denoise}, {"corrections", corrections}};
}

}  // namespace portcullis::imaging

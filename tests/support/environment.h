#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace portcullis::test {

/// The variable's value; throws what to do where ctest did not set it.
inline std::string set_variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr)
    throw std::runtime_error(std::string(name) + " is not set: run this test through ctest");
  return value;
}

}  // namespace portcullis::test

#pragma once

#include <string_view>

// Rules that hold for every input. Tests and fuzzers share the code that checks them.
namespace hpserver::testing {

// Each program defines its own: a test fails, a fuzzer ends.
void rule_broken(std::string_view rule);

inline void require(bool holds, std::string_view rule) {
  if (!holds) rule_broken(rule);
}

}  // namespace hpserver::testing

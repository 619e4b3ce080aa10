#pragma once

#include <string_view>

// What holds for every input, whoever looks: tests and fuzzers share what looks for it.
namespace hpserver::testing {

// Each program has its own: a test fails, a fuzzer ends.
void rule_broken(std::string_view rule);

inline void require(bool holds, std::string_view rule) {
  if (!holds) rule_broken(rule);
}

}  // namespace hpserver::testing

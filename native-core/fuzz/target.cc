#include "target.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "test/rules.h"

namespace hpserver::testing {

void rule_broken(std::string_view rule) {
  std::fprintf(stderr, "broken rule: %.*s\n", static_cast<int>(rule.size()), rule.data());
  std::abort();
}

}  // namespace hpserver::testing

namespace hpserver::fuzz {

void require_equal(std::string_view actual, std::string_view expected, std::string_view rule) {
  if (actual == expected) return;
  std::fprintf(stderr, "--- expected\n%.*s\n--- actual\n%.*s\n---\n",
               static_cast<int>(expected.size()), expected.data(), static_cast<int>(actual.size()),
               actual.data());
  testing::rule_broken(rule);
}

}  // namespace hpserver::fuzz

// Called by libFuzzer, which prescribes this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  hpserver::fuzz::try_input({reinterpret_cast<const char*>(bytes), size});
  return 0;
}

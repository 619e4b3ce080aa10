#include "hpserver/protocol/http/access/access_format.h"

#include <array>
#include <charconv>

namespace hpserver::http {

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace hpserver::http

#include "hpserver/protocol/http/identity/request_ids.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "hpserver/base/clock.h"
#include "hpserver/protocol/http/identity/trace_parent.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/request.h"

namespace hpserver::http {

namespace {

std::uint64_t random_prefix() {
  std::uint64_t prefix = 0;
  if (::getrandom(&prefix, sizeof prefix, GRND_NONBLOCK) == sizeof prefix) return prefix;
  // Early after boot there may be no randomness: use the process and the time.
  const auto now = static_cast<std::uint64_t>(Clock::now().time_since_epoch().count());
  return now ^ static_cast<std::uint64_t>(::getpid()) << 40U;
}

void append_hex(std::string& text, std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<char, 16> digits;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    *digit = kDigits[number & 15U];
    number >>= 4U;
  }
  text.append(digits.data(), digits.size());
}

// The value of a field that occurs exactly once; if there were two, readers could disagree.
std::optional<std::string_view> only_field(const Request& request, std::string_view name) {
  std::optional<std::string_view> value;
  for (std::size_t index = 0; index < request.header_count(); ++index) {
    if (!equal_ignoring_case(request.header_name(index), name)) continue;
    if (value) return std::nullopt;
    value = request.header_value(index);
  }
  return value;
}

}  // namespace

RequestIds::RequestIds() : prefix_(random_prefix()) {}

void RequestIds::name(const Request& request, RequestName& name) {
  name.id.clear();
  name.trace_parent.clear();
  const auto trace_parent = only_field(request, "traceparent");
  if (trace_parent && TraceParent::parse(*trace_parent)) name.trace_parent = *trace_parent;
  const auto given = only_field(request, "X-Request-Id");
  if (given && is_sane(*given)) {
    name.id = *given;
  } else {
    append_hex(name.id, prefix_);
    append_hex(name.id, ++count_);
  }
}

bool RequestIds::is_sane(std::string_view id) noexcept {
  constexpr std::string_view kSigns = "._-+/=:@~";
  const auto may_be = [&](char c) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_plain || kSigns.find(c) != kSigns.npos;
  };
  return !id.empty() && id.size() <= kMaxBytes && std::ranges::all_of(id, may_be);
}

}  // namespace hpserver::http

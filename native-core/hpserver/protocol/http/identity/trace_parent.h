#pragma once

#include <optional>
#include <string_view>

namespace hpserver::http {

// Where a request stands in a trace: the value of a `traceparent` field.
// See: www.w3.org/TR/trace-context-1, section 3.2.
struct TraceParent {
  std::string_view version;    // "00"
  std::string_view trace_id;   // 32 hexadecimal digits, not all 0
  std::string_view parent_id;  // 16, likewise
  std::string_view flags;      // "01": it is sampled

  // Views into `value`. Nothing: it isn't valid, so that it must be left out of account. Of
  // versions to come that is known which the first one has.
  static std::optional<TraceParent> parse(std::string_view value) noexcept;
};

}  // namespace hpserver::http

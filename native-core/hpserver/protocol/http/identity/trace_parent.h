#pragma once

#include <optional>
#include <string_view>

namespace hpserver::http {

// The position of a request in a trace: the value of a `traceparent` field.
// See: www.w3.org/TR/trace-context-1, section 3.2.
struct TraceParent {
  std::string_view version;    // "00"
  std::string_view trace_id;   // 32 hexadecimal digits, not all 0
  std::string_view parent_id;  // 16, not all 0
  std::string_view flags;      // "01": it is sampled

  // Returns views into `value`; nothing if it isn't valid and must be ignored. Of future versions,
  // reads the parts that version 00 has.
  static std::optional<TraceParent> parse(std::string_view value) noexcept;
};

}  // namespace hpserver::http

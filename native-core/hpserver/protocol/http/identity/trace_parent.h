#pragma once

#include <optional>
#include <string_view>

namespace hpserver::http {

// The position of a request in a trace: the value of a `traceparent` field.
// See: www.w3.org/TR/trace-context-1, section 3.2.
struct TraceParent {
  std::string_view version;    // "00"
  std::string_view trace_id;   // 32 hexadecimal digits, not all 0
  std::string_view parent_id;  // 16 hexadecimal digits, not all 0
  std::string_view flags;      // "01": sampled

  // Returns views into `value`; nothing if it is invalid and so must be ignored. Reads only the
  // parts that version 00 has, even if the version is a later one.
  static std::optional<TraceParent> parse(std::string_view value) noexcept;
};

}  // namespace hpserver::http

#pragma once

#include <cstdint>
#include <ctime>
#include <string_view>

namespace hpserver::http {

class Request;

// Distinguishes one version of a file from another.
struct Validators {
  std::string_view entity_tag;  // strong, including its quotes
  std::time_t modified = 0;
};

enum class Verdict : std::uint8_t {
  proceed,
  not_modified,  // 304
  failed,        // 412
};

// If-Match, else If-Unmodified-Since; then If-None-Match, else If-Modified-Since, for GET and HEAD.
// See: RFC 9110 section 13.2.2.
[[nodiscard]] Verdict evaluate_preconditions(const Request& request, Validators current) noexcept;

// Whether to honour a Range: there is no If-Range, or it names the current version.
// See: RFC 9110 section 13.1.5.
[[nodiscard]] bool is_range_current(const Request& request, Validators current) noexcept;

}  // namespace hpserver::http

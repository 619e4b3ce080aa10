#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/access_log.h"

namespace hpserver::http {

// When an exchange began, and how many bytes each thing that its client wrote may take in the line,
// with its escapes and without the dots that say that it was cut off.
struct AccessLineTerms {
  std::chrono::system_clock::time_point began;
  std::size_t field_bytes = 0;
};

// Appends the line of an exchange, with its '\n'. Whatever its client sent, it is one line, and
// none of its fields ends early. Any thread; allocates only while `line` grows.
using AppendAccess = void (*)(std::string& line, const AccessEntry& entry,
                              const AccessLineTerms& terms);

// What a line says of a client that went before there was an answer: nginx's number for it.
inline constexpr int kClientClosed = 499;

[[nodiscard]] inline int status_of(const AccessEntry& entry) noexcept {
  return entry.status == 0 ? kClientClosed : entry.status;
}

// What a line has beside what its client wrote, at most about so much.
inline constexpr std::size_t kLineFrameBytes = 320;

// What its client wrote, and the server's own words of it.
[[nodiscard]] inline std::size_t client_bytes(const AccessEntry& entry) noexcept {
  return entry.peer.size() + entry.method.size() + entry.target.size() + entry.referer.size() +
         entry.agent.size() + entry.route.size() + entry.request_id.size() +
         entry.trace_parent.size();
}

void append_number(std::string& out, std::uint64_t number);

}  // namespace hpserver::http

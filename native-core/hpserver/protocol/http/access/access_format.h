#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/access_log.h"

namespace hpserver::http {

// When an exchange began, and how many bytes each client-written field may take in the line,
// including escapes but not the dots that mark truncation.
struct AccessLineTerms {
  std::chrono::system_clock::time_point began;
  std::size_t field_bytes = 0;
};

// Appends the line of an exchange, with its '\n'. Whatever the client has sent, the result is one
// line, and no field can be made to end early. Any thread; allocates only while `line` grows.
using AppendAccess = void (*)(std::string& line, const AccessEntry& entry,
                              const AccessLineTerms& terms);

// The status of a client that disconnected before there was an answer: nginx's number for it.
inline constexpr int kClientClosed = 499;

[[nodiscard]] inline int status_of(const AccessEntry& entry) noexcept {
  return entry.status == 0 ? kClientClosed : entry.status;
}

// The approximate maximum of what a line contains besides the client-written fields.
inline constexpr std::size_t kLineFrameBytes = 320;

// The total size of an entry's texts: those that the client wrote, and the server's own.
[[nodiscard]] inline std::size_t client_bytes(const AccessEntry& entry) noexcept {
  return entry.peer.size() + entry.method.size() + entry.target.size() + entry.referer.size() +
         entry.agent.size() + entry.route.size() + entry.request_id.size() +
         entry.trace_parent.size();
}

void append_number(std::string& out, std::uint64_t number);

}  // namespace hpserver::http

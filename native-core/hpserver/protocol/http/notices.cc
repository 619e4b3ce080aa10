#include "hpserver/protocol/http/notices.h"

#include <cstddef>
#include <string_view>

#include "hpserver/connection/channel.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/notices.h"
#include "hpserver/protocol/http/request.h"

namespace hpserver::http {
namespace {

// Longer targets are truncated in the log.
constexpr std::size_t kMaxTargetBytes = 200;

std::string_view short_target(const Request& request) noexcept {
  return request.target().substr(0, kMaxTargetBytes);
}

}  // namespace

void note_exception(Channel& channel, const Request& request, const char* what) noexcept {
  channel.connections().loop().notices().note(
      Notices::Kind::exception, {"the handler of ", request.method_name(), " ",
                                 short_target(request), " threw an exception: ", what});
}

void note_overdue(Channel& channel, const Request& request) noexcept {
  channel.connections().loop().notices().note(
      Notices::Kind::overdue,
      {"the handler of ", request.method_name(), " ", request.pattern(),
       " has not answered by its deadline: 503 for ", short_target(request)});
}

void note_no_memory(Channel& channel, const Request& request) noexcept {
  channel.connections().loop().notices().note(
      Notices::Kind::no_memory,
      {"a body was refused because all connections together buffer too much: 503 for ",
       request.method_name(), " ", short_target(request)});
}

void note_refused(Channel& channel, const Request& request, std::string_view why) noexcept {
  channel.connections().loop().notices().note(Notices::Kind::refused,
                                              {"a request was refused because ", why, ": 503 for ",
                                               request.method_name(), " ", short_target(request)});
}

void note_shed(Channel& channel, const Request& request) noexcept {
  channel.connections().loop().notices().note(
      Notices::Kind::shed, {"a request has waited too long: 503 for ", request.method_name(), " ",
                            short_target(request)});
}

void note_overfull(Channel& channel, const Request& request) noexcept {
  channel.connections().loop().notices().note(
      Notices::Kind::no_memory,
      {"a stream was cut off because its client does not read what the handler writes: ",
       request.method_name(), " ", short_target(request)});
}

}  // namespace hpserver::http

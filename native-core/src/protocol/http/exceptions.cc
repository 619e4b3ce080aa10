#include "hpserver/protocol/http/exceptions.h"

#include <cstddef>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/notices.h"
#include "hpserver/net/channel.h"
#include "hpserver/net/connection_set.h"
#include "hpserver/protocol/http/request.h"

namespace hpserver::http {
namespace {

// A longer target is cut in the log.
constexpr std::size_t kMaxTargetBytes = 200;

}  // namespace

void note_exception(Channel& channel, const Request& request, const char* what) noexcept {
  channel.connections().loop().notices().note(
      Notices::Kind::exception, {"an exception left the handler of ", request.method_name(), " ",
                                 request.target().substr(0, kMaxTargetBytes), ": ", what});
}

}  // namespace hpserver::http

#pragma once

namespace hpserver {
class Channel;
}

namespace hpserver::http {

class Request;

// For the log: what the handler of this request has thrown, on the thread that called it.
void note_exception(Channel& channel, const Request& request, const char* what) noexcept;

}  // namespace hpserver::http

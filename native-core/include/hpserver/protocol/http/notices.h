#pragma once

namespace hpserver {
class Channel;
}

namespace hpserver::http {

class Request;

// For the log: what the handler of this request has thrown, on the thread that called it.
void note_exception(Channel& channel, const Request& request, const char* what) noexcept;

// For the log: the handler of this request has passed its deadline. The loop's thread.
void note_overdue(Channel& channel, const Request& request) noexcept;

}  // namespace hpserver::http

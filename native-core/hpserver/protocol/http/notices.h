#pragma once

#include <string_view>

namespace hpserver {
class Channel;
}

namespace hpserver::http {

class Request;

// For the log: what the handler of this request has thrown, on the thread that called it.
void note_exception(Channel& channel, const Request& request, const char* what) noexcept;

// For the log: the handler of this request has passed its deadline. The loop's thread.
void note_overdue(Channel& channel, const Request& request) noexcept;

// For the log: the body of this request is refused, since there is no memory to hold it.
void note_no_memory(Channel& channel, const Request& request) noexcept;

// For the log: this request is refused for want of room, since `why`.
void note_refused(Channel& channel, const Request& request, std::string_view why) noexcept;

// For the log: this request has waited too long, and is answered 503.
void note_shed(Channel& channel, const Request& request) noexcept;

// For the log: the stream that answers this request has written on though its client doesn't read.
void note_overfull(Channel& channel, const Request& request) noexcept;

}  // namespace hpserver::http

#pragma once

#include <string_view>

namespace hpserver {
class Channel;
}

namespace hpserver::http {

class Request;

// Logs what the handler of this request has thrown, on the thread that called it.
void note_exception(Channel& channel, const Request& request, const char* what) noexcept;

// Logs that the handler of this request has missed its deadline. The loop's thread.
void note_overdue(Channel& channel, const Request& request) noexcept;

// Logs that the body of this request is refused, since there is no memory to hold it.
void note_no_memory(Channel& channel, const Request& request) noexcept;

// Logs that this request is refused for lack of room, and `why`.
void note_refused(Channel& channel, const Request& request, std::string_view why) noexcept;

// Logs that this request has waited too long, and is answered 503.
void note_shed(Channel& channel, const Request& request) noexcept;

// Logs that the stream that answers this request keeps writing although its client doesn't read.
void note_overfull(Channel& channel, const Request& request) noexcept;

}  // namespace hpserver::http

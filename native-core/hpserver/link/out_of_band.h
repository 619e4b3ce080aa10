#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/watch.h"

namespace hpserver {

// TCP's out-of-band data: one urgent byte, and a mark where it stood in the stream. A second one
// before the first was taken replaces it, which then is lost (or a plain byte, inline): so it is
// good for "stop what you do", and for nothing else. See: tcp(7), RFC 6093.

// Sends `bytes`, of which the last is urgent; returns how many were taken: if fewer, no urgent one
// was. Doesn't block unless the socket does. Errors: those of send.
Result<std::size_t> send_urgent(int fd, std::string_view bytes);

// Takes the urgent byte out of its place aside; nothing if none has come. Not for a socket with
// SO_OOBINLINE. Errors: those of receive but EINVAL and EAGAIN.
Result<std::optional<char>> receive_urgent(int fd);

// Where the urgent byte is kept until it is read.
enum class UrgentPlace : std::uint8_t {
  aside,   // apart from the stream, the default
  inside,  // SO_OOBINLINE: at its mark in the stream
};

// Who hears a stream with urgent bytes. On the loop's thread. A call must not end the reader:
// that is for `on_end` and for later.
class UrgentListener {
 public:
  virtual ~UrgentListener() = default;

  // Plain bytes, valid during the call; never across a mark.
  virtual void on_bytes(std::string_view bytes) = 0;
  // The urgent byte, when all that was sent before it has been heard.
  virtual void on_urgent(char byte) = 0;
  // Nothing more will come: the end of the stream, or an error. May end the reader.
  virtual void on_end(const Result<void>& result) = 0;
};

// Reads a socket with out-of-band data in a loop: an exceptional condition (POLLPRI, which stands
// for nothing else) announces it, sockatmark(3) tells its place, and recv never reads across that.
class OutOfBandReader final : public EventHandler {
 public:
  // Both outlive the reader; `fd` is non-blocking, stays the caller's and open until the reader's
  // end. Errors: those of set_option and of EventLoop::watch.
  static Result<std::unique_ptr<OutOfBandReader>> create(EventLoop& loop, int fd,
                                                         UrgentListener& listener,
                                                         UrgentPlace place = UrgentPlace::aside);

  void on_ready(Ready ready) override;

 private:
  OutOfBandReader(EventLoop& loop, int fd, UrgentListener& listener, UrgentPlace place)
      : fd_(fd), listener_(listener), place_(place), watch_(loop, *this) {}

  [[nodiscard]] Result<std::optional<char>> take_urgent() const;
  void end(const Result<void>& result);

  const int fd_;
  UrgentListener& listener_;
  const UrgentPlace place_;
  Watch watch_;
  bool announced_ = false;
};

}  // namespace hpserver

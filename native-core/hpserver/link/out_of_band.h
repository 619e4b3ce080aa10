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

// TCP's out-of-band data: one urgent byte, and a mark at its position in the stream. A second one
// replaces the first if that wasn't read yet, which is then lost (or becomes a plain byte, inline).
// So it is good for "stop what you are doing", and for nothing else. See: tcp(7), RFC 6093.

// Sends `bytes`, the last of which is urgent, and returns how many were taken; if not all, no
// urgent byte was sent. Blocks only if the socket does. Errors: those of send.
Result<std::size_t> send_urgent(int fd, std::string_view bytes);

// Reads the urgent byte stored aside; nothing if there is none. Not for a socket with SO_OOBINLINE.
// Errors: those of receive except EINVAL and EAGAIN.
Result<std::optional<char>> receive_urgent(int fd);

// Where the urgent byte is kept until it is read.
enum class UrgentPlace : std::uint8_t {
  aside,   // outside the stream, the default
  inside,  // SO_OOBINLINE: at its mark in the stream
};

// Receives a stream with urgent bytes. On the loop's thread. Only `on_end` may destroy the reader.
class UrgentListener {
 public:
  virtual ~UrgentListener() = default;

  // Plain bytes, valid during the call; never across a mark.
  virtual void on_bytes(std::string_view bytes) = 0;
  // The urgent byte, after everything sent before it was delivered.
  virtual void on_urgent(char byte) = 0;
  // Nothing more will come: the end of the stream, or an error. May destroy the reader.
  virtual void on_end(const Result<void>& result) = 0;
};

// Reads a socket with out-of-band data in a loop: an exceptional condition (POLLPRI, used for
// nothing else) announces it, sockatmark(3) gives its position, and recv never reads across it.
class OutOfBandReader final : public EventHandler {
 public:
  // Both must outlive the reader; the caller keeps `fd`, non-blocking and open until the reader is
  // destroyed. Errors: those of set_option and of EventLoop::watch.
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

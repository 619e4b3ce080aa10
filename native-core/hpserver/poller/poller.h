#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/base/token.h"

namespace hpserver {

// How a ready descriptor is reported. See: epoll(7).
enum class Trigger : std::uint8_t {
  level,    // again and again, while it is ready
  edge,     // once per change: drain until EAGAIN
  oneshot,  // once, then silent (hang-ups too) until re-armed by `modify`
};

// What a handler wants to know. Errors and hang-ups are always reported (but see SelectPoller).
struct Interest {
  bool readable = false;
  bool writable = false;
  bool priority = false;  // out-of-band data
  friend bool operator==(const Interest&, const Interest&) = default;
};

// What has happened. A set of bits, since one event may carry several.
struct Ready {
  bool readable : 1 = false;
  bool writable : 1 = false;
  bool priority : 1 = false;
  bool read_closed : 1 = false;  // the peer has sent FIN; earlier bytes can still be read
  bool hang_up : 1 = false;      // both directions are shut down
  bool error : 1 = false;        // SO_ERROR says which

  // Has every bit that is set in `left` or `right`.
  friend Ready operator|(Ready left, Ready right) noexcept {
    return {.readable = left.readable || right.readable,
            .writable = left.writable || right.writable,
            .priority = left.priority || right.priority,
            .read_closed = left.read_closed || right.read_closed,
            .hang_up = left.hang_up || right.hang_up,
            .error = left.error || right.error};
  }
  friend bool operator==(Ready, Ready) = default;
};

// One report of a demultiplexer: which handler it is for, and what has happened.
struct Event {
  Token token;
  Ready ready;
};

// A readiness demultiplexer: tells which descriptors can be read or written without blocking. Owned
// by one reactor. Any thread may call `add`, `modify` and `remove` if the implementation says so;
// only one thread at a time may call `wait`.
class Poller {
 public:
  virtual ~Poller() = default;

  // Watches `fd`. The caller keeps it and must remove it before closing it.
  // Errors: EEXIST, EINVAL (an unsupported trigger), EMFILE (beyond `capacity`), ENOMEM, ENOSPC
  // (fs.epoll.max_user_watches), EPERM (a regular file, which epoll refuses).
  virtual Result<void> add(int fd, Token token, Interest interest, Trigger trigger) = 0;

  // Replaces interest and trigger; re-arms a `oneshot` registration. Errors: EINVAL, ENOENT,
  // ENOMEM.
  virtual Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) = 0;

  // Stops watching `fd`. Errors: ENOENT.
  virtual Result<void> remove(int fd) = 0;

  // Does the same for a descriptor that is about to be closed, has no duplicate and isn't
  // registered as `level`; saves the system call if closing is enough.
  virtual void forget(int fd) { static_cast<void>(remove(fd)); }

  // Blocks until something is ready or `timeout` has passed (negative: infinite, zero: only
  // checks). Returns how many of `events` were filled; 0 on a timeout or a signal (EINTR is
  // normal).
  virtual Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) = 0;

  // Applies changes that an implementation queues for its next `wait`; call it before a foreign
  // loop sleeps on `native_handle`.
  virtual void flush() {}

  // A descriptor that is readable while `wait` would find something, for a foreign loop (libuv) to
  // watch; -1 if the demultiplexer has none (select, poll).
  [[nodiscard]] virtual int native_handle() const noexcept = 0;

  // Whether `level` costs no more than `edge`.
  [[nodiscard]] virtual bool levels_are_free() const noexcept { return true; }

  // The maximum number of descriptors.
  [[nodiscard]] virtual std::size_t capacity() const noexcept { return SIZE_MAX; }
};

}  // namespace hpserver

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
  level,    // again and again while it is ready
  edge,     // once per change: drain until EAGAIN
  oneshot,  // once, then silent (hang-ups too) until re-armed by `modify`
};

// What a handler wants to hear of. Errors and hang-ups are always reported (but see SelectPoller).
struct Interest {
  bool readable = false;
  bool writable = false;
  bool priority = false;  // out-of-band data
  friend bool operator==(const Interest&, const Interest&) = default;
};

// What has come. A set of bits, since one event may carry several.
struct Ready {
  bool readable : 1 = false;
  bool writable : 1 = false;
  bool priority : 1 = false;
  bool read_closed : 1 = false;  // the peer has shut its writing side (FIN); what it sent stands
  bool hang_up : 1 = false;      // both directions are shut
  bool error : 1 = false;        // SO_ERROR tells which

  // What either has told.
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

// One report of a demultiplexer: whose, and what.
struct Event {
  Token token;
  Ready ready;
};

// A readiness demultiplexer: tells which descriptors can be read or written without blocking.
// Owned by one reactor; `add`, `modify` and `remove` may be called from any thread where the
// implementation says so, `wait` from one thread at a time.
class Poller {
 public:
  virtual ~Poller() = default;

  // Watches `fd`, which stays the caller's and must be removed before it is closed.
  // Errors: EEXIST, EINVAL (a trigger that it hasn't), EMFILE (past `capacity`), ENOMEM, ENOSPC
  // (fs.epoll.max_user_watches), EPERM (a regular file, where the kernel's table refuses it).
  virtual Result<void> add(int fd, Token token, Interest interest, Trigger trigger) = 0;

  // Replaces interest and trigger; re-arms a `oneshot` registration. Errors: EINVAL, ENOENT,
  // ENOMEM.
  virtual Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) = 0;

  // Forgets `fd`. Errors: ENOENT.
  virtual Result<void> remove(int fd) = 0;

  // The same for one that is closed next, has no duplicate, and isn't `level`: what is forgotten by
  // that alone isn't asked for.
  virtual void forget(int fd) { static_cast<void>(remove(fd)); }

  // Blocks until something is ready or `timeout` has passed (negative: for ever, zero: a look).
  // Returns how many of `events` were filled; 0 on a time-out or a signal (EINTR is normal).
  virtual Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) = 0;

  // Has the changes count that an implementation keeps for its next `wait`; before a foreign loop
  // sleeps on `native_handle`.
  virtual void flush() {}

  // A descriptor that is readable while `wait` would find something, so that a foreign loop (libuv)
  // can watch this one; -1 where the demultiplexer has none (select, poll).
  [[nodiscard]] virtual int native_handle() const noexcept = 0;

  // Whether `level` costs no more than `edge`.
  [[nodiscard]] virtual bool levels_are_free() const noexcept { return true; }

  // How many descriptors it can watch at most.
  [[nodiscard]] virtual std::size_t capacity() const noexcept { return SIZE_MAX; }
};

}  // namespace hpserver

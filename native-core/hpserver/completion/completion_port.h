#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/base/token.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// What the kernel was asked to do.
enum class Operation : std::uint8_t { accept, receive, send, read };

// Names a buffer of the port that received bytes lie in, until it is given back.
using BufferId = std::int32_t;
inline constexpr BufferId kNoBuffer = -1;

// What has been done.
struct Completion {
  Operation operation = Operation::receive;
  // Bytes moved (0 from `receive`: FIN; from `read`: the end of the file), or the descriptor that
  // was accepted; negative: -errno, -ECANCELED after `cancel`.
  int result = 0;
  // receive: what has come; lies in `buffer`.
  std::string_view bytes;
  BufferId buffer = kNoBuffer;
  // No further completion follows of this operation. An accept or receive that goes on by itself
  // (multishot) says false until it ends; it has to be started again after that.
  bool last = true;
};

// Whoever started operations: hears of each one's end, on the loop's thread.
class CompletionHandler {
 public:
  virtual ~CompletionHandler() = default;

  // May start further operations. May destroy itself only when nothing of its own is under way.
  virtual void on_completion(const Completion& completion) = 0;
};

// One report of a port: an operation's completion, or a watched descriptor's readiness.
struct PortEvent {
  CompletionHandler* handler = nullptr;  // null: `event` tells, else `completion`
  Completion completion;
  Event event;
};

// A completion source: operations are started, the kernel (or, for POSIX aio, the C library)
// carries them out, and `wait` tells of their ends. Buffers and descriptors that an operation was
// given must stay until its last completion. One thread, but it may be created on another one than
// it is used on: nothing is bound to a thread before the first `wait`. See: POSA2, Proactor.
class CompletionPort {
 public:
  virtual ~CompletionPort() = default;

  // Starts operations; at most one of each kind per descriptor at a time. They may begin no sooner
  // than with the next `wait` or `flush`. What can fail at once does: ENOMEM, EAGAIN (a limit of
  // the port); all else comes as a completion.
  // Each connection is a completion, its descriptor close-on-exec and as this port wants it. The
  // listening socket is O_NONBLOCK from here on, for all who share it: who accepts from it by an
  // ordinary call may find that another one was faster.
  virtual Result<void> accept(int listen_fd, CompletionHandler& handler) = 0;
  // Bytes come in buffers of the port's: give each back soon. When none is left (ENOBUFS is its
  // last completion), start again after some were given back.
  virtual Result<void> receive(int fd, CompletionHandler& handler) = 0;
  // A stream socket; may send less than all. MSG_NOSIGNAL. `more`: further bytes follow at once.
  virtual Result<void> send(int fd, std::string_view bytes, bool more,
                            CompletionHandler& handler) = 0;
  // From a file at `offset`.
  virtual Result<void> read(int file_fd, std::span<char> room, off_t offset,
                            CompletionHandler& handler) = 0;
  virtual void give_back(BufferId buffer) = 0;

  // A socket that operations will be started on, and the end of that: before it is closed, after
  // its last completion. A port may keep such descriptors registered with the kernel.
  virtual void attach(int fd) = 0;
  virtual void detach(int fd) = 0;
  // Ends what is under way on `fd`, each with a last completion soon. For good where the port can't
  // cancel (POSIX aio): the socket is shut down.
  virtual void cancel(int fd) = 0;
  // Ends only the accept, or only the receive, which can be started again after its last completion
  // (ECANCELED). False: this port can't; what comes meanwhile has to be kept (it is one connection,
  // or one buffer).
  virtual bool pause(int fd, Operation operation) = 0;

  // Readiness of descriptors that no operation is for: wake-ups, signals, pipes.
  // Errors: those of Poller::add.
  virtual Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual void unwatch(int fd) = 0;

  // Starts what was asked for, then blocks until something has been done or `timeout` has passed
  // (negative: for ever, zero: a look). Returns how many of `events` were filled; 0 on a time-out
  // or a signal.
  virtual Result<std::size_t> wait(std::span<PortEvent> events,
                                   std::chrono::milliseconds timeout) = 0;
  // Starts what was asked for, without waiting.
  virtual void flush() = 0;

  // A descriptor that is readable while `wait` would find something.
  [[nodiscard]] virtual int native_handle() const noexcept = 0;
  // How many connections it can serve at most.
  [[nodiscard]] virtual std::size_t capacity() const noexcept = 0;
};

// A port of a concrete type behind the interface. Errors: those of the type's `create`.
template <typename ConcretePort>
Result<std::unique_ptr<CompletionPort>> make_port() {
  auto port = ConcretePort::create();
  if (!port) return port.error();
  return std::unique_ptr<CompletionPort>(std::move(*port));
}

}  // namespace hpserver

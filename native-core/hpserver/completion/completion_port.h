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

// Names one of the port's buffers, which holds received bytes until it is given back.
using BufferId = std::int32_t;
inline constexpr BufferId kNoBuffer = -1;

// The result of an operation.
struct Completion {
  Operation operation = Operation::receive;
  // Bytes moved (0 from `receive`: FIN; from `read`: the end of the file), or the accepted
  // descriptor; negative: -errno, -ECANCELED after `cancel`.
  int result = 0;
  // receive: the received bytes, in `buffer`.
  std::string_view bytes;
  BufferId buffer = kNoBuffer;
  // True if this is the operation's last completion. A multishot accept or receive, which repeats
  // by itself, says false until it ends; then it must be started again.
  bool last = true;
};

// Starts operations and is told when each completes, on the loop's thread.
class CompletionHandler {
 public:
  virtual ~CompletionHandler() = default;

  // May start further operations. May destroy itself only if it has no pending operation.
  virtual void on_completion(const Completion& completion) = 0;
};

// One report of a port: an operation's completion, or a watched descriptor's readiness.
struct PortEvent {
  CompletionHandler* handler = nullptr;  // null: `event` is valid, else `completion`
  Completion completion;
  Event event;
};

// A completion source: the caller starts operations, the kernel (or, for POSIX aio, the C library)
// carries them out, and `wait` reports their completion. Buffers and descriptors passed to an
// operation must stay valid until its last completion. One thread, but another one may create it:
// nothing is bound to a thread before the first `wait`. See: POSA2, Proactor.
class CompletionPort {
 public:
  virtual ~CompletionPort() = default;

  // Starts an operation; at most one of each kind per descriptor at a time. It may begin only with
  // the next `wait` or `flush`. Immediate failures are returned: ENOMEM, EAGAIN (a limit of the
  // port); everything else is reported as a completion.
  // Each connection is a completion; its descriptor is close-on-exec and set up as this port needs
  // it. The listening socket becomes O_NONBLOCK for every process that shares it, so an ordinary
  // accept may fail (EAGAIN) because another one was faster.
  virtual Result<void> accept(int listen_fd, CompletionHandler& handler) = 0;
  // Bytes arrive in the port's buffers: give each buffer back soon. If none is left (the last
  // completion is ENOBUFS), start again after giving some back.
  virtual Result<void> receive(int fd, CompletionHandler& handler) = 0;
  // For a stream socket; may send only a part. Uses MSG_NOSIGNAL. `more`: further bytes follow at
  // once.
  virtual Result<void> send(int fd, std::string_view bytes, bool more,
                            CompletionHandler& handler) = 0;
  // Reads from a file at `offset`.
  virtual Result<void> read(int file_fd, std::span<char> room, off_t offset,
                            CompletionHandler& handler) = 0;
  virtual void give_back(BufferId buffer) = 0;

  // `attach` announces a socket before its operations start; `detach` releases it after its last
  // completion, before it is closed. A port may register such descriptors with the kernel.
  virtual void attach(int fd) = 0;
  virtual void detach(int fd) = 0;
  // Cancels the pending operations on `fd`; each gets a last completion soon. If the port can't
  // cancel (POSIX aio), this shuts the socket down for good.
  virtual void cancel(int fd) = 0;
  // Cancels only the accept, or only the receive, which can be started again after its last
  // completion (ECANCELED). False if this port can't: the caller must keep what arrives meanwhile
  // (one connection, or one buffer).
  virtual bool pause(int fd, Operation operation) = 0;

  // Reports the readiness of descriptors without operations: wake-ups, signals, pipes.
  // Errors: those of Poller::add.
  virtual Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual void unwatch(int fd) = 0;

  // Starts the requested operations, then blocks until one has completed or `timeout` has passed
  // (negative: infinite, zero: only checks). Returns how many of `events` were filled; 0 on a
  // timeout or a signal.
  virtual Result<std::size_t> wait(std::span<PortEvent> events,
                                   std::chrono::milliseconds timeout) = 0;
  // Starts the requested operations without waiting.
  virtual void flush() = 0;

  // A descriptor that is readable while `wait` would find something.
  [[nodiscard]] virtual int native_handle() const noexcept = 0;
  // The maximum number of connections.
  [[nodiscard]] virtual std::size_t capacity() const noexcept = 0;
};

// Creates a port of a concrete type. Errors: those of the type's `create`.
template <typename ConcretePort>
Result<std::unique_ptr<CompletionPort>> make_port() {
  auto port = ConcretePort::create();
  if (!port) return port.error();
  return std::unique_ptr<CompletionPort>(std::move(*port));
}

}  // namespace hpserver

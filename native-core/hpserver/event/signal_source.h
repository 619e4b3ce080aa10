#pragma once

#include <sys/types.h>

#include <cstddef>
#include <initializer_list>
#include <span>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A signal that has been read instead of delivered.
struct Signal {
  int number = 0;
  pid_t sender = 0;
  int value = 0;  // What sigqueue(3) sent along.
};

// Blocks signals in this thread and all that it starts later: call it before the first thread.
// Errors: EINVAL. See: pthread_sigmask(3).
Result<void> block_signals(std::initializer_list<int> numbers);
// Has them delivered to this thread again, as in a child that has forked from one that blocks them.
void unblock_signals(std::initializer_list<int> numbers) noexcept;

// Has signals do nothing in this process whose default is to end it, unless the program has an
// action of its own for them. By a handler, since SIG_IGN would be inherited by programs that
// handlers start: execve(2) puts handlers back to the default. Errors: EINVAL.
Result<void> disregard_signals(std::initializer_list<int> numbers);

// Has a write to a closed connection fail with EPIPE instead of ending the process. send(2) has
// MSG_NOSIGNAL for it; sendfile, splice and writev have not.
Result<void> ignore_sigpipe();

// Signals as events of a loop (the unified event source): readable while one is pending, so that
// their handlers run like any other, free of every restriction of signal-safety(7).
// Standard signals that are already pending merge; real-time ones queue. One thread. See:
// signalfd(2).
class SignalSource {
 public:
  // `numbers` must be blocked in every thread. Errors: EINVAL, EMFILE, ENFILE, ENOMEM.
  static Result<SignalSource> create(std::initializer_list<int> numbers) {
    return create(std::span(numbers));
  }
  static Result<SignalSource> create(std::span<const int> numbers);

  // Calls `on_signal(const Signal&)` for each until none is pending, and returns how many came.
  template <typename OnSignal>
  Result<std::size_t> drain(OnSignal&& on_signal) {
    Signal batch[kBatch];
    std::size_t count = 0;
    while (true) {
      const auto got = read_batch(batch);
      if (!got) return got.error();
      for (std::size_t index = 0; index < *got; ++index) on_signal(std::as_const(batch[index]));
      count += *got;
      if (*got < kBatch) return count;
    }
  }

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  static constexpr std::size_t kBatch = 16;

  explicit SignalSource(Fd fd) noexcept : fd_(std::move(fd)) {}

  Result<std::size_t> read_batch(std::span<Signal, kBatch> batch) const;

  Fd fd_;
};

}  // namespace hpserver

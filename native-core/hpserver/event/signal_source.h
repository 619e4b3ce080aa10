#pragma once

#include <sys/types.h>

#include <cstddef>
#include <initializer_list>
#include <span>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A signal that was read instead of delivered.
struct Signal {
  int number = 0;
  pid_t sender = 0;
  int value = 0;  // Sent along by sigqueue(3).
};

// Blocks signals in this thread and in all that it starts later; call it before starting the first
// thread. Errors: EINVAL. See: pthread_sigmask(3).
Result<void> block_signals(std::initializer_list<int> numbers);
// Unblocks signals in this thread, for example in a child forked from a process that blocks them.
void unblock_signals(std::initializer_list<int> numbers) noexcept;

// Keeps signals from ending this process if that is their default and the program has no handler of
// its own for them. Installs a handler, since child programs would inherit SIG_IGN, while execve(2)
// resets handlers to the default. Errors: EINVAL.
Result<void> disregard_signals(std::initializer_list<int> numbers);

// Makes a write to a closed connection fail with EPIPE instead of killing the process. send(2) has
// MSG_NOSIGNAL for that; sendfile, splice and writev have no such flag.
Result<void> ignore_sigpipe();

// Signals as events of a loop (the unified event source): the descriptor is readable while one is
// pending, so signal handlers run like any others, free of the restrictions of signal-safety(7).
// Pending standard signals merge; real-time ones queue. One thread. See: signalfd(2).
class SignalSource {
 public:
  // `numbers` must be blocked in every thread. Errors: EINVAL, EMFILE, ENFILE, ENOMEM.
  static Result<SignalSource> create(std::initializer_list<int> numbers) {
    return create(std::span(numbers));
  }
  static Result<SignalSource> create(std::span<const int> numbers);

  // Calls `on_signal(const Signal&)` for each pending signal, and returns how many there were.
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

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

// A real-time signal number owned exclusively within this process, read as a stream of values
// instead of delivered. The signal is sent to the process, so the kernel may give it to any thread
// that doesn't block it, even to a foreign thread (Node starts some before it loads a library).
// Such a stray is forwarded through a pipe and doesn't kill the process. One thread, but `claim`
// may be called on another one. See: signal(7), "Real-time signals"; signalfd(2).
class RealTimeSignal {
 public:
  // Blocks the number in this thread and in all that it starts later.
  // Errors: EAGAIN (all numbers are taken, about 28), EMFILE, ENFILE, ENOMEM.
  static Result<std::unique_ptr<RealTimeSignal>> claim();
  // Drops pending signals and frees the number.
  ~RealTimeSignal();

  RealTimeSignal(const RealTimeSignal&) = delete;
  RealTimeSignal& operator=(const RealTimeSignal&) = delete;

  [[nodiscard]] int number() const noexcept { return number_; }

  // Both are readable, level-triggered, while values are pending.
  [[nodiscard]] int fd() const noexcept { return signal_fd_.get(); }
  [[nodiscard]] int stray_fd() const noexcept { return strays_.read_end.get(); }

  // Reads pending values (sigval's sival_ptr) and returns how many; 0 if there are none. If the
  // queue was full (RLIMIT_SIGPENDING), values were lost: check what they would have reported.
  Result<std::size_t> take(std::span<std::uint64_t> values) const;

  // Never frees the number, since signals for this owner may still arrive.
  void retire() noexcept { retired_ = true; }

 private:
  RealTimeSignal(int number, Pipe strays) : number_(number), strays_(std::move(strays)) {}

  int number_;
  bool retired_ = false;
  Pipe strays_;
  Fd signal_fd_;
};

}  // namespace hpserver

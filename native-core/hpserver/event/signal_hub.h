#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "hpserver/event/signal_source.h"

namespace hpserver {

// The listeners for this process's signals; several may listen to the same signal. Add them before
// starting the first thread; the code that reads the signals then passes each one on. See:
// Server::run.
class SignalHub {
 public:
  using OnSignal = std::function<void(const Signal&)>;

  // Which other processes get the signal, if the workers are processes.
  enum class Reach : std::uint8_t { this_process, workers_too };

  // Calls `on_signal` for each such signal, on the main thread between two events, in the order of
  // registration. Blocks the signal. Errors: EINVAL (not a signal, one that can't be blocked, or
  // SIGCHLD, which belongs to the code that starts processes).
  Result<void> listen(int number, OnSignal on_signal, Reach reach = Reach::this_process);

  // The signals that have listeners, in order.
  [[nodiscard]] std::vector<int> numbers() const;
  [[nodiscard]] bool reaches_workers(int number) const;
  void tell(const Signal& signal) const;

 private:
  struct Heard {
    std::vector<OnSignal> listeners;
    bool reaches_workers = false;
  };

  std::map<int, Heard> heard_;
};

}  // namespace hpserver

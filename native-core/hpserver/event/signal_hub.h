#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "hpserver/event/signal_source.h"

namespace hpserver {

// Who wants to hear of which signals of this process: several may, of the same one. Filled before
// the first thread is started; whoever reads the signals tells it of each. See: Server::run.
class SignalHub {
 public:
  using OnSignal = std::function<void(const Signal&)>;

  // Who else gets it, where the workers are processes.
  enum class Reach : std::uint8_t { this_process, workers_too };

  // Calls `on_signal` for each of them, on the main thread between two events, in the order in
  // which they were asked for. Blocks the signal. Errors: EINVAL (no signal, one that can't be
  // blocked, or SIGCHLD, which belongs to whoever starts processes).
  Result<void> listen(int number, OnSignal on_signal, Reach reach = Reach::this_process);

  // Those that anybody listens to, in their order.
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

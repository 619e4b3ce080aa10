#include "hpserver/event/signal_hub.h"

#include <signal.h>

#include <cerrno>
#include <utility>

namespace hpserver {

Result<void> SignalHub::listen(int number, OnSignal on_signal, Reach reach) {
  if (number == SIGKILL || number == SIGSTOP || number == SIGCHLD) return Error{EINVAL, "listen"};
  const auto blocked = block_signals({number});
  if (!blocked) return blocked;
  Heard& heard = heard_[number];
  heard.listeners.push_back(std::move(on_signal));
  heard.reaches_workers = heard.reaches_workers || reach == Reach::workers_too;
  return {};
}

std::vector<int> SignalHub::numbers() const {
  std::vector<int> all;
  for (const auto& [number, heard] : heard_) all.push_back(number);
  return all;
}

bool SignalHub::reaches_workers(int number) const {
  const auto found = heard_.find(number);
  return found != heard_.end() && found->second.reaches_workers;
}

void SignalHub::tell(const Signal& signal) const {
  const auto found = heard_.find(signal.number);
  if (found == heard_.end()) return;
  for (const OnSignal& listener : found->second.listeners) listener(signal);
}

}  // namespace hpserver

#include "hpserver/os/reaper.h"

#include <signal.h>

#include <optional>

namespace hpserver {

Result<pid_t> Reaper::start(const Program& program) {
  if (full()) return Error{EAGAIN, "fork"};
  const auto child = spawn(program);
  if (child) running_.push_back(*child);
  return child;
}

std::size_t Reaper::reap(const std::function<void(const ChildExit&)>& ended) {
  std::vector<ChildExit> exits;
  std::erase_if(running_, [&](pid_t child) {
    const auto exit = reap_child(child);
    if (exit && *exit) exits.push_back(**exit);
    // If other code has reaped the child (ECHILD), it has ended too.
    return !exit || exit->has_value();
  });
  for (const ChildExit& exit : exits) ended(exit);
  return exits.size();
}

void Reaper::signal_all(int signal_number) const noexcept {
  for (const pid_t child : running_) ::kill(child, signal_number);
}

}  // namespace hpserver

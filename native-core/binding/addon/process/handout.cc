#include "addon/process/handout.h"

#include <cerrno>
#include <optional>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/socket/fd_passing.h"

namespace hpserver::binding {

void Handout::begin(std::size_t index, Fd socket) {
  const std::lock_guard lock(mutex_);
  recipients_.push_back({index, std::move(socket), shares_[index].received_count.load()});
  send_waiting();
}

void Handout::end(std::size_t index) {
  const std::lock_guard lock(mutex_);
  std::erase_if(recipients_, [&](const Recipient& recipient) { return recipient.index == index; });
}

bool Handout::hand_over(Fd conn_fd, Notices& notices) {
  const std::lock_guard lock(mutex_);
  // First come, first served.
  const bool sent = waiting_.empty() && send(conn_fd.get());
  if (!sent) waiting_.add(std::move(conn_fd), notices);
  return is_behind();
}

bool Handout::go_on() {
  const std::lock_guard lock(mutex_);
  send_waiting();
  return is_behind();
}

void Handout::give_up_waiting(Notices& notices) {
  const std::lock_guard lock(mutex_);
  waiting_.close_all(notices);
}

void Handout::send_waiting() {
  waiting_.give_to([this](const Fd& conn_fd) { return send(conn_fd.get()); });
}

bool Handout::send(int conn_fd) {
  while (!recipients_.empty()) {
    Recipient& recipient = least_loaded();
    const auto sent = send_fd(recipient.socket.get(), conn_fd);
    if (sent) {
      trace(TraceStep::hand_over, conn_fd);
      ++recipient.sent_count;
      return true;
    }
    // If the least loaded one has no room, none has.
    if (sent.error().code != EPIPE && sent.error().code != ECONNRESET) return false;
    // The child is dead, and libuv is about to report that.
    std::erase_if(recipients_,
                  [dead = recipient.index](const Recipient& other) { return other.index == dead; });
  }
  return false;
}

Handout::Recipient& Handout::least_loaded() {
  const auto found = chooser_.among(recipients_.size(), [this](std::size_t index) {
    return std::optional(load_of(recipients_[index]));
  });
  return recipients_[found.value_or(0)];
}

// The child's open connections, and those on their way to it.
std::size_t Handout::load_of(const Recipient& recipient) const noexcept {
  const ProcessShare& share = shares_[recipient.index];
  const std::uint64_t on_the_way = recipient.sent_count - share.received_count.load();
  return share.connections.open_count.load() + static_cast<std::size_t>(on_the_way);
}

}  // namespace hpserver::binding

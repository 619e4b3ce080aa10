#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string_view>
#include <utility>

#include "hpserver/event/notices.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Connected sockets waiting for an executor with room: first come, first served. One thread at a
// time.
class WaitingConnections {
 public:
  // Beyond this, a client is better off with another server.
  static constexpr std::size_t kMaxCount = 1024;
  // How long to wait before an executor without room is tried again.
  static constexpr std::chrono::milliseconds kRetryDelay{5};
  static constexpr int kLastTries = 100;

  // Queues the socket; at the limit, closes it and logs that.
  void add(Fd conn_fd, Notices& notices) {
    if (conn_fds_.size() < kMaxCount) {
      conn_fds_.push_back(std::move(conn_fd));
    } else {
      note_refusal(notices, "too many connections are waiting for a worker");
    }
  }

  // Passes the sockets to `take`, a `bool(Fd&)`, until it returns false for lack of room.
  template <typename Take>
  void give_to(Take take) {
    while (!conn_fds_.empty() && take(conn_fds_.front())) conn_fds_.pop_front();
  }

  // No executor will take the sockets any more: closes them and logs that.
  void close_all(Notices& notices) {
    for (; !conn_fds_.empty(); conn_fds_.pop_front()) {
      note_refusal(notices, "no worker is left to serve it");
    }
  }

  [[nodiscard]] bool empty() const noexcept { return conn_fds_.empty(); }

 private:
  static void note_refusal(Notices& notices, std::string_view why) {
    notices.note(Notices::Kind::refused, {"a connection was refused: ", why});
  }

  std::deque<Fd> conn_fds_;
};

}  // namespace hpserver

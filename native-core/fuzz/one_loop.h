#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "hpserver/connection/connection_set.h"
#include "hpserver/connection/service.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_reactor.h"
#include "test/rules.h"

namespace hpserver::fuzz {

// A service on a loop that the fuzzer turns, with clients that the fuzzer plays: a whole server
// except for its listener.
class OneLoop {
 public:
  explicit OneLoop(std::unique_ptr<Service> service)
      : service_(std::move(service)),
        io_(std::move(*make_reactor<EpollPoller, Trigger::edge>())),
        set_(*io_.loop, *io_.transport, *service_, buffers_, budget_, kPatient) {}

  // A client sends the pieces one after another, then closes its side. Returns what the client has
  // received once the server has closed the connection too.
  std::string converse(std::span<const std::string_view> pieces) {
    SocketPair pair = std::move(*create_socket_pair());
    const Fd client = std::move(pair.second);
    set_.adopt(std::move(pair.first));
    std::string heard;
    for (const std::string_view piece : pieces) {
      // Fails if the server has already closed the connection.
      [[maybe_unused]] const auto sent = send(client.get(), piece);
      turn();
      take(client, heard);
    }
    [[maybe_unused]] const auto shut = shut_down(client.get(), Direction::write);
    for (int turns = 0; take(client, heard) || set_.size() > 0; ++turns) {
      testing::require(turns < kMaxTurns, "a conversation ends");
      turn();
    }
    return heard;
  }

 private:
  static constexpr int kMaxTurns = 10'000;
  static constexpr std::chrono::hours kNever{24};
  // Nothing may depend on how fast this machine is.
  static inline const ConnectionLimits kPatient{.deadlines = {.header_timeout = kNever,
                                                              .body_timeout = kNever,
                                                              .idle_timeout = kNever,
                                                              .write_timeout = kNever,
                                                              .linger_timeout = kNever,
                                                              .handler_timeout = kNever}};

  void turn() {
    testing::require(io_.loop->turn(std::chrono::milliseconds(0)).ok(), "the loop turns");
  }

  // False at the end of what the server sends.
  static bool take(const Fd& client, std::string& heard) {
    char buffer[65536];
    while (true) {
      const auto got = receive(client.get(), buffer);
      if (!got) return would_block(got.error());
      if (*got == 0) return false;
      heard.append(buffer, *got);
    }
  }

  std::unique_ptr<Service> service_;
  ConnectionBudget budget_{kPatient.max_connections};
  LoopBuffers buffers_{{.max_count = 4096}};
  IoUnit io_;
  ConnectionSet set_;
};

}  // namespace hpserver::fuzz

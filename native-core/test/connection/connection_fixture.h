#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hpserver/connection/connection_set.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver::testing {

// One loop on this thread, driven turn by turn; the client is the other end of a socket pair.
struct IoModel {
  const char* name;
  Result<IoUnit> (*make)();
};

class ConnectionFixture : public ::testing::TestWithParam<IoModel> {
 protected:
  void start(ConnectionLimits limits = {}) {
    set_.reset();
    budget_ = std::make_unique<ConnectionBudget>(limits.max_connections);
    io_ = std::make_unique<IoUnit>(std::move(*GetParam().make()));
    loop_ = io_->loop.get();
    set_ = std::make_unique<ConnectionSet>(*loop_, *io_->transport, service_, buffers_, *budget_,
                                           limits);
  }

  Fd connect() {
    SocketPair pair = *create_socket_pair();
    set_->adopt(std::move(pair.first));
    return std::move(pair.second);
  }

  void turn(std::chrono::milliseconds timeout = std::chrono::milliseconds(0)) {
    ASSERT_TRUE(loop_->turn(timeout).ok());
  }

  static void say(const Fd& client, std::string_view text) {
    const auto sent = send(client.get(), text);
    ASSERT_TRUE(sent.ok() && *sent == text.size());
  }

  // Returns all that can be read while the loop turns until it has nothing more to do.
  std::string hear(const Fd& client, bool* ended = nullptr) {
    return hear_while([this] { turn(); }, client, ended);
  }

  void turn_until(const std::function<bool()>& done) {
    step_until(done, [this] { turn(std::chrono::milliseconds(20)); });
  }

  LineService service_;
  std::unique_ptr<ConnectionBudget> budget_;
  LoopBuffers buffers_{{.max_count = 4096}};
  std::unique_ptr<IoUnit> io_;
  EventLoop* loop_ = nullptr;
  std::unique_ptr<ConnectionSet> set_;
};

inline const std::vector<IoModel> kIoModels = {
    {"EpollEdge", make_reactor<EpollPoller, Trigger::edge>},
    {"EpollLevel", make_reactor<EpollPoller, Trigger::level>},
    {"EpollOneshot", make_reactor<EpollPoller, Trigger::oneshot>},
};

}  // namespace hpserver::testing

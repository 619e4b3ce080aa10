#pragma once

#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "hpserver/event/reactor.h"
#include "hpserver/net/listen.h"
#include "hpserver/net/socket.h"
#include "hpserver/os/fd.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"

// What the tests of several rooms need: two ends of a real connection, a peer, a loop.
namespace hpserver::testing {

// The value, or a failed test with the error's message.
template <typename T>
T must(Result<T> result) {
  if (!result.ok()) ADD_FAILURE() << result.error().message();
  return std::move(result).value();
}

inline void must(const Result<void>& result) {
  if (!result.ok()) ADD_FAILURE() << result.error().message();
}

inline int error_code(const auto& result) {
  return result.ok() ? 0 : result.error().code;
}

// The client's end blocks, the server's doesn't.
struct Connected {
  Fd listener;
  Fd client;
  Fd server;
};

// Blocks until one of `events` has come; fails the test after a limit that only a hang reaches.
inline short await_events(int fd, short events) {
  pollfd watched{.fd = fd, .events = events, .revents = 0};
  EXPECT_EQ(::poll(&watched, 1, 10'000), 1) << "nothing came";
  return watched.revents;
}

// What can be seen without waiting.
inline short look(int fd, short events) {
  pollfd watched{.fd = fd, .events = events, .revents = 0};
  ::poll(&watched, 1, 0);
  return watched.revents;
}

inline Connected connect_pair(const Address& address = Address::loopback_ipv4(0),
                              const ListenOptions& options = {}) {
  Connected pair;
  pair.listener = must(listen_on(address, options));
  const Address real = must(Address::local_of(pair.listener.get()));
  pair.client = must(connect_and_wait(real, std::chrono::seconds{10}));
  await_events(pair.listener.get(), POLLIN);
  pair.server = must(accept_one(pair.listener.get())).fd;
  return pair;
}

// Waits for at least one byte and returns what came; empty at the end of the stream.
inline std::string receive_text(int fd, std::size_t limit_bytes = 4096, RecvFlags flags = {}) {
  std::string text(limit_bytes, '\0');
  if (!flags.out_of_band) await_events(fd, POLLIN | POLLERR);
  text.resize(must(receive(fd, std::span<char>{text}, flags)));
  return text;
}

// Reads until the end of the stream.
inline std::string receive_all(int fd) {
  std::string all;
  for (std::string part = receive_text(fd); !part.empty(); part = receive_text(fd)) all += part;
  return all;
}

// A peer that the test itself plays: it listens, and does nothing by itself.
struct Peer {
  Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  Address address = must(Address::local_of(listener.get()));

  // Waits for somebody who connects.
  [[nodiscard]] Fd accept() const {
    await_events(listener.get(), POLLIN);
    return must(accept_one(listener.get())).fd;
  }
};

// A loop that is turned step by step, and a peer for what runs on it.
class LoopTest : public ::testing::Test {
 protected:
  // Turns until `done`; fails the test after so many turns as only a hang takes.
  void turn_until(const std::function<bool()>& done) {
    for (int turns = 0; turns < 5'000 && !done(); ++turns) {
      must(loop_->turn(std::chrono::milliseconds(2)));
    }
    ASSERT_TRUE(done()) << "nothing came";
  }

  // Turns until somebody has connected, who may only be about to.
  Fd accept() {
    turn_until([this] { return look(peer_.listener.get(), POLLIN) != 0; });
    return peer_.accept();
  }

  std::unique_ptr<Reactor> loop_ = must(Reactor::create(must(make_poller<EpollPoller>())));
  Peer peer_;
};

}  // namespace hpserver::testing

#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "hpserver/base/clock.h"
#include "hpserver/event/reactor.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/syscall.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/socket.h"

// What the tests of several rooms need: two ends of a real connection, a peer, a loop.
namespace hpserver::testing {

// Only a hang takes this long, on any machine and under any load; a test that passes never waits
// for it.
constexpr std::chrono::minutes kHang{5};

// Returns the value; fails the test with the error's message if there is none.
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

// Takes one step after another until `done` is true; fails the test if that never happens.
template <typename Done, typename Step>
void step_until(Done done, Step step) {
  const Deadline hang = Clock::now() + kHang;
  while (!done()) {
    ASSERT_LT(Clock::now(), hang) << "nothing came";
    step();
  }
}

// Does the same, but leaves the steps to others: only checks `done` again and again.
template <typename Done>
void await(Done done) {
  step_until(done, [] { std::this_thread::sleep_for(std::chrono::milliseconds(1)); });
}

// Returns all that a non-blocking socket has, and what arrives while `turn` lets its peer work,
// until the peer has nothing more to do.
template <typename Turn>
std::string hear_while(Turn turn, const Fd& client, bool* ended) {
  std::string heard;
  char buffer[65536];
  for (int quiet = 0; quiet < 3; ++quiet) {
    turn();
    while (true) {
      const auto got = receive(client.get(), buffer);
      if (!got || *got == 0) {
        if (ended != nullptr) *ended = got.ok() || !would_block(got.error());
        break;
      }
      heard.append(buffer, *got);
      quiet = 0;
    }
  }
  return heard;
}

// Waits until this thread of the process sleeps, which most likely means that it waits. See:
// proc(5), the state in /proc/[pid]/task/[tid]/stat.
inline void await_sleep(pid_t thread) {
  await([path = "/proc/self/task/" + std::to_string(thread) + "/stat"] {
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t name_end = text.rfind(')');
    return name_end == std::string::npos || text.compare(name_end, 3, ") S") == 0;
  });
}

// Blocks until one of `events` has come; fails the test if none ever does.
inline short await_events(int fd, short events) {
  pollfd watched{.fd = fd, .events = events, .revents = 0};
  constexpr std::chrono::milliseconds kLimit = kHang;
  EXPECT_EQ(retry_on_eintr([&] { return ::poll(&watched, 1, static_cast<int>(kLimit.count())); }),
            1)
      << "nothing came";
  return watched.revents;
}

// Which of `events` are there now, without waiting.
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
  pair.client = must(connect_and_wait(real, kHang));
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

// A peer played by the test itself: it listens, and does nothing else by itself.
struct Peer {
  Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  Address address = must(Address::local_of(listener.get()));

  // Waits until someone connects.
  [[nodiscard]] Fd accept() const {
    await_events(listener.get(), POLLIN);
    return must(accept_one(listener.get())).fd;
  }
};

// An address at which no one listens; and no one can meanwhile, since its port is taken.
struct Absent {
  Fd bound = must(stream_socket(AF_INET));
  Address address;

  Absent() {
    must(bind_to(bound.get(), Address::loopback_ipv4(0)));
    address = must(Address::local_of(bound.get()));
  }
};

// A loop that is turned step by step, and a peer for what runs on it.
class LoopTest : public ::testing::Test {
 protected:
  // Turns the loop until `done` is true; fails the test if that never happens.
  void turn_until(const std::function<bool()>& done) {
    step_until(done, [this] { must(loop_->turn(std::chrono::milliseconds(2))); });
  }

  // Turns the loop until a client has connected, which may still be on its way.
  Fd accept() {
    turn_until([this] { return look(peer_.listener.get(), POLLIN) != 0; });
    return peer_.accept();
  }

  std::unique_ptr<Reactor> loop_ = must(Reactor::create(must(make_poller<EpollPoller>())));
  Peer peer_;
};

}  // namespace hpserver::testing

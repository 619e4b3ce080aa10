#pragma once

#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "hpserver/net/listen.h"
#include "hpserver/net/socket.h"
#include "hpserver/os/fd.h"

// What the tests of several rooms need: two ends of a real connection.
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

}  // namespace hpserver::testing

// Readiness besides operations, and a foreign loop that watches the port itself.

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/completion/testing.h"
#include "hpserver/os/event_fd.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::Listening;
using testing::must;
using testing::UringPortTest;
using namespace std::chrono_literals;

constexpr Interest kRead{.readable = true};

TEST_F(UringPortTest, WatchesLevelEdgeAndOneshot) {
  const EventFd wake_up = must(EventFd::create());
  const auto is_ready = [&](Token token) {
    const std::vector<Event> events = turn();
    for (const Event& event : events) EXPECT_EQ(event.token, token);
    return events.size() == 1 && events[0].ready.readable;
  };
  must(port_->watch(wake_up.fd(), {1, 1}, kRead, Trigger::level));
  EXPECT_FALSE(is_ready({1, 1}));
  must(wake_up.add());
  EXPECT_TRUE(is_ready({1, 1}));
  EXPECT_TRUE(is_ready({1, 1}));

  must(port_->modify(wake_up.fd(), {2, 1}, kRead, Trigger::edge));
  EXPECT_TRUE(is_ready({2, 1}));
  EXPECT_FALSE(is_ready({2, 1}));
  must(wake_up.add());
  EXPECT_TRUE(is_ready({2, 1}));

  must(port_->modify(wake_up.fd(), {3, 1}, kRead, Trigger::oneshot));
  EXPECT_TRUE(is_ready({3, 1}));
  must(wake_up.add());
  EXPECT_FALSE(is_ready({3, 1}));
}

// A report that the kernel has already made must not outlive the watch.
TEST_F(UringPortTest, ForgetsWhatIsUnwatched) {
  const EventFd wake_up = must(EventFd::create());
  must(port_->watch(wake_up.fd(), {1, 1}, kRead, Trigger::edge));
  turn();
  must(wake_up.add());
  port_->unwatch(wake_up.fd());
  EXPECT_TRUE(turn().empty());
  must(port_->watch(wake_up.fd(), {2, 1}, kRead, Trigger::level));
  const auto events = turn();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].token, (Token{2, 1}));
}

// A foreign loop must also learn of work that the kernel has postponed until the next wait.
TEST_F(UringPortTest, CanBeWatchedItself) {
  const Connected pair = connect_pair();
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  await_silence();
  for (const std::string text : {"a", "b"}) {
    std::thread late([&, sleeper = ::gettid()] {  // while we sleep on the port, like libuv
      testing::await_sleep(sleeper);
      must(send(pair.client.get(), text));
    });
    EXPECT_EQ(testing::await_events(port_->native_handle(), POLLIN), POLLIN);
    late.join();
    until([&] { return receiving.text.ends_with(text); });
    EXPECT_TRUE(turn().empty()) << "the bell rings for what a turn takes by itself, too";
  }
}

// The kernel does only a limited part of postponed work at a time, and rings only once for all of
// it.
TEST_F(UringPortTest, TellsAForeignLoopOfAllOfABurst) {
  constexpr std::size_t kMany = 200;
  std::vector<Connected> pairs;
  Listening receiving(*port_);
  for (std::size_t count = 0; count < kMany; ++count) {
    pairs.push_back(connect_pair());
    must(port_->receive(pairs.back().server.get(), receiving));
  }
  const int bell = port_->native_handle();
  await_silence();
  while (testing::look(bell, POLLIN) != 0) turn();
  for (const Connected& pair : pairs) must(send(pair.client.get(), "x"));
  while (receiving.text.size() < kMany) {
    ASSERT_EQ(testing::await_events(bell, POLLIN), POLLIN) << receiving.text.size();
    turn();
  }
}

}  // namespace
}  // namespace hpserver

// Tests only what is specific to UringPoller; the suites for every poller test what all share.

#include "hpserver/poller/uring_poller.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "hpserver/os/event_fd.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::kRead;
using testing::kToken;
using testing::must;
using namespace std::chrono_literals;

class UringPollerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto poller = UringPoller::create();
    if (!poller) GTEST_SKIP() << explain_uring_error(poller.error());
    poller_.emplace(std::move(*poller));
  }

  // Returns the next event. The last work of an earlier ring may end a wait without one.
  Ready await() {
    std::optional<Ready> ready;
    testing::step_until([&] { return ready.has_value(); }, [&] { ready = report(1s); });
    return ready.value_or(Ready{});
  }

  std::optional<Ready> report(std::chrono::milliseconds timeout) {
    std::array<Event, 8> events;
    const std::size_t count = must(poller_->wait(events, timeout));
    if (count == 0) return std::nullopt;
    EXPECT_EQ(count, 1U);
    EXPECT_EQ(events[0].token, kToken);
    return events[0].ready;
  }

  std::optional<UringPoller> poller_;
};

TEST_F(UringPollerTest, RefusesRegularFiles) {
  const Fd file{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
  EXPECT_EQ(error_code(poller_->add(file.get(), kToken, kRead, Trigger::level)), EPERM);
}

// A request that is just about to report can't be removed, but it can be cancelled: otherwise it
// would keep a closed listening socket, and clients in its backlog, open forever.
TEST_F(UringPollerTest, LetsGoOfWhatBecameReadyJustBeforeItsEnd) {
  SocketPair pair = must(create_socket_pair());
  must(poller_->add(pair.first.get(), kToken, kRead, Trigger::edge));
  EXPECT_EQ(report(0ms), std::nullopt);
  must(send(pair.second.get(), "x"));
  must(poller_->remove(pair.first.get()));
  pair.first.reset();
  EXPECT_EQ(report(0ms), std::nullopt);
  EXPECT_EQ(report(10ms), std::nullopt);
  EXPECT_EQ(error_code(send(pair.second.get(), "y")), EPIPE);
}

// Closing a pipe wakes its watchers with every possible bit, of which only one is true.
TEST_F(UringPollerTest, TellsNoMoreThanIsTrue) {
  Pipe pipe = must(create_pipe());
  must(poller_->add(pipe.read_end.get(), kToken, kRead, Trigger::edge));
  EXPECT_EQ(report(0ms), std::nullopt);
  pipe.write_end.reset();
  EXPECT_EQ(await(), (Ready{.hang_up = true}));
}

// The kernel reports a FIN at once, requested or not: with `level` or `oneshot`, the poller must
// neither report it nor spin.
TEST_F(UringPollerTest, SleepsThroughAFinThatNobodyAskedFor) {
  const Connected pair = connect_pair();
  must(shut_down(pair.client.get(), Direction::write));
  testing::await_events(pair.server.get(), POLLRDHUP);
  for (const Trigger trigger : {Trigger::level, Trigger::oneshot}) {
    must(poller_->add(pair.server.get(), kToken, Interest{}, trigger));
    EXPECT_EQ(report(20ms), std::nullopt);
    must(poller_->modify(pair.server.get(), kToken, kRead, trigger));
    EXPECT_EQ(await(), (Ready{.readable = true, .read_closed = true}));
    must(poller_->remove(pair.server.get()));
  }
}

// A foreign loop sleeps on the poller's descriptor, and no wait submits the requests.
TEST_F(UringPollerTest, HandsChangesOverBeforeAForeignLoopSleeps) {
  const EventFd wake_up = must(EventFd::create());
  must(poller_->add(wake_up.fd(), kToken, kRead, Trigger::level));
  poller_->flush();
  for (int round = 0; round < 2; ++round) {
    must(wake_up.add());
    EXPECT_EQ(testing::await_events(poller_->native_handle(), POLLIN), POLLIN);
    EXPECT_EQ(report(0ms), (Ready{.readable = true}));
    static_cast<void>(wake_up.take());
    poller_->flush();
  }
}

TEST_F(UringPollerTest, IsCreatedOnOneThreadAndUsedOnAnother) {
  const EventFd wake_up = must(EventFd::create());
  must(poller_->add(wake_up.fd(), kToken, kRead, Trigger::edge));
  must(wake_up.add());
  std::thread user([&] { EXPECT_EQ(await(), (Ready{.readable = true})); });
  user.join();
}

// A descriptor that was closed before it was removed is reported rather than waited for.
TEST_F(UringPollerTest, TellsOfAClosedDescriptor) {
  EventFd wake_up = must(EventFd::create());
  must(poller_->add(wake_up.fd(), kToken, kRead, Trigger::level));
  {
    const EventFd closed = std::move(wake_up);
  }
  EXPECT_EQ(await(), (Ready{.error = true}));
  EXPECT_EQ(report(0ms), std::nullopt);
}

}  // namespace
}  // namespace hpserver

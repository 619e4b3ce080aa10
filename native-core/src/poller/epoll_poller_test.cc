#include "hpserver/poller/epoll_poller.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/net/socket_options.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "net/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::must;
using testing::receive_text;
using namespace std::chrono_literals;

constexpr Token kToken{7, 3};
constexpr Interest kRead{.readable = true};
constexpr Interest kWrite{.writable = true};

class EpollTest : public ::testing::Test {
 protected:
  void add(int fd, Interest interest, Trigger trigger = Trigger::level) {
    must(poller_.add(fd, kToken, interest, trigger));
  }

  // What is ready without waiting; nothing if there is no event.
  std::optional<Ready> look() { return report(0ms); }

  // What comes; fails the test if nothing does.
  Ready await() {
    const auto ready = report(10s);
    EXPECT_TRUE(ready.has_value()) << "nothing came";
    return ready.value_or(Ready{});
  }

  EpollPoller poller_ = must(EpollPoller::create());

 private:
  std::optional<Ready> report(std::chrono::milliseconds timeout) {
    Event events[8];
    const std::size_t count = must(poller_.wait(events, timeout));
    if (count == 0) return std::nullopt;
    EXPECT_EQ(count, 1U);
    EXPECT_EQ(events[0].token, kToken);
    return events[0].ready;
  }
};

// Checklist 67: a closed descriptor is reported as long as a duplicate lives.
TEST_F(EpollTest, KeepsReportingADuplicatedDescriptor) {
  Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  const Fd copy = must(duplicate(pair.server.get()));
  const int number = pair.server.get();
  pair.server.reset();
  must(send(pair.client.get(), "x"));
  EXPECT_TRUE(await().readable);
  EXPECT_EQ(error_code(poller_.remove(number)), EBADF) << "too late: remove before closing";
}

// Checklist 67: a regular file is always ready, so it can't be watched.
TEST_F(EpollTest, RefusesARegularFile) {
  const Fd file{::memfd_create("file", MFD_CLOEXEC)};
  EXPECT_EQ(error_code(poller_.add(file.get(), kToken, kRead, Trigger::level)), EPERM);
}

// Many events of one batch are told apart; what doesn't fit comes with the next waits, in turn.
TEST_F(EpollTest, ReportsManyInBatches) {
  constexpr std::uint32_t kCount = 700;
  std::vector<EventFd> sources;
  for (std::uint32_t slot = 0; slot < kCount; ++slot) {
    sources.push_back(must(EventFd::create()));
    must(sources.back().add());
    must(poller_.add(sources.back().fd(), {slot, slot + 1}, kRead, Trigger::level));
  }
  std::vector<Event> events(kCount);
  std::vector<int> seen(kCount);
  for (const std::size_t expected : {EpollPoller::kMaxBatch, EpollPoller::kMaxBatch}) {
    ASSERT_EQ(must(poller_.wait(events, 0ms)), expected);
    for (std::size_t index = 0; index < expected; ++index) {
      const Event& event = events[index];
      ASSERT_EQ(event.token.generation, event.token.slot + 1);
      EXPECT_TRUE(event.ready.readable);
      ++seen.at(event.token.slot);
    }
  }
  for (const int times : seen) EXPECT_GE(times, 1) << "the kernel takes turns";
}

}  // namespace
}  // namespace hpserver

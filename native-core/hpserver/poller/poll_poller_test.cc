// Tests only what is specific to poll; poller_suite_test.cc tests what all pollers share.

#include "hpserver/poller/poll_poller.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <limits>
#include <vector>

#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/limits.h"
#include "hpserver/poller/testing.h"

namespace hpserver {
namespace {

using testing::kRead;
using testing::kToken;
using testing::must;
using namespace std::chrono_literals;

// Checklist 62: beyond select's limit, poll still works.
TEST(PollTest, WatchesMoreThanSelectCan) {
  ASSERT_GT(must(raise_descriptor_limit()).soft, 1200U);
  PollPoller poller = must(PollPoller::create());
  EXPECT_EQ(poller.capacity(), std::numeric_limits<std::size_t>::max());
  const EventFd source = must(EventFd::create());
  must(source.add());
  std::vector<Fd> copies;
  while (copies.size() < 1100) {
    copies.push_back(must(duplicate(source.fd())));
    must(poller.add(copies.back().get(), kToken, kRead, Trigger::level));
  }
  std::vector<Event> events(2000);
  EXPECT_EQ(must(poller.wait(events, 0ms)), 1100U);
}

// The wait as a whole doesn't fail.
TEST(PollTest, ReportsADescriptorClosedBeforeItWasRemoved) {
  PollPoller poller = must(PollPoller::create());
  int fd = -1;
  {
    const EventFd source = must(EventFd::create());
    fd = source.fd();
    must(poller.add(fd, kToken, kRead, Trigger::level));
  }
  std::array<Event, 4> events;
  ASSERT_EQ(must(poller.wait(events, 0ms)), 1U);
  EXPECT_EQ(events[0].token, kToken);
  EXPECT_TRUE(events[0].ready.error);
  EXPECT_FALSE(events[0].ready.readable);
  must(poller.remove(fd));
  EXPECT_EQ(must(poller.wait(events, 0ms)), 0U);
}

// std::chrono::milliseconds can express longer timeouts than poll(2) takes.
TEST(PollTest, TakesAnyTimeout) {
  PollPoller poller = must(PollPoller::create());
  const EventFd source = must(EventFd::create());
  must(source.add());
  must(poller.add(source.fd(), kToken, kRead, Trigger::level));
  std::array<Event, 4> events;
  EXPECT_EQ(must(poller.wait(events, std::chrono::milliseconds::max())), 1U);
  EXPECT_EQ(must(poller.wait(events, std::chrono::milliseconds::min())), 1U);
}

}  // namespace
}  // namespace hpserver

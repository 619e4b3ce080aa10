// Tests only what is specific to select; poller_suite_test.cc tests what all pollers share.

#include "hpserver/poller/select_poller.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/limits.h"
#include "hpserver/poller/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::kRead;
using testing::kToken;
using testing::must;
using namespace std::chrono_literals;

// Checklist 62: 1,100 descriptors; those beyond FD_SETSIZE are refused, the others still work.
TEST(SelectTest, RefusesDescriptorsBeyondTheSetsSize) {
  ASSERT_GT(must(raise_descriptor_limit()).soft, 1200U);
  SelectPoller poller = must(SelectPoller::create());
  const EventFd source = must(EventFd::create());
  must(source.add());
  std::vector<Fd> copies;
  std::size_t watched = 0;
  while (copies.size() < 1100) {
    const int fd = copies.emplace_back(must(duplicate(source.fd()))).get();
    const auto added = poller.add(fd, kToken, kRead, Trigger::level);
    if (fd < FD_SETSIZE) {
      must(added);
      ++watched;
    } else {
      EXPECT_EQ(error_code(added), EMFILE);
      EXPECT_EQ(error_code(poller.modify(fd, kToken, kRead, Trigger::level)), EMFILE);
    }
  }
  EXPECT_GT(watched, 900U);
  EXPECT_LE(watched, poller.capacity());
  std::vector<Event> events(2000);
  EXPECT_EQ(must(poller.wait(events, 0ms)), watched);
}

TEST(SelectTest, NeedsADescriptorWithinTheSetsItself) {
  ASSERT_GT(must(raise_descriptor_limit()).soft, 1200U);
  const EventFd source = must(EventFd::create());
  std::vector<Fd> copies;
  do copies.push_back(must(duplicate(source.fd())));
  while (copies.back().get() < FD_SETSIZE);
  EXPECT_EQ(error_code(SelectPoller::create()), EMFILE);
}

TEST(SelectTest, HasLessCapacityThanTheSetsSize) {
  const SelectPoller poller = must(SelectPoller::create());
  EXPECT_LT(poller.capacity(), std::size_t{FD_SETSIZE});
  EXPECT_GT(poller.capacity(), std::size_t{FD_SETSIZE} / 2);
}

// Unlike poll, select can't tell which descriptor is invalid, so remove it before closing it.
TEST(SelectTest, FailsOnADescriptorClosedBeforeItWasRemoved) {
  SelectPoller poller = must(SelectPoller::create());
  Fd copy;
  {
    const EventFd source = must(EventFd::create());
    copy = must(duplicate(source.fd()));
  }
  const int fd = copy.get();
  must(poller.add(fd, kToken, kRead, Trigger::level));
  copy.reset();
  std::vector<Event> events(4);
  EXPECT_EQ(error_code(poller.wait(events, 0ms)), EBADF);
  must(poller.remove(fd));
  EXPECT_EQ(must(poller.wait(events, 0ms)), 0U);
}

}  // namespace
}  // namespace hpserver

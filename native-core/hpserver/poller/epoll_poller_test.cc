// Tests only what is specific to epoll; poller_suite_test.cc tests what all pollers share.

#include "hpserver/poller/epoll_poller.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
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

class EpollTest : public ::testing::Test {
 protected:
  EpollPoller poller_ = must(EpollPoller::create());
};

// Checklist 67: a closed descriptor is reported as long as a duplicate is open.
TEST_F(EpollTest, KeepsReportingADuplicatedDescriptor) {
  Connected pair = connect_pair();
  must(poller_.add(pair.server.get(), kToken, kRead, Trigger::level));
  const Fd copy = must(duplicate(pair.server.get()));
  const int number = pair.server.get();
  pair.server.reset();
  must(send(pair.client.get(), "x"));
  Event event;
  std::size_t count = 0;
  testing::step_until([&] { return count == 1; },
                      [&] { count = must(poller_.wait({&event, 1}, 1s)); });
  EXPECT_TRUE(event.ready.readable);
  EXPECT_EQ(error_code(poller_.remove(number)), EBADF) << "too late: remove before closing";
}

// Checklist 67: a regular file is always ready, so it can't be watched.
TEST_F(EpollTest, RefusesARegularFile) {
  const Fd file{::memfd_create("file", MFD_CLOEXEC)};
  EXPECT_EQ(error_code(poller_.add(file.get(), kToken, kRead, Trigger::level)), EPERM);
}

// Every event of a batch carries its own token; events that don't fit come with the next waits, in
// turn.
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

#include "hpserver/event/waker.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "test/testing.h"

namespace hpserver {
namespace {

using testing::look;
using testing::must;

TEST(Waker, IsReadableFromWakeToDrain) {
  Waker waker = must(Waker::create());
  EXPECT_EQ(look(waker.fd(), POLLIN), 0);
  waker.wake();
  EXPECT_EQ(look(waker.fd(), POLLIN), POLLIN);
  waker.drain();
  EXPECT_EQ(look(waker.fd(), POLLIN), 0);
  waker.wake();
  EXPECT_EQ(look(waker.fd(), POLLIN), POLLIN);
}

// The kernel's counter shows how many writes there were.
TEST(Waker, WritesOnceHoweverOftenItWakes) {
  Waker waker = must(Waker::create());
  for (int time = 0; time < 1000; ++time) waker.wake();
  std::uint64_t count = 0;
  ASSERT_EQ(::read(waker.fd(), &count, sizeof count), static_cast<ssize_t>(sizeof count));
  EXPECT_EQ(count, 1U);
}

// Checklist 21: whatever is queued before a wake is seen after a drain, none is lost.
TEST(Waker, LosesNoWake) {
  constexpr int kThreads = 4;
  constexpr int kPerThread = 5000;
  Waker waker = must(Waker::create());
  std::atomic<int> put{0};
  std::vector<std::thread> wakers;
  for (int thread = 0; thread < kThreads; ++thread) {
    wakers.emplace_back([&] {
      for (int time = 0; time < kPerThread; ++time) {
        put.fetch_add(1, std::memory_order_relaxed);
        waker.wake();
      }
    });
  }
  // A lost wake leaves this waiting, and await_events fails the test.
  for (int seen = 0; seen < kThreads * kPerThread && !::testing::Test::HasFailure();) {
    testing::await_events(waker.fd(), POLLIN);
    waker.drain();
    seen = put.load(std::memory_order_relaxed);
  }
  for (std::thread& thread : wakers) thread.join();
  EXPECT_EQ(put.load(), kThreads * kPerThread);
}

}  // namespace
}  // namespace hpserver

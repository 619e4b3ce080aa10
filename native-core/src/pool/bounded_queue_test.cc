#include "hpserver/pool/bounded_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace hpserver {
namespace {

using namespace std::chrono_literals;

// Checklist 46: first in, first out, and round the end of the ring.
TEST(BoundedQueue, KeepsTheOrder) {
  BoundedQueue<int, 3> queue;
  int next_in = 0;
  int next_out = 0;
  for (int round = 0; round < 10; ++round) {
    while (queue.try_push(next_in)) ++next_in;
    EXPECT_EQ(queue.size(), queue.capacity());
    for (int count = 0; count < 2; ++count) EXPECT_EQ(queue.try_pop(), next_out++);
  }
}

// Checklist 46: a full queue refuses at once and leaves the item to its owner, who answers 503.
TEST(BoundedQueue, RefusesWhenFull) {
  BoundedQueue<std::unique_ptr<int>, 1> queue;
  auto first = std::make_unique<int>(1);
  auto second = std::make_unique<int>(2);
  EXPECT_TRUE(queue.try_push(std::move(first)));
  EXPECT_FALSE(queue.try_push(std::move(second)));
  ASSERT_NE(second, nullptr) << "a refused item is still the caller's";
  EXPECT_EQ(*second, 2);
  EXPECT_EQ(**queue.pop(), 1);
  EXPECT_TRUE(queue.try_push(std::move(second)));
}

TEST(BoundedQueue, HoldsNothingThatWasTaken) {
  BoundedQueue<std::shared_ptr<int>, 4> queue;
  const auto item = std::make_shared<int>(1);
  EXPECT_TRUE(queue.try_push(item));
  EXPECT_EQ(item.use_count(), 2);
  EXPECT_TRUE(queue.try_pop().has_value());
  EXPECT_EQ(item.use_count(), 1);
}

// Checklist 46: closed: refuses, gives what it holds, then nothing.
TEST(BoundedQueue, EmptiesAfterItWasClosed) {
  BoundedQueue<int, 4> queue;
  EXPECT_TRUE(queue.try_push(1));
  EXPECT_TRUE(queue.try_push(2));
  queue.close();
  EXPECT_TRUE(queue.closed());
  EXPECT_FALSE(queue.try_push(3));
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop_for(1ms), 2);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

// Checklist 46: closing wakes everyone who waits.
TEST(BoundedQueue, WakesAllWhenClosed) {
  BoundedQueue<int, 4> queue;
  std::atomic<int> ended{0};
  std::vector<std::thread> waiting;
  for (int thread = 0; thread < 3; ++thread) {
    waiting.emplace_back([&] {
      EXPECT_EQ(queue.pop(), std::nullopt);
      ++ended;
    });
  }
  queue.close();
  for (std::thread& thread : waiting) thread.join();
  EXPECT_EQ(ended, 3);
}

TEST(BoundedQueue, StopsWaitingAfterTheLimit) {
  BoundedQueue<int, 4> queue;
  EXPECT_EQ(queue.pop_for(1ms), std::nullopt);
  EXPECT_EQ(queue.try_pop(), std::nullopt);
}

// Checklist 46: many producers, many consumers, a small queue: each item once.
TEST(BoundedQueue, CarriesEachItemOnce) {
  constexpr int kProducers = 3;
  constexpr int kItems = 4000;
  BoundedQueue<int, 8> queue;
  std::vector<std::atomic<int>> seen(kProducers * kItems);
  std::vector<std::thread> consumers;
  for (int thread = 0; thread < 3; ++thread) {
    consumers.emplace_back([&] {
      while (const auto item = queue.pop()) ++seen[static_cast<std::size_t>(*item)];
    });
  }
  std::vector<std::thread> producers;
  for (int producer = 0; producer < kProducers; ++producer) {
    producers.emplace_back([&, producer] {
      for (int item = 0; item < kItems; ++item) {
        while (!queue.try_push(producer * kItems + item)) std::this_thread::yield();
      }
    });
  }
  for (std::thread& thread : producers) thread.join();
  queue.close();
  for (std::thread& thread : consumers) thread.join();
  for (const auto& times : seen) EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace hpserver

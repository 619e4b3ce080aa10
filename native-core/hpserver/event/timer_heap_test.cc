#include "hpserver/event/timer_heap.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <utility>
#include <vector>

namespace hpserver {
namespace {

using namespace std::chrono_literals;

class TimerHeapTest : public ::testing::Test {
 protected:
  TimerId add(Clock::duration after, int name) {
    return heap_.add(start_ + after, [this, name] { fired_.push_back(name); });
  }

  const Deadline start_ = Clock::now();
  TimerHeap heap_;
  std::vector<int> fired_;
};

using Names = std::vector<int>;

TEST_F(TimerHeapTest, FiresInOrderAndToTheInstant) {
  add(3ms, 3);
  add(1ms, 1);
  add(2ms, 2);
  EXPECT_EQ(heap_.next_expiry(), start_ + 1ms);
  EXPECT_EQ(heap_.advance(start_ + 1ms - 1ns), 0U);
  EXPECT_EQ(heap_.advance(start_ + 1ms), 1U);
  EXPECT_EQ(heap_.advance(start_ + 1s), 2U);
  EXPECT_EQ(fired_, (Names{1, 2, 3}));
  EXPECT_EQ(heap_.next_expiry(), std::nullopt);
}

TEST_F(TimerHeapTest, KeepsTheOrderOfOneInstant) {
  for (int name = 0; name < 20; ++name) add(1ms, name);
  heap_.advance(start_ + 1ms);
  for (int name = 0; name < 20; ++name) EXPECT_EQ(fired_[static_cast<std::size_t>(name)], name);
}

TEST_F(TimerHeapTest, CancelsOnce) {
  const TimerId id = add(1ms, 1);
  EXPECT_TRUE(heap_.cancel(id));
  EXPECT_FALSE(heap_.cancel(id));
  EXPECT_FALSE(heap_.cancel(TimerId{}));
  const TimerId reused = add(1ms, 2);
  EXPECT_EQ(reused.slot, id.slot);
  EXPECT_FALSE(heap_.cancel(id)) << "the slot is another timer's now";
  heap_.advance(start_ + 1s);
  EXPECT_EQ(fired_, Names{2});
  EXPECT_FALSE(heap_.cancel(reused)) << "it has fired";
}

TEST_F(TimerHeapTest, LetsCallbacksCancelOthersAndThemselves) {
  TimerId own{};
  TimerId other{};
  own = heap_.add(start_ + 1ms, [&] {
    EXPECT_FALSE(heap_.cancel(own));
    EXPECT_TRUE(heap_.cancel(other));
  });
  other = add(1ms, 2);
  EXPECT_EQ(heap_.advance(start_ + 1s), 1U);
  EXPECT_EQ(fired_, Names{});
}

TEST_F(TimerHeapTest, LetsNoTimerHoldTheLoop) {
  int calls = 0;
  TimerHeap::Callback again = [&] {
    ++calls;
    heap_.add(start_, again);
  };
  heap_.add(start_, again);
  add(1ms, 1);
  EXPECT_EQ(heap_.advance(start_ + 1s), 2U);
  EXPECT_EQ(heap_.size(), 2U);
  EXPECT_LE(calls, 2);
}

// Compared with a sorted map: random additions, cancels and steps.
TEST_F(TimerHeapTest, AgreesWithASortedMap) {
  std::minstd_rand random{5};
  std::map<std::pair<Deadline, int>, TimerId> model;
  Names expected;
  auto now = 0ms;
  for (int round = 0; round < 5000; ++round) {
    const auto after = now + std::chrono::milliseconds{random() % 300};
    model[{start_ + after, round}] = add(after, round);
    if (random() % 3 == 0) {
      const auto victim = std::next(model.begin(), static_cast<long>(random() % model.size()));
      EXPECT_TRUE(heap_.cancel(victim->second));
      model.erase(victim);
    }
    now += std::chrono::milliseconds{random() % 10};
    while (!model.empty() && model.begin()->first.first <= start_ + now) {
      expected.push_back(model.begin()->first.second);
      model.erase(model.begin());
    }
    heap_.advance(start_ + now);
    ASSERT_EQ(heap_.size(), model.size());
  }
  EXPECT_EQ(fired_, expected);
}

}  // namespace
}  // namespace hpserver

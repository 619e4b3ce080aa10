#include "hpserver/event/timer_wheel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

namespace hpserver {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 100ms;

struct Named : TimerNode {
  explicit Named(int given = 0) : name(given) {}

  int name;
  Deadline deadline;
};

// A wheel with its own clock.
class TimerWheelTest : public ::testing::Test {
 protected:
  void schedule(Named& node, Clock::duration after) {
    node.deadline = start_ + after;
    wheel_.schedule(node, node.deadline);
  }
  std::vector<int> advance_to(Clock::duration after) {
    std::vector<int> names;
    const auto count = wheel_.advance(
        start_ + after, [&](TimerNode& node) { names.push_back(static_cast<Named&>(node).name); });
    EXPECT_EQ(count, names.size());
    return names;
  }

  const Deadline start_ = Clock::now();
  TimerWheel wheel_{kTick, start_, 64};
  Named first_{1};
  Named second_{2};
};

using Names = std::vector<int>;

TEST_F(TimerWheelTest, IsNeverEarlyAndAtMostATickLate) {
  schedule(first_, 250ms);
  EXPECT_EQ(advance_to(249ms), Names{});
  EXPECT_EQ(advance_to(299ms), Names{});
  EXPECT_EQ(advance_to(300ms), Names{1});
  EXPECT_FALSE(first_.scheduled());
  EXPECT_EQ(advance_to(10s), Names{});
}

TEST_F(TimerWheelTest, KeepsAWholeTickExactly) {
  schedule(first_, 200ms);
  EXPECT_EQ(advance_to(199ms), Names{});
  EXPECT_EQ(advance_to(200ms), Names{1});
}

TEST_F(TimerWheelTest, FiresThePastWithTheNextTick) {
  advance_to(1s);
  schedule(first_, 0ms);
  EXPECT_EQ(advance_to(1s), Names{});
  EXPECT_EQ(advance_to(1100ms), Names{1});
}

TEST_F(TimerWheelTest, FiresInOrderHoweverLongItWasNotTurned) {
  Named third{3};
  schedule(third, 1h);
  schedule(second_, 20s);
  schedule(first_, 1s);
  EXPECT_EQ(advance_to(2h), (Names{1, 2, 3}));
}

TEST_F(TimerWheelTest, HoldsDeadlinesBeyondATurn) {
  // 64 slots of 100 ms are 6.4 s.
  schedule(first_, 20s);
  for (auto time = 0ms; time < 20s; time += 700ms) EXPECT_EQ(advance_to(time), Names{});
  EXPECT_EQ(advance_to(20s), Names{1});
}

TEST_F(TimerWheelTest, ForgetsWhatIsUnlinkedOrGone) {
  schedule(first_, 100ms);
  first_.unlink();
  first_.unlink();
  {
    Named brief{3};
    schedule(brief, 100ms);
  }
  EXPECT_EQ(wheel_.next_expiry(), std::nullopt);
  EXPECT_EQ(advance_to(1s), Names{});
}

TEST_F(TimerWheelTest, MovesWhatIsScheduledAgain) {
  schedule(first_, 100ms);
  schedule(first_, 500ms);
  EXPECT_EQ(advance_to(400ms), Names{});
  EXPECT_EQ(advance_to(500ms), Names{1});
}

TEST_F(TimerWheelTest, TellsHowLongToSleep) {
  EXPECT_EQ(wheel_.next_expiry(), std::nullopt);
  schedule(second_, 3s);
  schedule(first_, 250ms);
  EXPECT_EQ(wheel_.next_expiry(), start_ + 300ms);
  advance_to(300ms);
  EXPECT_EQ(wheel_.next_expiry(), start_ + 3s);
  second_.unlink();
  EXPECT_EQ(wheel_.next_expiry(), std::nullopt);
}

TEST_F(TimerWheelTest, LetsCallbacksScheduleAgain) {
  schedule(first_, 100ms);
  int calls = 0;
  const auto again = [&](TimerNode& node) {
    ++calls;
    EXPECT_FALSE(node.scheduled());
    wheel_.schedule(node, start_ + 100ms);  // Due already, but must not fire twice in one tick.
  };
  wheel_.advance(start_ + 100ms, again);
  EXPECT_EQ(calls, 1);
  wheel_.advance(start_ + 200ms, again);
  EXPECT_EQ(calls, 2);
}

TEST_F(TimerWheelTest, LetsCallbacksCancelAndDestroyOthers) {
  auto doomed = std::make_unique<Named>();
  schedule(first_, 100ms);
  schedule(second_, 100ms);
  schedule(*doomed, 100ms);
  std::vector<int> names;
  wheel_.advance(start_ + 1s, [&](TimerNode& node) {
    names.push_back(static_cast<Named&>(node).name);
    second_.unlink();
    doomed.reset();
  });
  EXPECT_EQ(names, Names{1});
}

TEST_F(TimerWheelTest, MayEndBeforeItsNodes) {
  Named node;
  {
    TimerWheel brief{kTick, start_};
    brief.schedule(node, start_ + 1s);
    EXPECT_TRUE(node.scheduled());
  }
  EXPECT_FALSE(node.scheduled());
}

TEST_F(TimerWheelTest, TakesLittleMemory) {
  EXPECT_EQ(sizeof(TimerNode), 24U);
}

// Compared with the obvious implementation: random deadlines, cancels and jumps.
TEST_F(TimerWheelTest, AgreesWithASortedList) {
  std::minstd_rand random{11};
  std::vector<std::unique_ptr<Named>> nodes;
  auto now = 0ms;
  for (int round = 0; round < 3000; ++round) {
    nodes.push_back(std::make_unique<Named>());
    schedule(*nodes.back(), now + std::chrono::milliseconds{random() % 20'000});
    if (random() % 4 == 0) nodes[random() % nodes.size()]->unlink();
    std::size_t alive = 0;
    auto earliest = Deadline::max();
    for (const auto& node : nodes) {
      if (!node->scheduled()) continue;
      ++alive;
      earliest = std::min(earliest, node->deadline);
    }
    if (alive > 0) {
      const auto expiry = wheel_.next_expiry();
      ASSERT_TRUE(expiry.has_value());
      // Never too late; early only to file a distant deadline again.
      EXPECT_LE(*expiry, std::max(earliest, start_ + now) + kTick);
    }
    now += std::chrono::milliseconds{random() % 500};
    wheel_.advance(start_ + now, [&](TimerNode& node) {
      EXPECT_LE(static_cast<Named&>(node).deadline, start_ + now);
    });
    for (const auto& node : nodes) {
      if (node->scheduled()) {
        EXPECT_GT(node->deadline + kTick, start_ + now);
      }
    }
    std::erase_if(nodes, [](const auto& node) { return !node->scheduled(); });
  }
}

}  // namespace
}  // namespace hpserver

#include "hpserver/event/watchdog.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/event/notices.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using Role = WatchedLoop::Role;

constexpr milliseconds kLimit{100};

class WatchdogTest : public testing::LoopTest {
 protected:
  void turn_for(milliseconds time) {
    const Deadline end = Clock::now() + time;
    turn_until([end] { return Clock::now() >= end; });
  }

  std::shared_ptr<Watchdog> watchdog_ = std::make_shared<Watchdog>(kLimit);
};

TEST_F(WatchdogTest, SeesThatALoopMovesThatIdles) {
  const WatchedLoop watched(*loop_, watchdog_, "it", Role::worker);
  turn_for(2 * kLimit);
  EXPECT_TRUE(watchdog_->look().all_move);
}

TEST_F(WatchdogTest, NamesALoopThatDoesNotMoveOnce) {
  const WatchedLoop watched(*loop_, watchdog_, "it", Role::worker);
  std::this_thread::sleep_for(kLimit + milliseconds(2));
  const Watchdog::Look seen = watchdog_->look();
  EXPECT_FALSE(seen.all_move);
  ASSERT_EQ(seen.lines.size(), 1U);
  EXPECT_TRUE(seen.lines[0].starts_with("it has been stuck for 1"));
  const Watchdog::Look again = watchdog_->look();
  EXPECT_FALSE(again.all_move);
  EXPECT_TRUE(again.lines.empty());
}

TEST_F(WatchdogTest, NamesItAgainWhenItHasMovedMeanwhile) {
  const WatchedLoop watched(*loop_, watchdog_, "it", Role::worker);
  std::this_thread::sleep_for(kLimit + milliseconds(2));
  EXPECT_FALSE(watchdog_->look().all_move);
  turn_until([this] { return watchdog_->look().all_move; });
  std::this_thread::sleep_for(kLimit + milliseconds(2));
  EXPECT_EQ(watchdog_->look().lines.size(), 1U);
}

TEST_F(WatchdogTest, HasTheMainLoopFeed) {
  int fed_count = 0;
  watchdog_->feed_by([&fed_count] { ++fed_count; });
  const WatchedLoop watched(*loop_, watchdog_, "the main loop", Role::main);
  turn_until([&fed_count] { return fed_count > 3; });
}

TEST_F(WatchdogTest, LeavesALoopAloneThatHasEnded) {
  std::make_unique<WatchedLoop>(*loop_, watchdog_, "it", Role::worker).reset();
  std::this_thread::sleep_for(kLimit + milliseconds(2));
  EXPECT_TRUE(watchdog_->look().all_move);
}

// Like the pulse of a worker process, which its parent watches.
TEST_F(WatchdogTest, LooksAtPulsesOfOtherProcesses) {
  Pulse pulse;
  watchdog_->look_after(pulse, "worker 0");
  EXPECT_TRUE(watchdog_->look().all_move);  // the heartbeat doesn't exist yet
  auto heartbeat = std::make_unique<Heartbeat>(*loop_, pulse);
  turn_for(2 * kLimit);
  EXPECT_TRUE(watchdog_->look().all_move);
  std::this_thread::sleep_for(kLimit + milliseconds(2));
  EXPECT_FALSE(watchdog_->look().all_move);
  heartbeat.reset();
  EXPECT_TRUE(watchdog_->look().all_move);
  watchdog_->forget(pulse);
}

TEST_F(WatchdogTest, CostsNothingWhereNobodyLooks) {
  Pulse pulse;
  const Heartbeat heartbeat(*loop_, pulse);
  const WatchedLoop watched(*loop_, nullptr, "it", Role::main);
  EXPECT_EQ(loop_->sleep_time(), EventLoop::kForever);
}

TEST_F(WatchdogTest, TellsTheLogOfTheMainLoop) {
  std::vector<std::string> told;
  loop_->notices().tell_to([&told](const std::string& line) { told.push_back(line); });
  watchdog_->feed_by([] {});
  Pulse pulse;
  watchdog_->look_after(pulse, "worker 0");
  pulse.moved_at_ms.store(1);
  const WatchedLoop watched(*loop_, watchdog_, "the main loop", Role::main);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].starts_with("worker 0 has been stuck for "));
  watchdog_->forget(pulse);
}

}  // namespace
}  // namespace hpserver

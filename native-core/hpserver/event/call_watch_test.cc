#include "hpserver/event/call_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hpserver {
namespace {

using std::chrono::milliseconds;

// The lines that a watch has reported, on its own thread.
class Told {
 public:
  void add(const std::string& line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(line);
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

class CallWatchTest : public ::testing::Test {
 protected:
  static std::shared_ptr<CallWatch> watch(milliseconds limit) {
    return std::make_shared<CallWatch>(limit);
  }

  void await_lines(std::size_t count) {
    while (told_.lines().size() < count) std::this_thread::sleep_for(milliseconds(1));
  }

  Told told_;
  const CallWatch::Tell tell_ = [this](const std::string& line) { told_.add(line); };
};

TEST_F(CallWatchTest, NamesACallThatDoesNotReturnOnce) {
  CallMark mark;
  const WatchedMark watched(mark, watch(milliseconds(20)), tell_);
  const CallMark::Call call(mark, "GET /slow");
  await_lines(1);
  std::this_thread::sleep_for(milliseconds(60));
  ASSERT_EQ(told_.lines().size(), 1U);
  EXPECT_TRUE(told_.lines()[0].starts_with("the handler of GET /slow has blocked its thread for "));
}

TEST_F(CallWatchTest, NamesTheNextOneToo) {
  CallMark mark;
  const WatchedMark watched(mark, watch(milliseconds(20)), tell_);
  for (std::size_t count = 1; count <= 2; ++count) {
    const CallMark::Call call(mark, "GET /slow");
    await_lines(count);
  }
}

TEST_F(CallWatchTest, SaysNothingOfManyShortCalls) {
  CallMark mark;
  const WatchedMark watched(mark, watch(std::chrono::minutes(5)), tell_);
  for (int count = 0; count < 1000; ++count) const CallMark::Call call(mark, "GET /quick");
  EXPECT_TRUE(told_.lines().empty());
}

TEST_F(CallWatchTest, GoesBackToTheOuterCall) {
  CallMark mark;
  const WatchedMark watched(mark, watch(milliseconds(20)), tell_);
  const CallMark::Call outer(mark, "GET /outer");
  {
    const CallMark::Call inner(mark, "GET /inner");
  }
  await_lines(1);
  EXPECT_NE(told_.lines()[0].find("GET /outer"), std::string::npos);
}

// Names may be destroyed after the mark has left.
TEST_F(CallWatchTest, ReadsNoNameOfAMarkThatHasLeft) {
  const auto shared = watch(milliseconds(1));
  for (int count = 0; count < 200; ++count) {
    CallMark mark;
    auto name = std::make_unique<std::string>("GET /gone");
    const WatchedMark watched(mark, shared, tell_);
    const CallMark::Call call(mark, name->c_str());
    std::this_thread::sleep_for(std::chrono::microseconds(100));
    shared->leave(mark);
    name.reset();
  }
}

TEST_F(CallWatchTest, WatchesNothingWithoutALimit) {
  CallMark mark;
  const WatchedMark watched(mark, watch(milliseconds(0)), tell_);
  const CallMark::Call call(mark, "GET /slow");
  std::this_thread::sleep_for(milliseconds(30));
  EXPECT_TRUE(told_.lines().empty());
}

TEST_F(CallWatchTest, KeepsToALimitThatChanges) {
  std::atomic<int> limit_ms{0};
  CallMark mark;
  const WatchedMark watched(
      mark, std::make_shared<CallWatch>([&] { return milliseconds(limit_ms.load()); }), tell_);
  const CallMark::Call call(mark, "GET /slow");
  std::this_thread::sleep_for(milliseconds(30));
  EXPECT_TRUE(told_.lines().empty());
  limit_ms = 20;
  await_lines(1);
}

}  // namespace
}  // namespace hpserver

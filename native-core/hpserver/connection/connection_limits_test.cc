#include "hpserver/connection/connection_limits.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace hpserver {
namespace {

using std::chrono::milliseconds;

TEST(ConnectionLimitsTest, CallsAreWatchedByTheDeadlineThatIsInForce) {
  auto made = SharedValue<ConnectionDeadlines>::create();
  ASSERT_TRUE(made);
  const auto changes = std::make_shared<SharedValue<ConnectionDeadlines>>(std::move(*made));
  ConnectionLimits limits;
  limits.deadlines.handler_timeout = milliseconds{0};
  limits.changes = changes;
  std::atomic<int> told_count{0};
  CallMark mark;
  const WatchedMark watched(mark, limits.watch_calls(),
                            [&](const std::string& /*line*/) { told_count += 1; });
  const CallMark::Call call(mark, "GET /slow");
  std::this_thread::sleep_for(milliseconds{20});
  EXPECT_EQ(told_count, 0);
  ConnectionDeadlines changed;
  changed.handler_timeout = milliseconds{10};
  changes->set(changed);
  while (told_count == 0) std::this_thread::sleep_for(milliseconds{1});
}

}  // namespace
}  // namespace hpserver

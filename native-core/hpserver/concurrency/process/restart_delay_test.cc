#include "hpserver/concurrency/process/restart_delay.h"

#include <gtest/gtest.h>

namespace hpserver {
namespace {

using std::chrono::milliseconds;

TEST(RestartDelay, RestartsAtOnceTheFirstTime) {
  RestartDelay delay;
  EXPECT_EQ(delay.next(milliseconds{3}), milliseconds{0});
}

TEST(RestartDelay, DoublesWhileTheProcessDiesYoung) {
  RestartDelay delay;
  for (const int expected : {0, 100, 200, 400, 800, 1'600, 3'200, 5'000, 5'000}) {
    EXPECT_EQ(delay.next(milliseconds{50}), milliseconds{expected});
  }
}

TEST(RestartDelay, ForgivesWhoHasLivedLong) {
  RestartDelay delay;
  for (int death = 0; death < 5; ++death) static_cast<void>(delay.next(milliseconds{1}));
  EXPECT_EQ(delay.next(RestartDelay::kGrownUp), milliseconds{0});
  EXPECT_EQ(delay.next(milliseconds{1}), milliseconds{100});
}

}  // namespace
}  // namespace hpserver

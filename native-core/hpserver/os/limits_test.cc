#include "hpserver/os/limits.h"

#include <gtest/gtest.h>
#include <sched.h>

namespace hpserver {
namespace {

// What `taskset` and containers do.
class FewerCores : public ::testing::Test {
 protected:
  FewerCores() {
    EXPECT_EQ(::sched_getaffinity(0, sizeof before_, &before_), 0);
    int first = 0;
    while (CPU_ISSET(first, &before_) == 0) ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    EXPECT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
  }
  ~FewerCores() override { ::sched_setaffinity(0, sizeof before_, &before_); }

  cpu_set_t before_{};
};

TEST_F(FewerCores, AreTheOnesThatCount) {
  EXPECT_EQ(usable_core_count(), 1U);
}

}  // namespace
}  // namespace hpserver

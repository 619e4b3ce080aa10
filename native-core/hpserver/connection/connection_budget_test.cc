#include "hpserver/connection/connection_budget.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <thread>

namespace hpserver {
namespace {

TEST(ConnectionBudget, GivesNoMoreThanThereIs) {
  ConnectionBudget budget(2);
  EXPECT_TRUE(budget.take());
  EXPECT_TRUE(budget.take());
  EXPECT_FALSE(budget.take());
  EXPECT_EQ(budget.open_count(), 2U);
  budget.give_back();
  EXPECT_TRUE(budget.take());
}

TEST(ConnectionBudget, CountsWhatTheOtherProcessesHaveOpen) {
  std::array<ConnectionShare, 3> shares;
  ConnectionBudget budget(5, shares[1], {&shares[0], &shares[2]});
  shares[0].open_count = 3;
  shares[2].open_count = 1;
  EXPECT_TRUE(budget.take());
  EXPECT_FALSE(budget.take());
  EXPECT_EQ(shares[1].open_count, 1U);
  EXPECT_EQ(shares[1].accepted_count, 1U) << "one that was refused doesn't count";
  shares[0].open_count = 0;
  EXPECT_TRUE(budget.take()) << "a killed process holds nothing";
}

TEST(ConnectionBudget, IsNeverOverdrawnByManyAtOnce) {
  std::array<ConnectionShare, 2> shares;
  ConnectionBudget first(10, shares[0], {&shares[1]});
  ConnectionBudget second(10, shares[1], {&shares[0]});
  const auto take_many = [](ConnectionBudget& budget) {
    for (int round = 0; round < 20'000; ++round) {
      if (budget.take() && round % 3 != 0) budget.give_back();
    }
  };
  std::thread other(take_many, std::ref(second));
  take_many(first);
  other.join();
  EXPECT_LE(shares[0].open_count + shares[1].open_count, 10U);
}

}  // namespace
}  // namespace hpserver

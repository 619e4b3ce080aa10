#include "hpserver/concurrency/least_loaded.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <vector>

namespace hpserver {
namespace {

using Load = std::optional<int>;

std::vector<std::optional<std::size_t>> picks(LeastLoaded& chooser, const std::vector<Load>& loads,
                                              int times) {
  std::vector<std::optional<std::size_t>> picked;
  while (times-- > 0) {
    picked.push_back(chooser.among(loads.size(), [&](std::size_t at) { return loads[at]; }));
  }
  return picked;
}

TEST(LeastLoaded, TakesTheOneWithTheLeastToDo) {
  LeastLoaded chooser;
  EXPECT_EQ(picks(chooser, {3, 1, 2}, 2), (std::vector<std::optional<std::size_t>>{1, 1}));
}

TEST(LeastLoaded, LetsEqualsTakeTurns) {
  LeastLoaded chooser;
  EXPECT_EQ(picks(chooser, {0, 0, 0}, 4), (std::vector<std::optional<std::size_t>>{0, 1, 2, 0}));
}

TEST(LeastLoaded, PassesOverThoseThatTakeNone) {
  LeastLoaded chooser;
  EXPECT_EQ(picks(chooser, {std::nullopt, 5, std::nullopt}, 3),
            (std::vector<std::optional<std::size_t>>{1, 1, 1}));
  EXPECT_EQ(picks(chooser, {std::nullopt}, 1),
            (std::vector<std::optional<std::size_t>>{std::nullopt}));
  EXPECT_EQ(picks(chooser, {}, 1), (std::vector<std::optional<std::size_t>>{std::nullopt}));
}

}  // namespace
}  // namespace hpserver

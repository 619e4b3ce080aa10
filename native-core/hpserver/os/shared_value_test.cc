#include "hpserver/os/shared_value.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>

#include "hpserver/os/reap.h"

namespace hpserver {
namespace {

// Wide enough to be copied in several steps.
struct Sums {
  std::array<std::uint32_t, 31> parts{};
};

Sums all(std::uint32_t value) {
  Sums sums;
  sums.parts.fill(value);
  return sums;
}

bool is_whole(const Sums& sums) {
  for (const std::uint32_t part : sums.parts) {
    if (part != sums.parts[0]) return false;
  }
  return true;
}

TEST(SharedValue, SaysNothingBeforeItIsSet) {
  const auto value = SharedValue<Sums>::create();
  ASSERT_TRUE(value);
  Sums sums = all(3);
  std::uint32_t seen = 0;
  EXPECT_FALSE(value->read_if_changed(seen, sums));
  EXPECT_EQ(sums.parts[30], 3U);
}

TEST(SharedValue, IsReadOncePerChange) {
  auto value = SharedValue<Sums>::create();
  ASSERT_TRUE(value);
  value->set(all(1));
  value->set(all(2));
  Sums sums;
  std::uint32_t seen = 0;
  EXPECT_TRUE(value->read_if_changed(seen, sums));
  EXPECT_EQ(sums.parts[30], 2U);
  EXPECT_FALSE(value->read_if_changed(seen, sums));
  value->set(all(2));
  EXPECT_TRUE(value->read_if_changed(seen, sums));
}

TEST(SharedValue, ReachesAForkedProcess) {
  auto value = SharedValue<Sums>::create();
  ASSERT_TRUE(value);
  const pid_t child = ::fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    Sums sums;
    std::uint32_t seen = 0;
    while (!value->read_if_changed(seen, sums)) std::this_thread::yield();
    ::_exit(static_cast<int>(sums.parts[7]));
  }
  value->set(all(42));
  const auto exit = await_exit(child);
  ASSERT_TRUE(exit);
  EXPECT_EQ(exit->status, 42);
}

TEST(SharedValue, IsNeverReadInHalves) {
  auto value = SharedValue<Sums>::create();
  ASSERT_TRUE(value);
  std::atomic<bool> done{false};
  std::atomic<std::uint32_t> reads{0};
  std::thread reader([&] {
    Sums sums;
    std::uint32_t seen = 0;
    while (!done.load()) {
      if (!value->read_if_changed(seen, sums)) continue;
      ASSERT_TRUE(is_whole(sums));
      reads.fetch_add(1);
    }
  });
  for (std::uint32_t turn = 1; reads.load() < 200; ++turn) {
    value->set(all(turn));
    if (turn % 64 == 0) std::this_thread::yield();
  }
  done.store(true);
  reader.join();
}

TEST(Latest, IsTheFirstWithoutChanges) {
  Latest<int> latest(7, nullptr);
  EXPECT_EQ(*latest.get(), 7);
}

TEST(Latest, KeepsACopyForWhoBeganWithIt) {
  auto created = SharedValue<int>::create();
  ASSERT_TRUE(created);
  const auto changes = std::make_shared<SharedValue<int>>(std::move(*created));
  Latest<int> latest(7, changes);
  const auto kept = latest.get();
  changes->set(8);
  EXPECT_EQ(*latest.get(), 8);
  EXPECT_EQ(*kept, 7);
  EXPECT_EQ(latest.get(), latest.get());
}

}  // namespace
}  // namespace hpserver

#include "hpserver/os/shared_memory.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "hpserver/os/reap.h"

namespace hpserver {
namespace {

struct Counter {
  std::atomic<std::uint64_t> count{7};
};

TEST(SharedMemory, RefusesToMapNothing) {
  const auto memory = SharedMemory::create(0);
  ASSERT_FALSE(memory);
  EXPECT_EQ(memory.error().code, EINVAL);
  EXPECT_STREQ(memory.error().operation, "mmap");
}

TEST(SharedMemory, RefusesMoreThanThereIs) {
  const auto memory = SharedMemory::create(SIZE_MAX / 2);
  ASSERT_FALSE(memory);
  EXPECT_EQ(memory.error().code, ENOMEM);
}

TEST(SharedMemory, IsZeroedAndMoves) {
  auto memory = SharedMemory::create(10'000);
  ASSERT_TRUE(memory);
  const std::byte* const start = memory->bytes().data();
  SharedMemory moved = std::move(*memory);
  ASSERT_EQ(moved.bytes().size(), 10'000U);
  EXPECT_EQ(moved.bytes().data(), start);
  EXPECT_TRUE(memory->bytes().empty());
  for (const std::byte byte : moved.bytes()) ASSERT_EQ(byte, std::byte{0});
}

TEST(SharedArray, RefusesToHoldNothing) {
  const auto counters = SharedArray<Counter>::create(0);
  ASSERT_FALSE(counters);
  EXPECT_EQ(counters.error().code, EINVAL);
}

TEST(SharedArray, BeginsWithTheDefaultsOfItsValues) {
  const auto counters = SharedArray<Counter>::create(3);
  ASSERT_TRUE(counters);
  ASSERT_EQ(counters->size(), 3U);
  for (const Counter& counter : counters->values()) EXPECT_EQ(counter.count, 7U);
}

TEST(SharedArray, ShowsTheParentWhatAChildWrote) {
  auto counters = SharedArray<Counter>::create(2);
  ASSERT_TRUE(counters);
  const pid_t child = ::fork();
  if (child == 0) {
    for (int step = 0; step < 1'000; ++step) (*counters)[1].count.fetch_add(1);
    ::_exit(0);
  }
  ASSERT_TRUE(await_exit(child));
  EXPECT_EQ((*counters)[0].count, 7U);
  EXPECT_EQ((*counters)[1].count, 1'007U);
}

}  // namespace
}  // namespace hpserver

#include "hpserver/pool/block_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "hpserver/pool/object_pool.h"

namespace hpserver {
namespace {

using Pool = BlockPool<100>;

std::vector<std::byte*> acquire_many(auto& pool, std::size_t count) {
  std::vector<std::byte*> blocks;
  for (std::size_t index = 0; index < count; ++index) blocks.push_back(pool.acquire());
  return blocks;
}

void release_all(auto& pool, const std::vector<std::byte*>& blocks) {
  for (std::byte* block : blocks) pool.release(block);
}

// Checklist 58: a fully allocated pool has all its blocks from the start, and refuses at the cap.
TEST(BlockPool, RefusesAtTheCap) {
  Pool pool{{.initial_count = 3, .max_count = 3}};
  EXPECT_EQ(pool.statistics().allocated_count, 3U);
  const auto blocks = acquire_many(pool, 3);
  EXPECT_EQ(std::set<std::byte*>(blocks.begin(), blocks.end()).size(), 3U);
  EXPECT_EQ(pool.acquire(), nullptr);
  EXPECT_EQ(pool.statistics().refused_count, 1U);
  pool.release(blocks[1]);
  EXPECT_EQ(pool.acquire(), blocks[1]);
  release_all(pool, blocks);
}

// Checklist 58: a pool with initial blocks grows in steps, up to the cap.
TEST(BlockPool, GrowsInStepsUpToTheCap) {
  Pool pool{{.initial_count = 2, .max_count = 10, .growth_count = 4}};
  std::vector<std::size_t> sizes;
  std::vector<std::byte*> blocks;
  while (std::byte* block = pool.acquire()) {
    std::memset(block, 0xff, Pool::kBlockBytes);
    blocks.push_back(block);
    if (sizes.empty() || sizes.back() != pool.statistics().allocated_count) {
      sizes.push_back(pool.statistics().allocated_count);
    }
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 6, 10}));
  EXPECT_EQ(blocks.size(), 10U);
  release_all(pool, blocks);
}

// Checklist 58: the block released last is hot, so it is next.
TEST(BlockPool, ReusesTheLastReleasedFirst) {
  Pool pool;
  const auto blocks = acquire_many(pool, 3);
  pool.release(blocks[0]);
  pool.release(blocks[2]);
  EXPECT_EQ(pool.acquire(), blocks[2]);
  EXPECT_EQ(pool.acquire(), blocks[0]);
  release_all(pool, blocks);
}

TEST(BlockPool, AlignsBlocks) {
  BlockPool<192> lines;
  BlockPool<1> bytes;
  const auto address = [](const std::byte* block) {
    return reinterpret_cast<std::uintptr_t>(block);
  };
  const auto line_blocks = acquire_many(lines, 40);
  for (const std::byte* block : line_blocks) EXPECT_EQ(address(block) % 64, 0U);
  const auto byte_blocks = acquire_many(bytes, 40);
  for (const std::byte* block : byte_blocks) {
    EXPECT_EQ(address(block) % alignof(std::max_align_t), 0U);
  }
  release_all(lines, line_blocks);
  release_all(bytes, byte_blocks);
}

// Checklist 58: shrinking returns unused slabs, except the initial ones.
TEST(BlockPool, ShrinksToTheInitialSize) {
  Pool pool{{.initial_count = 4, .max_count = 100, .growth_count = 8}};
  const auto blocks = acquire_many(pool, 20);
  EXPECT_EQ(pool.statistics().allocated_count, 20U);
  EXPECT_EQ(pool.shrink(), 0U);
  release_all(pool, blocks);
  EXPECT_EQ(pool.shrink(), 16U);
  EXPECT_EQ(pool.statistics().allocated_count, 4U);
  release_all(pool, acquire_many(pool, 20));
  EXPECT_EQ(pool.statistics().peak_count, 20U);
}

// Checklist 58: a slab stays as long as one of its blocks is in use.
TEST(BlockPool, KeepsSlabsInUse) {
  Pool pool{{.max_count = 100, .growth_count = 4}};
  auto blocks = acquire_many(pool, 12);
  std::byte* const kept = blocks[5];
  std::memset(kept, 0x5a, Pool::kBlockBytes);
  blocks.erase(blocks.begin() + 5);
  release_all(pool, blocks);
  EXPECT_EQ(pool.shrink(), 8U);
  EXPECT_TRUE(std::all_of(kept, kept + Pool::kBlockBytes,
                          [](std::byte byte) { return byte == std::byte{0x5a}; }));
  const auto again = acquire_many(pool, 11);
  EXPECT_EQ(std::count(again.begin(), again.end(), kept), 0);
  pool.release(kept);
  release_all(pool, again);
}

// Checklist 58: the counters reveal a leak, and the destructor asserts that there is none.
TEST(BlockPool, CountsWhatIsInUse) {
  Pool pool;
  std::byte* const block = pool.acquire();
  EXPECT_EQ(pool.statistics().in_use_count, 1U);
  pool.release(nullptr);
  pool.release(block);
  EXPECT_EQ(pool.statistics().in_use_count, 0U);
  EXPECT_EQ(pool.statistics().peak_count, 1U);
}

#ifndef NDEBUG
TEST(BlockPoolDeathTest, EndsWithALeak) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH({ static_cast<void>(Pool{}.acquire()); }, "never released");
}
#endif

#if defined(__SANITIZE_ADDRESS__)
TEST(BlockPoolDeathTest, SeesUsesAfterRelease) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Pool pool;
  std::byte* const block = pool.acquire();
  pool.release(block);
  EXPECT_DEATH({ *static_cast<volatile std::byte*>(block) = std::byte{1}; }, "poison");
}
#endif

// Compared with the obvious implementation: every block has one owner.
TEST(BlockPool, GivesNoBlockTwice) {
  std::minstd_rand random{3};
  BlockPool<48> pool{{.max_count = 500, .growth_count = 7}};
  std::vector<std::byte*> held;
  for (int round = 0; round < 20'000; ++round) {
    if (random() % 2 == 0) {
      if (std::byte* block = pool.acquire()) {
        std::memset(block, static_cast<int>(held.size() & 0x7f), 48);
        held.push_back(block);
      }
    } else if (!held.empty()) {
      std::swap(held[random() % held.size()], held.back());
      pool.release(held.back());
      held.pop_back();
    }
    if (round % 1000 == 0) pool.shrink();
    ASSERT_EQ(pool.statistics().in_use_count, held.size());
  }
  EXPECT_EQ(std::set<std::byte*>(held.begin(), held.end()).size(), held.size());
  release_all(pool, held);
}

// Checklist 58
TEST(SharedBlockPool, ServesManyThreads) {
  SharedBlockPool<64> pool{{.max_count = 64}};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 2000; ++round) {
        std::byte* const block = pool.acquire();
        ASSERT_NE(block, nullptr);
        std::memset(block, thread, 64);
        EXPECT_EQ(block[63], std::byte(thread));
        pool.release(block);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(pool.statistics().in_use_count, 0U);
  EXPECT_LE(pool.statistics().peak_count, 4U);
  EXPECT_GT(pool.shrink(), 0U);
}

struct Counted {
  explicit Counted(int& count) : alive(count) { ++alive; }
  ~Counted() { --alive; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  int& alive;
  alignas(64) char line[64] = {};
};

// Checklist 58: the object is destroyed, its place is reused.
TEST(ObjectPool, ConstructsAndDestroysInPlace) {
  int alive = 0;
  ObjectPool<Counted> pool{{.max_count = 2, .growth_count = 1}};
  Counted* const first = pool.create(alive);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % 64, 0U);
  {
    const auto second = pool.make(alive);
    EXPECT_EQ(alive, 2);
    EXPECT_EQ(pool.create(alive), nullptr);
    EXPECT_FALSE(pool.make(alive));
  }
  EXPECT_EQ(alive, 1);
  pool.destroy(first);
  pool.destroy(nullptr);
  EXPECT_EQ(alive, 0);
  Counted* const again = pool.create(alive);
  EXPECT_EQ(again, first);
  pool.destroy(again);
  EXPECT_EQ(pool.shrink(), 2U);
  EXPECT_EQ(pool.statistics().refused_count, 2U);
}

}  // namespace
}  // namespace hpserver

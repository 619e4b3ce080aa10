#include "hpserver/pool/arena.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace hpserver {
namespace {

using SmallBlocks = BlockPool<256>;

// Checklist 58: pieces of all sizes and alignments never overlap.
TEST(Arena, GivesEveryPieceToOneOwner) {
  SmallBlocks pool;
  Arena arena(pool);
  struct Piece {
    unsigned char* bytes;
    std::size_t size;
    unsigned char mark;
  };
  std::vector<Piece> pieces;
  for (std::size_t size = 0; size < 200; ++size) {
    const std::size_t alignment = std::size_t{1} << (size % 5);
    auto* const bytes = static_cast<unsigned char*>(arena.allocate(size, alignment));
    ASSERT_NE(bytes, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(bytes) % alignment, 0U);
    const auto mark = static_cast<unsigned char>(size);
    std::memset(bytes, mark, size);
    pieces.push_back({bytes, size, mark});
  }
  for (const Piece& piece : pieces) {
    for (std::size_t at = 0; at < piece.size; ++at) ASSERT_EQ(piece.bytes[at], piece.mark);
  }
  EXPECT_EQ(arena.allocated_bytes(), 199U * 200U / 2U);
}

// Checklist 58: after a reset, the pool has every block again and hands out the same ones next.
TEST(Arena, ReturnsAllAtOnce) {
  SmallBlocks pool{{.max_count = 4, .growth_count = 1}};
  Arena arena(pool);
  EXPECT_EQ(pool.statistics().in_use_count, 0U) << "nothing before the first piece";
  for (int round = 0; round < 100; ++round) {
    for (int piece = 0; piece < 4; ++piece) ASSERT_NE(arena.allocate(200), nullptr);
    EXPECT_EQ(pool.statistics().in_use_count, 4U);
    arena.reset();
    EXPECT_EQ(pool.statistics().in_use_count, 0U);
    EXPECT_EQ(arena.allocated_bytes(), 0U);
  }
  EXPECT_EQ(pool.statistics().allocated_count, 4U) << "as many as the largest request took";
  EXPECT_EQ(pool.shrink(), 4U);
}

// Checklist 58: exhaustion is a nullptr, and existing pieces stay valid.
TEST(Arena, StopsAtThePoolsCap) {
  SmallBlocks pool{{.max_count = 2}};
  Arena arena(pool);
  const std::string_view kept = arena.copy("kept, and in the way");
  ASSERT_NE(arena.allocate(Arena<SmallBlocks>::kMaxPieceBytes), nullptr);
  EXPECT_EQ(arena.allocate(200), nullptr);
  EXPECT_EQ(arena.copy(std::string(200, 'x')).data(), nullptr);
  EXPECT_EQ(pool.statistics().refused_count, 2U);
  EXPECT_EQ(arena.allocate(Arena<SmallBlocks>::kMaxPieceBytes + 1), nullptr);
  EXPECT_EQ(pool.statistics().refused_count, 2U) << "no block would be large enough";
  EXPECT_EQ(kept, "kept, and in the way");
}

TEST(Arena, MakesObjectsAndTexts) {
  struct Point {
    int x;
    double y;
  };
  SmallBlocks pool;
  Arena arena(pool);
  static_cast<void>(arena.copy("a"));
  const Point* const point = arena.create<Point>(1, 2.5);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(point) % alignof(Point), 0U);
  EXPECT_EQ(point->x + point->y, 3.5);
  EXPECT_EQ(arena.copy("text"), "text");
  EXPECT_EQ(arena.copy(""), "");
}

// Checklist 58: arenas of several threads share one pool, and one arena is filled by another thread
// before it is destroyed.
TEST(Arena, SharesThePoolBelow) {
  SharedBlockPool<256> pool{{.max_count = 64}};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&pool, thread] {
      Arena arena(pool);
      for (int round = 0; round < 500; ++round) {
        const std::string text(static_cast<std::size_t>(100 + thread),
                               static_cast<char>('a' + thread));
        const std::string_view first = arena.copy(text);
        const std::string_view second = arena.copy(text);
        const std::string_view third = arena.copy(text);
        ASSERT_TRUE(first == text && second == text && third == text);
        arena.reset();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  {
    Arena arena(pool);
    std::thread{[&] { static_cast<void>(arena.copy("handed over")); }}.join();
    EXPECT_EQ(pool.statistics().in_use_count, 1U);
  }
  EXPECT_EQ(pool.statistics().in_use_count, 0U);
}

#if defined(__SANITIZE_ADDRESS__)
TEST(ArenaDeathTest, SeesUsesAfterResetAndBeyondAPiece) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  SmallBlocks pool;
  Arena arena(pool);
  auto* const bytes = static_cast<volatile char*>(arena.allocate(16));
  EXPECT_DEATH({ bytes[24] = 1; }, "poison");
  arena.reset();
  EXPECT_DEATH({ bytes[0] = 1; }, "poison");
}
#endif

}  // namespace
}  // namespace hpserver

#include "hpserver/concurrency/loop.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "hpserver/connection/memory_budget.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

constexpr std::size_t kPieceBytes = std::size_t{100} * 1024;
constexpr std::size_t kPieces = 500;

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total_pages = 0;
  std::size_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * 4096;
}

// Sanitizers' allocators keep freed memory.
constexpr bool returns_memory() {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

// Case S9: memory that a burst needed goes back to the system once it is unused, even if executors
// share it.
TEST(Loop, GivesTheMemoryOfABurstBack) {
  const ServerParts parts{.make_io = make_reactor<EpollPoller, Trigger::level>,
                          .make_service = [] { return std::make_unique<testing::LineService>(); }};
  const PoolOptions pool{.initial_count = 0, .max_count = 1000};
  for (const auto& shared : {std::shared_ptr<BufferPool>(),
                             std::shared_ptr<BufferPool>(std::make_shared<SharedBuffers>(pool))}) {
    ServerOptions options;
    options.block_pool = pool;
    options.shared_buffers = shared;
    ConnectionBudget budget(10);
    const auto loop = must(Loop::create(parts, options, budget));
    BufferPool& buffers = loop->buffers();
    std::vector<char*> blocks;
    for (int count = 0; count < 500; ++count) blocks.push_back(buffers.acquire(BlockSize::normal));
    EXPECT_TRUE(buffers.has_grown());
    for (char* const block : blocks) buffers.release(block, BlockSize::normal);
    testing::step_until([&] { return !buffers.has_grown(); },
                        [&] { must(loop->event_loop().turn(std::chrono::seconds(1))); });
  }
}

// Acceptance of C9a: this includes bodies and answers, which need no blocks. glibc keeps what was
// freed below an allocation still in use.
TEST(Loop, GivesTheMemoryOfBodiesBack) {
  const ServerParts parts{.make_io = make_reactor<EpollPoller, Trigger::level>,
                          .make_service = [] { return std::make_unique<testing::LineService>(); }};
  ServerOptions options;
  const auto memory = std::make_shared<MemoryBudget>(2 * kPieces * kPieceBytes);  // as in servers
  options.limits.memory_budget = memory;
  ConnectionBudget budget(10);
  const auto loop = must(Loop::create(parts, options, budget));
  const auto turn = [&] { must(loop->event_loop().turn(std::chrono::seconds(1))); };
  for (int burst = 0; burst < 2; ++burst) {
    std::vector<MemoryClaim> claims(kPieces);
    std::vector<std::string> pieces;
    for (MemoryClaim& claim : claims) {
      ASSERT_TRUE(claim.grow_to(memory.get(), kPieceBytes));
      pieces.emplace_back(kPieceBytes, 'x');
    }
    const std::string above(kPieceBytes, 'x');
    const std::size_t peak_bytes = resident_bytes();
    claims.clear();
    pieces.clear();
    testing::step_until([&] { return !memory->has_risen(); }, turn);
    if (!returns_memory()) continue;
    EXPECT_LT(resident_bytes(), peak_bytes - kPieces * kPieceBytes / 2);
  }
}

}  // namespace
}  // namespace hpserver

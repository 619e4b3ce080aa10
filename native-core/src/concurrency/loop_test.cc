#include "hpserver/concurrency/loop.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "hpserver/net/make_reactor.h"
#include "hpserver/poller/epoll_poller.h"
#include "net/testing.h"
#include "test/net/line_service.h"

namespace hpserver {
namespace {

using testing::must;

// Case S9: what a burst has needed goes back to the system when nobody uses it any more, also where
// executors share it.
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

}  // namespace
}  // namespace hpserver

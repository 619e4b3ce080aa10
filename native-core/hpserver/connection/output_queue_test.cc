#include "hpserver/connection/output_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hpserver/connection/buffer_pool.h"
#include "test/connection/line_service.h"

namespace hpserver {
namespace {

using testing::LineService;

class OutputQueueTest : public ::testing::Test {
 protected:
  // Takes all blocks except `count`.
  void leave_blocks(std::size_t count) {
    while (char* const block = buffers_.acquire(BlockSize::normal)) taken_.push_back(block);
    for (; count > 0; --count) release_one();
  }

  void TearDown() override {
    output_.clear(workspace_);
    while (!taken_.empty()) release_one();
    EXPECT_EQ(workspace_.cork.used_bytes, 0U);
  }

  LineService service_;
  LoopBuffers buffers_{{.max_count = 4}};
  Workspace workspace_{buffers_, service_};
  OutputQueue output_;

 private:
  void release_one() {
    buffers_.release(taken_.back(), BlockSize::normal);
    taken_.pop_back();
  }

  std::vector<char*> taken_;
};

// Case C1: the pool is at its limit when the kernel refuses the contents of the cork.
class OutputQueueAtTheLimit : public OutputQueueTest,
                              public ::testing::WithParamInterface<std::size_t> {};

TEST_P(OutputQueueAtTheLimit, IsEmptyOrHoldsWhatFits) {
  leave_blocks(GetParam());
  ASSERT_TRUE(output_.append(workspace_, std::string(3 * kBlockBytes, 'x')));
  EXPECT_FALSE(output_.leave_cork(workspace_));
  EXPECT_EQ(output_.front() == nullptr, GetParam() == 0);
  EXPECT_EQ(output_.empty(workspace_), GetParam() == 0);
  output_.clear(workspace_);
  EXPECT_TRUE(output_.empty(workspace_));
  EXPECT_TRUE(output_.append(workspace_, "again"));
}

INSTANTIATE_TEST_SUITE_P(Blocks, OutputQueueAtTheLimit, ::testing::Values(0, 1, 2));

TEST_F(OutputQueueTest, KeepsWhatIsInTheCorkWhereThereAreBlocks) {
  leave_blocks(3);
  ASSERT_TRUE(output_.append(workspace_, std::string(3 * kBlockBytes, 'x')));
  EXPECT_TRUE(output_.leave_cork(workspace_));
  EXPECT_EQ(workspace_.cork.owner, nullptr);
  EXPECT_FALSE(output_.empty(workspace_));
}

}  // namespace
}  // namespace hpserver

#include "hpserver/connection/metered_buffers.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "hpserver/metrics/metrics.h"
#include "hpserver/metrics/metrics_sum.h"
#include "hpserver/metrics/prometheus.h"

namespace hpserver {
namespace {

TEST(MeteredBuffers, TellHowMuchOfThePoolsIsUsed) {
  const auto metrics = *Metrics::create({.executors = 2});
  MeteredBuffers buffers(std::make_shared<LoopBuffers>(PoolOptions{.max_count = 1}),
                         metrics->of_executor(1));
  char* const block = buffers.acquire(BlockSize::normal);
  EXPECT_EQ(buffers.acquire(BlockSize::normal), nullptr) << "it is full";
  char* const large = buffers.acquire(BlockSize::large);
  EXPECT_EQ(MetricsSum::of(*metrics).all.pooled_bytes, kBlockBytes + kLargeBlockBytes);
  buffers.release(block, BlockSize::normal);
  buffers.release(nullptr, BlockSize::normal);
  EXPECT_NE(prometheus_text(*metrics).find("hpserver_pool_used_bytes 65536\n"), std::string::npos);
  buffers.release(large, BlockSize::large);
  EXPECT_EQ(MetricsSum::of(*metrics).all.pooled_bytes, 0U);
}

}  // namespace
}  // namespace hpserver

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include "hpserver/connection/buffer_pool.h"
#include "hpserver/event/meter.h"

namespace hpserver {

// Wraps another pool and meters how much of it is in use.
class MeteredBuffers final : public BufferPool {
 public:
  // The meter must outlive it.
  MeteredBuffers(std::shared_ptr<BufferPool> pool, Meter& meter)
      : pool_(std::move(pool)), meter_(meter) {}

  [[nodiscard]] char* acquire(BlockSize size) noexcept override {
    char* const block = pool_->acquire(size);
    if (block != nullptr) meter_.took(bytes_of(size));
    return block;
  }
  void release(char* block, BlockSize size) noexcept override {
    if (block != nullptr) meter_.gave_back(bytes_of(size));
    pool_->release(block, size);
  }

  std::size_t shrink() noexcept override { return pool_->shrink(); }
  [[nodiscard]] bool has_grown() const noexcept override { return pool_->has_grown(); }
  void on_growth(std::function<void()> grown) override { pool_->on_growth(std::move(grown)); }

 private:
  static std::size_t bytes_of(BlockSize size) noexcept {
    return size == BlockSize::large ? kLargeBlockBytes : kBlockBytes;
  }

  std::shared_ptr<BufferPool> pool_;  // perhaps shared by all loops
  Meter& meter_;
};

}  // namespace hpserver

#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "hpserver/link/pipe_pool.h"

namespace hpserver {

// What the relays of one loop borrow to move bytes: room to copy small transfers through, and pipes
// for bulky ones. For the loop's thread.
class TransitBuffers {
 public:
  static constexpr std::size_t kCopyBytes = std::size_t{32} * 1024;
  using CopyRoom = std::array<char, kCopyBytes>;

  explicit TransitBuffers(const PipePoolOptions& options = {}) noexcept : pipes_(options) {}

  // Valid until the next call: whoever receives into the room empties it at once. Allocated when
  // it is first needed.
  [[nodiscard]] CopyRoom& copy_room() {
    if (copy_room_ == nullptr) copy_room_ = std::make_unique<CopyRoom>();
    return *copy_room_;
  }
  [[nodiscard]] PipePool& pipes() noexcept { return pipes_; }

 private:
  PipePool pipes_;
  std::unique_ptr<CopyRoom> copy_room_;
};

}  // namespace hpserver

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "hpserver/connection/workspace.h"

namespace hpserver {

// The bytes that a session hasn't consumed yet, in one piece. Holds a pool block only while there
// are such bytes; usually there are none, and the session reads input where it was received.
class InputBuffer {
 public:
  [[nodiscard]] bool empty() const noexcept { return size_bytes_ == 0; }
  [[nodiscard]] std::string_view view() const noexcept { return {block_, size_bytes_}; }

  // Where the next recv writes: after the kept bytes, or into the workspace's receive buffer if
  // there are none. Empty if a full large block is kept: the session must consume first.
  [[nodiscard]] std::span<char> room(Workspace& workspace);

  // After `received_bytes` were put into `room`: returns everything that a session may read now.
  [[nodiscard]] std::string_view received(Workspace& workspace, std::size_t received_bytes);

  // Keeps all but the first `consumed_bytes` of `seen` (as returned by `received` or `view`). False
  // at the limit of the block pool: the connection must be closed.
  [[nodiscard]] bool keep_rest(Workspace& workspace, std::string_view seen,
                               std::size_t consumed_bytes);

  void clear(Workspace& workspace);

 private:
  [[nodiscard]] bool grow(Workspace& workspace, std::size_t capacity_bytes);

  char* block_ = nullptr;
  std::uint32_t size_bytes_ = 0;
  std::uint32_t capacity_bytes_ = 0;
};

}  // namespace hpserver

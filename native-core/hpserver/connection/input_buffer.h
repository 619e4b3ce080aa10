#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "hpserver/connection/workspace.h"

namespace hpserver {

// The bytes that a session has not consumed yet, in one piece. Holds a pool block only while there
// are such bytes; usually there are none, and input is looked at where it was received.
class InputBuffer {
 public:
  [[nodiscard]] bool empty() const noexcept { return size_bytes_ == 0; }
  [[nodiscard]] std::string_view view() const noexcept { return {block_, size_bytes_}; }

  // Where the next recv goes: behind what is kept, or the workspace's receive buffer when nothing
  // is. Empty when a full large block is kept: the session must consume first.
  [[nodiscard]] std::span<char> room(Workspace& workspace);

  // `received_bytes` have been put into `room`: everything that a session may look at now.
  [[nodiscard]] std::string_view received(Workspace& workspace, std::size_t received_bytes);

  // Keeps all but the first `consumed_bytes` of `seen` (what `received` or `view` gave). False at
  // the limit of the block pool: the connection must be closed.
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

#include "hpserver/connection/input_buffer.h"

#include <cassert>
#include <cstring>

namespace hpserver {

namespace {

BlockSize size_of(std::size_t capacity_bytes) {
  return capacity_bytes == kBlockBytes ? BlockSize::normal : BlockSize::large;
}

}  // namespace

std::span<char> InputBuffer::room(Workspace& workspace) {
  if (empty()) return *workspace.receive;
  if (size_bytes_ == capacity_bytes_ && !grow(workspace, kLargeBlockBytes)) return {};
  return {block_ + size_bytes_, capacity_bytes_ - size_bytes_};
}

std::string_view InputBuffer::received(Workspace& workspace, std::size_t received_bytes) {
  if (empty()) return {workspace.receive->data(), received_bytes};
  size_bytes_ += static_cast<std::uint32_t>(received_bytes);
  return view();
}

bool InputBuffer::keep_rest(Workspace& workspace, std::string_view seen,
                            std::size_t consumed_bytes) {
  assert(consumed_bytes <= seen.size());
  const std::string_view rest = seen.substr(consumed_bytes);
  if (rest.empty()) {
    clear(workspace);
    return true;
  }
  if (rest.data() != block_) {
    if (rest.size() > capacity_bytes_ &&
        !grow(workspace, rest.size() <= kBlockBytes ? kBlockBytes : kLargeBlockBytes)) {
      return false;
    }
    std::memmove(block_, rest.data(), rest.size());
  }
  size_bytes_ = static_cast<std::uint32_t>(rest.size());
  return true;
}

void InputBuffer::clear(Workspace& workspace) {
  if (block_ == nullptr) return;
  workspace.buffers.release(block_, size_of(capacity_bytes_));
  block_ = nullptr;
  size_bytes_ = 0;
  capacity_bytes_ = 0;
}

bool InputBuffer::grow(Workspace& workspace, std::size_t capacity_bytes) {
  if (capacity_bytes <= capacity_bytes_) return false;
  char* const block = workspace.buffers.acquire(size_of(capacity_bytes));
  if (block == nullptr) return false;
  const std::uint32_t kept_bytes = size_bytes_;
  if (kept_bytes > 0) std::memcpy(block, block_, kept_bytes);
  clear(workspace);
  block_ = block;
  size_bytes_ = kept_bytes;
  capacity_bytes_ = static_cast<std::uint32_t>(capacity_bytes);
  return true;
}

}  // namespace hpserver

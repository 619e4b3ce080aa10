#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/connection/segment.h"
#include "hpserver/connection/workspace.h"

namespace hpserver {

// How far a flush got.
enum class Flush : std::uint8_t {
  drained,       // the kernel has everything
  would_block,   // the socket's buffer is full: wait until it is writable
  budget_spent,  // enough for this turn; others go first
  shrunk,        // a file is shorter than announced: the connection must be closed
};

// What one connection has to send, in order: bytes, shared buffers and file ranges. Bytes are
// gathered in the executor's cork and sent in one call; a header followed by a file is sent with
// MSG_MORE, so both share a segment; files are sent by sendfile. Holds no memory while empty. For
// one executor at a time; must be cleared before it is destroyed.
class OutputQueue {
 public:
  OutputQueue() = default;
  OutputQueue(const OutputQueue&) = delete;
  OutputQueue& operator=(const OutputQueue&) = delete;
  ~OutputQueue();

  [[nodiscard]] bool empty(const Workspace& workspace) const noexcept {
    return list_ == nullptr && trailing_bytes(workspace) == 0;
  }

  // True if only a few answers are in the cork, with room for another: no reason to flush yet.
  [[nodiscard]] bool light(const Workspace& workspace) const noexcept {
    return list_ == nullptr && workspace.cork.room_bytes() >= kBlockBytes &&
           (workspace.cork.owner == nullptr || owns_cork(workspace));
  }

  // How much memory the unsent output takes besides the cork: blocks, and what is left of shared
  // buffers.
  [[nodiscard]] std::uint64_t unsent_bytes() const noexcept {
    return block_count_ * kBlockBytes + shared_bytes_;
  }

  // Returns room for `size_bytes` (≤ kBlockBytes) contiguous bytes, to be followed by `commit`;
  // null at the limit of the block pool: the connection must be closed.
  [[nodiscard]] char* reserve(Workspace& workspace, std::size_t size_bytes);
  void commit(Workspace& workspace, std::size_t size_bytes);

  // Copies bytes. False at the limit of the block pool.
  bool append(Workspace& workspace, std::string_view bytes);
  // Queues `bytes` without copying; `owner` keeps them alive.
  void append_shared(Workspace& workspace, std::shared_ptr<const void> owner,
                     std::string_view bytes);
  // Queues a range of an open file without reading it.
  void append_file(Workspace& workspace, std::shared_ptr<const SharedFile> file, off_t offset,
                   std::uint64_t length_bytes);

  // Passes as much as possible to the kernel, at most about `budget_bytes`; `sent_bytes` grows by
  // the amount sent. Errors: those of send(2) and sendfile(2): EPIPE, ECONNRESET, EIO…
  Result<Flush> flush(Workspace& workspace, int fd, std::uint64_t budget_bytes,
                      std::uint64_t& sent_bytes);

  // For transports that make the kernel send from the transport's own memory: the first queued
  // piece; null if nothing is queued, or only bytes in the cork.
  [[nodiscard]] const Segment* front() const noexcept {
    return list_ == nullptr ? nullptr : &list_->front();
  }
  // Copies bytes from the front, as many as fit, up to the first file; returns how many.
  std::size_t copy_out(Workspace& workspace, std::span<char> room);
  // Drops that many bytes from the front: the transport sends them itself.
  void drop(Workspace& workspace, std::uint64_t size_bytes);

  // Moves the rest of the cork to blocks of its own, so the executor can turn to another
  // connection. False at the limit of the block pool.
  bool leave_cork(Workspace& workspace);

  // Drops everything and returns the blocks to their pool.
  void clear(Workspace& workspace);

 private:
  [[nodiscard]] bool owns_cork(const Workspace& workspace) const noexcept {
    return workspace.cork.owner == this;
  }
  [[nodiscard]] std::size_t trailing_bytes(const Workspace& workspace) const noexcept {
    return owns_cork(workspace) ? workspace.cork.trailing_bytes() : 0;
  }
  SegmentList& list(Workspace& workspace);
  void push(Workspace& workspace, Segment segment);
  void seal_cork(Workspace& workspace);
  void release_cork(Workspace& workspace);
  void release_list(Workspace& workspace);
  char* reserve_block(Workspace& workspace, std::size_t size_bytes);
  Result<Flush> flush_bytes(Workspace& workspace, int fd, std::uint64_t& sent_bytes);
  Result<Flush> flush_file(Segment& segment, int fd, std::uint64_t budget_bytes,
                           std::uint64_t& sent_bytes);
  void consume(Workspace& workspace, std::uint64_t size_bytes);
  void pop_front(Workspace& workspace);

  void release_block(Workspace& workspace, const Segment& segment);

  // Null while only the trailing part of the cork is queued.
  std::unique_ptr<SegmentList> list_;
  std::uint32_t block_count_ = 0;
  std::uint64_t shared_bytes_ = 0;
};

}  // namespace hpserver

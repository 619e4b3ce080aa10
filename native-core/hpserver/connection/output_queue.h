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

// How far a flush came.
enum class Flush : std::uint8_t {
  drained,       // everything is with the kernel
  would_block,   // the socket's buffer is full: wait until it is writable
  budget_spent,  // enough for this turn; others first
  shrunk,        // a file has become shorter than its announced length: only closing is honest
};

// What one connection has to send, in order: bytes, shared buffers and file ranges.
// Bytes are gathered in the executor's cork and leave with one send; a head that a file follows
// leaves with MSG_MORE, so that both share a segment; files leave by sendfile. Holds no memory
// while empty. For one executor at a time; cleared before it is destroyed.
class OutputQueue {
 public:
  OutputQueue() = default;
  OutputQueue(const OutputQueue&) = delete;
  OutputQueue& operator=(const OutputQueue&) = delete;
  ~OutputQueue();

  [[nodiscard]] bool empty(const Workspace& workspace) const noexcept {
    return list_ == nullptr && trailing_bytes(workspace) == 0;
  }

  // Nothing but some answers in the cork, with room for one more: no reason to flush yet.
  [[nodiscard]] bool light(const Workspace& workspace) const noexcept {
    return list_ == nullptr && workspace.cork.room_bytes() >= kBlockBytes &&
           (workspace.cork.owner == nullptr || owns_cork(workspace));
  }

  // What of it lies in memory, but for the cork: blocks, and what is left of shared buffers.
  [[nodiscard]] std::uint64_t unsent_bytes() const noexcept {
    return block_count_ * kBlockBytes + shared_bytes_;
  }

  // Room for `size_bytes` (≤ kBlockBytes) contiguous bytes, to be followed by `commit`; null at
  // the limit of the block pool: the connection must be closed.
  [[nodiscard]] char* reserve(Workspace& workspace, std::size_t size_bytes);
  void commit(Workspace& workspace, std::size_t size_bytes);

  // Copies bytes. False at the limit of the block pool.
  bool append(Workspace& workspace, std::string_view bytes);
  // Sends from `bytes` without copying; `owner` keeps them alive.
  void append_shared(Workspace& workspace, std::shared_ptr<const void> owner,
                     std::string_view bytes);
  // Sends a range of an open file without reading it.
  void append_file(Workspace& workspace, std::shared_ptr<const SharedFile> file, off_t offset,
                   std::uint64_t length_bytes);

  // Hands as much as possible to the kernel, at most about `budget_bytes`; `sent_bytes` grows by
  // what went. Errors: those of send(2) and sendfile(2): EPIPE, ECONNRESET, EIO…
  Result<Flush> flush(Workspace& workspace, int fd, std::uint64_t budget_bytes,
                      std::uint64_t& sent_bytes);

  // For those who have the kernel send from memory of their own. The first queued piece; null while
  // there is none, or nothing but bytes in the cork.
  [[nodiscard]] const Segment* front() const noexcept {
    return list_ == nullptr ? nullptr : &list_->front();
  }
  // Copies bytes from the front, as many as fit, up to the first file; returns how many.
  std::size_t copy_out(Workspace& workspace, std::span<char> room);
  // Forgets so many bytes of the front: they are somebody else's to send.
  void drop(Workspace& workspace, std::uint64_t size_bytes);

  // Moves what still lies in the cork to blocks of its own, so that the executor can go on to
  // another connection. False at the limit of the block pool.
  bool leave_cork(Workspace& workspace);

  // Drops everything, blocks back to their pool.
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

  // Null while nothing but the trailing part of the cork is queued.
  std::unique_ptr<SegmentList> list_;
  std::uint32_t block_count_ = 0;
  std::uint64_t shared_bytes_ = 0;
};

}  // namespace hpserver

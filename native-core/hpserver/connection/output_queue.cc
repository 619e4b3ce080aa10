#include "hpserver/connection/output_queue.h"

#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <span>

#include "hpserver/os/file.h"
#include "hpserver/socket/socket.h"
#include "hpserver/socket/vector_io.h"

namespace hpserver {

namespace {

// More vectors than this per send gain nothing measurable; IOV_MAX is 1024.
constexpr std::size_t kMaxVectors = 64;
// The most that one sendfile call moves, so the budget is checked in between.
constexpr std::uint64_t kMaxSendfileBytes = std::uint64_t{1} << 30U;
constexpr std::size_t kMaxSpareLists = 64;
// Blocks beyond these count in the budget.
constexpr std::uint32_t kFreeBlocks = MemoryBudget::kFreeBytes / kBlockBytes;

iovec vector_of(const char* bytes, std::uint64_t length_bytes) {
  // iovec is shared by reading and writing calls; sendmsg doesn't write through it.
  return {const_cast<char*>(bytes), static_cast<std::size_t>(length_bytes)};
}

// One buffer is the usual case, and send(2) costs less than sendmsg(2).
Result<std::size_t> send_gathered(int fd, std::span<iovec> vectors, SendFlags flags) {
  if (vectors.size() > 1) return send_vectors(fd, vectors, flags);
  return send(fd, {static_cast<const char*>(vectors[0].iov_base), vectors[0].iov_len}, flags);
}

}  // namespace

OutputQueue::~OutputQueue() {
  assert(list_ == nullptr);
}

char* OutputQueue::reserve(Workspace& workspace, std::size_t size_bytes) {
  assert(size_bytes <= kBlockBytes);
  Cork& cork = workspace.cork;
  if (cork.owner == nullptr) cork.owner = this;
  if (cork.owner == this && size_bytes <= cork.room_bytes()) {
    if (list_ != nullptr) list_->segments.back().open = false;
    return cork.end();
  }
  return reserve_block(workspace, size_bytes);
}

void OutputQueue::commit(Workspace& workspace, std::size_t size_bytes) {
  if (list_ != nullptr && !list_->empty()) {
    Segment& last = list_->segments.back();
    if (last.kind == Segment::Kind::block && last.open) {
      last.length_bytes += size_bytes;
      last.open = false;
      return;
    }
  }
  workspace.cork.used_bytes += size_bytes;
}

bool OutputQueue::append(Workspace& workspace, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t part_bytes = std::min(bytes.size(), kBlockBytes);
    char* const room = reserve(workspace, part_bytes);
    if (room == nullptr) return false;
    std::memcpy(room, bytes.data(), part_bytes);
    commit(workspace, part_bytes);
    bytes.remove_prefix(part_bytes);
  }
  return true;
}

void OutputQueue::append_shared(Workspace& workspace, std::shared_ptr<const void> owner,
                                std::string_view bytes) {
  if (bytes.empty()) return;
  Segment segment;
  segment.kind = Segment::Kind::shared;
  segment.bytes = bytes.data();
  segment.length_bytes = bytes.size();
  segment.owner = std::move(owner);
  shared_bytes_ += bytes.size();
  push(workspace, std::move(segment));
}

void OutputQueue::append_file(Workspace& workspace, std::shared_ptr<const SharedFile> file,
                              off_t offset, std::uint64_t length_bytes) {
  if (length_bytes == 0) return;
  Segment segment;
  segment.kind = Segment::Kind::file;
  segment.file_fd = file->fd.get();
  segment.file_offset = offset;
  segment.length_bytes = length_bytes;
  segment.owner = std::move(file);
  push(workspace, std::move(segment));
}

Result<Flush> OutputQueue::flush(Workspace& workspace, int fd, std::uint64_t budget_bytes,
                                 std::uint64_t& sent_bytes) {
  const std::uint64_t limit = sent_bytes + budget_bytes;
  while (!empty(workspace)) {
    if (sent_bytes >= limit) return Flush::budget_spent;
    const bool file_first = list_ != nullptr && list_->front().kind == Segment::Kind::file;
    const auto outcome = file_first ? flush_file(list_->front(), fd, limit - sent_bytes, sent_bytes)
                                    : flush_bytes(workspace, fd, sent_bytes);
    if (!outcome) return outcome.error();
    if (*outcome != Flush::drained) return *outcome;
    if (file_first && list_->front().length_bytes == 0) pop_front(workspace);
  }
  release_cork(workspace);
  return Flush::drained;
}

Result<Flush> OutputQueue::flush_bytes(Workspace& workspace, int fd, std::uint64_t& sent_bytes) {
  std::array<iovec, kMaxVectors> vectors;
  std::size_t count = 0;
  bool more = false;
  if (list_ != nullptr) {
    const auto begin = list_->segments.begin() + static_cast<std::ptrdiff_t>(list_->first);
    for (auto it = begin; it != list_->segments.end(); ++it) {
      more = it->kind == Segment::Kind::file || count + 1 == kMaxVectors;
      if (more) break;
      vectors[count++] = vector_of(it->bytes, it->length_bytes);
    }
  }
  if (!more && trailing_bytes(workspace) > 0) {
    vectors[count++] = vector_of(workspace.cork.trailing(), workspace.cork.trailing_bytes());
  }
  const auto sent = send_gathered(fd, std::span(vectors).first(count), {.more = more});
  if (!sent) {
    if (would_block(sent.error())) return Flush::would_block;
    return sent.error();
  }
  sent_bytes += *sent;
  consume(workspace, *sent);
  return Flush::drained;
}

Result<Flush> OutputQueue::flush_file(Segment& segment, int fd, std::uint64_t budget_bytes,
                                      std::uint64_t& sent_bytes) {
  const std::uint64_t wanted_bytes =
      std::min({segment.length_bytes, budget_bytes, kMaxSendfileBytes});
  const auto moved =
      send_file(fd, segment.file_fd, segment.file_offset, static_cast<std::size_t>(wanted_bytes));
  if (!moved) {
    if (would_block(moved.error())) return Flush::would_block;
    return moved.error();
  }
  if (*moved == 0) return Flush::shrunk;
  sent_bytes += *moved;
  segment.length_bytes -= *moved;
  return Flush::drained;
}

std::size_t OutputQueue::copy_out(Workspace& workspace, std::span<char> room) {
  std::size_t used_bytes = 0;
  while (used_bytes < room.size() && !empty(workspace)) {
    const Segment* const segment = front();
    if (segment != nullptr && segment->kind == Segment::Kind::file) break;
    const std::string_view bytes =
        segment != nullptr
            ? std::string_view(segment->bytes, static_cast<std::size_t>(segment->length_bytes))
            : std::string_view(workspace.cork.trailing(), workspace.cork.trailing_bytes());
    const std::size_t part_bytes = std::min(bytes.size(), room.size() - used_bytes);
    std::memcpy(room.data() + used_bytes, bytes.data(), part_bytes);
    used_bytes += part_bytes;
    drop(workspace, part_bytes);
  }
  return used_bytes;
}

void OutputQueue::drop(Workspace& workspace, std::uint64_t size_bytes) {
  if (list_ != nullptr && list_->front().kind == Segment::Kind::file) {
    Segment& file = list_->front();
    file.file_offset += static_cast<off_t>(size_bytes);
    file.length_bytes -= size_bytes;
    if (file.length_bytes == 0) pop_front(workspace);
  } else {
    consume(workspace, size_bytes);
  }
  if (empty(workspace)) release_cork(workspace);
}

bool OutputQueue::leave_cork(Workspace& workspace) {
  if (!owns_cork(workspace)) return true;
  seal_cork(workspace);
  if (list_ != nullptr) {
    std::vector<Segment> queued;
    queued.swap(list_->segments);
    std::size_t index = std::exchange(list_->first, 0);
    for (; index < queued.size(); ++index) {
      Segment& segment = queued[index];
      if (segment.kind != Segment::Kind::cork) {
        list_->segments.push_back(std::move(segment));
        continue;
      }
      std::string_view rest(segment.bytes, static_cast<std::size_t>(segment.length_bytes));
      while (!rest.empty()) {
        const std::size_t part_bytes = std::min(rest.size(), kBlockBytes);
        char* const room = reserve_block(workspace, part_bytes);
        if (room == nullptr) break;
        std::memcpy(room, rest.data(), part_bytes);
        commit(workspace, part_bytes);
        rest.remove_prefix(part_bytes);
      }
      if (!rest.empty()) break;
    }
    const bool complete = index == queued.size();
    for (; index < queued.size(); ++index) {
      if (queued[index].kind == Segment::Kind::block) release_block(workspace, queued[index]);
    }
    // If the first block was refused, there is nothing to keep, and a list must not be empty.
    if (list_->empty()) release_list(workspace);
    release_cork(workspace);
    return complete;
  }
  release_cork(workspace);
  return true;
}

void OutputQueue::clear(Workspace& workspace) {
  while (list_ != nullptr) pop_front(workspace);
  if (owns_cork(workspace)) {
    workspace.cork.sealed_bytes = workspace.cork.used_bytes;
    release_cork(workspace);
  }
}

SegmentList& OutputQueue::list(Workspace& workspace) {
  if (list_ == nullptr) {
    if (workspace.spare_lists.empty()) {
      list_ = std::make_unique<SegmentList>();
    } else {
      list_ = std::move(workspace.spare_lists.back());
      workspace.spare_lists.pop_back();
    }
  }
  return *list_;
}

void OutputQueue::push(Workspace& workspace, Segment segment) {
  seal_cork(workspace);
  list(workspace).segments.push_back(std::move(segment));
}

void OutputQueue::seal_cork(Workspace& workspace) {
  if (trailing_bytes(workspace) == 0) return;
  Cork& cork = workspace.cork;
  Segment segment;
  segment.kind = Segment::Kind::cork;
  segment.bytes = cork.trailing();
  segment.length_bytes = cork.trailing_bytes();
  cork.sealed_bytes = cork.used_bytes;
  list(workspace).segments.push_back(std::move(segment));
}

void OutputQueue::release_cork(Workspace& workspace) {
  if (!owns_cork(workspace)) return;
  workspace.cork.used_bytes = 0;
  workspace.cork.sealed_bytes = 0;
  workspace.cork.owner = nullptr;
}

void OutputQueue::release_list(Workspace& workspace) {
  list_->segments.clear();
  list_->first = 0;
  if (workspace.spare_lists.size() < kMaxSpareLists) {
    workspace.spare_lists.push_back(std::move(list_));
  }
  list_ = nullptr;
}

char* OutputQueue::reserve_block(Workspace& workspace, std::size_t size_bytes) {
  seal_cork(workspace);
  if (list_ != nullptr && !list_->empty()) {
    Segment& last = list_->segments.back();
    if (last.kind == Segment::Kind::block) {
      char* const end = last.block + (last.bytes - last.block) + last.length_bytes;
      if (static_cast<std::size_t>(last.block + kBlockBytes - end) >= size_bytes) {
        last.open = true;
        return end;
      }
    }
  }
  const OutputLimits& limits = workspace.output_limits;
  const bool claimed = block_count_ >= kFreeBlocks && limits.budget != nullptr;
  if (claimed && !limits.budget->take(kBlockBytes)) return nullptr;
  char* const block = workspace.buffers.acquire(BlockSize::normal);
  if (block == nullptr) {
    if (claimed) limits.budget->give_back(kBlockBytes);
    return nullptr;
  }
  ++block_count_;
  Segment segment;
  segment.claimed = claimed;
  segment.kind = Segment::Kind::block;
  segment.bytes = block;
  segment.block = block;
  segment.open = true;
  list(workspace).segments.push_back(std::move(segment));
  return block;
}

void OutputQueue::release_block(Workspace& workspace, const Segment& segment) {
  workspace.buffers.release(segment.block, BlockSize::normal);
  if (segment.claimed) workspace.output_limits.budget->give_back(kBlockBytes);
  --block_count_;
}

void OutputQueue::consume(Workspace& workspace, std::uint64_t size_bytes) {
  while (size_bytes > 0 && list_ != nullptr) {
    Segment& front = list_->front();
    const std::uint64_t part_bytes = std::min(size_bytes, front.length_bytes);
    front.bytes += part_bytes;
    front.length_bytes -= part_bytes;
    if (front.kind == Segment::Kind::shared) shared_bytes_ -= part_bytes;
    size_bytes -= part_bytes;
    if (front.length_bytes == 0) pop_front(workspace);
  }
  workspace.cork.sealed_bytes += static_cast<std::size_t>(size_bytes);
}

void OutputQueue::pop_front(Workspace& workspace) {
  Segment& front = list_->front();
  if (front.kind == Segment::Kind::block) release_block(workspace, front);
  if (front.kind == Segment::Kind::shared) shared_bytes_ -= front.length_bytes;
  front.owner.reset();
  ++list_->first;
  if (list_->empty()) release_list(workspace);
}

}  // namespace hpserver

#include "hpserver/connection/filtered_stream.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "hpserver/os/file.h"

namespace hpserver {

namespace {

class QueuedOutput final : public SealedOutput {
 public:
  QueuedOutput(OutputQueue& queue, Workspace& workspace) : queue_(queue), workspace_(workspace) {}

  char* reserve(std::size_t size_bytes) override { return queue_.reserve(workspace_, size_bytes); }
  void commit(std::size_t size_bytes) override { queue_.commit(workspace_, size_bytes); }

 private:
  OutputQueue& queue_;
  Workspace& workspace_;
};

}  // namespace

Result<std::size_t> FilteredStream::open_rest(Workspace& workspace, std::span<char> room) {
  if (!holds_more_) return std::size_t{0};
  return open(workspace, rest_.view(), room);
}

Result<std::size_t> FilteredStream::open(Workspace& workspace, std::string_view arrived,
                                         std::span<char> room) {
  QueuedOutput out(sealed_, workspace);
  const auto opened = filter_->open(arrived, room, out);
  if (!opened) return opened.error();
  if (!rest_.keep_rest(workspace, arrived, opened->taken_bytes)) return Error{ENOBUFS, "open"};
  holds_more_ = opened->opened_bytes == room.size() && !opened->ended;
  ended_ = ended_ || opened->ended;
  if (filter_->is_over() && filter_->peer() != nullptr && !std::exchange(told_, true)) {
    peer_ = std::make_unique<Address>(*filter_->peer());
  }
  if (filter_->is_over() && next_ != nullptr) {
    return begin_next(workspace, {room.data(), opened->opened_bytes}, room);
  }
  if (opened->opened_bytes == 0 && !ended_) return Error{EAGAIN, "open"};
  return opened->opened_bytes;
}

// The next filter gets the first one's plain bytes as its input, and opens all of them: a handshake
// that has just ended leaves only what came with it.
Result<std::size_t> FilteredStream::begin_next(Workspace& workspace, std::string_view plain,
                                               std::span<char> room) {
  filter_ = std::move(next_);
  if (plain.empty()) return Error{EAGAIN, "open"};
  if (!rest_.keep_rest(workspace, plain, 0)) return Error{ENOBUFS, "open"};
  holds_more_ = true;
  return open_rest(workspace, room);
}

Result<Flush> FilteredStream::seal(Workspace& workspace, OutputQueue& plain) {
  if (!sealed_.empty(workspace) || plain.empty(workspace)) return Flush::drained;
  if (is_handshaking()) return Error{ENOTCONN, "seal"};
  const std::span<char> transit = workspace.transit_room();
  std::size_t size_bytes = plain.copy_out(workspace, transit);
  const Segment* const file = plain.front();
  if (file != nullptr && file->kind == Segment::Kind::file && size_bytes < transit.size()) {
    const std::size_t wanted_bytes = static_cast<std::size_t>(
        std::min<std::uint64_t>(file->length_bytes, transit.size() - size_bytes));
    const auto read =
        read_at(file->file_fd, transit.subspan(size_bytes, wanted_bytes), file->file_offset);
    if (!read) return read.error();
    if (*read == 0) return Flush::shrunk;
    plain.drop(workspace, *read);
    size_bytes += *read;
  }
  QueuedOutput out(sealed_, workspace);
  const auto sealed = filter_->seal({transit.data(), size_bytes}, out);
  if (!sealed) return sealed.error();
  return Flush::drained;
}

Result<void> FilteredStream::close(Workspace& workspace) {
  if (std::exchange(closed_, true) || is_handshaking()) return {};
  QueuedOutput out(sealed_, workspace);
  return filter_->close(out);
}

void FilteredStream::clear(Workspace& workspace) {
  rest_.clear(workspace);
  sealed_.clear(workspace);
}

}  // namespace hpserver

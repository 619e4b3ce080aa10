#include "hpserver/link/relay_direction.h"

#include <string_view>

#include "hpserver/os/splice.h"
#include "hpserver/socket/socket.h"

namespace hpserver {

Result<void> RelayDirection::move(TransitBuffers& buffers, int source_fd, int sink_fd,
                                  std::size_t budget_bytes) {
  const std::uint64_t end_bytes = moved_bytes_ + budget_bytes;
  for (Source source = Source::may_have_more;;) {
    if (held_bytes_ > 0) {
      if (const auto passed = pass_on(sink_fd); !passed) return passed;
      if (held_bytes_ > 0) return {};
    }
    if (source == Source::is_dry) rest(buffers);
    if (ended_ || source == Source::is_dry || moved_bytes_ >= end_bytes) return {};
    const auto taken = take(buffers, source_fd, sink_fd);
    if (!taken) return taken.error();
    source = *taken;
    if (source != Source::has_ended) continue;
    rest(buffers);
    ended_ = true;
    return shut_down(sink_fd, Direction::write);
  }
}

Result<RelayDirection::Source> RelayDirection::take(TransitBuffers& buffers, int source_fd,
                                                    int sink_fd) {
  const bool splices = is_bulky_ || run_bytes_ >= limits_.from_bytes;
  if (!splices) return copy(buffers, source_fd, sink_fd);
  if (!lent_) {
    if (auto pipe = buffers.pipes().take()) lent_ = std::move(*pipe);
  }
  if (lent_) return splice_in(source_fd);
  // No pipe is to be had: the transfer must prove bulky again before the next attempt.
  is_bulky_ = false;
  run_bytes_ = 0;
  return copy(buffers, source_fd, sink_fd);
}

// The room is shared, so what the sink doesn't take at once is kept in memory of its own.
Result<RelayDirection::Source> RelayDirection::copy(TransitBuffers& buffers, int source_fd,
                                                    int sink_fd) {
  give_back_pipe(buffers);
  auto& room = buffers.copy_room();
  const auto got = receive(source_fd, room, {.dont_wait = true});
  if (!got) return would_block(got.error()) ? Result(Source::is_dry) : got.error();
  if (*got == 0) return Source::has_ended;
  const auto sent = send(sink_fd, {room.data(), *got}, {.dont_wait = true});
  if (!sent && !would_block(sent.error())) return sent.error();
  const std::size_t sent_bytes = sent ? *sent : 0;
  moved_bytes_ += sent_bytes;
  run_bytes_ += *got;
  held_bytes_ = *got - sent_bytes;
  if (held_bytes_ > 0) kept_.assign(room.data() + sent_bytes, held_bytes_);
  return *got < room.size() ? Source::is_dry : Source::may_have_more;
}

Result<RelayDirection::Source> RelayDirection::splice_in(int source_fd) {
  const auto got = move_bytes(source_fd, lent_->pipe.write_end.get(), lent_->capacity_bytes);
  if (!got) return would_block(got.error()) ? Result(Source::is_dry) : got.error();
  if (*got == 0) return Source::has_ended;
  held_bytes_ = *got;
  is_bulky_ = *got >= limits_.least_bytes || limits_.from_bytes == 0;
  return is_bulky_ ? Source::may_have_more : Source::is_dry;
}

Result<void> RelayDirection::pass_on(int sink_fd) {
  const auto passed =
      kept_.empty() ? move_bytes(lent_->pipe.read_end.get(), sink_fd, held_bytes_)
                    : send(sink_fd, std::string_view(kept_).substr(kept_.size() - held_bytes_),
                           {.dont_wait = true});
  if (!passed) return would_block(passed.error()) ? Result<void>{} : passed.error();
  held_bytes_ -= *passed;
  moved_bytes_ += *passed;
  if (held_bytes_ == 0 && !kept_.empty()) std::string().swap(kept_);
  return {};
}

void RelayDirection::rest(TransitBuffers& buffers) {
  give_back_pipe(buffers);
  run_bytes_ = 0;
}

void RelayDirection::give_back_pipe(TransitBuffers& buffers) {
  if (lent_) buffers.pipes().give_back(std::move(*lent_));
  lent_.reset();
}

}  // namespace hpserver

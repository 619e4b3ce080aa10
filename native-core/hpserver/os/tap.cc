#include "hpserver/os/tap.h"

#include <utility>

#include "hpserver/os/splice.h"

namespace hpserver {

Result<Tap> Tap::create(const TapOptions& options) {
  auto pipe = create_pipe({.capacity_bytes = options.capacity_bytes});
  if (!pipe) return pipe.error();
  const auto capacity = pipe_capacity(pipe->write_end.get());
  if (!capacity) return capacity.error();
  return Tap{std::move(*pipe), *capacity};
}

// tee always begins at the pipe's first byte, so the copied bytes must be passed on before any more
// can be copied.
Result<Tap::State> Tap::step(int source_fd, int sink_fd, int copy_fd) {
  if (held_bytes_ == 0) {
    const auto filled = fill(source_fd);
    if (!filled || *filled != State::moved) return filled;
  }
  if (copied_bytes_ == 0) {
    const auto shared = share_bytes(pipe_.read_end.get(), copy_fd, held_bytes_);
    if (!shared && would_block(shared.error())) return State::copy_full;
    if (!shared) return shared.error();
    copied_bytes_ = *shared;
  }
  const auto passed = move_bytes(pipe_.read_end.get(), sink_fd, copied_bytes_);
  if (!passed && would_block(passed.error())) return State::sink_full;
  if (!passed) return passed.error();
  copied_bytes_ -= *passed;
  held_bytes_ -= *passed;
  return State::moved;
}

// Fills only an empty pipe, so EAGAIN always means an empty source, never a full pipe.
Result<Tap::State> Tap::fill(int source_fd) {
  const auto filled = move_bytes(source_fd, pipe_.write_end.get(), capacity_bytes_);
  if (!filled && would_block(filled.error())) return State::source_empty;
  if (!filled) return filled.error();
  if (*filled == 0) return State::ended;
  held_bytes_ = *filled;
  return State::moved;
}

}  // namespace hpserver

#include "hpserver/transport/flight.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/connection/connection.h"
#include "hpserver/transport/completion_transport.h"

namespace hpserver {

namespace {

// Pieces that a connection may leave untaken before receiving stops.
constexpr std::size_t kMaxReceived = 8;

}  // namespace

Flight::Flight(CompletionTransport& transport, Connection& connection)
    : transport_(transport), connection_(&connection) {}

Flight::~Flight() {
  drop_received();
  end_sending();
}

int Flight::fd() const noexcept {
  return connection_ != nullptr ? connection_->fd() : fd_.get();
}

void Flight::on_completion(const Completion& completion) {
  in_call_ = true;
  switch (completion.operation) {
    case Operation::receive:
      on_received(completion);
      break;
    case Operation::send:
      on_sent(completion);
      break;
    case Operation::read:
      on_read(completion);
      break;
    case Operation::accept:
      break;
  }
  in_call_ = false;
  if (connection_ == nullptr && !is_under_way()) transport_.end(*this);
}

void Flight::tell(Ready ready) {
  if (connection_ != nullptr) connection_->on_ready(ready);
}

void Flight::on_received(const Completion& completion) {
  receiving_ = !completion.last;
  pausing_ = pausing_ && receiving_;
  const int result = completion.result;
  if (completion.buffer != kNoBuffer) ++transport_.held_count_;
  if (result > 0) {
    inbox_.push_back({.bytes = completion.bytes, .buffer = completion.buffer});
    if (connection_ == nullptr) return drop_received();
    if (inbox_.size() >= kMaxReceived) pause_receiving();
    tell({.readable = true});
    // The connection hasn't taken the bytes: if it is out, or waits for an answer, it gets them
    // later.
    if (connection_ == nullptr || (listens_ && !connection_->out_) || set_aside()) return;
    receive_error_ = ENOBUFS;
    return tell({.readable = true, .hang_up = true, .error = true});
  }
  if (completion.buffer != kNoBuffer) transport_.give_back(completion.buffer);
  if (result == 0) {
    ended_ = true;
    tell({.readable = true, .read_closed = true});
  } else if (result == -ENOBUFS) {
    // A closed connection needs no buffer, and this flight ends with its pending operations.
    if (connection_ != nullptr) starve();
  } else if (result != -ECANCELED) {
    receive_error_ = -result;
    tell({.readable = true, .hang_up = true, .error = true});
  } else if (connection_ != nullptr && listens_ && !start_receiving()) {
    // Receiving was paused, and the connection caught up before the pause took effect.
    receive_error_ = ENOMEM;
    tell({.readable = true, .hang_up = true, .error = true});
  }
}

// All buffers may have come back since the port said that it had none: then no flight is left that
// could give one back.
void Flight::starve() {
  if (transport_.held_count_ > 0) return transport_.starved_.push_back(this);
  if (start_receiving()) return;
  receive_error_ = ENOMEM;
  tell({.readable = true, .hang_up = true, .error = true});
}

void Flight::pause_receiving() {
  if (receiving_ && !pausing_) pausing_ = transport_.port_.pause(fd(), Operation::receive);
}

bool Flight::set_aside() {
  if (inbox_.empty()) return true;
  pause_receiving();
  inbox_blocks_ = &transport_.blocks_of(*connection_);
  for (Received& received : inbox_) {
    if (received.block != nullptr) continue;
    char* const block = inbox_blocks_->acquire(BlockSize::normal);
    if (block == nullptr) return false;
    const std::size_t size_bytes = received.bytes.size();
    assert(size_bytes <= kBlockBytes);
    std::memcpy(block, received.bytes.data(), size_bytes);
    transport_.give_back(received.buffer);
    received = {.bytes = {block, size_bytes}, .buffer = kNoBuffer, .block = block};
  }
  return true;
}

bool Flight::start_receiving() {
  if (receiving_ || ended_ || receive_error_ != 0 || inbox_.size() >= kMaxReceived) return true;
  trace(TraceStep::rearm, fd());
  receiving_ = transport_.port_.receive(fd(), *this).ok();
  return receiving_;
}

Result<void> Flight::start_sending(Workspace& workspace, OutputQueue& output) {
  buffers_ = &workspace.buffers;
  const Segment* const front = output.front();
  if (front != nullptr && front->kind == Segment::Kind::shared &&
      front->length_bytes >= kBlockBytes) {
    owner_ = front->owner;
    rest_ = {front->bytes, static_cast<std::size_t>(front->length_bytes)};
    output.drop(workspace, rest_.size());
    more_ = !output.empty(workspace);
    return send_rest();
  }
  block_size_ = front == nullptr ? BlockSize::normal : BlockSize::large;
  block_ = buffers_->acquire(block_size_);
  if (block_ == nullptr) return Error{ENOMEM, "send"};
  const std::size_t room_bytes = block_size_ == BlockSize::normal ? kBlockBytes : kLargeBlockBytes;
  used_bytes_ = output.copy_out(workspace, {block_, room_bytes});
  const Segment* const next = output.front();
  if (next != nullptr && next->kind == Segment::Kind::file && used_bytes_ < room_bytes) {
    return read_file(workspace, output);
  }
  rest_ = {block_, used_bytes_};
  more_ = !output.empty(workspace);
  return send_rest();
}

// Reads the file behind the bytes that precede it, so both are sent together.
Result<void> Flight::read_file(Workspace& workspace, OutputQueue& output) {
  const Segment& file = *output.front();
  const std::size_t size_bytes = static_cast<std::size_t>(
      std::min<std::uint64_t>(file.length_bytes, kLargeBlockBytes - used_bytes_));
  owner_ = file.owner;
  const auto started = transport_.port_.read(file.file_fd, {block_ + used_bytes_, size_bytes},
                                             file.file_offset, *this);
  if (!started) return started;
  rest_ = {block_, used_bytes_ + size_bytes};
  output.drop(workspace, size_bytes);
  more_ = !output.empty(workspace);
  sending_ = true;
  return {};
}

void Flight::on_read(const Completion& completion) {
  if (completion.result < 0) {
    send_error_ = -completion.result;
  } else if (used_bytes_ + static_cast<std::size_t>(completion.result) < rest_.size()) {
    shrunk_ = true;
  }
  if (connection_ != nullptr && send_error_ == 0 && !shrunk_ && send_rest()) return;
  if (send_error_ == 0) send_error_ = EIO;
  end_sending();
  tell({.writable = true});
}

Result<void> Flight::send_rest() {
  sending_ = true;
  const auto started = transport_.port_.send(fd(), rest_, more_, *this);
  if (!started) end_sending();
  return started;
}

void Flight::on_sent(const Completion& completion) {
  if (completion.result < 0) {
    send_error_ = -completion.result;
  } else {
    trace(TraceStep::write, fd(), TraceBy::kernel);
    rest_.remove_prefix(static_cast<std::size_t>(completion.result));
    sent_bytes_ += static_cast<std::uint64_t>(completion.result);
    if (!rest_.empty() && connection_ != nullptr) {
      if (send_rest()) return tell({});
      send_error_ = ENOMEM;
    }
  }
  end_sending();
  tell({.writable = true});
}

void Flight::end_sending() {
  sending_ = false;
  if (block_ != nullptr) buffers_->release(std::exchange(block_, nullptr), block_size_);
  owner_.reset();
}

void Flight::drop_received() {
  for (const Received& received : std::exchange(inbox_, {})) put_back(received);
}

void Flight::put_back(const Received& received) {
  if (received.block != nullptr) {
    inbox_blocks_->release(received.block, BlockSize::normal);
  } else {
    transport_.give_back(received.buffer);
  }
}

void Flight::leave(Fd conn_fd) {
  connection_ = nullptr;
  fd_ = std::move(conn_fd);
  drop_received();
  if (is_under_way()) {
    transport_.port_.cancel(fd_.get());
  } else if (!in_call_) {
    transport_.end(*this);
  }
}

}  // namespace hpserver

#pragma once

#include <limits.h>
#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <type_traits>

#include "hpserver/base/result.h"

namespace hpserver {

namespace detail {

// Writes all `size` bytes at once, or none.
Result<void> write_whole(int fd, const void* bytes, std::size_t size);

// Reads once; 0 at the end of the stream. Errors: EAGAIN.
Result<std::size_t> read_some(int fd, void* bytes, std::size_t size);

}  // namespace detail

// Writes one message of a fixed size to a pipe. Up to PIPE_BUF bytes are written whole or not at
// all, even if many threads and processes write at once. Errors: EAGAIN (full), EPIPE. See:
// pipe(7).
template <typename Message>
Result<void> write_message(int fd, const Message& message) {
  static_assert(std::is_trivially_copyable_v<Message> && sizeof(Message) <= PIPE_BUF);
  return detail::write_whole(fd, &message, sizeof message);
}

enum class StreamState : unsigned char { open, ended };

// Reads messages of a fixed size from a byte stream. One read may return several messages or only a
// part of one; the reader keeps that part until the missing bytes arrive. Use one reader per
// stream, on one thread.
template <typename Message>
class MessageReader {
  static_assert(std::is_trivially_copyable_v<Message>);

 public:
  // Reads until the non-blocking `fd` is empty (a read returns less than was asked for), and calls
  // `on_message(const Message&)` for each message. Returns `ended` once every writer has closed,
  // perhaps only on the next call: `fd` stays readable then. Errors: those of read(2) except
  // EAGAIN.
  template <typename OnMessage>
  Result<StreamState> drain(int fd, OnMessage&& on_message) {
    while (true) {
      const std::size_t room_bytes = buffer_.size() - filled_;
      const auto got = detail::read_some(fd, buffer_.data() + filled_, room_bytes);
      if (!got) {
        if (would_block(got.error())) return StreamState::open;
        return got.error();
      }
      if (*got == 0) return StreamState::ended;
      filled_ += *got;
      deliver(on_message);
      if (*got < room_bytes) return StreamState::open;
    }
  }

 private:
  static constexpr std::size_t kBatch = 64;

  template <typename OnMessage>
  void deliver(OnMessage& on_message) {
    std::size_t taken = 0;
    for (; filled_ - taken >= sizeof(Message); taken += sizeof(Message)) {
      Message message;
      std::memcpy(&message, buffer_.data() + taken, sizeof message);
      on_message(static_cast<const Message&>(message));
    }
    filled_ -= taken;
    std::memmove(buffer_.data(), buffer_.data() + taken, filled_);
  }

  std::array<std::byte, kBatch * sizeof(Message)> buffer_;
  std::size_t filled_ = 0;
};

}  // namespace hpserver

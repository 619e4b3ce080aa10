#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "hpserver/base/result.h"

namespace hpserver {

// What a full queue does with another message.
enum class Overflow : std::uint8_t {
  refuse,       // refuses the new one, with an error for its sender
  drop_oldest,  // drops the oldest one: for news that the next one outdates
};

struct FrameQueueOptions {
  std::size_t max_bytes = std::size_t{4} << 20U;
  std::size_t max_message_bytes = std::size_t{1} << 20U;
  Overflow overflow = Overflow::refuse;
};

// Outgoing messages, each prefixed with its length: four bytes in network order. An empty frame is
// a heartbeat, not a message. One thread.
class FrameQueue {
 public:
  static constexpr std::size_t kPrefixBytes = 4;

  explicit FrameQueue(const FrameQueueOptions& options = {}) : options_(options) {}

  // Appends a copy. Errors: EMSGSIZE (too long, or empty), EAGAIN (full, with Overflow::refuse).
  Result<void> push(std::string_view message);
  // Appends an empty frame, unless something is queued: that proves we are alive, too.
  void push_heartbeat();

  // Sends what the socket takes; true once everything is sent. Errors: those of send except EAGAIN.
  Result<bool> flush(int fd);
  // For a new connection: a partly sent message is sent again from its start.
  void rewind() noexcept { sent_bytes_ = 0; }

  [[nodiscard]] bool empty() const noexcept { return frames_.empty(); }
  [[nodiscard]] std::size_t size_bytes() const noexcept { return size_bytes_; }
  [[nodiscard]] std::uint64_t dropped_count() const noexcept { return dropped_count_; }

 private:
  [[nodiscard]] bool make_room(std::size_t frame_bytes);

  const FrameQueueOptions options_;
  std::deque<std::string> frames_;
  std::size_t sent_bytes_ = 0;  // of the first frame
  std::size_t size_bytes_ = 0;
  std::uint64_t dropped_count_ = 0;
};

}  // namespace hpserver

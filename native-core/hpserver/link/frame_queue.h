#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "hpserver/base/result.h"

namespace hpserver {

// What a full queue does with one more message.
enum class Overflow : std::uint8_t {
  refuse,       // the new one is refused: its sender hears of it
  drop_oldest,  // the oldest one goes: for news that the next one outdates
};

struct FrameQueueOptions {
  std::size_t max_bytes = std::size_t{4} << 20U;
  std::size_t max_message_bytes = std::size_t{1} << 20U;
  Overflow overflow = Overflow::refuse;
};

// Messages on their way out, each behind its length: four bytes in network order. An empty frame is
// a sign of life and no message. One thread.
class FrameQueue {
 public:
  static constexpr std::size_t kPrefixBytes = 4;

  explicit FrameQueue(const FrameQueueOptions& options = {}) : options_(options) {}

  // Appends a copy. Errors: EMSGSIZE (too long, or empty), EAGAIN (full, and told to refuse).
  Result<void> push(std::string_view message);
  // Appends an empty frame, unless something waits: that is a sign of life, too.
  void push_heartbeat();

  // Sends what the socket takes; true when all is out. Errors: those of send but EAGAIN.
  Result<bool> flush(int fd);
  // Another connection begins: what was sent in part is to be sent from its begin.
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

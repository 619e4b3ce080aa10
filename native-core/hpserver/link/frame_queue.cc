#include "hpserver/link/frame_queue.h"

#include "hpserver/socket/socket.h"

namespace hpserver {
namespace {

std::string frame_of(std::string_view message) {
  std::string frame;
  frame.reserve(FrameQueue::kPrefixBytes + message.size());
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    frame.push_back(static_cast<char>((message.size() >> (shift - 8)) & 0xffU));
  }
  return frame.append(message);
}

}  // namespace

Result<void> FrameQueue::push(std::string_view message) {
  if (message.empty() || message.size() > options_.max_message_bytes) {
    return Error{EMSGSIZE, "send"};
  }
  std::string frame = frame_of(message);
  if (!make_room(frame.size())) return Error{EAGAIN, "send"};
  size_bytes_ += frame.size();
  frames_.push_back(std::move(frame));
  return {};
}

void FrameQueue::push_heartbeat() {
  if (!frames_.empty()) return;
  frames_.push_back(frame_of({}));
  size_bytes_ += kPrefixBytes;
}

// A partly sent first frame stays: the peer is waiting for the rest.
bool FrameQueue::make_room(std::size_t frame_bytes) {
  while (size_bytes_ + frame_bytes > options_.max_bytes) {
    const std::size_t oldest = sent_bytes_ > 0 ? 1 : 0;
    if (options_.overflow == Overflow::refuse || frames_.size() <= oldest) return false;
    const auto dropped = frames_.begin() + static_cast<std::ptrdiff_t>(oldest);
    size_bytes_ -= dropped->size();
    frames_.erase(dropped);
    ++dropped_count_;
  }
  return true;
}

Result<bool> FrameQueue::flush(int fd) {
  while (!frames_.empty()) {
    const std::string& frame = frames_.front();
    const auto sent = send(fd, std::string_view(frame).substr(sent_bytes_));
    if (!sent && would_block(sent.error())) return false;
    if (!sent) return sent.error();
    sent_bytes_ += *sent;
    if (sent_bytes_ < frame.size()) continue;
    size_bytes_ -= frame.size();
    sent_bytes_ = 0;
    frames_.pop_front();
  }
  return true;
}

}  // namespace hpserver

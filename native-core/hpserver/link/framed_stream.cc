#include "hpserver/link/framed_stream.h"

#include <array>
#include <cstdint>

#include "hpserver/socket/socket.h"

namespace hpserver {
namespace {

// Per event; level triggering reports the rest in the next turn.
constexpr std::size_t kReadBytes = std::size_t{16} * 1024;

std::size_t length_of(std::string_view prefix) noexcept {
  std::size_t length = 0;
  for (const char byte : prefix) length = length << 8U | static_cast<unsigned char>(byte);
  return length;
}

}  // namespace

Result<std::unique_ptr<FramedStream>> FramedStream::create(EventLoop& loop, Fd fd,
                                                           FrameQueue& queue,
                                                           FramedStreamListener& listener,
                                                           const FramedStreamOptions& options) {
  std::unique_ptr<FramedStream> stream(
      new FramedStream(loop, std::move(fd), queue, listener, options));
  queue.rewind();
  queue.push_heartbeat();
  const auto watched = stream->watch_.want(stream->fd_.get(), {.readable = true, .writable = true});
  if (!watched) return watched.error();
  stream->heard_ = Clock::now();
  loop.schedule(*stream, stream->heard_ + options.heartbeat_interval);
  return stream;
}

void FramedStream::on_ready(Ready ready) {
  auto done = flush();
  if (done && (ready.readable || ready.read_closed || ready.hang_up || ready.error)) done = read();
  if (done) return;
  watch_.stop();
  unlink();
  listener_.on_lost(done.error());
}

Result<void> FramedStream::read() {
  std::array<char, kReadBytes> buffer;
  const auto got = receive(fd_.get(), buffer);
  if (!got && would_block(got.error())) return {};
  if (!got) return got.error();
  // A permanent link never ends normally.
  if (*got == 0) return Error{ECONNRESET, "recv"};
  heard_ = Clock::now();
  input_.append(buffer.data(), *got);
  return take_messages();
}

Result<void> FramedStream::take_messages() {
  constexpr std::size_t kPrefix = FrameQueue::kPrefixBytes;
  std::string_view rest = input_;
  while (rest.size() >= kPrefix) {
    const std::size_t length = length_of(rest.substr(0, kPrefix));
    if (length > options_.max_message_bytes) return Error{EMSGSIZE, "recv"};
    if (rest.size() - kPrefix < length) break;
    listener_.on_message(rest.substr(kPrefix, length));
    rest.remove_prefix(kPrefix + length);
  }
  input_.erase(0, input_.size() - rest.size());
  return {};
}

Result<void> FramedStream::flush() {
  const auto flushed = queue_.flush(fd_.get());
  if (!flushed) return flushed.error();
  return watch_.want(fd_.get(), {.readable = true, .writable = !*flushed});
}

void FramedStream::on_timer() {
  const Deadline now = Clock::now();
  const auto is_silent = [&] { return now - heard_ >= options_.silence_timeout; };
  // If it was we who slept, the peer's heartbeats are waiting to be read.
  const Result<void> looked = is_silent() ? read() : Result<void>{};
  if (!looked || is_silent()) {
    watch_.stop();
    listener_.on_lost(looked ? Error{ETIMEDOUT, "recv"} : looked.error());
    return;
  }
  queue_.push_heartbeat();
  loop_.schedule(*this, now + options_.heartbeat_interval);
  flush_later();
}

}  // namespace hpserver

#include "hpserver/link/peer_link.h"

#include <algorithm>
#include <utility>

namespace hpserver {

PeerLink::PeerLink(EventLoop& loop, const Address& peer, PeerLinkListener& listener,
                   const PeerLinkOptions& options)
    : loop_(loop),
      peer_(peer),
      listener_(listener),
      options_(options),
      queue_(options.queue),
      connector_(loop),
      timer_([this] { connect(); }) {
  // In a later turn, since the listener may not be ready for a failure yet.
  loop_.schedule(timer_, Clock::now());
}

Result<void> PeerLink::send(std::string_view message) {
  const auto pushed = queue_.push(message);
  if (pushed && stream_ != nullptr) stream_->flush_later();
  return pushed;
}

PeerLinkStatistics PeerLink::statistics() const noexcept {
  PeerLinkStatistics now = counters_;
  now.dropped_count = queue_.dropped_count();
  return now;
}

void PeerLink::connect() {
  ++counters_.connect_count;
  const auto started = connector_.start(peer_, options_.connect_timeout, [this](Result<Fd> fd) {
    if (fd) {
      on_connected(std::move(*fd));
    } else {
      retry_later(fd.error());
    }
  });
  if (!started) retry_later(started.error());
}

void PeerLink::on_connected(Fd fd) {
  auto stream = FramedStream::create(loop_, std::move(fd), queue_, *this, options_.stream);
  if (!stream) {
    retry_later(stream.error());
    return;
  }
  stream_ = std::move(*stream);
  ++counters_.up_count;
  listener_.on_peer_up();
}

void PeerLink::on_message(std::string_view message) {
  // Reset only now: a peer that merely accepts and closes isn't healthy.
  failure_count_ = 0;
  if (message.empty()) return;
  ++counters_.received_count;
  listener_.on_peer_message(message);
}

void PeerLink::on_lost(const Error& error) {
  const Error kept = error;
  stream_.reset();
  retry_later(kept);
}

void PeerLink::retry_later(const Error& error) {
  loop_.schedule(timer_, Clock::now() + next_delay());
  listener_.on_peer_down(error);
}

std::chrono::milliseconds PeerLink::next_delay() {
  constexpr int kMaxDoublings = 20;
  const std::int64_t factor = std::int64_t{1} << std::min(failure_count_, kMaxDoublings);
  const auto full = std::min(options_.longest_delay, options_.first_delay * factor);
  ++failure_count_;
  std::uniform_int_distribution<std::int64_t> chance(full.count() / 2, full.count());
  return std::chrono::milliseconds(chance(random_));
}

}  // namespace hpserver

#include "hpserver/link/peer_link.h"

#include <algorithm>
#include <utility>

#include "hpserver/socket/socket.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver {

PeerLink::PeerLink(EventLoop& loop, const Address& peer, PeerLinkListener& listener,
                   const PeerLinkOptions& options)
    : loop_(loop),
      peer_(peer),
      listener_(listener),
      options_(options),
      queue_(options.queue),
      watch_(loop, *this),
      timer_([this] { on_connect_due(); }) {
  // In the next turn: the listener may not be ready to hear of a failure.
  watch_.defer();
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
  auto started = start_connect(peer_);
  if (!started) {
    retry_later(started.error());
    return;
  }
  connecting_ = std::move(*started);
  if (const auto watched = watch_.want(connecting_.get(), {.writable = true}); !watched) {
    retry_later(watched.error());
    return;
  }
  loop_.schedule(timer_, Clock::now() + options_.connect_timeout);
}

void PeerLink::on_ready(Ready) {
  if (!connecting_.valid()) {
    connect();
    return;
  }
  watch_.stop();
  if (const auto connected = take_error(connecting_.get(), "connect"); !connected) {
    retry_later(connected.error());
    return;
  }
  timer_.unlink();
  if (peer_.is_ip()) {
    static_cast<void>(set_option(connecting_.get(), option::NoDelay{true}));
    static_cast<void>(set_option(connecting_.get(), option::KeepAlive{true}));
  }
  auto stream = FramedStream::create(loop_, std::move(connecting_), queue_, *this, options_.stream);
  if (!stream) {
    retry_later(stream.error());
    return;
  }
  stream_ = std::move(*stream);
  ++counters_.up_count;
  listener_.on_peer_up();
}

void PeerLink::on_connect_due() {
  if (connecting_.valid()) {
    retry_later({ETIMEDOUT, "connect"});
  } else {
    connect();
  }
}

void PeerLink::on_message(std::string_view message) {
  // A peer that only accepts and closes isn't well yet.
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
  watch_.stop();
  connecting_.reset();
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

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string_view>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"
#include "hpserver/link/connector.h"
#include "hpserver/link/frame_queue.h"
#include "hpserver/link/framed_stream.h"
#include "hpserver/socket/address.h"

namespace hpserver {

struct PeerLinkOptions {
  FrameQueueOptions queue = {};
  FramedStreamOptions stream = {};
  std::chrono::milliseconds connect_timeout{2'000};
  // The delay after a failure, doubled with each further one up to the longest. Half of it is
  // random, so the peers of a restarted server don't all reconnect at the same moment.
  std::chrono::milliseconds first_delay{100};
  std::chrono::milliseconds longest_delay{10'000};
};

struct PeerLinkStatistics {
  std::uint64_t connect_count = 0;   // calls of connect(2)
  std::uint64_t up_count = 0;        // … that succeeded
  std::uint64_t received_count = 0;  // messages
  std::uint64_t dropped_count = 0;   // by Overflow::drop_oldest
};

// Receives a peer's messages. On the loop's thread; must not destroy the link.
class PeerLinkListener {
 public:
  virtual ~PeerLinkListener() = default;

  virtual void on_peer_message(std::string_view message) = 0;
  virtual void on_peer_up() {}
  // It reconnects by itself; messages sent meanwhile wait in the queue.
  virtual void on_peer_down(const Error&) {}
};

// The request queue between two servers: a static, permanent TCP link. Connects at the start,
// notices a peer that has disconnected or hangs, and reconnects with a growing delay, so no request
// needs a connect(). The other end is a FramedStream. What the kernel had taken when a link broke
// may be lost, so a message arrives at most once; a partly sent message is sent again. For the
// loop's thread; loop and listener must outlive it.
class PeerLink final : private FramedStreamListener {
 public:
  PeerLink(EventLoop& loop, const Address& peer, PeerLinkListener& listener,
           const PeerLinkOptions& options = {});
  ~PeerLink() override = default;
  PeerLink(const PeerLink&) = delete;
  PeerLink& operator=(const PeerLink&) = delete;

  // Queues a copy, even while the peer is down. Errors: EMSGSIZE, EAGAIN (the queue is full).
  Result<void> send(std::string_view message);

  [[nodiscard]] bool up() const noexcept { return stream_ != nullptr; }
  [[nodiscard]] PeerLinkStatistics statistics() const noexcept;

 private:
  void connect();
  void on_connected(Fd fd);
  void on_message(std::string_view message) override;
  void on_lost(const Error& error) override;
  void retry_later(const Error& error);
  [[nodiscard]] std::chrono::milliseconds next_delay();

  EventLoop& loop_;
  const Address peer_;
  PeerLinkListener& listener_;
  const PeerLinkOptions options_;
  FrameQueue queue_;
  Connector connector_;
  Timer timer_;  // ends the delay before the next connect
  std::unique_ptr<FramedStream> stream_;
  int failure_count_ = 0;  // in a row
  std::minstd_rand random_{std::random_device{}()};
  PeerLinkStatistics counters_;
};

}  // namespace hpserver

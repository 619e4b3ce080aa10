#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watch.h"
#include "hpserver/link/frame_queue.h"
#include "hpserver/os/fd.h"

namespace hpserver {

struct FramedStreamOptions {
  // A longer message closes the stream.
  std::size_t max_message_bytes = std::size_t{1} << 20U;
  // How often to send a heartbeat.
  std::chrono::milliseconds heartbeat_interval{5'000};
  // The peer counts as dead after this long without a sign of life: TCP alone notices only after
  // minutes, and never notices a hanging process.
  std::chrono::milliseconds silence_timeout{15'000};
};

// Receives a stream's messages. On the loop's thread.
class FramedStreamListener {
 public:
  virtual ~FramedStreamListener() = default;

  // A message, valid during the call, or the peer's heartbeat (empty). Must not destroy the stream.
  virtual void on_message(std::string_view message) = 0;
  // The stream has closed: ECONNRESET (also if closed normally), ETIMEDOUT (silence), EMSGSIZE…
  // May destroy it.
  virtual void on_lost(const Error& error) = 0;
};

// Either end of a connection that carries messages, with heartbeats both ways. For the loop's
// thread; level-triggered.
class FramedStream final : public EventHandler, public TimerHandler {
 public:
  // Takes over a non-blocking, connected socket. Loop, queue and listener must outlive the stream.
  // Errors: those of EventLoop::watch.
  static Result<std::unique_ptr<FramedStream>> create(EventLoop& loop, Fd fd, FrameQueue& queue,
                                                      FramedStreamListener& listener,
                                                      const FramedStreamOptions& options = {});

  // Call it after queueing a message: sends it in the next turn.
  void flush_later() { watch_.defer(); }

  void on_ready(Ready ready) override;
  void on_timer() override;

 private:
  FramedStream(EventLoop& loop, Fd fd, FrameQueue& queue, FramedStreamListener& listener,
               const FramedStreamOptions& options)
      : loop_(loop),
        queue_(queue),
        listener_(listener),
        options_(options),
        fd_(std::move(fd)),
        watch_(loop, *this) {}

  Result<void> read();
  Result<void> take_messages();
  Result<void> flush();

  EventLoop& loop_;
  FrameQueue& queue_;
  FramedStreamListener& listener_;
  const FramedStreamOptions options_;
  const Fd fd_;
  Watch watch_;
  std::string input_;
  Deadline heard_{};  // when something last arrived
};

}  // namespace hpserver

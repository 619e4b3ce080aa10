#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "addon/exchange/chunk.h"
#include "addon/queue/inbox.h"
#include "addon/queue/request_queue.h"
#include "addon/queue/request_snapshot.h"
#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::binding {

// A request between two threads: the connection's, and the JavaScript thread that takes it from the
// queue. Shared by the queue, the exchange and the connection's callbacks.
class QueuedRequest final : public http::BodySink,
                            public std::enable_shared_from_this<QueuedRequest> {
 public:
  QueuedRequest(RequestQueue& queue, std::uint32_t route, RequestSnapshot snapshot)
      : queue_(queue), route_(route), snapshot_(std::move(snapshot)) {}

  // The following functions are for the connection's executor.

  // Queues the request when its body is complete, or is too large to wait for: then the rest
  // streams. If the queue is full, the answer is 503.
  void begin(http::Request& request, http::Response& response);
  void on_body(std::string_view bytes) override;
  void on_body_end() override;
  void on_body_abort() override;

  // Prepares `response` for a stream and continues it: see `add_unsent`.
  void follow(http::Response& response);
  void write(http::Response& response, const std::shared_ptr<const KeptBytes>& kept);

  // The following functions are for the JavaScript thread.

  [[nodiscard]] std::uint32_t route() const noexcept { return route_; }
  [[nodiscard]] const RequestSnapshot& snapshot() const noexcept { return snapshot_; }

  // Sends events to `inbox` under this number from now on, including those that have happened
  // already.
  void attach(std::shared_ptr<Inbox> inbox, double number);

  struct Taken {
    std::string bytes;
    bool ended = false;   // nothing follows
    bool resume = false;  // the connection waits: call Request::resume_body
  };
  // Returns what has arrived of the body. If nothing has, `readable` is reported once more has.
  Taken take_body();

  // Counts bytes on their way to `write`. False: too many; `drained` is reported once most of them
  // are sent.
  [[nodiscard]] bool add_unsent(std::size_t size_bytes);

 private:
  void submit();
  void tell(ExchangeEvent event);
  void set_over(ExchangeEvent how);
  void note_held_sent();

  RequestQueue& queue_;
  const std::uint32_t route_;
  const RequestSnapshot snapshot_;

  // Used on the connection's side.
  http::Request* request_ = nullptr;     // during the exchange's own calls
  http::Response* response_ = nullptr;   // during the exchange's own calls
  std::shared_ptr<QueuedRequest> self_;  // while the session may call us with the body
  std::size_t held_bytes_ = 0;           // written, and not sent yet
  bool submitted_ = false;
  bool refused_ = false;

  // Bytes of a stream that are on their way.
  std::atomic<std::size_t> unsent_bytes_{0};
  std::atomic<bool> waits_for_drain_{false};

  std::mutex mutex_;  // guards what follows
  std::shared_ptr<Inbox> inbox_;
  double number_ = 0;
  std::string body_;  // received, and not taken yet
  bool body_ended_ = false;
  bool body_paused_ = false;
  bool readable_told_ = false;
  std::optional<ExchangeEvent> over_;  // how the exchange was cut off
};

}  // namespace hpserver::binding

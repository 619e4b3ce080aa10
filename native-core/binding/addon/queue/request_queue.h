#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "addon/queue/inbox.h"
#include "hpserver/protocol/http/responder.h"

namespace hpserver::binding {

class QueuedRequest;

// A request that waits for a JavaScript thread. Whoever holds the responder owes the answer: if it
// is dropped, the client gets a 500.
struct QueueEntry {
  std::shared_ptr<QueuedRequest> request;
  http::Responder responder;
};

// The request queue between native threads, which read and write, and JavaScript threads, which
// process. Bounded: what finds no place is answered 503 by who brought it. Any thread.
// See: POSA2, Half-Sync/Half-Async.
class RequestQueue {
 public:
  explicit RequestQueue(std::size_t capacity) : capacity_(capacity) {}

  // Takes a place. False: none is free.
  [[nodiscard]] bool reserve() noexcept;
  // Puts a request into a place that was reserved; wakes a thread that sleeps, if any does.
  void push(QueueEntry entry);

  // A JavaScript thread takes part, from now on and until `leave`.
  void join(const std::shared_ptr<Inbox>& consumer);
  void leave(const std::shared_ptr<Inbox>& consumer);
  // Takes the oldest requests, at most `max_count`. None: the consumer is woken for the next.
  void take(const std::shared_ptr<Inbox>& consumer, std::size_t max_count,
            std::vector<QueueEntry>& entries);

 private:
  // The thread that slept last has the warmest caches.
  [[nodiscard]] std::shared_ptr<Inbox> take_sleeper();

  const std::size_t capacity_;
  std::atomic<std::size_t> reserved_count_{0};
  std::mutex mutex_;
  std::deque<QueueEntry> entries_;
  std::vector<std::shared_ptr<Inbox>> sleepers_;
};

}  // namespace hpserver::binding

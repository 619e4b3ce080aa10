#include "hpserver/concurrency/leading_accept.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/transport/blocking_io.h"

namespace hpserver {

namespace {

// Fairness doesn't matter here: one thread without a client is as good as another.
class ThreadTurns final : public AcceptTurns {
 public:
  bool take(std::chrono::milliseconds limit) override {
    trace_as("follower");
    std::unique_lock lock(mutex_);
    if (!free_again_.wait_for(lock, limit, [this] { return !led_; })) return false;
    led_ = true;
    trace_as("leader");
    return true;
  }

  void pass_on() override {
    {
      const std::lock_guard lock(mutex_);
      led_ = false;
    }
    free_again_.notify_one();
    trace_as("processing");
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_again_;
  bool led_ = false;
};

}  // namespace

Result<std::unique_ptr<LeadingAccept>> LeadingAccept::create(const ServerParts& parts,
                                                             const ServerOptions& options) {
  std::unique_ptr<LeadingAccept> server(
      new LeadingAccept(options, std::make_unique<ThreadTurns>()));
  const BlockingLoop::Options led{.turns = server->turns()};
  const ServerParts own{.make_io = [led] { return make_blocking_with(led); },
                        .make_service = parts.make_service};
  const auto opened = server->open(own, options);
  if (!opened) return opened.error();
  return server;
}

}  // namespace hpserver

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "hpserver/concurrency/loop.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/watch.h"
#include "hpserver/os/fd.h"

namespace hpserver::binding {

// Takes the connections that the parent process passes over a UNIX socket (SCM_RIGHTS), and gives
// them to a loop. For the loop's thread.
class Intake final : public EventHandler {
 public:
  // `received_count` is incremented for each; it and the loop must outlive the intake. Errors:
  // those of EventLoop::watch.
  static Result<std::unique_ptr<Intake>> create(Loop& loop, Fd socket,
                                                std::atomic<std::uint64_t>& received_count);

  void on_ready(Ready ready) override;

  // Takes what was passed so far, and nothing more.
  void close();

 private:
  Intake(Loop& loop, Fd socket, std::atomic<std::uint64_t>& received_count);
  // False if nothing more will come.
  [[nodiscard]] bool take(std::size_t max_count);

  Loop& loop_;
  Fd socket_;
  std::atomic<std::uint64_t>& received_count_;
  Watch watch_;
};

}  // namespace hpserver::binding

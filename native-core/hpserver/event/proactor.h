#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "hpserver/completion/completion_port.h"
#include "hpserver/event/event_loop.h"

namespace hpserver {

// The completion dispatcher: handlers start operations on its port and are called when the kernel
// has completed them. See: POSA2, Proactor.
class Proactor final : public EventLoop {
 public:
  // Takes ownership of the port. Errors: EMFILE, ENFILE, ENOMEM (the wake-up descriptor).
  static Result<std::unique_ptr<Proactor>> create(std::unique_ptr<CompletionPort> port);

  [[nodiscard]] CompletionPort& port() noexcept { return *port_; }

  // Delivers one handler's completions now instead of in its turn, until `done`: for example the
  // last completions of a cancelled operation. All other events keep their turn and their order.
  // Gives up after a second. Errors: those of CompletionPort::wait.
  Result<void> hear_out(const CompletionHandler& handler, const std::function<bool()>& done);

  Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) override {
    return port_->watch(fd, token, interest, trigger);
  }
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override {
    return port_->modify(fd, token, interest, trigger);
  }
  void unwatch(int fd) override { port_->unwatch(fd); }
  void flush() override { port_->flush(); }

  [[nodiscard]] int native_handle() const noexcept override { return port_->native_handle(); }
  [[nodiscard]] std::size_t capacity() const noexcept override { return port_->capacity(); }

 private:
  Proactor(std::unique_ptr<CompletionPort> port, Waker waker);

  Result<std::size_t> demultiplex(std::chrono::milliseconds timeout) override;
  void dispatch_batch() override;
  void dispatch(const PortEvent& event);
  void dispatch_kept();

  std::unique_ptr<CompletionPort> port_;
  std::vector<PortEvent> events_;
  std::size_t next_event_ = 0;  // below `event_count_`
  std::size_t event_count_ = 0;
  std::vector<PortEvent> kept_;  // arrived during `hear_out`
};

}  // namespace hpserver

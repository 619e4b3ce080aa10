#pragma once

#include <memory>

#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"

namespace hpserver {

// One loop on the calling thread does all five steps for every connection. The simplest model, and
// the fastest on one core; a handler that computes for long holds everybody up.
class Single final : public Server {
 public:
  // Blocks the signals it handles, so call it before any thread is started.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<Single>> create(const ServerParts& parts,
                                                const ServerOptions& options);
  ~Single() override;

  Result<void> listen(const Address& address) override;
  [[nodiscard]] const std::vector<Address>& addresses() const override { return addresses_; }
  Result<void> run(std::function<void()> on_hangup) override;
  void drain() override;
  void end() override;

 private:
  explicit Single(const ServerOptions& options)
      : listen_options_(options.listen_options),
        handle_signals_(options.handle_signals),
        budget_(options.limits.max_connections) {}
  void begin_drain();

  ListenOptions listen_options_;
  bool handle_signals_;
  ConnectionBudget budget_;
  std::unique_ptr<Loop> loop_;
  std::vector<Address> addresses_;
};

}  // namespace hpserver

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/concurrency/companion.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/connection/connection_budget.h"
#include "hpserver/connection/service.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watch.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// A small server beside the main one, with its own loop and its own limit: it is reachable even if
// the main server is full, or its handlers don't return. It serves until it is destroyed. The main
// server's meters don't count it.
class SideServer final : public Companion, public EventHandler {
 public:
  // Clients at once; further ones are told that the server is full.
  static constexpr std::size_t kMaxConnections = 64;

  // Errors: those of Loop::create.
  static Result<std::unique_ptr<SideServer>> create(
      std::function<std::unique_ptr<Service>()> make_service);
  // Closes its connections. Blocks for the current turn.
  ~SideServer() override;

  SideServer(const SideServer&) = delete;
  SideServer& operator=(const SideServer&) = delete;

  // Listens; only the owner may connect to a UNIX socket (mode 0600). Call it before the server
  // runs. Errors: those of listen_on and Loop::listen.
  Result<void> listen(const Address& address);
  // The addresses that it listens on, with the actual ports.
  [[nodiscard]] const std::vector<Address>& addresses() const noexcept { return addresses_; }

  Result<void> run_on_thread() override;
  Result<void> run_within(EventLoop& parent) override;
  void abandon() noexcept override;

  // On the parent's loop: an event has arrived.
  void on_ready(Ready ready) override;

 private:
  SideServer();
  void turn();

  ConnectionBudget budget_;
  std::unique_ptr<Loop> loop_;
  std::vector<Address> addresses_;
  std::vector<int> listen_fds_;  // the loop's
  std::thread thread_;
  EventLoop* parent_ = nullptr;
  std::unique_ptr<Watch> watch_;
  Timer parent_timer_;
};

}  // namespace hpserver

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

// A small server beside another one, with a loop and places of its own: a server that is full, or
// whose handlers don't return, keeps nobody from it. It serves until it is destroyed. What it
// serves isn't counted among what the other one does.
class SideServer final : public Companion, public EventHandler {
 public:
  // Clients at once; further ones are told that there is no room.
  static constexpr std::size_t kMaxConnections = 64;

  // Errors: those of Loop::create.
  static Result<std::unique_ptr<SideServer>> create(
      std::function<std::unique_ptr<Service>()> make_service);
  // Ends its connections. Blocks for the present turn.
  ~SideServer() override;

  SideServer(const SideServer&) = delete;
  SideServer& operator=(const SideServer&) = delete;

  // Listens; a UNIX socket is its owner's alone (mode 0600). Before it runs. Errors: those of
  // listen_on and Loop::listen.
  Result<void> listen(const Address& address);
  // With the real ports.
  [[nodiscard]] const std::vector<Address>& addresses() const noexcept { return addresses_; }

  Result<void> run_on_thread() override;
  Result<void> run_within(EventLoop& parent) override;
  void abandon() noexcept override;

  // The parent's loop: something has come.
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

#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/concurrency/companion.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/listening_sockets.h"

namespace hpserver {

// What every concurrency model offers to a program's `main`.
class Server {
 public:
  virtual ~Server() = default;

  // Binds `address` and listens on it, or takes what was inherited there; call it before `run`.
  // Errors: those of listen_on, which explain_listen_error puts into words, and of `listen_with`.
  Result<void> listen(const Address& address);

  // Does the same with sockets that are listening already, such as inherited ones. Errors: EMFILE;
  // those of EventLoop::watch.
  Result<void> listen_with(ListeningSockets sockets);

  // The addresses that it listens on, with the actual ports.
  [[nodiscard]] const std::vector<Address>& addresses() const noexcept { return addresses_; }

  // Serves until SIGTERM or SIGINT, which start a drain; a second one stops it at once. Blocks.
  // `signals` contains further listeners for signals, and must outlive the call. Errors: those of
  // EventLoop::run and of starting threads.
  virtual Result<void> run(const SignalHub& signals) = 0;

  // Runs `companion` beside the server once the server runs: on a thread of its own, or on the main
  // loop of a process that forks its executors. Call it before `run`; destroy the companion after
  // `run` has returned, and before the server. Errors: those of Companion::run_within.
  virtual Result<void> accompany(Companion& companion) = 0;

  // Any thread: what SIGTERM does, and what a second one does.
  virtual void drain() = 0;
  virtual void end() = 0;

 protected:
  explicit Server(const ListenOptions& options) : listen_options_(options) {}

  // For a server whose sockets belong to someone else.
  void keep_addresses(std::vector<Address> addresses) { addresses_ = std::move(addresses); }

 private:
  // How many of the executors accept from sockets of their own; 1 if all use the same ones.
  [[nodiscard]] virtual std::size_t acceptor_count() const { return 1; }
  // Called once or more for each acceptor, from 0. Errors: EMFILE; those of EventLoop::watch.
  virtual Result<void> accept_from(std::size_t acceptor, Fd listen_fd) = 0;

  ListenOptions listen_options_;
  std::vector<Address> addresses_;
};

}  // namespace hpserver

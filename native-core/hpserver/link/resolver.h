#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hpserver/event/event_loop.h"
#include "hpserver/pool/thread_pool.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Why a name could not be resolved: an error code of getaddrinfo(3), not an errno.
struct ResolveError {
  int code = 0;         // EAI_…; 0: none
  int system_code = 0;  // errno, with EAI_SYSTEM

  // "Name or service not known (EAI_NONAME): check its spelling, and /etc/hosts". Allocates.
  [[nodiscard]] std::string message() const;
};

// What to look up.
struct NameQuery {
  std::string host;     // empty: this host, any address
  std::string service;  // "80", or a name of /etc/services; empty: port 0
  // AF_UNSPEC: IPv4 and IPv6, in the order of RFC 6724.
  sa_family_t family = AF_UNSPEC;
};

struct Resolution {
  std::vector<Address> addresses;  // not empty, if there is no error
  ResolveError error;

  [[nodiscard]] bool ok() const noexcept { return error.code == 0; }
};

// The names of an address.
struct NameOf {
  std::string host;     // numeric if it has no name
  std::string service;  // the same
  ResolveError error;

  [[nodiscard]] bool ok() const noexcept { return error.code == 0; }
};

// These block, for many seconds if a name server doesn't respond. For the start of a program;
// within a loop, use Resolver, which runs them on other threads. Any thread. See: getaddrinfo(3),
// getnameinfo(3).
[[nodiscard]] Resolution resolve_now(const NameQuery& query);
[[nodiscard]] NameOf name_now(const Address& address);

// Returns the port of a service from /etc/services: ("daytime", "tcp") is 13. Blocks only for local
// files. See: getservbyname(3).
[[nodiscard]] std::optional<std::uint16_t> service_port(const std::string& service,
                                                        const std::string& protocol);

// Looks names up on other threads, and delivers the result on the loop's. It never blocks the loop,
// nor waits for pending lookups when it is destroyed. For the loop's thread; loop and pool must
// outlive it.
class Resolver {
 public:
  using Ticket = std::uint64_t;

  // The pool should have as many threads as lookups may hang at once.
  Resolver(EventLoop& loop, ThreadPool& pool);
  // Pending lookups are dropped.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Calls `done` once, in a later turn. Nothing if the pool's queue is full.
  [[nodiscard]] std::optional<Ticket> resolve(NameQuery query,
                                              std::function<void(const Resolution&)> done);
  [[nodiscard]] std::optional<Ticket> name(const Address& address,
                                           std::function<void(const NameOf&)> done);

  // `done` won't be called; the thread can't be stopped. Harmless if it was called already.
  void cancel(Ticket ticket);

  // Lookups whose result is still wanted.
  [[nodiscard]] std::size_t pending_count() const noexcept;

 private:
  class Home;

  template <typename Answer, typename Lookup>
  std::optional<Ticket> run(Lookup lookup, std::function<void(const Answer&)> done);

  ThreadPool& pool_;
  // Shared on purpose: the threads that look names up may outlive the resolver.
  std::shared_ptr<Home> home_;
};

}  // namespace hpserver

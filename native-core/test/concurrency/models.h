#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_async_processes.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/leading_accept.h"
#include "hpserver/concurrency/leading_accept_processes.h"
#include "hpserver/concurrency/prethreaded.h"
#include "hpserver/concurrency/process_per_connection.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/sharded_processes.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/concurrency/thread_per_connection.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_reactor.h"

// Every concurrency model, and what a test must know about it.
namespace hpserver::testing {

template <typename SomeServer>
std::unique_ptr<Server> make_model(const ServerParts& parts, const ServerOptions& options) {
  auto server = SomeServer::create(parts, options);
  if (!server) return nullptr;
  return std::move(*server);
}

using MakeIo = Result<IoUnit> (*)();

// What a handler that doesn't return keeps busy.
enum class Kept : std::uint8_t {
  main_loop,
  worker_loop,
  member,  // no loop: a connection's thread or process, or a member of a crew
};

struct Model {
  const char* name;
  MakeIo make_io;
  std::unique_ptr<Server> (*make_server)(const ServerParts&, const ServerOptions&);
  Kept kept;
  bool has_processes = false;
};

inline constexpr MakeIo kReactor = make_reactor<EpollPoller, Trigger::level>;
inline constexpr MakeIo kOneshot = make_reactor<EpollPoller, Trigger::oneshot>;

inline constexpr Model kModels[] = {
    {"Single", kReactor, make_model<Single>, Kept::main_loop},
    {"SingleBlocking", make_blocking, make_model<Single>, Kept::main_loop},
    {"HalfSyncHalfAsync", kReactor, make_model<HalfSyncHalfAsync>, Kept::worker_loop},
    {"HalfSyncHalfReactive", kOneshot, make_model<HalfSyncHalfReactive>, Kept::member},
    {"Sharded", kReactor, make_model<Sharded>, Kept::worker_loop},
    {"LeaderFollowers", kOneshot, make_model<LeaderFollowers>, Kept::member},
    {"Prethreaded", make_blocking, make_model<Prethreaded>, Kept::worker_loop},
    {"LeadingAccept", make_blocking, make_model<LeadingAccept>, Kept::worker_loop},
    {"ThreadPerConnection", make_blocking, make_model<ThreadPerConnection>, Kept::member},
    {"ProcessPerConnection", make_blocking, make_model<ProcessPerConnection>, Kept::member, true},
    {"ShardedProcesses", kReactor, make_model<ShardedProcesses>, Kept::worker_loop, true},
    {"HalfSyncHalfAsyncProcesses", kReactor, make_model<HalfSyncHalfAsyncProcesses>,
     Kept::worker_loop, true},
    {"LeadingAcceptProcesses", make_blocking, make_model<LeadingAcceptProcesses>, Kept::worker_loop,
     true},
};

inline std::string name_of(const ::testing::TestParamInfo<Model>& instance) {
  return instance.param.name;
}

}  // namespace hpserver::testing

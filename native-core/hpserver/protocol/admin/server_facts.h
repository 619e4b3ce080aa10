#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hpserver::admin {

// One of the five steps, and what executes it.
struct StepFacts {
  std::string step;      // "wait", "accept", "read", "process", "write"
  std::string executor;  // "each worker"
  std::string call;      // "epoll_wait"
};

// Facts that don't change while a server runs.
struct ServerFacts {
  std::string name;
  std::string version;
  std::string architecture;  // "sharded threads, epoll"
  std::vector<StepFacts> steps;
  std::size_t max_connections = 0;
  std::uint64_t max_descriptors = 0;
  pid_t pid = 0;
  uid_t user_id = 0;
  uid_t effective_user_id = 0;
  gid_t group_id = 0;

  // Adds what the process knows about itself, and may change: its ids, its descriptor limit.
  void look_at_process();
};

}  // namespace hpserver::admin

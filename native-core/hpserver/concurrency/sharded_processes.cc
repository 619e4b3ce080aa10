#include "hpserver/concurrency/sharded_processes.h"

#include <unistd.h>

#include <utility>

#include "hpserver/os/fd_flags.h"
#include "hpserver/socket/listen.h"

namespace hpserver {

Result<std::unique_ptr<ShardedProcesses>> ShardedProcesses::create(const ServerParts& parts,
                                                                   const ServerOptions& options) {
  std::unique_ptr<ShardedProcesses> server(new ShardedProcesses(options));
  const auto opened = server->open(
      parts, options, [&self = *server](const WorkerContext& context, WorkerProcess& worker) {
        return self.give_shard(context, worker);
      });
  if (!opened) return opened.error();
  server->workers().on_absence([&self = *server](std::size_t index) { self.stand_in(index); },
                               [&self = *server](std::size_t index) { self.step_back(index); });
  return server;
}

Result<void> ShardedProcesses::accept_from(std::size_t acceptor, Fd listen_fd) {
  shards_[acceptor].push_back(std::move(listen_fd));
  return {};
}

// Runs in the worker. A worker added under load shares its shard with another: a socket of its own
// would have no owner after it exits, and the kernel would still assign connections to it.
Result<void> ShardedProcesses::give_shard(const WorkerContext& context, WorkerProcess& worker) {
  std::vector<Fd> own = std::move(shards_[context.index % shards_.size()]);
  shards_.clear();
  for (const auto& listen_fds : stand_in_fds_) {
    for (const int listen_fd : listen_fds) ::close(listen_fd);
  }
  for (Fd& listen_fd : own) {
    const auto listening = worker.listen(std::move(listen_fd));
    if (!listening) return listening;
  }
  return {};
}

// The kernel keeps assigning connections to a shard's socket even if no process serves it. If no
// worker serves at all, the connections wait, as they would in other models.
void ShardedProcesses::stand_in(std::size_t index) {
  if (index >= shards_.size() || !stand_ins_[index].empty() || !workers().pool().serves()) return;
  for (const Fd& listen_fd : shards_[index]) {
    auto own = duplicate(listen_fd.get());
    if (!own) return;
    const int number = own->get();
    auto listener = workers().main().transport->listen(
        std::move(*own), [this](Fd conn_fd) { workers().pool().hand_over(std::move(conn_fd)); });
    if (!listener) return;
    stand_ins_[index].push_back(std::move(*listener));
    stand_in_fds_[index].push_back(number);
  }
}

void ShardedProcesses::step_back(std::size_t index) {
  if (index >= stand_ins_.size()) return;
  for (const auto& listener : stand_ins_[index]) listener->close(Listening::goes_on);
  stand_ins_[index].clear();
  stand_in_fds_[index].clear();
}

// The workers accept what is in their backlogs and close the sockets; they are the last to hold
// them, so no client waits on a socket that is no longer served.
void ShardedProcesses::close_listeners() {
  for (std::size_t index = 0; index < stand_ins_.size(); ++index) step_back(index);
  for (const std::vector<Fd>& shard : shards_) {
    for (const Fd& listen_fd : shard) remove_socket_file(listen_fd.get());
  }
  shards_.clear();
}

}  // namespace hpserver

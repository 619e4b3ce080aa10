#include "addon/inline/shared_server.h"

#include <fcntl.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "addon/registry.h"
#include "hpserver/socket/listening_sockets.h"

namespace hpserver::binding {

Result<std::shared_ptr<SharedServer>> SharedServer::open(const Options& options,
                                                         Address& failed_at) {
  auto server =
      std::make_shared<SharedServer>(std::make_shared<ConnectionBudget>(options.max_connections));
  server->listen_fds_.resize(options.shards);
  for (const Address& address : options.listen) {
    failed_at = address;
    auto sockets = ListeningSockets::bind(address, options.listen_options, options.shards);
    if (!sockets) return sockets.error();
    server->addresses_.push_back(sockets->address());
    const auto spread = std::move(*sockets).spread(server->listen_fds_);
    if (!spread) return spread.error();
  }
  add(server);
  return server;
}

void SharedServer::add(const std::shared_ptr<SharedServer>& server) {
  server->id_ = Registry<SharedServer>::instance().add(server);
}

std::shared_ptr<SharedServer> SharedServer::find(std::uint32_t id) {
  return Registry<SharedServer>::instance().find(id);
}

Result<std::vector<Fd>> SharedServer::shard(std::size_t index) {
  const std::lock_guard lock(mutex_);
  if (index >= listen_fds_.size()) return Error{EBADF, "listen"};
  std::vector<Fd> copies;
  for (const Fd& listen_fd : listen_fds_[index]) {
    Fd copy(::fcntl(listen_fd.get(), F_DUPFD_CLOEXEC, 0));
    if (!copy) return last_error("fcntl");
    copies.push_back(std::move(copy));
  }
  return copies;
}

void SharedServer::close_listeners() {
  {
    const std::lock_guard lock(mutex_);
    listen_fds_.clear();
  }
  Registry<SharedServer>::instance().remove(id_);
}

Result<void> SharedServer::join(Loop& loop) {
  const auto opened = loop.open_mailbox();
  if (!opened) return opened;
  const std::lock_guard lock(mutex_);
  loops_.push_back(&loop);
  waiting_.give_to([&loop](Fd& conn_fd) {
    loop.send(std::move(conn_fd));
    return true;
  });
  return {};
}

void SharedServer::leave(Loop& loop) {
  const std::lock_guard lock(mutex_);
  std::erase(loops_, &loop);
}

void SharedServer::dispatch(Fd conn_fd, Notices& notices) {
  const std::lock_guard lock(mutex_);
  if (!loops_.empty()) {
    least_loaded().send(std::move(conn_fd));
  } else {
    waiting_.add(std::move(conn_fd), notices);
  }
}

void SharedServer::give_up_waiting(Notices& notices) {
  const std::lock_guard lock(mutex_);
  waiting_.close_all(notices);
}

Loop& SharedServer::least_loaded() {
  const auto found = chooser_.among(loops_.size(), [this](std::size_t index) {
    return std::optional(loops_[index]->open_count());
  });
  return *loops_[found.value_or(0)];
}

}  // namespace hpserver::binding

#include "hpserver/concurrency/side_server.h"

#include <unistd.h>

#include <utility>

#include "hpserver/os/thread.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/listening_sockets.h"
#include "hpserver/transport/make_reactor.h"

namespace hpserver {

namespace {

using std::chrono::milliseconds;

constexpr int kBacklog = 64;
constexpr mode_t kOwnersAlone = 0600;

ServerOptions small_options() {
  ServerOptions options;
  options.limits.max_connections = SideServer::kMaxConnections;
  options.limits.deadlines.header_timeout = milliseconds{5'000};
  options.limits.deadlines.write_timeout = milliseconds{10'000};
  // A client that polls every minute keeps its connection.
  options.limits.deadlines.idle_timeout = milliseconds{75'000};
  return options;
}

}  // namespace

Result<std::unique_ptr<SideServer>> SideServer::create(
    std::function<std::unique_ptr<Service>()> make_service) {
  std::unique_ptr<SideServer> server(new SideServer);
  const ServerParts parts{.make_io = make_reactor<EpollPoller, Trigger::edge>,
                          .make_service = std::move(make_service)};
  auto loop = Loop::create(parts, small_options(), server->budget_);
  if (!loop) return loop.error();
  server->loop_ = std::move(*loop);
  return server;
}

SideServer::SideServer() : budget_(kMaxConnections), parent_timer_([this] { turn(); }) {}

SideServer::~SideServer() {
  if (loop_ == nullptr) return;
  for (const int listen_fd : listen_fds_) remove_socket_file(listen_fd);
  if (thread_.joinable()) {
    loop_->event_loop().stop();
    thread_.join();
  } else {
    loop_->close_all();
  }
}

Result<void> SideServer::listen(const Address& address) {
  auto sockets = ListeningSockets::bind(address, {.backlog = kBacklog, .unix_mode = kOwnersAlone});
  if (!sockets) return sockets.error();
  addresses_.push_back(sockets->address());
  std::vector<std::vector<Fd>> owners(1);
  const auto spread = std::move(*sockets).spread(owners);
  if (!spread) return spread;
  for (Fd& listen_fd : owners.front()) {
    listen_fds_.push_back(listen_fd.get());
    const auto listening = loop_->listen(std::move(listen_fd));
    if (!listening) return listening;
  }
  return {};
}

Result<void> SideServer::run_on_thread() {
  // Its loop can only fail for lack of memory: then it stops answering, and the server goes on.
  auto thread = start_thread("admin", [this] { static_cast<void>(loop_->run()); });
  if (!thread) return thread.error();
  thread_ = std::move(*thread);
  return {};
}

Result<void> SideServer::run_within(EventLoop& parent) {
  parent_ = &parent;
  watch_ = std::make_unique<Watch>(parent, *this);
  return watch_->want(loop_->event_loop().native_handle(), {.readable = true});
}

void SideServer::abandon() noexcept {
  for (const int listen_fd : listen_fds_) ::close(listen_fd);
  loop_->connections().abandon();
  ::close(loop_->event_loop().native_handle());
}

void SideServer::on_ready(Ready) {
  turn();
}

// The parent must not sleep past this loop's next timer.
void SideServer::turn() {
  EventLoop& loop = loop_->event_loop();
  static_cast<void>(loop.turn(milliseconds::zero()));
  const auto sleep = loop.sleep_time();
  if (sleep.count() >= 0) parent_->schedule(parent_timer_, parent_->now() + sleep);
}

}  // namespace hpserver

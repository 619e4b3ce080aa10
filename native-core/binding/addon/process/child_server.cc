#include "addon/process/child_server.h"

#include <cerrno>
#include <optional>
#include <utility>

#include "hpserver/event/heartbeat.h"

namespace hpserver::binding {

namespace {

// For the JavaScript thread that creates the server: kept between two consecutive calls.
std::optional<Inheritance>& left_behind() {
  static std::optional<Inheritance> instance;
  return instance;
}

}  // namespace

void ChildServer::inherit(Inheritance inheritance) {
  left_behind().emplace(std::move(inheritance));
}

Result<std::unique_ptr<ChildServer>> ChildServer::create(const ServerParts& parts,
                                                         const ServerOptions& options) {
  if (!left_behind()) return Error{EINVAL, "inherit"};
  std::unique_ptr<ChildServer> server(new ChildServer(std::move(*left_behind()), options));
  left_behind().reset();
  const auto opened = server->open(parts, options);
  if (!opened) return opened.error();
  return server;
}

Result<void> ChildServer::open(const ServerParts& parts, const ServerOptions& options) {
  budget_ = inheritance_.shares->make_budget(inheritance_.index, options.limits.max_connections);
  inheritance_.share_counts(options.limits.peer_limit.get(), options.meters.get());
  auto loop = Loop::create(parts, options, *budget_);
  if (!loop) return loop.error();
  loop_ = std::move(*loop);
  keep_addresses(inheritance_.addresses);
  for (Fd& listen_fd : inheritance_.listen_fds) {
    const auto accepting = accept_from(0, std::move(listen_fd));
    if (!accepting) return accepting;
  }
  if (!inheritance_.handover) return {};
  auto intake =
      Intake::create(*loop_, std::move(inheritance_.handover), inheritance_.share().received_count);
  if (!intake) return intake.error();
  intake_ = std::move(*intake);
  return {};
}

Result<void> ChildServer::accept_from(std::size_t /*acceptor*/, Fd listen_fd) {
  return loop_->listen(std::move(listen_fd));
}

Result<void> ChildServer::run(const SignalHub&) {
  const Heartbeat heartbeat(loop_->event_loop(), inheritance_.share().pulse);
  return loop_->run();
}

void ChildServer::drain() {
  loop_->event_loop().post([this] { begin_drain(); });
}

void ChildServer::end() {
  loop_->event_loop().post([this] {
    loop_->close_all();
    loop_->event_loop().stop();
  });
}

void ChildServer::begin_drain() {
  if (intake_ != nullptr) intake_->close();
  // The parent has the sockets too, and stops listening itself.
  loop_->drain([this] { loop_->event_loop().stop(); }, Listening::goes_on);
}

}  // namespace hpserver::binding

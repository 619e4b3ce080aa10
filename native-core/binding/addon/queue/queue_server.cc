#include "addon/queue/queue_server.h"

#include <algorithm>
#include <string>
#include <utility>

#include "addon/js/js_error.h"
#include "addon/queue/queue_handler.h"
#include "addon/registry.h"
#include "hpserver/base/trace.h"
#include "hpserver/os/thread.h"

namespace hpserver::binding {

namespace {

// The names in "/users/:id/*": "id" and "*".
std::vector<std::string> param_names_in(const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (path[begin] == ':') names.push_back(path.substr(begin + 1, end - begin - 1));
    if (path[begin] == '*') names.emplace_back("*");
    begin = end + 1;
  }
  return names;
}

}  // namespace

Result<std::shared_ptr<QueueServer>> QueueServer::create(Options options, const MakeServer& make) {
  // The services open the same files later, where errors can't be reported.
  const auto tried = options.http.make_options();
  if (!tried) return tried.error();
  auto self = std::make_shared<QueueServer>(std::move(options));
  ServerParts parts;
  parts.make_service = [&self = *self]() -> std::unique_ptr<Service> {
    auto http = self.http().make_options();
    return std::make_unique<http::HttpService>(self.router_,
                                               http ? std::move(*http) : http::HttpOptions{});
  };
  auto server = make(parts, self->options_.server);
  if (!server) return server.error();
  self->server_ = std::move(*server);
  self->id_ = Registry<QueueServer>::instance().add(self);
  return self;
}

std::shared_ptr<QueueServer> QueueServer::find(std::uint32_t id) {
  return Registry<QueueServer>::instance().find(id);
}

void QueueServer::stop() {
  if (!thread_.joinable()) return;
  server_->end();
  thread_.join();
}

bool QueueServer::declare(Napi::Env env, std::vector<RouteText> routes) {
  const std::lock_guard lock(routes_mutex_);
  if (routes_.empty()) {
    const auto make = [&](std::uint32_t route) {
      return std::make_unique<QueueHandler>(queue_, route, param_names_in(routes[route].path));
    };
    if (!add_routes(env, routes, make, *router_)) return false;
    routes_ = std::move(routes);
    return true;
  }
  if (routes == routes_) return true;
  throw_type_error(env, "all workers of a server have the same routes, in the same order");
  return false;
}

void QueueServer::run(std::function<void(std::optional<Error>)> on_ended) {
  auto thread = start_thread("acceptor", [this, on_ended] {
    trace_as("main");
    const auto served = server_->run({});
    on_ended(served ? std::nullopt : std::optional(served.error()));
  });
  if (!thread) return on_ended(thread.error());
  thread_ = std::move(*thread);
}

void QueueServer::close() {
  Registry<QueueServer>::instance().remove(id_);
}

}  // namespace hpserver::binding

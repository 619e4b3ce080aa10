#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "addon/queue/request_queue.h"
#include "addon/queue/shared_files.h"
#include "addon/settings/routes.h"
#include "addon/settings/server_settings.h"
#include "hpserver/base/result.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/protocol/http/router.h"

namespace hpserver::binding {

// A native server on threads of its own, and the request queue between it and JavaScript threads,
// which find it by its number, since no JavaScript value crosses them. It takes no signals: they
// are Node's.
class QueueServer {
 public:
  struct Options {
    ServerOptions server;
    HttpSettings http;
    std::size_t queue_capacity = 0;
  };
  using MakeServer =
      std::function<Result<std::unique_ptr<Server>>(const ServerParts&, const ServerOptions&)>;

  // Errors: those of `make`, and of HttpSettings::make_options.
  static Result<std::shared_ptr<QueueServer>> create(Options options, const MakeServer& make);
  // Any thread: the server with this number; null once it is closed.
  static std::shared_ptr<QueueServer> find(std::uint32_t id);

  explicit QueueServer(Options options)
      : options_(std::move(options)),
        queue_(options_.queue_capacity, options_.server.limits.make_shedder
                                            ? options_.server.limits.make_shedder()
                                            : nullptr) {
    queue_.count_with(options_.server.meter_of(0));
  }
  ~QueueServer() { stop(); }

  QueueServer(const QueueServer&) = delete;
  QueueServer& operator=(const QueueServer&) = delete;

  [[nodiscard]] std::uint32_t id() const noexcept { return id_; }
  [[nodiscard]] Server& server() noexcept { return *server_; }
  [[nodiscard]] RequestQueue& queue() noexcept { return queue_; }
  [[nodiscard]] SharedFolders& folders() noexcept { return folders_; }
  [[nodiscard]] const std::shared_ptr<CallWatch>& call_watch() const noexcept {
    return options_.server.call_watch;
  }
  [[nodiscard]] const HttpSettings& http() const noexcept { return options_.http; }

  // Any JavaScript thread, before it takes requests: the first one's routes are the server's, the
  // others have the same. Throws, and returns false, where a route cannot be or is another.
  bool declare(Napi::Env env, std::vector<RouteText> routes);

  // Serves from now on, once; `on_ended` is called on a thread of our own when all is over: after
  // a drain, or with what went wrong. The main thread.
  void run(std::function<void(std::optional<Error>)> on_ended);

  // Ends what still runs: every connection at once. Blocks for a moment. The main thread.
  void stop();
  // The number is forgotten; whoever has the server keeps it.
  void close();

 private:
  Options options_;
  std::uint32_t id_ = 0;
  RequestQueue queue_;
  SharedFolders folders_;
  std::mutex routes_mutex_;
  std::vector<RouteText> routes_;
  // Filled before `run`, while nobody matches.
  std::shared_ptr<http::Router> router_ = std::make_shared<http::Router>();
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

}  // namespace hpserver::binding

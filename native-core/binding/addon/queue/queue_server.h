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

// A native server on its own threads, and the request queue between it and JavaScript threads,
// which find it by its number, since JavaScript values can't be passed between threads. It handles
// no signals: Node does.
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
  // Any thread: returns the server with this number; null once it is closed.
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

  // Any JavaScript thread, before it takes requests: the first one's routes become the server's,
  // and the others must have the same. If a route is invalid or differs, throws and returns false.
  bool declare(Napi::Env env, std::vector<RouteText> routes);

  // Starts serving, once; `on_ended` is called on one of our threads when everything is over: after
  // a drain, or with the error. The main thread.
  void run(std::function<void(std::optional<Error>)> on_ended);

  // Stops at once by closing every connection. Blocks for a moment. The main thread.
  void stop();
  // The number becomes invalid; existing references stay valid.
  void close();

 private:
  Options options_;
  std::uint32_t id_ = 0;
  RequestQueue queue_;
  SharedFolders folders_;
  std::mutex routes_mutex_;
  std::vector<RouteText> routes_;
  // Filled before `run`, while no thread matches.
  std::shared_ptr<http::Router> router_ = std::make_shared<http::Router>();
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

}  // namespace hpserver::binding

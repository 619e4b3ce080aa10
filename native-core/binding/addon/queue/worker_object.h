#pragma once

#include <napi.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "addon/exchange/exchange.h"
#include "addon/exchange/js_calls.h"
#include "addon/queue/inbox.h"
#include "addon/queue/queue_server.h"
#include "addon/queue/queued_exchange.h"
#include "addon/uv/uv_wake.h"
#include "hpserver/event/call_watch.h"

namespace hpserver::binding {

// `new Worker(server, routes, calls)`: takes requests from the server's queue and processes them on
// this JavaScript thread. Stays alive until it is closed.
class WorkerObject final : public Napi::ObjectWrap<WorkerObject>, public QueueHost {
 public:
  // Adds the class `Worker`.
  static void add_to(Napi::Env env, Napi::Object exports);

  explicit WorkerObject(const Napi::CallbackInfo& call);
  ~WorkerObject() override;

  JsCalls& calls() override { return *calls_; }
  SharedFolders& folders() override { return server_->folders(); }

 private:
  void close(const Napi::CallbackInfo& call);

  void open(const Napi::CallbackInfo& call);
  void on_wake();
  void hear_notices();
  [[nodiscard]] bool has_waited_too_long(const QueueEntry& entry) const;
  [[nodiscard]] bool take_requests();
  void on_teardown();
  void close_now();

  std::shared_ptr<QueueServer> server_;
  std::unique_ptr<JsCalls> calls_;
  std::unique_ptr<UvWake> wake_;
  std::shared_ptr<Inbox> inbox_;
  ExchangeTable* exchanges_ = nullptr;
  std::vector<Notice> notices_;
  std::vector<QueueEntry> entries_;
  std::vector<std::string> route_names_;  // "GET /users/:id"
  CallMark mark_;
  std::optional<WatchedMark> watched_;
  bool working_ = false;
  bool closing_ = false;
};

}  // namespace hpserver::binding

#pragma once

#include <napi.h>

#include <memory>
#include <mutex>
#include <optional>

#include "addon/queue/queue_server.h"
#include "addon/uv/uv_wake.h"
#include "hpserver/base/error.h"

namespace hpserver::binding {

// `new Server(options)`: listens; serves, on native threads, from `run` to the end of `drain`.
// For the JavaScript thread that created it; keeps its event loop alive until then.
class ServerObject final : public Napi::ObjectWrap<ServerObject> {
 public:
  // Adds the class `Server`.
  static void add_to(Napi::Env env, Napi::Object exports);

  explicit ServerObject(const Napi::CallbackInfo& call);
  ~ServerObject() override;

 private:
  void run(const Napi::CallbackInfo& call);
  void drain(const Napi::CallbackInfo& call);
  void close(const Napi::CallbackInfo& call);
  void reopen_access_log(const Napi::CallbackInfo& call);

  void open(const Napi::CallbackInfo& call);
  [[nodiscard]] bool listen(Napi::Env env, const std::vector<Address>& addresses);
  void on_ended();
  void close_now();

  std::shared_ptr<QueueServer> server_;
  std::unique_ptr<UvWake> wake_;
  Napi::FunctionReference on_ended_;
  std::mutex mutex_;
  bool ended_ = false;            // guarded
  std::optional<Error> failure_;  // guarded
};

}  // namespace hpserver::binding

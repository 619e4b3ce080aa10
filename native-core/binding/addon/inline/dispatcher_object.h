#pragma once

#include <napi.h>

#include <memory>
#include <optional>
#include <vector>

#include "addon/inline/shared_server.h"
#include "addon/uv/uv_driver.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver::binding {

// `new Dispatcher(server)`: accepts on this JavaScript thread, inside libuv's loop, and passes
// every connection to one of the loops that have joined the server on other threads. Connections
// never touch JavaScript here. Stays alive until it is closed.
// See: POSA2, Half-Sync/Half-Async.
class DispatcherObject final : public Napi::ObjectWrap<DispatcherObject>, public UvDriver::Owner {
 public:
  // Adds the class `Dispatcher`.
  static void add_to(Napi::Env env, Napi::Object exports);

  explicit DispatcherObject(const Napi::CallbackInfo& call);
  ~DispatcherObject() override;

  void after_turn() override;
  void on_teardown() override { close_now(); }

 private:
  // Dispatches the backlog, then stops listening.
  void close(const Napi::CallbackInfo& call);

  void open(const Napi::CallbackInfo& call);
  Result<void> start(Napi::Env env);
  void close_now();

  std::shared_ptr<SharedServer> server_;
  std::optional<IoUnit> io_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::unique_ptr<UvDriver> driver_;
  bool closing_ = false;
};

}  // namespace hpserver::binding

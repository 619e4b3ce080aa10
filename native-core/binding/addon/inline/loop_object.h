#pragma once

#include <napi.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "addon/environment.h"
#include "addon/exchange/exchange.h"
#include "addon/inline/exchange_host.h"
#include "addon/inline/shared_server.h"
#include "addon/settings/access_log_file.h"
#include "addon/uv/uv_driver.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/event/heartbeat.h"
#include "hpserver/event/watchdog.h"
#include "hpserver/protocol/http/router.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/protocol/http/static_files.h"

namespace hpserver::binding {

// `new Loop(server, options, routes, calls)`: serves connections on this JavaScript thread, by a
// loop inside libuv's. Stays alive until it is closed.
class LoopObject final : public Napi::ObjectWrap<LoopObject>,
                         public ExchangeHost,
                         public UvDriver::Owner {
 public:
  // Adds the class `Loop`.
  static void add_to(Napi::Env env, Napi::Object exports);

  explicit LoopObject(const Napi::CallbackInfo& call);
  ~LoopObject() override;

  void enter() override;
  http::HttpService& service() override { return *service_; }
  JsCalls& calls() override { return *calls_; }
  bool may_call_handler() const override;
  void postpone(double exchange) override;
  Result<http::StaticFiles*> files_below(const std::string& root) override;

  void on_turn() override;
  void after_turn() override;
  void on_teardown() override;

 private:
  // The methods of the JavaScript object.
  void listen(const Napi::CallbackInfo& call);
  void join(const Napi::CallbackInfo& call);
  void drain(const Napi::CallbackInfo& call);
  void close(const Napi::CallbackInfo& call);
  void reopen_access_log(const Napi::CallbackInfo& call);

  void open(const Napi::CallbackInfo& call);
  Result<void> start(const Napi::Object& options, std::shared_ptr<const http::Router> router);
  void be_watched(std::shared_ptr<Watchdog> watchdog);
  void tell_neighbours(std::function<void()> enter) const;
  void close_now();

  std::shared_ptr<SharedServer> server_;
  std::shared_ptr<AccessLogFile> access_log_;
  std::unique_ptr<JsCalls> calls_;
  std::unique_ptr<Loop> loop_;
  http::HttpService* service_ = nullptr;  // the loop's
  std::optional<WatchedLoop> watched_;
  std::optional<Heartbeat> heartbeat_;  // for the parent process
  std::unique_ptr<UvDriver> driver_;
  std::map<std::string, std::unique_ptr<http::StaticFiles>> files_;
  Napi::FunctionReference on_drained_;
  Environment* environment_ = nullptr;
  std::vector<double> postponed_;  // exchanges whose handlers must be called
  std::vector<double> due_;        // this turn's postponed ones; kept for its capacity
  bool joined_ = false;
  bool closing_ = false;
};

}  // namespace hpserver::binding

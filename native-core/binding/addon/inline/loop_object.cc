#include "addon/inline/loop_object.h"

#include <utility>

#include "addon/architecture.h"
#include "addon/environment.h"
#include "addon/inline/loop_exchange.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/settings/routes.h"
#include "addon/settings/server_settings.h"

namespace hpserver::binding {

namespace {

// How many folders handlers may name at a time. Each has a descriptor: roots made from request
// input would otherwise use them all up.
constexpr std::size_t kMaxFolders = 64;

}  // namespace

void LoopObject::add_to(Napi::Env env, Napi::Object exports) {
  const auto loop = DefineClass(
      env, "Loop",
      {InstanceMethod<&LoopObject::listen>("listen"), InstanceMethod<&LoopObject::join>("join"),
       InstanceMethod<&LoopObject::drain>("drain"), InstanceMethod<&LoopObject::close>("close"),
       InstanceMethod<&LoopObject::reopen_access_log>("reopenAccessLog")});
  exports.Set("Loop", loop);
}

LoopObject::LoopObject(const Napi::CallbackInfo& call) : ObjectWrap(call) {
  open(call);
}

void LoopObject::open(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  server_ = SharedServer::find(call[0].As<Napi::Number>().Uint32Value());
  if (server_ == nullptr) return throw_type_error(env, "the server of this loop is closed");
  const auto calls = call[3].As<Napi::Object>();
  calls_ = std::make_unique<JsCalls>(env, calls.Get("onRequest"), calls.Get("onEvent"));
  auto router = std::make_shared<http::Router>();
  environment_ = env.GetInstanceData<Environment>();
  auto& exchanges = environment_->exchanges;
  const auto make = [&](std::uint32_t route) {
    return std::make_unique<JsHandler>(exchanges, *this, route);
  };
  if (!add_routes(env, routes_of(call[2].As<Napi::Array>()), make, *router)) return;
  const auto options = call[1].As<Napi::Object>();
  const auto started = start(options, std::move(router));
  if (!started) return throw_error(env, started.error(), explain(started.error(), options));
  // While it is open, libuv's handles point here, so the object must not be collected.
  Ref();
}

LoopObject::~LoopObject() {
  close_now();
}

Result<void> LoopObject::start(const Napi::Object& options,
                               std::shared_ptr<const http::Router> router) {
  auto settings = http_settings_of(options);
  if (!settings) return settings.error();
  access_log_ = settings->access_log;
  auto http = settings->make_options();
  if (!http) return http.error();
  ServerParts parts;
  parts.make_io = make_io;
  parts.make_service = [&]() -> std::unique_ptr<Service> {
    auto service = std::make_unique<http::HttpService>(std::move(router), std::move(*http));
    service_ = service.get();
    Neighbours* const neighbours = Env().GetInstanceData<Environment>()->neighbours.get();
    if (neighbours == nullptr) return service;
    neighbours->serve_at(server_->addresses());
    return neighbours->beside(std::move(service));
  };
  auto server_options = server_options_of(options);
  // A single loop may have all connections.
  server_options.limits.max_connections = server_->budget().max_count();
  auto loop = Loop::create(parts, server_options, server_->budget());
  if (!loop) return loop.error();
  auto driver = UvDriver::create(Env(), (*loop)->event_loop(), *this);
  if (!driver) return driver.error();
  loop_ = std::move(*loop);
  driver_ = std::move(*driver);
  be_watched(std::move(server_options.watchdog));
  tell_neighbours([this] { enter(); });
  return {};
}

void LoopObject::be_watched(std::shared_ptr<Watchdog> watchdog) {
  driver_->enter();
  watched_.emplace(loop_->event_loop(), std::move(watchdog), "a JavaScript thread",
                   WatchedLoop::Role::worker);
  if (Pulse* const pulse = server_->pulse()) heartbeat_.emplace(loop_->event_loop(), *pulse);
}

void LoopObject::tell_neighbours(std::function<void()> enter) const {
  Neighbours* const neighbours = Env().GetInstanceData<Environment>()->neighbours.get();
  if (neighbours != nullptr) neighbours->enter_by(std::move(enter));
}

// The loop outlives its driver, and checks its mailbox once more: connections that arrive that late
// are closed with it.
void LoopObject::enter() {
  if (driver_ != nullptr) driver_->enter();
}

bool LoopObject::may_call_handler() const {
  return driver_ != nullptr && driver_->in_turn() && environment_->calls_under_way == 0;
}

void LoopObject::postpone(double exchange) {
  if (driver_ == nullptr) return;
  postponed_.push_back(exchange);
  driver_->turn_soon();
}

void LoopObject::on_turn() {
  due_.swap(postponed_);
  for (const double number : due_) {
    Exchange* const exchange = environment_->exchanges.find(number);
    if (exchange != nullptr) static_cast<LoopExchange*>(exchange)->call_postponed();
  }
  due_.clear();
}

Result<http::StaticFiles*> LoopObject::files_below(const std::string& root) {
  const auto present = files_.find(root);
  if (present != files_.end()) return present->second.get();
  auto opened = http::StaticFiles::create(root);
  if (!opened) return opened.error();
  // Answers that are still being sent keep their own files open, so a folder can safely be dropped.
  if (files_.size() == kMaxFolders) files_.erase(files_.begin());
  return files_.emplace(root, std::move(*opened)).first->second.get();
}

void LoopObject::listen(const Napi::CallbackInfo& call) {
  if (loop_ == nullptr) return;
  auto listen_fds = server_->shard(call[0].As<Napi::Number>().Uint32Value());
  if (!listen_fds) {
    return throw_error(call.Env(), listen_fds.error(), listen_fds.error().message());
  }
  driver_->enter();
  for (Fd& listen_fd : *listen_fds) {
    const auto listening = loop_->listen(std::move(listen_fd));
    if (!listening) {
      return throw_error(call.Env(), listening.error(), listening.error().message());
    }
  }
}

void LoopObject::join(const Napi::CallbackInfo& call) {
  if (loop_ == nullptr || joined_) return;
  driver_->enter();
  const auto joined = server_->join(*loop_);
  if (!joined) return throw_error(call.Env(), joined.error(), joined.error().message());
  joined_ = true;
}

void LoopObject::drain(const Napi::CallbackInfo& call) {
  if (loop_ == nullptr) return;
  on_drained_ = Napi::Persistent(call[0].As<Napi::Function>());
  driver_->enter();
  if (joined_) server_->before_drain(*loop_);
  const auto on_drained = [this] {
    if (closing_) return;
    // A callback scope is already open: the turn's, or that of our JavaScript caller.
    on_drained_.Call({});
    report_pending(Env());
  };
  loop_->drain(on_drained, server_->after_drain());
}

void LoopObject::close(const Napi::CallbackInfo&) {
  if (driver_ != nullptr && driver_->in_turn()) {
    closing_ = true;
  } else {
    close_now();
  }
}

void LoopObject::reopen_access_log(const Napi::CallbackInfo& call) {
  if (access_log_ == nullptr) return;
  const auto reopened = access_log_->reopen();
  if (!reopened) throw_error(call.Env(), reopened.error(), reopened.error().message());
}

void LoopObject::after_turn() {
  if (closing_) close_now();
}

void LoopObject::on_teardown() {
  calls_->silence();
  close_now();
}

void LoopObject::close_now() {
  if (loop_ == nullptr) return;
  closing_ = true;
  if (joined_) server_->leave(*loop_);
  tell_neighbours(nullptr);
  postponed_.clear();
  loop_->close_all();
  driver_.reset();
  watched_.reset();
  heartbeat_.reset();
  loop_.reset();
  service_ = nullptr;
  files_.clear();
  access_log_.reset();
  on_drained_.Reset();
  Unref();
}

}  // namespace hpserver::binding

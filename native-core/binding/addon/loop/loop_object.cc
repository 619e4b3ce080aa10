#include "addon/loop/loop_object.h"

#include <array>
#include <string_view>
#include <utility>

#include "addon/environment.h"
#include "addon/exchange/js_handler.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"

namespace hpserver::binding {

namespace {

http::Method method_of(std::string_view name) {
  for (std::size_t index = 0; index < http::kMethodNames.size(); ++index) {
    if (http::kMethodNames[index] == name) return static_cast<http::Method>(index);
  }
  return http::Method::other;
}

std::string_view meaning_of(http::RouteProblem problem) {
  switch (problem) {
    case http::RouteProblem::malformed:
      return "a path begins with '/', names are unique, and '*' stands at its end";
    case http::RouteProblem::too_many_params:
      return "a path has 8 names at most";
    case http::RouteProblem::duplicate:
      return "another route has the same path";
    default:
      return "no route can have this method";
  }
}

// What stood in the way: of all that a loop opens, two things have a name that the user gave.
std::string explain(const Error& error, const Napi::Object& options) {
  if (std::string_view(error.operation) != "open") return error.message();
  return error.message() + ": look at the root (" + text_of(options, "root") +
         ") and the access log (" + text_of(options, "accessLog") + ")";
}

ServerOptions server_options(const Napi::Object& options) {
  ServerOptions result;
  result.trigger = text_of(options, "trigger") == "level" ? Trigger::level : Trigger::edge;
  result.limits.header_timeout = time_of(options, "headerTimeoutMs");
  result.limits.body_timeout = time_of(options, "bodyTimeoutMs");
  result.limits.idle_timeout = time_of(options, "idleTimeoutMs");
  result.limits.write_timeout = time_of(options, "writeTimeoutMs");
  result.drain_timeout = time_of(options, "drainTimeoutMs");
  return result;
}

}  // namespace

Napi::Function LoopObject::define(Napi::Env env) {
  return DefineClass(
      env, "Loop",
      {InstanceMethod<&LoopObject::listen>("listen"), InstanceMethod<&LoopObject::join>("join"),
       InstanceMethod<&LoopObject::drain>("drain"), InstanceMethod<&LoopObject::close>("close"),
       InstanceMethod<&LoopObject::reopen_access_log>("reopenAccessLog")});
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
  auto router = make_router(call[2].As<Napi::Array>());
  if (router == nullptr) return;
  const auto options = call[1].As<Napi::Object>();
  const auto started = start(options, std::move(router));
  if (!started) return throw_error(env, started.error(), explain(started.error(), options));
  // While it is open, libuv's handles lead here: the object must not be collected.
  Ref();
}

LoopObject::~LoopObject() {
  close_now();
}

// Null where a route is wrong, which has been thrown then.
std::shared_ptr<const http::Router> LoopObject::make_router(const Napi::Array& routes) {
  const Napi::Env env = Env();
  auto& exchanges = env.GetInstanceData<Environment>()->exchanges;
  auto router = std::make_shared<http::Router>();
  for (std::uint32_t index = 0; index < routes.Length(); ++index) {
    const auto route = routes.Get(index).As<Napi::Object>();
    const std::string path = text_of(route, "path");
    const http::Method method = method_of(text_of(route, "method"));
    const http::RouteProblem problem = router->check(method, path);
    if (problem != http::RouteProblem::none) {
      throw_type_error(env, "route " + path + ": " + std::string(meaning_of(problem)));
      return nullptr;
    }
    router->add(method, path, std::make_unique<JsHandler>(exchanges, *this, index),
                http::BodyMode::streamed);
  }
  return router;
}

Result<void> LoopObject::start(const Napi::Object& options,
                               std::shared_ptr<const http::Router> router) {
  auto http = http_options(options);
  if (!http) return http.error();
  ServerParts parts;
  parts.make_poller = make_poller<EpollPoller>;
  parts.make_service = [&] {
    auto service = std::make_unique<http::HttpService>(std::move(router), std::move(*http));
    service_ = service.get();
    return service;
  };
  auto loop = Loop::create(parts, server_options(options), server_->budget());
  if (!loop) return loop.error();
  auto driver = UvDriver::create(Env(), (*loop)->reactor(), *this);
  if (!driver) return driver.error();
  loop_ = std::move(*loop);
  driver_ = std::move(*driver);
  return {};
}

Result<http::HttpOptions> LoopObject::http_options(const Napi::Object& options) {
  http::HttpOptions result;
  result.limits.max_body_bytes = size_of(options, "maxBodyBytes");
  auto files = http::StaticFiles::create(text_of(options, "root"));
  if (!files) return files.error();
  result.files = std::move(*files);
  const std::string access_log = text_of(options, "accessLog");
  if (access_log.empty()) return result;
  auto log = AccessLogFile::open(access_log);
  if (!log) return log.error();
  access_log_ = std::move(*log);
  result.access_log = access_log_.get();
  return result;
}

Result<http::StaticFiles*> LoopObject::files_below(const std::string& root) {
  auto& files = files_[root];
  if (files == nullptr) {
    auto opened = http::StaticFiles::create(root);
    if (!opened) return opened.error();
    files = std::move(*opened);
  }
  return files.get();
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
  const auto opened = loop_->open_mailbox();
  if (!opened) return throw_error(call.Env(), opened.error(), opened.error().message());
  server_->join(*loop_);
  joined_ = true;
}

void LoopObject::drain(const Napi::CallbackInfo& call) {
  if (loop_ == nullptr) return;
  on_drained_ = Napi::Persistent(call[0].As<Napi::Function>());
  driver_->enter();
  loop_->drain([this] {
    if (closing_) return;
    // A callback scope is open already: the turn's, or that of our JavaScript caller.
    on_drained_.Call({});
    report_pending(Env());
  });
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
  loop_->close_all();
  driver_.reset();
  loop_.reset();
  service_ = nullptr;
  files_.clear();
  access_log_.reset();
  on_drained_.Reset();
  Unref();
}

}  // namespace hpserver::binding

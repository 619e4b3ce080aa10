#include "addon/loop/dispatcher_object.h"

#include <utility>

#include "addon/js/js_error.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"

namespace hpserver::binding {

Napi::Function DispatcherObject::define(Napi::Env env) {
  return DefineClass(env, "Dispatcher", {InstanceMethod<&DispatcherObject::close>("close")});
}

DispatcherObject::DispatcherObject(const Napi::CallbackInfo& call) : ObjectWrap(call) {
  open(call);
}

void DispatcherObject::open(const Napi::CallbackInfo& call) {
  server_ = SharedServer::find(call[0].As<Napi::Number>().Uint32Value());
  if (server_ == nullptr) return throw_type_error(call.Env(), "the server is closed");
  const auto opened = start(call.Env());
  if (!opened) return throw_error(call.Env(), opened.error(), opened.error().message());
  Ref();
}

DispatcherObject::~DispatcherObject() {
  close_now();
}

Result<void> DispatcherObject::start(Napi::Env env) {
  auto poller = make_poller<EpollPoller>();
  if (!poller) return poller.error();
  auto reactor = Reactor::create(std::move(*poller));
  if (!reactor) return reactor.error();
  reactor_ = std::move(*reactor);
  auto listen_fds = server_->shard(0);
  if (!listen_fds) return listen_fds.error();
  for (Fd& listen_fd : *listen_fds) {
    // Level-triggered: what one turn leaves in the backlog is reported again by the next.
    auto acceptor = Acceptor::create(
        *reactor_, std::move(listen_fd), Trigger::level,
        [server = server_.get()](Fd conn_fd) { server->dispatch(std::move(conn_fd)); });
    if (!acceptor) return acceptor.error();
    acceptors_.push_back(std::move(*acceptor));
  }
  auto driver = UvDriver::create(env, *reactor_, *this);
  if (!driver) return driver.error();
  driver_ = std::move(*driver);
  return {};
}

void DispatcherObject::close(const Napi::CallbackInfo&) {
  for (const auto& acceptor : acceptors_) acceptor->close();
  close_now();
}

void DispatcherObject::close_now() {
  if (driver_ == nullptr) return;
  driver_.reset();
  acceptors_.clear();
  reactor_.reset();
  Unref();
}

}  // namespace hpserver::binding

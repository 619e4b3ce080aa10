#include "addon/inline/dispatcher_object.h"

#include <utility>

#include "addon/architecture.h"
#include "addon/js/js_error.h"
#include "addon/notice/notice_board.h"
#include "hpserver/event/notices.h"

namespace hpserver::binding {

void DispatcherObject::add_to(Napi::Env env, Napi::Object exports) {
  exports.Set("Dispatcher",
              DefineClass(env, "Dispatcher", {InstanceMethod<&DispatcherObject::close>("close")}));
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
  auto io = make_io();
  if (!io) return io.error();
  io_.emplace(std::move(*io));
  io_->loop->notices().tell_to(NoticeBoard::put);
  auto listen_fds = server_->shard(0);
  if (!listen_fds) return listen_fds.error();
  for (Fd& listen_fd : *listen_fds) {
    auto listener = io_->transport->listen(
        std::move(listen_fd), [server = server_.get(), &notices = io_->loop->notices()](
                                  Fd conn_fd) { server->dispatch(std::move(conn_fd), notices); });
    if (!listener) return listener.error();
    listeners_.push_back(std::move(*listener));
  }
  auto driver = UvDriver::create(env, *io_->loop, *this);
  if (!driver) return driver.error();
  driver_ = std::move(*driver);
  return {};
}

void DispatcherObject::close(const Napi::CallbackInfo&) {
  for (const auto& listener : listeners_) listener->close(Listening::ends);
  if (io_) server_->give_up_waiting(io_->loop->notices());
  // An 'uncaughtException' listener may drain the server while our turn reports an error.
  if (driver_ != nullptr && driver_->in_turn()) {
    closing_ = true;
  } else {
    close_now();
  }
}

void DispatcherObject::after_turn() {
  if (closing_) close_now();
}

void DispatcherObject::close_now() {
  if (driver_ == nullptr) return;
  driver_.reset();
  listeners_.clear();
  io_.reset();
  Unref();
}

}  // namespace hpserver::binding

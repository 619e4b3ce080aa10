#include "addon/uv/uv_wake.h"

#include <cerrno>
#include <utility>

#include "addon/uv/uv_abi.h"
#include "addon/uv/uv_handle.h"

namespace hpserver::binding {

// The handle, and the hook that makes Node wait until it is closed.
class UvAsync {
 public:
  static Result<UvAsync*> open(napi_env env, UvWake& wake) {
    uv_loop_s* loop = nullptr;
    if (napi_get_uv_event_loop(env, &loop) != napi_ok)
      return Error{EINVAL, "napi_get_uv_event_loop"};
    std::unique_ptr<UvAsync> self(new UvAsync(env, wake));
    const int failure = uv_async_init(loop, self->handle_.get(), on_async);
    if (failure < 0) return Error{-failure, "uv_async_init"};
    uv_handle_set_data(self->handle_.get(), self.get());
    napi_add_async_cleanup_hook(env, on_cleanup, self.get(), &self->hook_);
    napi_value name = nullptr;
    napi_create_string_utf8(env, "hpserver", NAPI_AUTO_LENGTH, &name);
    napi_async_init(env, nullptr, name, &self->context_);
    // From now on libuv knows the handle, and `close` frees it.
    return self.release();
  }

  void send() noexcept { uv_async_send(handle_.get()); }
  void unref() noexcept { uv_unref(handle_.get()); }

  void close() {
    wake_ = nullptr;
    napi_async_destroy(env_, context_);
    uv_close(handle_.get(), on_closed);
  }

 private:
  UvAsync(napi_env env, UvWake& wake)
      : env_(env), wake_(&wake), handle_(allocate_handle(kUvAsync)) {}

  static UvAsync& of(const uv_handle_s* handle) {
    return *static_cast<UvAsync*>(uv_handle_get_data(handle));
  }

  static void on_async(uv_handle_s* handle) {
    const UvAsync& self = of(handle);
    if (self.wake_ == nullptr) return;
    const napi_env env = self.env_;
    napi_handle_scope handle_scope = nullptr;
    napi_callback_scope callback_scope = nullptr;
    napi_open_handle_scope(env, &handle_scope);
    napi_open_callback_scope(env, nullptr, self.context_, &callback_scope);
    // A copy, since the call may destroy its owner.
    const auto on_wake = self.wake_->callbacks_.on_wake;
    on_wake();
    napi_close_callback_scope(env, callback_scope);
    napi_close_handle_scope(env, handle_scope);
  }

  static void on_closed(uv_handle_s* handle) {
    UvAsync& self = of(handle);
    napi_remove_async_cleanup_hook(self.hook_);
    delete &self;
  }

  static void on_cleanup(napi_async_cleanup_hook_handle, void* self) {
    const UvAsync& async = *static_cast<UvAsync*>(self);
    if (async.wake_ == nullptr) return;
    // Node opens no handle scope for its hooks, and cleanup code may still use values.
    const napi_env env = async.env_;
    napi_handle_scope scope = nullptr;
    napi_open_handle_scope(env, &scope);
    const auto on_teardown = async.wake_->callbacks_.on_teardown;
    on_teardown();
    napi_close_handle_scope(env, scope);
  }

  napi_env env_;
  UvWake* wake_;
  UvHandle handle_;
  napi_async_context context_ = nullptr;
  napi_async_cleanup_hook_handle hook_ = nullptr;
};

Result<std::unique_ptr<UvWake>> UvWake::create(napi_env env, Callbacks callbacks) {
  std::unique_ptr<UvWake> wake(new UvWake(std::move(callbacks)));
  const auto async = UvAsync::open(env, *wake);
  if (!async) return async.error();
  wake->async_ = *async;
  return wake;
}

UvWake::~UvWake() {
  if (async_ != nullptr) async_->close();
}

void UvWake::wake() noexcept {
  async_->send();
}

void UvWake::unref() noexcept {
  async_->unref();
}

}  // namespace hpserver::binding

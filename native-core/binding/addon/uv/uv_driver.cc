#include "addon/uv/uv_driver.h"

#include <cerrno>
#include <utility>

#include "addon/js/js_error.h"
#include "addon/uv/uv_abi.h"
#include "addon/uv/uv_handle.h"

namespace hpserver::binding {

namespace {

// Another turn while there is work saves a trip through libuv; it delays timers and promises no
// more than one larger batch would.
constexpr int kTurnsPerCallback = 2;

}  // namespace

// The three handles of a driver, and the hook that makes Node wait until they are closed.
class UvHandles {
 public:
  static Result<UvHandles*> open(napi_env env, UvDriver& driver, int fd) {
    uv_loop_s* loop = nullptr;
    if (napi_get_uv_event_loop(env, &loop) != napi_ok)
      return Error{EINVAL, "napi_get_uv_event_loop"};
    std::unique_ptr<UvHandles> handles(new UvHandles(driver, loop));
    if (const int failure = uv_poll_init(loop, handles->poll_.get(), fd); failure < 0) {
      return Error{-failure, "uv_poll_init"};
    }
    uv_timer_init(loop, handles->timer_.get());
    uv_prepare_init(loop, handles->prepare_.get());
    napi_add_async_cleanup_hook(env, on_cleanup, handles.get(), &handles->hook_);
    handles->start(env);
    // From now on libuv knows the handles, and `close` frees them.
    return handles.release();
  }

  void close() {
    driver_ = nullptr;
    napi_async_destroy(env_, context_);
    for (uv_handle_s* const handle : {poll_.get(), timer_.get(), prepare_.get()}) {
      uv_close(handle, on_closed);
    }
  }

  [[nodiscard]] std::uint64_t now_ms() const noexcept { return uv_now(loop_); }
  [[nodiscard]] napi_async_context context() const noexcept { return context_; }
  void start_timer(std::uint64_t delay_ms) { uv_timer_start(timer_.get(), on_timer, delay_ms, 0); }
  void stop_timer() { uv_timer_stop(timer_.get()); }

 private:
  UvHandles(UvDriver& driver, uv_loop_s* loop)
      : driver_(&driver),
        loop_(loop),
        poll_(allocate_handle(kUvPoll)),
        timer_(allocate_handle(kUvTimer)),
        prepare_(allocate_handle(kUvPrepare)) {}

  void start(napi_env env) {
    env_ = env;
    napi_value name = nullptr;
    napi_create_string_utf8(env, "hpserver", NAPI_AUTO_LENGTH, &name);
    napi_async_init(env, nullptr, name, &context_);
    for (uv_handle_s* const handle : {poll_.get(), timer_.get(), prepare_.get()}) {
      uv_handle_set_data(handle, this);
    }
    // Only the descriptor keeps the process alive.
    uv_unref(timer_.get());
    uv_unref(prepare_.get());
    uv_prepare_start(prepare_.get(), on_prepare);
    uv_poll_start(poll_.get(), kUvReadable, on_poll);
  }

  static UvHandles& of(const uv_handle_s* handle) {
    return *static_cast<UvHandles*>(uv_handle_get_data(handle));
  }
  static void on_poll(uv_handle_s* handle, int, int) { of(handle).turn(); }
  static void on_timer(uv_handle_s* handle) {
    if (of(handle).driver_ != nullptr) of(handle).driver_->armed_ = false;
    of(handle).turn();
  }
  static void on_prepare(uv_handle_s* handle) {
    if (of(handle).driver_ != nullptr) of(handle).driver_->before_sleep();
  }
  static void on_closed(uv_handle_s* handle) {
    UvHandles& self = of(handle);
    if (--self.open_count_ > 0) return;
    napi_remove_async_cleanup_hook(self.hook_);
    delete &self;
  }
  static void on_cleanup(napi_async_cleanup_hook_handle, void* self) {
    const UvHandles& handles = *static_cast<UvHandles*>(self);
    if (handles.driver_ == nullptr) return;
    // Node opens no handle scope for its hooks, and cleanup code may still use values.
    const napi_env env = handles.env_;
    napi_handle_scope scope = nullptr;
    napi_open_handle_scope(env, &scope);
    handles.driver_->owner_.on_teardown();
    napi_close_handle_scope(env, scope);
  }

  void turn() {
    if (driver_ != nullptr) driver_->turn();
  }

  UvDriver* driver_;
  uv_loop_s* loop_;
  UvHandle poll_;
  UvHandle timer_;
  UvHandle prepare_;
  int open_count_ = 3;
  napi_env env_ = nullptr;
  napi_async_context context_ = nullptr;
  napi_async_cleanup_hook_handle hook_ = nullptr;
};

Result<std::unique_ptr<UvDriver>> UvDriver::create(napi_env env, EventLoop& loop, Owner& owner) {
  std::unique_ptr<UvDriver> driver(new UvDriver(env, loop, owner));
  auto handles = UvHandles::open(env, *driver, loop.native_handle());
  if (!handles) return handles.error();
  driver->handles_ = *handles;
  return driver;
}

UvDriver::~UvDriver() {
  if (handles_ != nullptr) handles_->close();
}

void UvDriver::turn() {
  if (in_turn_) return;
  const napi_env env = env_;
  napi_handle_scope handle_scope = nullptr;
  napi_callback_scope callback_scope = nullptr;
  napi_open_handle_scope(env, &handle_scope);
  napi_open_callback_scope(env, nullptr, handles_->context(), &callback_scope);
  in_turn_ = true;
  if (std::exchange(due_now_, false)) {
    loop_.refresh_now();
    owner_.on_turn();
  }
  for (int count = 0; count < kTurnsPerCallback; ++count) {
    const auto turned = loop_.turn(std::chrono::milliseconds::zero());
    if (!turned) report_fatal(env, turned.error());
  }
  in_turn_ = false;
  touched_ = true;
  // Doesn't touch this object any more: both calls may destroy it.
  owner_.after_turn();
  napi_close_callback_scope(env, callback_scope);
  napi_close_handle_scope(env, handle_scope);
}

void UvDriver::enter() {
  if (in_turn_) return;
  touched_ = true;
  loop_.refresh_now();
}

void UvDriver::before_sleep() {
  if (!touched_) return;
  touched_ = false;
  loop_.flush();
  const auto sleep = due_now_ ? std::chrono::milliseconds::zero() : loop_.sleep_time();
  if (sleep.count() < 0) {
    if (armed_) handles_->stop_timer();
    armed_ = false;
    return;
  }
  // A timer that fires too early finds nothing and is set again: cheaper than moving it every turn.
  const std::uint64_t due_ms = handles_->now_ms() + static_cast<std::uint64_t>(sleep.count());
  if (armed_ && due_ms_ <= due_ms) return;
  armed_ = true;
  due_ms_ = due_ms;
  handles_->start_timer(static_cast<std::uint64_t>(sleep.count()));
}

}  // namespace hpserver::binding

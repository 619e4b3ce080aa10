#pragma once

#include <node_api.h>

#include <functional>
#include <memory>

#include "hpserver/base/result.h"

namespace hpserver::binding {

class UvAsync;

// Calls a JavaScript thread from any other one, by libuv's own wake-up. However often the thread is
// woken, it is called only once until that call has begun: under load most wakes cost no system
// call. Created and destroyed on the JavaScript thread; keeps its event loop alive.
class UvWake {
 public:
  // Pieces of work per call, before the thread's timers and promises have their turn.
  static constexpr int kTakesPerWake = 64;

  struct Callbacks {
    // On the JavaScript thread, inside a callback scope. May destroy this object.
    std::function<void()> on_wake;
    // The environment ends: this object must be destroyed now, and no JavaScript may be called.
    std::function<void()> on_teardown;
  };

  // Errors: those of uv_async_init.
  static Result<std::unique_ptr<UvWake>> create(napi_env env, Callbacks callbacks);
  ~UvWake();

  UvWake(const UvWake&) = delete;
  UvWake& operator=(const UvWake&) = delete;

  // Any thread, while this object exists.
  void wake() noexcept;

  // From now on, the event loop needn't stay alive for this object.
  void unref() noexcept;

 private:
  friend class UvAsync;

  explicit UvWake(Callbacks callbacks) : callbacks_(std::move(callbacks)) {}

  Callbacks callbacks_;
  // libuv closes a handle in a later turn: it outlives us and frees itself.
  UvAsync* async_ = nullptr;
};

}  // namespace hpserver::binding

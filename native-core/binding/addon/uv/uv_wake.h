#pragma once

#include <node_api.h>

#include <functional>
#include <memory>

#include "hpserver/base/result.h"

namespace hpserver::binding {

class UvAsync;

// Calls a JavaScript thread from any other one, by libuv's own wake-up. However often it is woken,
// it is called once until it has begun: under load most wakes cost no system call. Made and
// destroyed on the JavaScript thread; keeps its event loop alive.
class UvWake {
 public:
  // So many pieces of work per call, until timers and promises of the thread have their turn.
  static constexpr int kTakesPerWake = 64;

  struct Callbacks {
    // On the JavaScript thread, inside of a callback scope. May destroy this object.
    std::function<void()> on_wake;
    // The environment ends: this object must be destroyed now, and no JavaScript may be called.
    std::function<void()> on_teardown;
  };

  // Errors: those of uv_async_init.
  static Result<std::unique_ptr<UvWake>> create(napi_env env, Callbacks callbacks);
  ~UvWake();

  UvWake(const UvWake&) = delete;
  UvWake& operator=(const UvWake&) = delete;

  // Any thread, while this object lives.
  void wake() noexcept;

  // The event loop may end without it.
  void unref() noexcept;

 private:
  friend class UvAsync;

  explicit UvWake(Callbacks callbacks) : callbacks_(std::move(callbacks)) {}

  Callbacks callbacks_;
  // Closing a handle takes libuv a turn of its own: it outlives us and frees itself.
  UvAsync* async_ = nullptr;
};

}  // namespace hpserver::binding

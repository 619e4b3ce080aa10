#pragma once

#include <node_api.h>

#include <cstdint>
#include <memory>

#include "hpserver/base/result.h"
#include "hpserver/event/event_loop.h"

namespace hpserver::binding {

class UvHandles;

// Runs an event loop inside of libuv's: its descriptor is watched there, and when something has
// come it turns on the JavaScript thread, so that handlers are called in place. All of one turn
// shares one callback scope: microtasks and process.nextTick run once per turn.
// For the JavaScript thread that made it.
class UvDriver {
 public:
  // Whoever owns the driver. Must not destroy it inside of a turn.
  class Owner {
   public:
    virtual ~Owner() = default;
    // Inside of the turn that `turn_soon` asked for, before anything else.
    virtual void on_turn() {}
    // A turn is over: the driver may be destroyed from here on.
    virtual void after_turn() = 0;
    // The environment ends (a worker stops, the process exits): the driver must be destroyed now,
    // and no JavaScript may be called.
    virtual void on_teardown() = 0;
  };

  // The loop outlives the driver. Errors: ENOMEM, EINVAL (a loop without a descriptor).
  static Result<std::unique_ptr<UvDriver>> create(napi_env env, EventLoop& loop, Owner& owner);
  ~UvDriver();

  UvDriver(const UvDriver&) = delete;
  UvDriver& operator=(const UvDriver&) = delete;

  // Turns at once, without waiting: for what must be dealt with before something else.
  void turn();

  // Turns before libuv sleeps again.
  void turn_soon() noexcept { due_now_ = touched_ = true; }

  // Call it before the loop's parts are used outside of a turn.
  void enter();

  [[nodiscard]] bool in_turn() const noexcept { return in_turn_; }

 private:
  friend class UvHandles;

  UvDriver(napi_env env, EventLoop& loop, Owner& owner) noexcept
      : env_(env), loop_(loop), owner_(owner) {}
  void before_sleep();

  napi_env env_;
  EventLoop& loop_;
  Owner& owner_;
  // Closing handles takes libuv a turn of its own: they outlive the driver and free themselves.
  UvHandles* handles_ = nullptr;
  std::uint64_t due_ms_ = 0;
  bool armed_ = false;
  bool touched_ = true;
  bool in_turn_ = false;
  bool due_now_ = false;
};

}  // namespace hpserver::binding

#pragma once

#include <node_api.h>

#include <cstdint>
#include <memory>

#include "hpserver/base/result.h"
#include "hpserver/event/event_loop.h"

namespace hpserver::binding {

class UvHandles;

// Runs an event loop inside libuv's, which watches its descriptor and turns it on the JavaScript
// thread when something has arrived, so handlers are called directly. A turn has one callback
// scope: microtasks and process.nextTick run once per turn.
// For the JavaScript thread that created it.
class UvDriver {
 public:
  // The owner of the driver. Must not destroy it inside a turn.
  class Owner {
   public:
    virtual ~Owner() = default;
    // Called first in the turn requested by `turn_soon`.
    virtual void on_turn() {}
    // A turn is over: the driver may be destroyed now.
    virtual void after_turn() = 0;
    // The environment ends (a worker stops, the process exits): the driver must be destroyed now,
    // and no JavaScript may be called.
    virtual void on_teardown() = 0;
  };

  // The loop must outlive the driver. Errors: ENOMEM, EINVAL (a loop without a descriptor).
  static Result<std::unique_ptr<UvDriver>> create(napi_env env, EventLoop& loop, Owner& owner);
  ~UvDriver();

  UvDriver(const UvDriver&) = delete;
  UvDriver& operator=(const UvDriver&) = delete;

  // Turns at once, without waiting, to handle pending events before something else.
  void turn();

  // Turns before libuv sleeps again.
  void turn_soon() noexcept { due_now_ = touched_ = true; }

  // Call it before using the loop's parts outside of a turn.
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
  // libuv closes handles in a later turn: they outlive the driver and free themselves.
  UvHandles* handles_ = nullptr;
  std::uint64_t due_ms_ = 0;
  bool armed_ = false;
  bool touched_ = true;
  bool in_turn_ = false;
  bool due_now_ = false;
};

}  // namespace hpserver::binding

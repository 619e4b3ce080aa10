#pragma once

#include <functional>
#include <utility>

#include "hpserver/event/event_handler.h"

namespace hpserver::testing {

// A handler that calls a function.
class Callback final : public EventHandler {
 public:
  explicit Callback(std::function<void(Ready)> call) : call_(std::move(call)) {}
  void on_ready(Ready ready) override { call_(ready); }

 private:
  std::function<void(Ready)> call_;
};

}  // namespace hpserver::testing

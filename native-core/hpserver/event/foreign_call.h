#pragma once

#include <exception>
#include <utility>

namespace hpserver {

// Calls code that isn't the core's own: handlers, middleware, sinks, sessions, callbacks. It
// catches whatever `call` throws, passes the message to `report`, and returns false. Costs nothing
// if nothing is thrown. `report` must not throw.
template <typename Call, typename Report>
[[nodiscard]] bool call_foreign(Call&& call, Report&& report) noexcept {
  try {
    std::forward<Call>(call)();
    return true;
  } catch (const std::exception& error) {
    report(error.what());
  } catch (...) {
    report("not a std::exception");
  }
  return false;
}

}  // namespace hpserver

#pragma once

#include <exception>
#include <utility>

namespace hpserver {

// Where the core calls what isn't its own: handlers, middleware, sinks, sessions, callbacks. What
// `call` throws ends here, whatever it is: `report` is told what it says, and the result is false.
// Costs nothing while nothing is thrown. `report` must not throw.
template <typename Call, typename Report>
[[nodiscard]] bool call_foreign(Call&& call, Report&& report) noexcept {
  try {
    std::forward<Call>(call)();
    return true;
  } catch (const std::exception& error) {
    report(error.what());
  } catch (...) {
    report("it is no std::exception");
  }
  return false;
}

}  // namespace hpserver

#pragma once

#include <node_api.h>

#include <array>
#include <cstdint>

namespace hpserver::binding {

// Events of an exchange that JavaScript waits for; the numbers are in server/native.ts.
enum class ExchangeEvent : std::uint8_t { readable, drained, finished, gone, refused, overdue };

struct Environment;

// The two functions through which a loop calls its JavaScript. For its JavaScript thread, with an
// open handle scope; exceptions are reported as uncaught.
class JsCalls {
 public:
  // Keeps both functions alive until `release`.
  JsCalls(napi_env env, napi_value on_request, napi_value on_event);
  ~JsCalls();

  JsCalls(const JsCalls&) = delete;
  JsCalls& operator=(const JsCalls&) = delete;

  void on_request(std::uint32_t route, double exchange);
  void on_event(double exchange, ExchangeEvent event);

  // The environment ends: from now on this calls nothing and creates no value, which would need a
  // handle scope.
  void silence() noexcept { silent_ = true; }

 private:
  void call(napi_ref function, const std::array<napi_value, 2>& arguments);

  napi_env env_;
  Environment* environment_ = nullptr;
  napi_ref on_request_ = nullptr;
  napi_ref on_event_ = nullptr;
  bool silent_ = false;
};

}  // namespace hpserver::binding

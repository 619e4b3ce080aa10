#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "hpserver/protocol/http/handler.h"
#include "hpserver/protocol/http/middleware.h"

namespace hpserver::http {

// One pattern and what answers it, by method.
struct Route {
  struct Target {
    std::unique_ptr<Handler> handler;
    RouteOptions options;
    std::string name;  // "GET /users/:id", for the log
  };

  std::string pattern;
  std::uint16_t number = 0;  // in the order in which they were added
  std::vector<std::string> param_names;
  std::array<Target, kMethodNames.size()> targets;
  std::string allow;  // "GET, HEAD, OPTIONS"

  // HEAD is answered by GET's target unless it has its own; null: 405.
  [[nodiscard]] const Target* find(Method method) const noexcept;
};

// What is wrong with a route to add.
enum class RouteProblem : std::uint8_t {
  none,
  malformed,        // no leading '/', '*' not at the end, ":" without a name, a name twice
  too_many_params,  // more than kMaxParams
  duplicate,        // pattern and method are taken
  other_names,      // a route has this pattern with other names: nobody could tell them apart
  method,           // other, connect, trace: not for routes
};

// Which handler answers which path. A pattern is a path ("/about"), with ":name" for one segment
// ("/users/:id") and "*" for all the rest ("/files/*"). An exact path wins over ":name", that over
// "*". Equivalent paths are the same, "/%61" and "/a"; no other escape is undone before a route is
// found, so that "/a%2fb" is one segment. See: RFC 3986 section 6.2.2.
// Filled at the start; then const, shared by all loops, and matched without allocation.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // Whether `add` would be right; for patterns that are input.
  [[nodiscard]] RouteProblem check(Method method, std::string_view pattern) const;

  // Adds a route; what `check` objects to is a bug (asserted) and is not added.
  Router& add(Method method, std::string_view pattern, std::unique_ptr<Handler> handler,
              RouteOptions options = {});
  Router& add(Method method, std::string_view pattern, std::unique_ptr<Handler> handler,
              BodyMode body_mode) {
    return add(method, pattern, std::move(handler), RouteOptions{.body_mode = body_mode});
  }

  // The same with a function: `router.get("/plaintext", plaintext)`. The options may be a BodyMode
  // alone: `router.post("/upload", upload, BodyMode::streamed)`.
  template <typename Function, typename Options = RouteOptions>
  Router& get(std::string_view pattern, Function function, Options options = {}) {
    return add(Method::get, pattern, make_handler(std::move(function)), options);
  }
  template <typename Function, typename Options = RouteOptions>
  Router& post(std::string_view pattern, Function function, Options options = {}) {
    return add(Method::post, pattern, make_handler(std::move(function)), options);
  }
  template <typename Function, typename Options = RouteOptions>
  Router& put(std::string_view pattern, Function function, Options options = {}) {
    return add(Method::put, pattern, make_handler(std::move(function)), options);
  }
  template <typename Function, typename Options = RouteOptions>
  Router& patch(std::string_view pattern, Function function, Options options = {}) {
    return add(Method::patch, pattern, make_handler(std::move(function)), options);
  }
  template <typename Function, typename Options = RouteOptions>
  Router& delete_(std::string_view pattern, Function function, Options options = {}) {
    return add(Method::delete_, pattern, make_handler(std::move(function)), options);
  }

  // Puts a middleware around every route, also around those that are here already. They are called
  // in the order in which they were put here; files and refusals (404, 405) are answered without.
  Router& use(std::unique_ptr<Middleware> middleware);

  // The same with a function: `router.use(with_request_id)`.
  template <typename Function>
    requires std::invocable<Function&, Request&, Response&, Handler&>
  Router& use(Function function) {
    return use(make_middleware(std::move(function)));
  }

  // The route for the request's path, or null; notes in the request where its params stand.
  const Route* match(Request& request) const noexcept;

 private:
  struct Segment;

  // Exact paths: open addressing, a power of two of slots, at most half full.
  struct Slot {
    std::uint32_t hash = 0;
    const Route* route = nullptr;
  };

  Route& route_for(std::string_view pattern);
  void insert_exact(const Route& route);
  void place(Slot slot);
  void insert_pattern(const Route& route);
  [[nodiscard]] const Route* find_exact(std::string_view path) const noexcept;
  const Route* find_pattern(const Segment& segment, std::string_view path, std::size_t begin,
                            std::size_t param_count, Request& request) const noexcept;

  std::vector<std::unique_ptr<Route>> routes_;
  std::vector<std::unique_ptr<Middleware>> middleware_;
  std::vector<Slot> slots_;
  std::size_t exact_count_ = 0;
  std::unique_ptr<Segment> root_;
};

}  // namespace hpserver::http

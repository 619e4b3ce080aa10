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

// One pattern and its handlers, by method.
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

  // HEAD uses GET's target unless it has its own; null if the method isn't allowed (405).
  [[nodiscard]] const Target* find(Method method) const noexcept;
};

// What is wrong with a new route.
enum class RouteProblem : std::uint8_t {
  none,
  malformed,        // no leading '/', '*' not at the end, ":" without a name, a repeated name
  too_many_params,  // more than kMaxParams
  duplicate,        // pattern and method are taken
  other_names,      // a route has this pattern with other names: they match the same paths
  method,           // other, connect, trace: not allowed for routes
};

// Maps paths to handlers. A pattern is a path ("/about"), with ":name" for one segment
// ("/users/:id") and "*" for the whole rest ("/files/*"). Exact paths take precedence over ":name",
// and ":name" over "*". Equivalent paths, such as "/%61" and "/a", are the same; no other escape is
// decoded before routing, so "/a%2fb" is one segment. See: RFC 3986 section 6.2.2.
// Filled at the start; then const, shared by all loops, and matched without allocation.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // What `add` would find wrong with this route, if anything; for patterns that come from input.
  [[nodiscard]] RouteProblem check(Method method, std::string_view pattern) const;

  // Adds a route; one that fails `check` is a bug (asserted) and is not added.
  Router& add(Method method, std::string_view pattern, std::unique_ptr<Handler> handler,
              RouteOptions options = {});
  Router& add(Method method, std::string_view pattern, std::unique_ptr<Handler> handler,
              BodyMode body_mode) {
    return add(method, pattern, std::move(handler), RouteOptions{.body_mode = body_mode});
  }

  // Adds a function: `router.get("/plaintext", plaintext)`. The options may be just a BodyMode:
  // `router.post("/upload", upload, BodyMode::streamed)`.
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

  // Puts a middleware around every route, including existing ones. They are called in the order
  // added; files and refusals (404, 405) are answered without them.
  Router& use(std::unique_ptr<Middleware> middleware);

  // Adds a function: `router.use(with_request_id)`.
  template <typename Function>
    requires std::invocable<Function&, Request&, Response&, Handler&>
  Router& use(Function function) {
    return use(make_middleware(std::move(function)));
  }

  // Returns the route for the request's path, or null, and records the position of its params in
  // the request.
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

#pragma once

#include <napi.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hpserver/protocol/http/handler.h"
#include "hpserver/protocol/http/router.h"

namespace hpserver::binding {

// A route's method and path: JavaScript has its handler, and knows it by its index.
struct RouteText {
  std::string method;
  std::string path;
  std::uint64_t max_body_bytes = 0;  // 0: the server's

  friend bool operator==(const RouteText&, const RouteText&) = default;
};

std::vector<RouteText> routes_of(const Napi::Array& routes);

using MakeHandler = std::function<std::unique_ptr<http::Handler>(std::uint32_t index)>;

// Adds the routes; throws, and returns false, if one of them is invalid.
bool add_routes(Napi::Env env, const std::vector<RouteText>& routes, const MakeHandler& make,
                http::Router& router);

}  // namespace hpserver::binding

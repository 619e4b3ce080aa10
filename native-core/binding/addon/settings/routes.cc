#include "addon/settings/routes.h"

#include <string_view>

#include "addon/js/js_error.h"
#include "addon/js/js_value.h"

namespace hpserver::binding {

namespace {

http::Method method_of(std::string_view name) {
  for (std::size_t index = 0; index < http::kMethodNames.size(); ++index) {
    if (http::kMethodNames[index] == name) return static_cast<http::Method>(index);
  }
  return http::Method::other;
}

std::string_view meaning_of(http::RouteProblem problem) {
  switch (problem) {
    case http::RouteProblem::malformed:
      return "a path must begin with '/', use each name once, and have '*' only at its end";
    case http::RouteProblem::too_many_params:
      return "a path can have at most 8 names";
    case http::RouteProblem::duplicate:
      return "another route has the same path";
    case http::RouteProblem::other_names:
      return "another route has the same path with different names: use the same ones";
    default:
      return "routes cannot have this method";
  }
}

}  // namespace

std::vector<RouteText> routes_of(const Napi::Array& routes) {
  std::vector<RouteText> result;
  for (std::uint32_t index = 0; index < routes.Length(); ++index) {
    const auto route = routes.Get(index).As<Napi::Object>();
    result.push_back(
        {text_of(route, "method"), text_of(route, "path"), size_of(route, "maxBodyBytes")});
  }
  return result;
}

bool add_routes(Napi::Env env, const std::vector<RouteText>& routes, const MakeHandler& make,
                http::Router& router) {
  for (std::uint32_t index = 0; index < routes.size(); ++index) {
    const RouteText& route = routes[index];
    const http::Method method = method_of(route.method);
    const http::RouteProblem problem = router.check(method, route.path);
    if (problem != http::RouteProblem::none) {
      throw_type_error(env, "route " + route.path + ": " + std::string(meaning_of(problem)));
      return false;
    }
    router.add(method, route.path, make(index),
               {.body_mode = http::BodyMode::streamed, .max_body_bytes = route.max_body_bytes});
  }
  return true;
}

}  // namespace hpserver::binding

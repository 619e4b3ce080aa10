#include "hpserver/protocol/http/router.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

#include "hpserver/protocol/http/message/uri.h"

namespace hpserver::http {
namespace {

constexpr std::size_t kMinSlots = 16;

std::size_t index_of(Method method) noexcept {
  return static_cast<std::size_t>(method);
}

// FNV-1a, since keys are short. It needs no seed: the program's author chooses the keys.
std::uint32_t hash_of(std::string_view path) noexcept {
  std::uint32_t hash = 2166136261U;
  for (const char byte : path) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
  return hash;
}

bool is_exact(std::string_view pattern) noexcept {
  return pattern.find("/:") == pattern.npos && !pattern.ends_with("/*");
}

// The segment after the '/' at `begin`.
std::string_view segment_at(std::string_view path, std::size_t begin) noexcept {
  return path.substr(begin + 1, path.find('/', begin + 1) - begin - 1);
}

// Reads the pattern's parameters in order; false if it is malformed.
bool read_params(std::string_view pattern, std::vector<std::string>& names) {
  if (!pattern.starts_with('/')) return false;
  for (std::size_t begin = 0; begin < pattern.size();) {
    const std::string_view segment = segment_at(pattern, begin);
    begin += segment.size() + 1;
    const bool is_last = begin >= pattern.size();
    if (segment == "*" && !is_last) return false;
    if (segment != "*" && !segment.starts_with(':')) continue;
    const std::string_view name = segment == "*" ? segment : segment.substr(1);
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return false;
    names.emplace_back(name);
  }
  return true;
}

// Whether two patterns match the same paths, even if their parameters have other names.
bool match_the_same(std::string_view one, std::string_view other) noexcept {
  for (std::size_t begin = 0, at = 0;;) {
    const std::string_view segment = segment_at(one, begin);
    const std::string_view counterpart = segment_at(other, at);
    const bool both_named = segment.starts_with(':') && counterpart.starts_with(':');
    if (!both_named && segment != counterpart) return false;
    begin += segment.size() + 1;
    at += counterpart.size() + 1;
    if (begin >= one.size() || at >= other.size()) return begin >= one.size() && at >= other.size();
  }
}

// Returns the pattern in the form in which paths are compared.
std::string normalized(std::string_view pattern) {
  std::string normal;
  normalize_escapes(pattern, normal);
  return normal;
}

// A handler that is called through a middleware.
class GuardedHandler final : public Handler {
 public:
  GuardedHandler(Middleware& middleware, std::unique_ptr<Handler> next)
      : middleware_(middleware), next_(std::move(next)) {}

  void on_request(Request& request, Response& response) override {
    middleware_.on_request(request, response, *next_);
  }

  [[nodiscard]] std::unique_ptr<Handler>& next() noexcept { return next_; }

 private:
  Middleware& middleware_;
  std::unique_ptr<Handler> next_;
};

// "GET, HEAD, OPTIONS": GET implies HEAD, and OPTIONS is always answered.
std::string allow_of(const Route& route) {
  std::string allow;
  for (std::size_t i = 0; i < kMethodNames.size(); ++i) {
    const auto method = static_cast<Method>(i);
    if (method != Method::options && route.find(method) == nullptr) continue;
    if (!allow.empty()) allow += ", ";
    allow += kMethodNames[i];
  }
  return allow;
}

}  // namespace

// A node of the tree of patterns with parameters: where each kind of next segment leads.
struct Router::Segment {
  struct Child {
    std::string text;
    std::unique_ptr<Segment> segment;
  };

  std::vector<Child> children;
  std::unique_ptr<Segment> param;
  const Route* wildcard = nullptr;  // '*' follows
  const Route* route = nullptr;     // a pattern ends here
};

const Route::Target* Route::find(Method method) const noexcept {
  const Target& own = targets[index_of(method)];
  if (own.handler != nullptr) return &own;
  if (method != Method::head) return nullptr;
  const Target& get = targets[index_of(Method::get)];
  return get.handler != nullptr ? &get : nullptr;
}

Router::Router() : root_(std::make_unique<Segment>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

RouteProblem Router::check(Method method, std::string_view written) const {
  const std::string pattern = normalized(written);
  if (method == Method::other || method == Method::connect || method == Method::trace) {
    return RouteProblem::method;
  }
  std::vector<std::string> names;
  if (!read_params(pattern, names)) return RouteProblem::malformed;
  if (names.size() > kMaxParams) return RouteProblem::too_many_params;
  for (const auto& route : routes_) {
    if (!match_the_same(route->pattern, pattern)) continue;
    if (route->pattern != pattern) return RouteProblem::other_names;
    const bool taken = route->targets[index_of(method)].handler != nullptr;
    return taken ? RouteProblem::duplicate : RouteProblem::none;
  }
  return RouteProblem::none;
}

Router& Router::use(std::unique_ptr<Middleware> middleware) {
  for (const auto& route : routes_) {
    for (Route::Target& target : route->targets) {
      if (target.handler == nullptr) continue;
      // Goes inside the middleware added earlier, next to the handler.
      std::unique_ptr<Handler>* place = &target.handler;
      for (std::size_t i = 0; i < middleware_.size(); ++i) {
        place = &static_cast<GuardedHandler&>(**place).next();
      }
      *place = std::make_unique<GuardedHandler>(*middleware, std::move(*place));
    }
  }
  middleware_.push_back(std::move(middleware));
  return *this;
}

Router& Router::add(Method method, std::string_view written, std::unique_ptr<Handler> handler,
                    RouteOptions options) {
  const std::string pattern = normalized(written);
  const RouteProblem problem = check(method, pattern);
  assert(problem == RouteProblem::none);
  if (problem != RouteProblem::none) return *this;
  for (auto outer = middleware_.rbegin(); outer != middleware_.rend(); ++outer) {
    handler = std::make_unique<GuardedHandler>(**outer, std::move(handler));
  }
  Route& route = route_for(pattern);
  route.targets[index_of(method)] = {
      .handler = std::move(handler),
      .options = options,
      .name = std::string(kMethodNames[index_of(method)]) + ' ' + pattern};
  route.allow = allow_of(route);
  return *this;
}

Route& Router::route_for(std::string_view pattern) {
  const auto known = std::find_if(routes_.begin(), routes_.end(),
                                  [&](const auto& route) { return route->pattern == pattern; });
  if (known != routes_.end()) return **known;
  auto route = std::make_unique<Route>();
  route->pattern = pattern;
  route->number = static_cast<std::uint16_t>(routes_.size());
  (void)read_params(pattern, route->param_names);
  routes_.push_back(std::move(route));
  Route& added = *routes_.back();
  if (is_exact(pattern)) {
    insert_exact(added);
  } else {
    insert_pattern(added);
  }
  return added;
}

void Router::insert_exact(const Route& route) {
  ++exact_count_;
  if (exact_count_ * 2 > slots_.size()) {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(std::max(kMinSlots, old.size() * 2), Slot{});
    for (const Slot& slot : old) {
      if (slot.route != nullptr) place(slot);
    }
  }
  place({hash_of(route.pattern), &route});
}

void Router::place(Slot slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = slot.hash & mask;
  while (slots_[at].route != nullptr) at = (at + 1) & mask;
  slots_[at] = slot;
}

void Router::insert_pattern(const Route& route) {
  const std::string_view pattern = route.pattern;
  Segment* segment = root_.get();
  for (std::size_t begin = 0; begin < pattern.size();) {
    const std::string_view text = segment_at(pattern, begin);
    begin += text.size() + 1;
    if (text == "*") {
      segment->wildcard = &route;
      return;
    }
    if (text.starts_with(':')) {
      if (segment->param == nullptr) segment->param = std::make_unique<Segment>();
      segment = segment->param.get();
      continue;
    }
    auto child = std::find_if(segment->children.begin(), segment->children.end(),
                              [&](const Segment::Child& known) { return known.text == text; });
    if (child == segment->children.end()) {
      child = segment->children.insert(child, {std::string(text), std::make_unique<Segment>()});
    }
    segment = child->segment.get();
  }
  segment->route = &route;
}

const Route* Router::match(Request& request) const noexcept {
  const std::string_view path = request.path();
  const Route* route = find_exact(path);
  if (route == nullptr && path.starts_with('/')) {
    route = find_pattern(*root_, path, 0, 0, request);
  }
  request.route_ = route;
  return route;
}

const Route* Router::find_exact(std::string_view path) const noexcept {
  if (slots_.empty()) return nullptr;
  const std::uint32_t hash = hash_of(path);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].route != nullptr; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && slots_[at].route->pattern == path) return slots_[at].route;
  }
  return nullptr;
}

// Recurses as deep as the longest pattern. Tries the kinds of segment in order of precedence.
const Route* Router::find_pattern(const Segment& segment, std::string_view path, std::size_t begin,
                                  std::size_t param_count, Request& request) const noexcept {
  if (begin >= path.size()) return segment.route;
  const std::string_view text = segment_at(path, begin);
  const std::size_t next = begin + 1 + text.size();
  for (const Segment::Child& child : segment.children) {
    if (child.text != text) continue;
    const Route* found = find_pattern(*child.segment, path, next, param_count, request);
    if (found != nullptr) return found;
  }
  const auto note = [&](std::size_t length) {
    request.params_[param_count] = {static_cast<std::uint16_t>(begin + 1),
                                    static_cast<std::uint16_t>(length)};
  };
  if (segment.param != nullptr && !text.empty()) {
    const Route* found = find_pattern(*segment.param, path, next, param_count + 1, request);
    if (found != nullptr) {
      note(text.size());
      return found;
    }
  }
  if (segment.wildcard != nullptr) note(path.size() - begin - 1);
  return segment.wildcard;
}

}  // namespace hpserver::http

#include "hpserver/protocol/admin/admin_service.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hpserver/metrics/prometheus.h"
#include "hpserver/protocol/admin/status.h"
#include "hpserver/protocol/http/service.h"

namespace hpserver::admin {

namespace {

using http::Method;
using http::Request;
using http::Response;

// Requests here are a line and a few fields.
constexpr http::HttpLimits kLimits{.parse = {.target_bytes = 512, .head_bytes = 8'192},
                                   .max_body_bytes = 1'024,
                                   .max_discard_bytes = 1'024};

constexpr std::string_view kLogLevel = "/log-level";
constexpr std::array<std::string_view, 6> kPaths = {"/healthz", "/readyz",      "/metrics",
                                                    "/status",  "/status.json", "/*"};
constexpr std::array<Method, 5> kRefusedMethods = {Method::post, Method::put, Method::delete_,
                                                   Method::patch, Method::options};

void send(Response& response, std::string_view type, std::string_view body) {
  response.header("Cache-Control", "no-store");
  response.header("X-Content-Type-Options", "nosniff");
  response.content_type(type).send(body);
}

void send_line(Response& response, std::uint16_t status, std::string_view line) {
  send(response.status(status), "text/plain; charset=utf-8", line);
}

std::unique_ptr<http::Handler> refuse(std::string_view allowed) {
  return http::make_handler([allowed](Request&, Response& response) {
    response.header("Allow", allowed);
    send_line(response, 405, "Method Not Allowed\n");
  });
}

// The word without its line break, which a shell may have added.
std::string word_in(std::string_view body) {
  while (body.ends_with('\n') || body.ends_with('\r')) body.remove_suffix(1);
  return std::string(body);
}

void change_level(const LogLevelControl& log_level, Request& request, Response& response) {
  const std::string word = word_in(request.body());
  if (std::ranges::find(log_level.words, word) == log_level.words.end()) {
    std::string help = "unknown level: use one of:";
    for (const std::string& known : log_level.words) help += ' ' + known;
    return send_line(response, 400, help + '\n');
  }
  log_level.set(word);
  send_line(response, 200, word + '\n');
}

}  // namespace

std::unique_ptr<Service> make_admin_service(std::shared_ptr<const Metrics> metrics,
                                            ServerFacts facts, LogLevelControl log_level) {
  auto router = std::make_shared<http::Router>();
  router->get("/healthz", [](Request&, Response& response) { send_line(response, 200, "ok\n"); });
  router->get("/readyz", [metrics](Request&, Response& response) {
    const bool is_ready = metrics->is_ready();
    send_line(response, is_ready ? 200 : 503, is_ready ? "ready\n" : "ending\n");
  });
  router->get("/metrics", [metrics](Request&, Response& response) {
    send(response, kPrometheusType, prometheus_text(*metrics));
  });
  router->get("/status", [metrics, facts](Request&, Response& response) {
    response.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    send(response, "text/html; charset=utf-8", status_page(facts, *metrics));
  });
  router->get("/status.json", [metrics, facts](Request&, Response& response) {
    send(response, "application/json", status_json(facts, *metrics));
  });
  router->get("/*", [](Request&, Response& response) {
    send_line(response, 404, "/healthz /readyz /metrics /status /status.json /log-level\n");
  });
  const auto level = std::make_shared<const LogLevelControl>(std::move(log_level));
  router->put(kLogLevel, [level](Request& request, Response& response) {
    change_level(*level, request, response);
  });
  for (const std::string_view path : kPaths) {
    for (const Method method : kRefusedMethods) {
      router->add(method, path, refuse("GET, HEAD"), http::BodyMode::streamed);
    }
  }
  for (const Method method :
       {Method::get, Method::post, Method::delete_, Method::patch, Method::options}) {
    router->add(method, kLogLevel, refuse("PUT"), http::BodyMode::streamed);
  }
  http::HttpOptions options;
  options.limits = kLimits;
  return std::make_unique<http::HttpService>(std::move(router), std::move(options));
}

}  // namespace hpserver::admin

#include "hpserver/protocol/admin/admin_service.h"

#include <array>
#include <cstdint>
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

// A request here is a line and a few fields.
constexpr http::HttpLimits kLimits{.parse = {.target_bytes = 512, .head_bytes = 8'192},
                                   .max_body_bytes = 1'024,
                                   .max_discard_bytes = 1'024};

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

void refuse(Request&, Response& response) {
  response.header("Allow", "GET, HEAD");
  send_line(response, 405, "Method Not Allowed\n");
}

}  // namespace

std::unique_ptr<Service> make_admin_service(std::shared_ptr<const Metrics> metrics,
                                            ServerFacts facts) {
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
    send_line(response, 404, "/healthz /readyz /metrics /status /status.json\n");
  });
  for (const std::string_view path : kPaths) {
    for (const Method method : kRefusedMethods) {
      router->add(method, path, http::make_handler(refuse), http::BodyMode::streamed);
    }
  }
  http::HttpOptions options;
  options.limits = kLimits;
  return std::make_unique<http::HttpService>(std::move(router), std::move(options));
}

}  // namespace hpserver::admin

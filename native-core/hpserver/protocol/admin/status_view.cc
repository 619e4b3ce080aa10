#include "hpserver/protocol/admin/status_view.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <span>

namespace hpserver::admin {

namespace {

constexpr double kNsPerMs = 1e6;
// Enough to show which routes are slow.
constexpr std::size_t kMaxRoutes = 20;

struct Words {
  const char* key;
  const char* words;
};

constexpr std::array<Words, Meter::kStates> kStates = {{{"handshake", "a handshake"},
                                                        {"idle", "the next request"},
                                                        {"head", "a request head"},
                                                        {"body", "a request body"},
                                                        {"respond", "a handler"},
                                                        {"stream", "a streaming handler"},
                                                        {"write", "a client to read"},
                                                        {"linger", "a client to close"}}};

constexpr std::array<Words, Meter::kEvents> kEvents = {
    {{"connectionsAccepted", "connections accepted"},
     {"connectionsRefused", "connections refused: the server was full"},
     {"requestsRefused", "requests refused: the queue was full"},
     {"addressesRefused", "connections refused: too many from one address"},
     {"proxyRefused", "connections refused: bad or untrusted PROXY header"},
     {"requestsShed", "requests shed: they had waited too long"},
     {"memoryRefused", "closed or refused for lack of memory"},
     {"acceptPauses", "pauses in accepting"},
     {"exceptions", "exceptions thrown by handlers"},
     {"handlersOverdue", "handlers past their deadline"},
     {"workerRestarts", "worker processes replaced"},
     {"logLinesLost", "log lines lost"}}};

std::vector<NamedCount> named(std::span<const Words> words, std::span<const std::uint64_t> counts) {
  std::vector<NamedCount> result;
  for (std::size_t index = 0; index < words.size(); ++index) {
    result.push_back({words[index].key, words[index].words, counts[index]});
  }
  return result;
}

double mean_ms(const HistogramSum& sum) {
  const std::uint64_t count = sum.count();
  return count == 0 ? 0 : static_cast<double>(sum.sum_ns) / static_cast<double>(count) / kNsPerMs;
}

double within_ms(const HistogramSum& sum) {
  const std::uint64_t count = sum.count();
  std::uint64_t below = 0;
  for (std::size_t bucket = 0; bucket < kBucketEndsNs.size(); ++bucket) {
    below += sum.counts[bucket];
    if (below * 100 >= count * 99) return static_cast<double>(kBucketEndsNs[bucket]) / kNsPerMs;
  }
  return 0;
}

StepView step_of(const StepFacts& facts, const MetricsSum& sum) {
  if (facts.step == "accept") {
    return {facts, sum.count_of(Meter::Event::connection_accepted), "connections"};
  }
  if (facts.step == "read") return {facts, sum.all.received_bytes, "bytes"};
  if (facts.step == "write") return {facts, sum.all.sent_bytes, "bytes"};
  if (facts.step == "process") return {facts, sum.all.request_count, "requests"};
  return {facts, sum.all.open_count(), "open connections"};
}

std::vector<RouteView> slowest_of(const MetricsSum& sum) {
  std::vector<RouteView> routes;
  for (const ExchangeSum& exchange : sum.exchanges) {
    routes.push_back({.method = exchange.method,
                      .route = exchange.route,
                      .status = exchange.status,
                      .count = exchange.durations.count(),
                      .mean_ms = mean_ms(exchange.durations),
                      .within_ms = within_ms(exchange.durations)});
  }
  std::sort(routes.begin(), routes.end(), [](const RouteView& left, const RouteView& right) {
    return left.mean_ms > right.mean_ms;
  });
  if (routes.size() > kMaxRoutes) routes.resize(kMaxRoutes);
  return routes;
}

}  // namespace

StatusView StatusView::of(const ServerFacts& facts, const Metrics& metrics) {
  using std::chrono::duration_cast;
  using std::chrono::seconds;
  const MetricsSum sum = MetricsSum::of(metrics);
  const auto now =
      duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  StatusView view{.facts = facts,
                  .started = metrics.start_time(),
                  .uptime_seconds = std::max<std::int64_t>(now - metrics.start_time(), 0),
                  .is_ready = metrics.is_ready(),
                  .request_count = sum.all.request_count,
                  .open_count = sum.all.open_count(),
                  .routes = slowest_of(sum),
                  .executors = sum.executors,
                  .has_queue = sum.has_queue,
                  .queue_depth = sum.queue_depth,
                  .queue_wait_ms = mean_ms(sum.queue_waits)};
  for (const StepFacts& step : facts.steps) view.steps.push_back(step_of(step, sum));
  view.connections = named(kStates, sum.all.connections);
  view.events = named(kEvents, sum.events);
  view.facts.look_at_process();
  return view;
}

}  // namespace hpserver::admin

#include "hpserver/metrics/prometheus.h"

#include <array>
#include <cstdint>
#include <utility>

namespace hpserver {

namespace {

constexpr std::array<std::string_view, kBucketEndsNs.size() + 1> kBucketEnds = {
    "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5",
    "0.75",  "1",    "2.5",   "5",    "7.5",   "10",  "+Inf"};

constexpr std::array<std::string_view, Meter::kStates> kStateNames = {
    "handshake", "idle", "head", "body", "respond", "stream", "write", "linger"};

// Formats seconds, to the nanosecond.
std::string seconds(std::uint64_t ns) {
  constexpr std::uint64_t kNsPerSecond = 1'000'000'000;
  std::string fraction = std::to_string(ns % kNsPerSecond);
  fraction.insert(0, 9 - fraction.size(), '0');
  return std::to_string(ns / kNsPerSecond) + '.' + fraction;
}

class Text {
 public:
  void begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP ";
    (text_ += name) += ' ';
    (text_ += help) += "\n# TYPE ";
    ((text_ += name) += ' ') += type;
    text_ += '\n';
  }

  // `labels` are the text between the braces; empty: none.
  void sample(std::string_view labels, std::string_view value, std::string_view suffix = {}) {
    (text_ += name_) += suffix;
    if (!labels.empty()) ((text_ += '{') += labels) += '}';
    ((text_ += ' ') += value) += '\n';
  }
  void sample(std::string_view labels, std::uint64_t value, std::string_view suffix = {}) {
    sample(labels, std::to_string(value), suffix);
  }

  // Buckets are cumulative: each also counts all shorter durations.
  void histogram(const std::string& labels, const HistogramSum& sum) {
    const std::string prefix = labels.empty() ? "" : labels + ',';
    std::uint64_t count = 0;
    for (std::size_t bucket = 0; bucket < sum.counts.size(); ++bucket) {
      count += sum.counts[bucket];
      sample(prefix + "le=\"" + std::string(kBucketEnds[bucket]) + '"', count, "_bucket");
    }
    sample(labels, seconds(sum.sum_ns), "_sum");
    sample(labels, count, "_count");
  }

  std::string take() { return std::move(text_); }

 private:
  std::string_view name_;
  std::string text_;
};

std::string label(std::string_view name, std::string_view value) {
  return std::string(name) + "=\"" + prometheus_label(value) + '"';
}

void put_exchanges(Text& text, const MetricsSum& sum) {
  text.begin("http_server_request_duration_seconds", "histogram",
             "Time from the complete head of a request to the end of its answer.");
  for (const ExchangeSum& exchange : sum.exchanges) {
    const std::string status = exchange.status == 0 ? "" : std::to_string(exchange.status);
    text.histogram(label("http_request_method", exchange.method) + ',' +
                       label("http_route", exchange.route) + ',' +
                       label("http_response_status_code", status),
                   exchange.durations);
  }
  // See: OpenTelemetry's metrics SDK, overflow attribute.
  if (sum.other.count() > 0) text.histogram("otel_metric_overflow=\"true\"", sum.other);
}

void put_connections(Text& text, const MetricsSum& sum) {
  text.begin("hpserver_connections", "gauge", "Open connections, by what they are waiting for.");
  for (std::size_t state = 0; state < kStateNames.size(); ++state) {
    text.sample(label("state", kStateNames[state]), sum.all.connections[state]);
  }
  text.begin("hpserver_connections_accepted_total", "counter", "Connections that were served.");
  text.sample({}, sum.count_of(Meter::Event::connection_accepted));
  text.begin("hpserver_received_bytes_total", "counter", "Bytes received from clients.");
  text.sample({}, sum.all.received_bytes);
  text.begin("hpserver_sent_bytes_total", "counter", "Bytes sent to clients.");
  text.sample({}, sum.all.sent_bytes);
  text.begin("hpserver_pool_used_bytes", "gauge",
             "Pool memory that holds partial requests and unsent answers.");
  text.sample({}, sum.all.pooled_bytes);
}

void put_events(Text& text, const MetricsSum& sum) {
  using Event = Meter::Event;
  struct Reason {
    Event event;
    std::string_view name;
  };
  constexpr std::array<Reason, 6> kReasons = {{{Event::connection_refused, "connections"},
                                               {Event::request_refused, "queue"},
                                               {Event::address_refused, "address"},
                                               {Event::proxy_refused, "proxy"},
                                               {Event::request_shed, "shed"},
                                               {Event::memory_refused, "memory"}}};
  text.begin("hpserver_refused_total", "counter", "Connections and requests refused, by reason.");
  for (const Reason& reason : kReasons) {
    text.sample(label("reason", reason.name), sum.count_of(reason.event));
  }
  struct Counter {
    Event event;
    std::string_view name;
    std::string_view help;
  };
  constexpr std::array<Counter, 5> kCounters = {
      {{Event::accept_paused, "hpserver_accept_pauses_total",
        "Pauses in accepting, for lack of descriptors or memory."},
       {Event::exception_caught, "hpserver_exceptions_total", "Exceptions thrown by handlers."},
       {Event::handler_overdue, "hpserver_handlers_overdue_total",
        "Requests whose handler missed its deadline."},
       {Event::worker_restarted, "hpserver_worker_restarts_total",
        "Worker processes that died and were replaced."},
       {Event::log_line_lost, "hpserver_log_lines_lost_total",
        "Log lines lost because their destination was too slow."}}};
  for (const Counter& counter : kCounters) {
    text.begin(counter.name, "counter", counter.help);
    text.sample({}, sum.count_of(counter.event));
  }
}

void put_queue(Text& text, const MetricsSum& sum) {
  if (!sum.has_queue) return;
  text.begin("hpserver_queue_depth", "gauge", "Requests waiting in a queue.");
  text.sample({}, sum.queue_depth);
  text.begin("hpserver_queue_wait_seconds", "histogram", "Time that requests waited in a queue.");
  text.histogram({}, sum.queue_waits);
}

void put_executors(Text& text, const MetricsSum& sum) {
  const auto each = [&](std::string_view name, std::string_view type, std::string_view help,
                        auto value_of) {
    text.begin(name, type, help);
    for (const ExecutorSum& executor : sum.executors) {
      text.sample(label("executor", std::to_string(executor.number)), value_of(executor));
    }
  };
  each("hpserver_executor_connections", "gauge", "Open connections of each executor.",
       [](const ExecutorSum& one) { return one.open_count(); });
  each("hpserver_executor_requests_total", "counter", "Requests completed by each executor.",
       [](const ExecutorSum& one) { return one.request_count; });
  each("hpserver_executor_received_bytes_total", "counter", "Bytes received by each executor.",
       [](const ExecutorSum& one) { return one.received_bytes; });
  each("hpserver_executor_sent_bytes_total", "counter", "Bytes sent by each executor.",
       [](const ExecutorSum& one) { return one.sent_bytes; });
  each("hpserver_executor_pool_used_bytes", "gauge", "Pool memory in use by each executor.",
       [](const ExecutorSum& one) { return one.pooled_bytes; });
}

}  // namespace

std::string prometheus_label(std::string_view value) {
  std::string label;
  for (const char byte : value) {
    if (byte == '\n') {
      label += "\\n";
    } else {
      if (byte == '\\' || byte == '"') label += '\\';
      label += byte;
    }
  }
  return label;
}

std::string prometheus_text(const Metrics& metrics) {
  const MetricsSum sum = MetricsSum::of(metrics);
  Text text;
  put_exchanges(text, sum);
  put_connections(text, sum);
  put_queue(text, sum);
  put_events(text, sum);
  put_executors(text, sum);
  text.begin("hpserver_ready", "gauge",
             "1 while the server takes new clients, 0 once it was told to stop.");
  text.sample({}, metrics.is_ready() ? 1U : 0U);
  text.begin("process_start_time_seconds", "gauge",
             "When the server started, in seconds since 1970.");
  text.sample({}, static_cast<std::uint64_t>(metrics.start_time()));
  return text.take();
}

}  // namespace hpserver

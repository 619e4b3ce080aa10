#include "hpserver/protocol/admin/status.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

#include "hpserver/protocol/admin/status_style.h"
#include "hpserver/protocol/admin/status_view.h"

namespace hpserver::admin {

namespace {

// With three decimal places, so microseconds show.
std::string milliseconds_text(double ms) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", ms);
  return text.data();
}

// A time span in its two largest units: "3 h 5 min".
std::string span_text(std::int64_t seconds) {
  const auto pair = [](std::int64_t big, const char* unit, std::int64_t small, const char* rest) {
    return std::to_string(big) + unit + std::to_string(small) + rest;
  };
  if (seconds < 3'600) return pair(seconds / 60, " min ", seconds % 60, " s");
  if (seconds < 86'400) return pair(seconds / 3'600, " h ", seconds / 60 % 60, " min");
  return pair(seconds / 86'400, " d ", seconds / 3'600 % 24, " h");
}

// "12345678" → "12 345 678", with non-breaking spaces.
std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, "&nbsp;");
  }
  return text;
}

// Builds a JSON object or array, member by member.
class Json {
 public:
  Json& text(std::string_view name, std::string_view value) {
    return raw(name, '"' + json_text(value) + '"');
  }
  template <typename Number>
  Json& number(std::string_view name, Number value) {
    return raw(name, std::to_string(value));
  }
  Json& raw(std::string_view name, std::string_view value) {
    if (!text_.empty()) text_ += ',';
    if (!name.empty()) ((text_ += '"') += json_text(name)) += "\":";
    text_ += value;
    return *this;
  }
  [[nodiscard]] std::string object() const { return '{' + text_ + '}'; }
  [[nodiscard]] std::string array() const { return '[' + text_ + ']'; }

 private:
  std::string text_;
};

std::string json_of(const std::vector<NamedCount>& counts) {
  Json json;
  for (const NamedCount& one : counts) json.number(one.key, one.count);
  return json.object();
}

std::string json_of(const ServerFacts& facts) {
  return Json()
      .number("pid", facts.pid)
      .number("uid", facts.user_id)
      .number("euid", facts.effective_user_id)
      .number("gid", facts.group_id)
      .object();
}

class Page {
 public:
  explicit Page(std::string_view title) {
    text_ =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"refresh\" content=\"5\">\n<title>";
    ((text_ += html_text(title)) += "</title>\n<style>\n") += kStatusStyle;
    text_ += "</style>\n</head>\n<body>\n";
  }
  Page& add(std::string_view html) {
    text_ += html;
    return *this;
  }
  void begin(std::string_view title, std::initializer_list<std::string_view> columns) {
    ((text_ += "<section>\n<h2>") += title) += "</h2>\n<div class=\"wide\"><table>\n<tr>";
    for (const std::string_view column : columns) ((text_ += "<th>") += column) += "</th>";
    text_ += "</tr>\n";
  }
  void row(std::initializer_list<std::string_view> cells) {
    text_ += "<tr>";
    for (const std::string_view cell : cells) ((text_ += "<td>") += cell) += "</td>";
    text_ += "</tr>\n";
  }
  void end() { text_ += "</table></div>\n</section>\n"; }
  void counts(std::string_view title, const std::vector<NamedCount>& counts) {
    begin(title, {});
    for (const NamedCount& one : counts) row({html_text(one.words), grouped(one.count)});
    end();
  }
  std::string take() {
    text_ += "</body>\n</html>\n";
    return std::move(text_);
  }

 private:
  std::string text_;
};

void put_head(Page& page, const StatusView& view) {
  const ServerFacts& facts = view.facts;
  page.add("<header>\n<h1>").add(html_text(facts.name)).add(" <small>");
  page.add(html_text(facts.version)).add("</small></h1>\n<p class=\"");
  page.add(view.is_ready ? "good\">ready" : "bad\">stopping: not ready for new clients");
  page.add("</p>\n<p>").add(html_text(facts.architecture)).add("</p>\n</header>\n");
  page.add("<section class=\"tiles\">\n");
  const auto tile = [&](std::string_view name, const std::string& value) {
    page.add("<div><b>").add(value).add("</b>").add(name).add("</div>\n");
  };
  tile("requests", grouped(view.request_count));
  tile("open connections", grouped(view.open_count));
  if (view.has_queue) tile("in the queue", grouped(view.queue_depth));
  tile("up", span_text(view.uptime_seconds));
  page.add("</section>\n");
}

void put_steps(Page& page, const StatusView& view) {
  page.add("<section>\n<h2>How a request is served</h2>\n<ol class=\"steps\">\n");
  for (const StepView& step : view.steps) {
    page.add("<li><b>").add(html_text(step.facts.step)).add("</b><span>");
    page.add(html_text(step.facts.executor)).add("</span><code>");
    page.add(html_text(step.facts.call)).add("</code><span>").add(grouped(step.count));
    page.add(" ").add(step.unit).add("</span></li>\n");
  }
  page.add("</ol>\n</section>\n");
}

void put_routes(Page& page, const StatusView& view) {
  page.begin("Slowest routes", {"Route", "Status", "Requests", "Mean, ms", "99 % within, ms"});
  for (const RouteView& route : view.routes) {
    const std::string name = route.method + ' ' + (route.route.empty() ? "–" : route.route);
    page.row({html_text(name), route.status == 0 ? "–" : std::to_string(route.status),
              grouped(route.count), milliseconds_text(route.mean_ms),
              route.within_ms == 0 ? "more" : milliseconds_text(route.within_ms)});
  }
  page.end();
}

void put_executors(Page& page, const StatusView& view) {
  page.begin("Executors", {"Number", "Open", "Requests", "Bytes in", "Bytes out"});
  for (const ExecutorSum& one : view.executors) {
    page.row({std::to_string(one.number), grouped(one.open_count()), grouped(one.request_count),
              grouped(one.received_bytes), grouped(one.sent_bytes)});
  }
  page.end();
}

void put_process(Page& page, const ServerFacts& facts) {
  page.begin("Process", {});
  page.row({"pid", std::to_string(facts.pid)});
  page.row({"user, effective user, group", std::to_string(facts.user_id) + ", " +
                                               std::to_string(facts.effective_user_id) + ", " +
                                               std::to_string(facts.group_id)});
  page.row({"connection limit", grouped(facts.max_connections)});
  page.row({"descriptor limit", grouped(facts.max_descriptors)});
  page.end();
}

}  // namespace

std::string json_text(std::string_view text) {
  std::string quoted;
  for (const char byte : text) {
    if (static_cast<unsigned char>(byte) < 0x20) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(byte));
      quoted += escape.data();
    } else {
      if (byte == '"' || byte == '\\') quoted += '\\';
      quoted += byte;
    }
  }
  return quoted;
}

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += byte;
    }
  }
  return escaped;
}

std::string status_json(const ServerFacts& facts, const Metrics& metrics) {
  const StatusView view = StatusView::of(facts, metrics);
  Json steps;
  for (const StepView& step : view.steps) {
    steps.raw({}, Json()
                      .text("step", step.facts.step)
                      .text("executor", step.facts.executor)
                      .text("call", step.facts.call)
                      .number("count", step.count)
                      .text("unit", step.unit)
                      .object());
  }
  Json routes;
  for (const RouteView& route : view.routes) {
    routes.raw(
        {}, Json()
                .text("method", route.method)
                .text("route", route.route)
                .number("status", route.status)
                .number("count", route.count)
                .raw("meanMs", milliseconds_text(route.mean_ms))
                .raw("withinMs", route.within_ms == 0 ? "null" : milliseconds_text(route.within_ms))
                .object());
  }
  Json executors;
  for (const ExecutorSum& one : view.executors) {
    executors.raw({}, Json()
                          .number("number", one.number)
                          .number("open", one.open_count())
                          .number("requests", one.request_count)
                          .number("receivedBytes", one.received_bytes)
                          .number("sentBytes", one.sent_bytes)
                          .object());
  }
  Json json;
  json.text("name", facts.name).text("version", facts.version);
  json.text("architecture", facts.architecture).raw("process", json_of(view.facts));
  json.raw("limits", Json()
                         .number("connections", view.facts.max_connections)
                         .number("descriptors", view.facts.max_descriptors)
                         .object());
  json.number("startedAt", view.started).number("uptimeSeconds", view.uptime_seconds);
  json.raw("ready", view.is_ready ? "true" : "false");
  json.number("requests", view.request_count).number("open", view.open_count);
  json.raw("steps", steps.array()).raw("connections", json_of(view.connections));
  if (view.has_queue) {
    json.raw("queue", Json()
                          .number("depth", view.queue_depth)
                          .raw("meanWaitMs", milliseconds_text(view.queue_wait_ms))
                          .object());
  }
  json.raw("events", json_of(view.events)).raw("routes", routes.array());
  return json.raw("executors", executors.array()).object() + '\n';
}

std::string status_page(const ServerFacts& facts, const Metrics& metrics) {
  const StatusView view = StatusView::of(facts, metrics);
  Page page(facts.name);
  put_head(page, view);
  put_steps(page, view);
  put_routes(page, view);
  page.counts("Connections, by what they are waiting for", view.connections);
  page.counts("Events since the start", view.events);
  put_executors(page, view);
  put_process(page, view.facts);
  return page.take();
}

}  // namespace hpserver::admin

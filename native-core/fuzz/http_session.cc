// A whole conversation: every answer is well-formed, there are no more answers than requests, and
// they are the same however the requests are cut.

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/request_parser.h"
#include "hpserver/protocol/http/response_parser.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/protocol/http/session.h"
#include "one_loop.h"
#include "target.h"

namespace hpserver::fuzz {
namespace {

using http::BodyMode;
using http::Request;
using http::Response;
using http::ResponseParser;
using testing::require;

// Some inputs are longer than this, and some much shorter.
constexpr std::uint64_t kMaxBodyBytes = 200;

// Answers with a body that has come in pieces; destroys itself at the body's end.
class Collector final : public http::BodySink {
 public:
  explicit Collector(Response& response) : response_(response) {}

  void on_body(std::string_view bytes) override {
    require(!bytes.empty(), "a piece of a body has bytes");
    body_ += bytes;
  }
  void on_body_end() override {
    const std::unique_ptr<Collector> ended(this);
    response_.begin_stream();
    response_.write(body_);
    response_.end();
  }
  void on_body_abort() override { const std::unique_ptr<Collector> ended(this); }

 private:
  Response& response_;
  std::string body_;
};

// Everything that a handler can read from a request's head.
std::string described(const Request& request) {
  std::string text;
  text.append(request.method_name()).append(" ").append(request.path()).append(" ");
  text.append(request.query()).append(" ").append(request.host()).append("\n");
  text += request.decoded_path().value_or("undecodable") + "\n";
  text += request.query_value("q").value_or("no q") + "\n";
  text.append(request.param("a")).append(" ").append(request.param("*")).append("\n");
  text += request.decoded_param("a").value_or("undecodable") + "\n";
  for (std::size_t i = 0; i < request.header_count(); ++i) {
    text.append(request.header_name(i)).append(":").append(request.header_value(i)).append("\n");
  }
  return text + "\n";
}

http::Router routes() {
  http::Router router;
  router.get("/hi", [](Request&, Response& response) { response.send("Hello"); });
  const auto describe = [](Request& request, Response& response) {
    response.send(described(request).append(request.body()));
  };
  router.get("/:a/*", describe);
  router.post("/:a/*", describe);
  router.post("/echo", [](Request& request, Response& response) {
    response.content_type(request.header(http::HeaderId::content_type)).send(request.body());
  });
  router.post(
      "/stream",
      [](Request& request, Response& response) {
        request.stream_body(*std::make_unique<Collector>(response).release());
      },
      BodyMode::streamed);
  router.get("/later", [](Request&, Response& response) {
    response.defer().run([](Request&, Response& later) { later.send("at last"); });
  });
  return router;
}

std::unique_ptr<Service> service() {
  http::HttpOptions options;
  options.limits.max_body_bytes = kMaxBodyBytes;
  options.limits.min_body_rate = 0;
  options.limits.max_discard_bytes = kMaxBodyBytes;
  return std::make_unique<http::HttpService>(std::make_shared<const http::Router>(routes()),
                                             std::move(options));
}

// For each request that can be read: whether it is a HEAD.
std::vector<bool> heads_in(std::string_view input) {
  std::vector<bool> heads;
  http::RequestParser parser;
  while (true) {
    const auto result = parser.feed(input);
    input.remove_prefix(result.consumed);
    switch (result.progress) {
      case http::Progress::head_complete:
        heads.push_back(parser.head().method == http::Method::head);
        break;
      case http::Progress::message_complete:
        parser.reset();
        if (input.empty()) return heads;
        break;
      case http::Progress::body_data:
        break;
      case http::Progress::need_more:
      case http::Progress::error:
        return heads;
    }
  }
}

// Removes one answer from `heard` and returns it without its date.
std::string next_answer(std::string_view& heard, bool is_answer_to_head) {
  ResponseParser parser;
  parser.reset(is_answer_to_head);
  std::string text;
  while (true) {
    const auto step = parser.feed(heard);
    heard.remove_prefix(step.consumed);
    text += step.body;
    if (step.found == ResponseParser::Found::end) return text + "\n";
    if (step.found == ResponseParser::Found::nothing) {
      require(parser.ends_with_connection(), "an answer is complete");
      return text + "\n";
    }
    require(step.found != ResponseParser::Found::error, "an answer is well-formed");
    if (step.found != ResponseParser::Found::head) continue;
    text += std::to_string(parser.head().status) + "\n";
    for (const auto& [name, value] : parser.head().fields) {
      if (name != "Date") text.append(name).append(": ").append(value).append("\n");
    }
  }
}

// Skips interim answers: a body that has already come needs none.
std::string answers_in(std::string_view heard, const std::vector<bool>& heads) {
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  std::string text;
  std::size_t count = 0;
  while (!heard.empty() && heard != kContinue) {
    text += next_answer(heard, count < heads.size() && heads[count]);
    ++count;
  }
  require(count <= heads.size() + 1, "there are no more answers than requests");
  return text;
}

}  // namespace

void try_input(std::string_view input) {
  static OneLoop server(service());
  const std::vector<bool> heads = heads_in(input);
  const std::string whole = answers_in(server.converse(std::array{input}), heads);
  const std::string pieces = answers_in(server.converse(cut_anywhere(input, 80)), heads);
  require_equal(pieces, whole, "pieces are answered as the whole is");
}

}  // namespace hpserver::fuzz

#include <gtest/gtest.h>

#include "hpserver/protocol/http/testing.h"

// What a session refuses for its size: heads by the service's limits, bodies by the route's.
namespace hpserver::http {
namespace {

using testing::body_of;
using testing::first_line;
using testing::TestServer;

constexpr std::string_view kTooLong = "HTTP/1.1 413 Content Too Large";

// Answers with the number of bytes that it received.
class Counter final : public BodySink {
 public:
  explicit Counter(Response& response) : response_(response) {}
  void on_body(std::string_view bytes) override { count_ += bytes.size(); }
  void on_body_end() override {
    response_.send(std::to_string(count_));
    delete this;
  }
  void on_body_abort() override { delete this; }

 private:
  Response& response_;
  std::size_t count_ = 0;
};

void count_buffered(Request& request, Response& response) {
  response.send(std::to_string(request.body().size()));
}

void count_streamed(Request& request, Response& response) {
  request.stream_body(*new Counter(response));
}

// Routes with the server's limit of 8 bytes, with a larger one, and with a smaller one.
TestServer counting_server() {
  Router router;
  router.post("/buffered", count_buffered);
  router.post("/buffered/12", count_buffered, {.max_body_bytes = 12});
  router.put("/buffered/4", count_buffered, {.max_body_bytes = 4});
  router.post("/streamed", count_streamed, BodyMode::streamed);
  router.post("/streamed/12", count_streamed,
              {.body_mode = BodyMode::streamed, .max_body_bytes = 12});
  router.add(Method::put, "/streamed/4", make_handler(count_streamed),
             {.body_mode = BodyMode::streamed, .max_body_bytes = 4});
  HttpOptions options;
  options.limits.max_body_bytes = 8;
  return TestServer(std::move(router), std::move(options));
}

// Answers 404 to any request that it can read.
TestServer server_with(const HttpLimits& limits) {
  HttpOptions options;
  options.limits = limits;
  return TestServer(Router{}, std::move(options));
}

struct Limited {
  std::string_view line;
  std::size_t limit;
};

constexpr Limited kLimited[] = {
    {"POST /buffered", 8}, {"POST /buffered/12", 12}, {"PUT /buffered/4", 4},
    {"POST /streamed", 8}, {"POST /streamed/12", 12}, {"PUT /streamed/4", 4},
};

std::string head_of(std::string_view line, std::string_view fields) {
  return std::string(line) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
}

std::string with_length(std::string_view line, std::size_t length, std::string_view fields = {}) {
  return head_of(line, std::string(fields) + "Content-Length: " + std::to_string(length) + "\r\n");
}

TEST(SessionLimits, LetABodyBeAsLongAsItsRouteSays) {
  for (const auto& [line, limit] : kLimited) {
    TestServer server = counting_server();
    const std::string answer = server.answer_to(with_length(line, limit) + std::string(limit, 'b'));
    EXPECT_EQ(body_of(answer), std::to_string(limit)) << line;
  }
}

TEST(SessionLimits, RefuseALongerBodyByItsLengthAlone) {
  for (const auto& [line, limit] : kLimited) {
    TestServer server = counting_server();
    bool ended = false;
    EXPECT_EQ(first_line(server.answer_to(with_length(line, limit + 1), &ended)), kTooLong) << line;
    EXPECT_TRUE(ended) << line;
  }
}

TEST(SessionLimits, AskForNoBodyThatIsTooLong) {
  for (const auto& [line, limit] : kLimited) {
    TestServer server = counting_server();
    const std::string_view expect = "Expect: 100-continue\r\n";
    EXPECT_EQ(server.answer_to(with_length(line, limit, expect)), "HTTP/1.1 100 Continue\r\n\r\n")
        << line;
    EXPECT_EQ(first_line(server.answer_to(with_length(line, limit + 1, expect))), kTooLong) << line;
  }
}

TEST(SessionLimits, HoldForChunkedBodies) {
  for (const auto& [line, limit] : kLimited) {
    TestServer server = counting_server();
    std::string request = head_of(line, "Transfer-Encoding: chunked\r\n");
    for (std::size_t i = 0; i < limit; ++i) request += "1\r\nb\r\n";
    EXPECT_EQ(body_of(server.answer_to(request + "0\r\n\r\n")), std::to_string(limit)) << line;
    EXPECT_EQ(first_line(server.answer_to(request + "1\r\n")), kTooLong) << line;
  }
}

TEST(SessionLimits, HoldForPathsWithoutARouteAsForTheServer) {
  TestServer server = counting_server();
  EXPECT_EQ(first_line(server.answer_to(with_length("POST /none", 8))), "HTTP/1.1 404 Not Found");
  EXPECT_EQ(first_line(server.answer_to(with_length("POST /none", 9))), kTooLong);
  EXPECT_EQ(first_line(server.answer_to(with_length("DELETE /buffered/12", 9))), kTooLong);
}

TEST(SessionLimits, OfARouteEndWithItsRequest) {
  TestServer server = counting_server();
  const std::string answers = server.answer_to(with_length("POST /buffered/12", 12) +
                                               "123456789012" + with_length("POST /buffered", 9));
  EXPECT_EQ(first_line(answers), "HTTP/1.1 200 OK");
  EXPECT_NE(answers.find(kTooLong), answers.npos);
}

TEST(SessionLimits, OfHeadsAreThoseOfTheService) {
  const auto head_with = [](std::size_t target_bytes, std::size_t fields) {
    std::string head = "GET /" + std::string(target_bytes - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n";
    for (std::size_t i = 1; i < fields; ++i) head += "B: c\r\n";
    return head + "\r\n";
  };
  HttpLimits limits;
  limits.parse.target_bytes = 64;
  limits.parse.fields = 5;
  limits.parse.head_bytes = static_cast<std::uint16_t>(head_with(64, 5).size());
  const std::vector<std::pair<std::string, std::string_view>> cases{
      {head_with(64, 5), "404 Not Found"},
      {head_with(65, 1), "414 URI Too Long"},
      {head_with(1, 5), "404 Not Found"},
      {head_with(1, 6), "431 Request Header Fields Too Large"},
      {head_with(63, 5).insert(100, "x"), "404 Not Found"},
      {head_with(64, 5).insert(100, "x"), "431 Request Header Fields Too Large"},
  };
  for (const auto& [head, status] : cases) {
    TestServer server = server_with(limits);
    EXPECT_EQ(first_line(server.answer_to(head)), "HTTP/1.1 " + std::string(status)) << head;
  }
}

// A connection keeps 64 KiB of input that it can't use yet, one byte more than the longest head.
TEST(SessionLimits, LetTheLongestHeadComeInPieces) {
  for (const std::size_t beyond : {0U, 1U}) {
    HttpLimits limits;
    limits.parse.head_bytes = kMaxHeadBytes;
    TestServer server = server_with(limits);
    std::string head = "GET / HTTP/1.1\r\nHost: a\r\nB: ";
    head += std::string(kMaxHeadBytes - head.size() - 4 + beyond, 'c') + "\r\n\r\n";
    const Fd client = server.connect();
    std::string heard;
    for (std::size_t at = 0; at < head.size(); at += 10'000) {
      TestServer::say(client, std::string_view(head).substr(at, 10'000));
      heard += server.hear(client);
    }
    EXPECT_EQ(first_line(heard), beyond == 0 ? "HTTP/1.1 404 Not Found"
                                             : "HTTP/1.1 431 Request Header Fields Too Large");
  }
}

}  // namespace
}  // namespace hpserver::http

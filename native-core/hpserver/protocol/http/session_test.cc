#include "hpserver/protocol/http/session.h"

#include <gtest/gtest.h>

#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::body_of;
using testing::field_of;
using testing::first_line;
using testing::TestServer;

Router demo_router() {
  Router router;
  router.get("/hi", [](Request&, Response& response) {
    response.content_type("text/plain").send("Hello");
  });
  router.post("/echo", [](Request& request, Response& response) {
    response.content_type(request.header(HeaderId::content_type)).send(request.body());
  });
  router.get("/silent", [](Request&, Response&) {});
  return router;
}

constexpr std::string_view kHi =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nHello";

TEST(HttpSession, AnswersARequest) {
  TestServer server(demo_router());
  EXPECT_EQ(server.answer_to("GET /hi HTTP/1.1\r\nHost: a\r\n\r\n"), kHi);
}

TEST(HttpSession, SendsADate) {
  TestServer server(demo_router());
  const Fd client = server.connect();
  TestServer::say(client, "GET /hi HTTP/1.1\r\nHost: a\r\n\r\n");
  server.turn();
  char buffer[1024];
  const auto got = receive(client.get(), buffer);
  ASSERT_TRUE(got.ok());
  EXPECT_TRUE(std::string_view(buffer, *got).find("\r\nDate: ") != std::string_view::npos);
}

TEST(HttpSession, AnswersHeadWithTheHeadOfGet) {
  TestServer server(demo_router());
  EXPECT_EQ(server.answer_to("HEAD /hi HTTP/1.1\r\nHost: a\r\n\r\n"),
            kHi.substr(0, kHi.size() - 5));
}

struct Persistence {
  std::string_view request;
  std::string_view connection;
  bool ended;
};

TEST(HttpSession, KeepsOrClosesAsTheVersionAndConnectionFieldSay) {
  for (const auto& [request, connection, expected_end] : {
           Persistence{"GET /hi HTTP/1.1\r\nHost: a\r\n\r\n", "none", false},
           Persistence{"GET /hi HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close", true},
           Persistence{"GET /hi HTTP/1.0\r\n\r\n", "close", true},
           Persistence{"GET /hi HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive", false},
       }) {
    TestServer server(demo_router());
    const Fd client = server.connect();
    TestServer::say(client, request);
    bool ended = false;
    EXPECT_EQ(field_of(server.hear(client, &ended), "Connection"), connection) << request;
    EXPECT_EQ(ended, expected_end) << request;
  }
}

// Checklist 57: a resumable parser and session; every split gives the same answers.
TEST(HttpSession, AnswersTheSameWhereverItsInputIsSplit) {
  const std::string input =
      "GET /hi HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: 4\r\n\r\nbody"
      "HEAD /hi HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: c/d\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n"
      "POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nunread"
      "DELETE /hi HTTP/1.1\r\nHost: a\r\n\r\n"
      "GET /last HTTP/1.0\r\n\r\n";
  TestServer whole(demo_router());
  const std::string expected = whole.answer_to(input);
  EXPECT_NE(expected.find("\r\n\r\nabcde"), expected.npos);
  EXPECT_NE(expected.find("405"), expected.npos);
  TestServer server(demo_router());
  for (std::size_t split = 0; split < input.size(); ++split) {
    const Fd client = server.connect();
    TestServer::say(client, std::string_view(input).substr(0, split));
    std::string heard = server.hear(client);
    TestServer::say(client, std::string_view(input).substr(split));
    heard += server.hear(client);
    ASSERT_EQ(heard, expected) << "split at " << split;
  }
  const Fd client = server.connect();
  std::string heard;
  for (const char byte : input) {
    TestServer::say(client, {&byte, 1});
    heard += server.hear(client);
    ASSERT_TRUE(expected.starts_with(heard)) << heard;
  }
  EXPECT_EQ(heard, expected) << "byte by byte";
}

// Checklist 61: bytes don't measure work.
TEST(HttpSession, LeavesTheTurnToOthersAfterSomePipelinedRequests) {
  int count = 0;
  Router router;
  router.get("/count", [&](Request&, Response& response) {
    ++count;
    response.send("counted");
  });
  TestServer server(std::move(router));
  const Fd firehose = server.connect();
  const Fd small = server.connect();
  std::string flood;
  for (int request = 0; request < 300; ++request) flood += "GET /count HTTP/1.1\r\nHost: a\r\n\r\n";
  TestServer::say(firehose, flood);
  server.turn();
  EXPECT_GT(count, 0);
  EXPECT_LT(count, 100);
  TestServer::say(small, "GET /count HTTP/1.1\r\nHost: a\r\n\r\n");
  server.turn();
  EXPECT_LT(count, 200);
  char buffer[1024];
  EXPECT_TRUE(receive(small.get(), buffer).ok()) << "answered in its turn";
  server.turn_until([&] { return count == 301; });
}

TEST(HttpSession, AnswersAThousandPipelinedRequestsInOrder) {
  Router router;
  router.get("/:number",
             [](Request& request, Response& response) { response.send(request.param("number")); });
  TestServer server(std::move(router));
  std::string input;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(i);
    input += "GET /" + number + " HTTP/1.1\r\nHost: a\r\n\r\n";
    expected +=
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(number.size()) + "\r\n\r\n" + number;
  }
  EXPECT_EQ(server.answer_to(input), expected);
}

TEST(HttpSession, AnswersForAHandlerThatDoesNot) {
  TestServer server(demo_router());
  const std::string answer = server.answer_to("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(first_line(answer), "HTTP/1.1 500 Internal Server Error");
  EXPECT_EQ(server.service().counters().handler_errors, 1U);
}

struct Refusal {
  std::string_view request;
  std::string_view status;
};

TEST(HttpSession, RefusesWhatItCannotReadAndCloses) {
  for (const auto& [request, status] : {
           Refusal{"GET /hi HTTP/1.1\r\n\r\n", "400 Bad Request"},
           Refusal{"GET  /hi HTTP/1.1\r\nHost: a\r\n\r\n", "400 Bad Request"},
           Refusal{"GET /hi HTTP/2.0\r\nHost: a\r\n\r\n", "505 HTTP Version Not Supported"},
           Refusal{"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
                   "400 Bad Request"},
           Refusal{"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                   "501 Not Implemented"},
           Refusal{"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                   "400 Bad Request"},
           Refusal{"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8388609\r\n\r\n",
                   "413 Content Too Large"},
           Refusal{"POST /echo HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n",
                   "417 Expectation Failed"},
       }) {
    TestServer server(demo_router());
    const Fd client = server.connect();
    TestServer::say(client, request);
    bool ended = false;
    const std::string answer = server.hear(client, &ended);
    EXPECT_EQ(first_line(answer), "HTTP/1.1 " + std::string(status)) << request;
    EXPECT_EQ(field_of(answer, "Connection"), "close") << request;
    EXPECT_TRUE(ended) << request;
  }
}

TEST(HttpSession, RefusesAHeadBeyondItsLimits) {
  TestServer server(demo_router());
  const std::string long_target = "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n";
  EXPECT_EQ(first_line(server.answer_to(long_target)), "HTTP/1.1 414 URI Too Long");
  const std::string long_field =
      "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'a') + "\r\n\r\n";
  EXPECT_EQ(first_line(server.answer_to(long_field)),
            "HTTP/1.1 431 Request Header Fields Too Large");
}

TEST(HttpSession, RefusesAChunkedBodyThatGrowsTooLong) {
  HttpOptions options;
  options.limits.max_body_bytes = 8;
  TestServer server(demo_router(), std::move(options));
  bool ended = false;
  const std::string answer = server.answer_to(
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nabcde\r\n5\r\nfghij\r\n0\r\n\r\n",
      &ended);
  EXPECT_EQ(first_line(answer), "HTTP/1.1 413 Content Too Large");
  EXPECT_TRUE(ended);
}

// H8
TEST(HttpSession, RefusesAChunkThatIsTooLongOnSight) {
  for (const std::string_view chunk :
       {"9\r\n", "FFFFFFFFFFFFFFFF\r\n", "9\r\na", "8\r\nabcdefgh\r\n1\r\n"}) {
    HttpOptions options;
    options.limits.max_body_bytes = 8;
    TestServer server(demo_router(), std::move(options));
    bool ended = false;
    const std::string answer = server.answer_to(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(chunk),
        &ended);
    EXPECT_EQ(first_line(answer), "HTTP/1.1 413 Content Too Large") << chunk;
    EXPECT_TRUE(ended) << chunk;
  }
}

TEST(HttpSession, SendsContinueWhereTheBodyIsWanted) {
  TestServer server(demo_router());
  const Fd client = server.connect();
  TestServer::say(client,
                  "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\n"
                  "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(server.hear(client), "HTTP/1.1 100 Continue\r\n\r\n");
  TestServer::say(client, "body");
  EXPECT_EQ(body_of(server.hear(client)), "body");
}

TEST(HttpSession, SendsNoContinueWhereTheBodyIsThereOrUnwanted) {
  TestServer server(demo_router());
  EXPECT_EQ(first_line(server.answer_to("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\n"
                                        "Expect: 100-continue\r\nContent-Length: 4\r\n\r\nbody")),
            "HTTP/1.1 200 OK");
  const std::string unwanted = server.answer_to(
      "POST /none HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(first_line(unwanted), "HTTP/1.1 404 Not Found");
  EXPECT_EQ(field_of(unwanted, "Connection"), "close") << "the body may come or not";
}

TEST(HttpSession, DropsASmallUnwantedBodyAndGoesOn) {
  TestServer server(demo_router());
  const Fd client = server.connect();
  TestServer::say(client, "POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(field_of(server.hear(client), "Connection"), "none");
  TestServer::say(client, "bodyGET /hi HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(server.hear(client), kHi);
}

// H4
TEST(HttpSession, DropsASmallUnwantedChunkedBodyAndGoesOn) {
  for (const std::string_view line : {"POST /none", "DELETE /hi", "GET /hi"}) {
    TestServer server(demo_router());
    const std::string head =
        std::string(line) + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string bodies[] = {"0\r\n\r\n", "4\r\nbody\r\n0\r\nA: b\r\n\r\n"};
    for (const std::string& body : bodies) {
      const std::string answers =
          server.answer_to(head + body + "GET /hi HTTP/1.1\r\nHost: a\r\n\r\n");
      EXPECT_EQ(field_of(answers, "Connection"), "none") << line;
      EXPECT_TRUE(answers.ends_with(kHi)) << answers;
      EXPECT_GT(answers.size(), kHi.size() + 50) << "two answers";
    }
  }
}

TEST(HttpSession, ClosesRatherThanDropABigUnwantedChunkedBody) {
  for (const std::string& body :
       {std::string("10001\r\n"), "8000\r\n" + std::string(0x8000, 'a') + "\r\n8001\r\n",
        std::string("FFFFFFFFFFFFFFFF\r\n"), std::string("nonsense\r\n")}) {
    TestServer server(demo_router());
    bool ended = false;
    const std::string answer = server.answer_to(
        "POST /none HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body, &ended);
    EXPECT_EQ(first_line(answer), "HTTP/1.1 404 Not Found");
    EXPECT_EQ(body_of(answer), "Not Found\n");
    EXPECT_TRUE(ended) << body.substr(0, 20);
  }
}

TEST(HttpSession, ClosesRatherThanDropABigUnwantedBody) {
  TestServer server(demo_router());
  bool ended = false;
  const std::string answer =
      server.answer_to("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n", &ended);
  EXPECT_EQ(field_of(answer, "Connection"), "close");
  EXPECT_TRUE(ended);
}

TEST(HttpSession, TakesABodyThatIsLongerThanEveryBuffer) {
  TestServer server(demo_router());
  const Fd client = server.connect();
  std::string body(300'000, 'x');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 26);
  TestServer::say(client,
                  "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: " +
                      std::to_string(body.size()) + "\r\n\r\n");
  std::string heard;
  for (std::size_t at = 0; at < body.size(); at += 50'000) {
    TestServer::say(client, std::string_view(body).substr(at, 50'000));
    heard += server.hear(client);
  }
  EXPECT_TRUE(body_of(heard) == body);
}

TEST(HttpSession, SaysTimeoutToAHeadThatDoesNotEnd) {
  TestServer server(demo_router(), {},
                    {.deadlines = {.header_timeout = std::chrono::milliseconds(1)}});
  const Fd client = server.connect();
  TestServer::say(client, "GET /hi HT");
  EXPECT_EQ(first_line(server.await(client)), "HTTP/1.1 408 Request Timeout");
}

TEST(HttpSession, SaysTimeoutToABodyThatDoesNotEnd) {
  TestServer server(demo_router(), {},
                    {.deadlines = {.body_timeout = std::chrono::milliseconds(1)}});
  const Fd client = server.connect();
  TestServer::say(client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbo");
  EXPECT_EQ(first_line(server.await(client)), "HTTP/1.1 408 Request Timeout");
}

TEST(HttpSession, KeepsToTheLimitsThatItBeganWith) {
  const auto changes =
      std::make_shared<SharedValue<HttpLimits>>(std::move(*SharedValue<HttpLimits>::create()));
  HttpOptions options;
  options.changes = changes;
  HttpLimits smaller = options.limits;
  smaller.parse.target_bytes = 8;
  smaller.max_body_bytes = 2;
  TestServer server(demo_router(), std::move(options));
  const Fd client = server.connect();
  TestServer::say(client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
  server.hear(client);
  changes->set(smaller);
  TestServer::say(client, "abc");
  EXPECT_EQ(body_of(server.hear(client)), "abc");
  TestServer::say(client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(first_line(server.hear(client)), "HTTP/1.1 413 Content Too Large");
  EXPECT_EQ(first_line(server.answer_to("GET /longer-than HTTP/1.1\r\nHost: a\r\n\r\n")),
            "HTTP/1.1 414 URI Too Long");
}

// S10
TEST(HttpSession, SaysTimeoutToABodyThatTrickles) {
  for (const std::string_view path : {"/echo", "/none"}) {
    HttpOptions options;
    options.limits.min_body_rate = std::uint64_t{1} << 40U;
    options.limits.body_grace = std::chrono::milliseconds(1);
    TestServer server(demo_router(), std::move(options));
    const Fd client = server.connect();
    TestServer::say(client, "POST " + std::string(path) +
                                " HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
    bool ended = false;
    std::string heard;
    server.turn_until([&] {
      (void)send(client.get(), "a");
      heard += server.hear(client, &ended);
      return ended;
    });
    EXPECT_EQ(first_line(heard),
              path == "/echo" ? "HTTP/1.1 408 Request Timeout" : "HTTP/1.1 404 Not Found");
  }
}

TEST(HttpSession, GivesABodyTheTimeThatItsRateAllows) {
  for (const std::uint64_t rate : {0U, 1U}) {
    HttpOptions options;
    options.limits.min_body_rate = rate;
    options.limits.body_grace = std::chrono::milliseconds(0);
    TestServer server(demo_router(), std::move(options));
    const Fd client = server.connect();
    TestServer::say(client,
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: 10000"
                    "\r\n\r\n");
    server.turn();
    for (int part = 0; part < 10; ++part) {
      TestServer::say(client, std::string(1000, 'a'));
      server.turn();
    }
    EXPECT_EQ(body_of(server.hear(client)).size(), 10'000U) << rate;
  }
}

TEST(HttpSession, SaysNothingToARequestThatIsCutOff) {
  TestServer server(demo_router());
  const Fd client = server.connect();
  TestServer::say(client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbo");
  server.turn();
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  bool ended = false;
  EXPECT_EQ(server.hear(client, &ended), "");
  EXPECT_TRUE(ended);
}

TEST(HttpSession, AnswersAClientThatHasShutItsSide) {
  TestServer server(demo_router());
  const Fd client = server.connect();
  TestServer::say(client, "GET /hi HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  bool ended = false;
  EXPECT_EQ(server.hear(client, &ended), kHi);
  EXPECT_TRUE(ended);
}

TEST(HttpSession, RoutesTheOtherFormsOfATarget) {
  Router router = demo_router();
  router.get("/", [](Request& request, Response& response) { response.send(request.query()); });
  TestServer server(std::move(router));
  EXPECT_EQ(body_of(server.answer_to("GET http://a/hi HTTP/1.1\r\nHost: a\r\n\r\n")), "Hello");
  EXPECT_EQ(body_of(server.answer_to("GET http://a?q=1 HTTP/1.1\r\nHost: a\r\n\r\n")), "q=1");
  const std::string options = server.answer_to("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(first_line(options), "HTTP/1.1 204 No Content");
  EXPECT_NE(field_of(options, "Allow"), "none");
  EXPECT_EQ(first_line(server.answer_to("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n")),
            "HTTP/1.1 404 Not Found");
}

TEST(HttpSession, TellsWhatAllowsWhat) {
  TestServer server(demo_router());
  const std::string wrong = server.answer_to("DELETE /hi HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(first_line(wrong), "HTTP/1.1 405 Method Not Allowed");
  EXPECT_EQ(field_of(wrong, "Allow"), "GET, HEAD, OPTIONS");
  const std::string options = server.answer_to("OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(first_line(options), "HTTP/1.1 204 No Content");
  EXPECT_EQ(field_of(options, "Allow"), "POST, OPTIONS");
  EXPECT_EQ(field_of(options, "Content-Length"), "none");
  EXPECT_EQ(first_line(server.answer_to("BREW /hi HTTP/1.1\r\nHost: a\r\n\r\n")),
            "HTTP/1.1 501 Not Implemented");
}

TEST(HttpService, TellsTheClientThatItIsFull) {
  TestServer server(demo_router());
  EXPECT_TRUE(server.service().refusal().starts_with("HTTP/1.1 503 "));
  EXPECT_NE(server.service().refusal().find("Retry-After: "), std::string_view::npos);
}

class Notes final : public AccessLog {
 public:
  void on_exchange(const AccessEntry& entry) override {
    lines.push_back(std::string(entry.method) + ' ' + std::string(entry.target) + ' ' +
                    std::to_string(entry.status) + ' ' + std::to_string(entry.body_bytes));
    EXPECT_FALSE(entry.peer.empty());
    EXPECT_GE(entry.duration.count(), 0);
  }
  std::vector<std::string> lines;
};

TEST(HttpService, NotesEveryExchange) {
  Notes notes;
  HttpOptions options;
  options.access_log = &notes;
  TestServer server(demo_router(), std::move(options));
  server.answer_to(
      "GET /hi?q HTTP/1.1\r\nHost: a\r\n\r\nHEAD /hi HTTP/1.1\r\nHost: a\r\n\r\n"
      "GET /no HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n");
  EXPECT_EQ(notes.lines, (std::vector<std::string>{"GET /hi?q 200 5", "HEAD /hi 200 0",
                                                   "GET /no 404 10", "- - 400 22"}));
}

}  // namespace
}  // namespace hpserver::http

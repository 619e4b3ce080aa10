#include <gtest/gtest.h>

#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/event/notices.h"
#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/responder.h"
#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using std::chrono::milliseconds;
using testing::first_line;
using testing::TestServer;

constexpr std::string_view kAskLate = "GET /late/7 HTTP/1.1\r\nHost: a\r\n\r\n";

// What the handlers of a test have deferred and received.
struct Kept {
  std::vector<Responder> responders;
  std::optional<std::stop_token> token;
  int aborted = 0;
};

Router late_router(Kept& kept) {
  Router router;
  router.get("/late/:id", [&kept](Request& request, Response& response) {
    kept.token = request.stop_token();
    response.on_abort([&kept] { ++kept.aborted; });
    kept.responders.push_back(response.defer());
  });
  router.get("/stream", [&kept](Request&, Response& response) {
    response.begin_stream();
    response.write("begun");
    kept.responders.push_back(response.defer());
  });
  router.get("/hi", [](Request&, Response& response) { response.send("Hello"); });
  return router;
}

TEST(HandlerDeadline, IsA503AndTheEndOfItsConnection) {
  Kept kept;
  TestServer server(late_router(kept), {}, {.deadlines = {.handler_timeout = milliseconds(20)}});
  const Fd client = server.connect();
  TestServer::say(client, kAskLate);
  bool ended = false;
  std::string heard;
  server.turn_until([&] {
    heard += server.hear(client, &ended);
    return ended;
  });
  EXPECT_EQ(first_line(heard), "HTTP/1.1 503 Service Unavailable");
  EXPECT_EQ(testing::field_of(heard, "Connection"), "close");
  EXPECT_EQ(server.service().counters().overdue, 1U);
}

TEST(HandlerDeadline, StopsTheTokenAndTellsTheHandlerOnce) {
  Kept kept;
  TestServer server(late_router(kept), {}, {.deadlines = {.handler_timeout = milliseconds(20)}});
  const Fd client = server.connect();
  TestServer::say(client, kAskLate);
  server.turn();
  ASSERT_TRUE(kept.token.has_value());
  EXPECT_FALSE(kept.token->stop_requested());
  EXPECT_EQ(first_line(server.await(client)), "HTTP/1.1 503 Service Unavailable");
  EXPECT_TRUE(kept.token->stop_requested());
  EXPECT_EQ(kept.aborted, 1);
  // The late answer has no client any more.
  kept.responders.back().send(200, "text/plain", "late");
  EXPECT_EQ(server.hear(client), "");
}

TEST(HandlerDeadline, IsALineWithTheRoute) {
  Kept kept;
  TestServer server(late_router(kept), {}, {.deadlines = {.handler_timeout = milliseconds(20)}});
  std::vector<std::string> lines;
  server.loop().notices().tell_to([&lines](const std::string& line) { lines.push_back(line); });
  const Fd client = server.connect();
  TestServer::say(client, kAskLate);
  server.await(client);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0],
            "the handler of GET /late/:id has not answered by its deadline: 503 for /late/7");
  server.loop().notices().tell_to(nullptr);
}

TEST(HandlerDeadline, IsNotMovedByWhatTheClientSendsOn) {
  Kept kept;
  TestServer server(late_router(kept), {}, {.deadlines = {.handler_timeout = milliseconds(50)}});
  const Fd client = server.connect();
  TestServer::say(client, kAskLate);
  std::string heard;
  server.turn_until([&] {
    TestServer::say(client, "GET /hi HTTP/1.1\r\n");
    heard += server.hear(client);
    return !heard.empty();
  });
  EXPECT_EQ(first_line(heard), "HTTP/1.1 503 Service Unavailable");
}

TEST(HandlerDeadline, IsNoneWhereItIsZero) {
  Kept kept;
  TestServer server(late_router(kept), {}, {.deadlines = {.handler_timeout = milliseconds(0)}});
  const Fd client = server.connect();
  TestServer::say(client, kAskLate);
  server.turn();
  for (int turns = 0; turns < 20; ++turns) {
    ASSERT_TRUE(server.loop().turn(milliseconds(2)).ok());
  }
  kept.responders.back().send(200, "text/plain", "late");
  EXPECT_EQ(first_line(server.await(client)), "HTTP/1.1 200 OK");
  EXPECT_FALSE(kept.token->stop_requested());
}

TEST(HandlerDeadline, EndsNoAnswerThatHasBegun) {
  Kept kept;
  TestServer server(late_router(kept), {}, {.deadlines = {.handler_timeout = milliseconds(10)}});
  const Fd client = server.connect();
  TestServer::say(client, "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
  bool ended = false;
  std::string heard = server.await(client);
  for (int turns = 0; turns < 20; ++turns) {
    ASSERT_TRUE(server.loop().turn(milliseconds(2)).ok());
    heard += server.hear(client, &ended);
  }
  EXPECT_FALSE(ended);
  kept.responders.back().run([](Request&, Response& response) { response.end(); });
  server.turn_until([&] {
    heard += server.hear(client);
    return heard.ends_with("0\r\n\r\n");
  });
}

// While a handler pauses its body, its own deadline applies, not the body's.
TEST(HandlerDeadline, HoldsForAHandlerThatPausesItsBody) {
  struct Pausing final : BodySink {
    void on_body(std::string_view) override {}
    void on_body_end() override {}
    void on_body_abort() override { ++aborted; }
    int aborted = 0;
  } sink;
  Router router;
  router.post(
      "/upload",
      [&sink](Request& request, Response&) {
        request.stream_body(sink);
        request.pause_body();
      },
      BodyMode::streamed);
  TestServer server(std::move(router), {}, {.deadlines = {.handler_timeout = milliseconds(20)}});
  const Fd client = server.connect();
  TestServer::say(client, "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_EQ(first_line(server.await(client)), "HTTP/1.1 503 Service Unavailable");
  EXPECT_EQ(sink.aborted, 1);
}

// S5: nothing is read while a handler works, so no event reports the FIN.
TEST(HalfClose, IsServedUnlessItIsToBeAborted) {
  for (const HalfClose half_close : {HalfClose::serve, HalfClose::abort}) {
    Kept kept;
    TestServer server(late_router(kept), {}, {.deadlines = {.half_close = half_close}});
    const Fd client = server.connect();
    TestServer::say(client, kAskLate);
    server.turn();
    ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
    if (half_close == HalfClose::abort) {
      server.turn_until([&] { return kept.token->stop_requested(); });
      EXPECT_EQ(kept.aborted, 1);
      EXPECT_EQ(server.connections().size(), 0U);
    } else {
      server.turn();
      kept.responders.back().send(200, "text/plain", "late");
      EXPECT_EQ(first_line(server.await(client)), "HTTP/1.1 200 OK");
    }
  }
}

// Unread bytes hide the FIN from recv.
TEST(HalfClose, IsSeenBehindAPipelinedRequest) {
  Kept kept;
  TestServer server(late_router(kept), {}, {.deadlines = {.half_close = HalfClose::abort}});
  Fd client = server.connect();
  TestServer::say(client, kAskLate);
  server.turn();
  TestServer::say(client, kAskLate);
  client.reset();
  server.turn_until([&] { return kept.token->stop_requested(); });
}

}  // namespace
}  // namespace hpserver::http
